"""Reading the annotated Markdown file back, also after people and other editors were at it.

The hash tells whether the offsets in the lines of code still hold. If not, the pieces of the
marks and the quotations are what there is, and `anchoring` decides what they are worth.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from postil.annotated_markdown.article_reader import FoundArticle, Range, read_article
from postil.annotated_markdown.code_line import CodeLine
from postil.annotated_markdown.document import FORMAT, ParsedFile, ParsedMark
from postil.annotated_markdown.footnotes import (
    Footnote,
    Quotations,
    read_footnote,
    shortened,
)
from postil.annotated_markdown.front_matter import read_front_matter
from postil.annotated_markdown.pieces import is_our_label, reference_place
from postil.annotated_markdown.regions import section_text, split
from postil.annotated_markdown.tag_sets import read_tags_value
from postil.annotated_markdown.wholeness import refuse_cut, refuse_open_front
from postil.domain import limits
from postil.domain.annotation import IncomingMark
from postil.domain.article import SpanKind
from postil.domain.canonical import BLOCK_BREAK
from postil.domain.errors import UserError

_FAMILY = FORMAT.partition("/")[0]
_NAMED = 10  # marks in a sentence
_NUMBER = re.compile(r"\d{1,9}")


def parse(text: str, *, max_characters: int = limits.ARTICLE_CHARACTERS) -> ParsedFile:
    """Return what an annotated Markdown file says.

    Args:
        text: of the file; one that is not ours is read as far as it is alike.
        max_characters: the length of the article in code points beyond which it is refused.

    Raises:
        UserError: there is no article in it, or something in it is over a limit.
    """
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    front, start = read_front_matter(lines)
    if not start:
        refuse_open_front(lines)
    written_as = front.text("format")
    is_ours = written_as.partition("/")[0] == _FAMILY
    regions = split(lines[start:], is_ours=is_ours)
    notes = [read_footnote(label, content) for label, content in regions.footnotes]
    labels = {note.label for note in notes}
    found = read_article(regions.article, labels, front.metadata(), max_characters, is_ours=is_ours)
    hash_matches = found.article.sha256 == front.text("text_sha256").lower()
    if is_ours:
        last = next(line for line in reversed(lines) if line.strip())
        named = {*found.ranges, *found.references}
        refuse_cut(front, regions, found.article.text, named, last, hash_matches=hash_matches)
    tag_sets = read_tags_value(front.values.get("tags"))
    remarks: list[str] = []
    marks = _marks(notes, found, remarks, hash_matches=hash_matches)
    if is_ours and written_as != FORMAT:
        remarks.insert(0, f"The file is of the format {written_as}; this program knows {FORMAT}.")
    if found.images:
        remarks.append(f"Images were left out: {found.images}.")
    if any(line.strip() for line in regions.after):
        remarks.append("Words after the notes were left out.")
    return ParsedFile(
        article=found.article,
        marks=marks,
        is_ours=is_ours,
        hash_matches=hash_matches,
        codebooks=front.texts("codebooks"),
        tag_sets=tag_sets,
        note=section_text(regions.note, "The note on the article"),
        answers=tuple(
            (tag_id, section_text(content, f"The answer to {tag_id}"))
            for tag_id, content in regions.answers
        ),
        partial=front.partial,
        remarks=tuple(remarks),
    )


def _marks(
    notes: list[Footnote],
    found: FoundArticle,
    remarks: list[str],
    *,
    hash_matches: bool,
) -> tuple[ParsedMark, ...]:
    """Return the marks of the footnotes; add what is to be said of them to `remarks`."""
    quotations = Quotations(found.article.text)
    renumbered = _renumbered(notes, found)
    ids: set[str] = set()
    marks = []
    for note in notes:
        if not note.says_something and note.label not in found.references:
            continue
        mark_id = note.code.id if note.code else ""
        known_as = _same(mark_id)
        if known_as and known_as in ids:
            remarks.append(f"The note [^{note.label}] has the id of another; it is a new mark.")
            mark_id = ""
        ids.add(known_as)
        pieces = found.ranges.get(note.label) or renumbered.get(note.label)
        place = _place(note, found, quotations) if hash_matches else None
        pieces, exact = _words(note, place, pieces, found, quotations)
        mark = IncomingMark(
            id=mark_id,
            start=place[0] if place else None,
            end=place[1] if place else None,
            exact=exact,
            tags=note.code.tags if note.code else note.names,
            note=note.note,
        )
        has_head = bool(note.names) or note.quotation is not None
        names = note.names if has_head else None
        claimed = note.code.at if note.code else None
        marks.append(ParsedMark(_with_fields(mark, note.code), pieces, names, claimed))
    if not renumbered:
        marks += _without_notes(notes, found, marks, remarks, hash_matches=hash_matches)
    return tuple(marks)


def _same(mark_id: str) -> str:
    """Return an id in the form in which ids are compared: a UUID may be written in many ways."""
    return mark_id.lower().removeprefix("urn:uuid:").strip("{}").replace("-", "")


def _place(note: Footnote, found: FoundArticle, quotations: Quotations) -> Range | None:
    """Return the offsets of a mark in the text they were counted in, if they are to be believed.

    Where its pieces stand elsewhere, somebody has moved them, and they count. Where it has lost
    them, so does its quotation if other words of the article are just these.
    """
    text = found.article.text
    place = note.code.at if note.code else None
    if place is None or not place[0] < place[1] <= len(text):
        return None
    pieces = found.ranges.get(note.label)
    if pieces == place:
        return place
    if pieces:
        words = text[slice(*place)]
        start = place[0] + len(words) - len(words.lstrip(BLOCK_BREAK))
        return place if pieces == (start, start + len(words.strip(BLOCK_BREAK))) else None
    if note.quotation in (None, shortened(text[slice(*place)])):
        return place
    return None if quotations.stands(note.quotation) else place


def _without_notes(
    notes: list[Footnote],
    found: FoundArticle,
    marks: Sequence[ParsedMark],
    remarks: list[str],
    *,
    hash_matches: bool,
) -> list[ParsedMark]:
    """Return the marks without notes: those a hand has put in. A mark of ours has lost its own.

    Where all classes are gone, the pieces of the marks with notes are not taken for more marks.

    Raises:
        UserError: there are too many.
    """
    labels = {note.label for note in notes}
    text = found.article.text
    keeps_classes = not labels or not labels.isdisjoint(found.ranges)
    added: list[Range] = []
    if keeps_classes:
        others = {name: at for name, at in found.ranges.items() if name not in labels}
        lost = sorted(filter(is_our_label, others), key=lambda name: int(name[1:]))
        added = found.plain + [at for name, at in others.items() if not is_our_label(name)]
        if lost:
            names = ", ".join(lost[:_NAMED]) + (", …" if len(lost) > _NAMED else "")
            remarks.append(f"Marks whose notes are gone were left out: {names}.")
    elif hash_matches:
        places = [mark.pieces or mark.claimed or (0, 0) for mark in marks]
        places += [mark.claimed or (0, 0) for mark in marks]
        added = [
            (start, end)
            for start, end in found.plain
            if not any(at < end and start < to for at, to in places)
        ]
    if len(marks) + len(added) > limits.MARKS_PER_FILE:
        raise UserError(
            f"The file has more than {limits.MARKS_PER_FILE:,} marks", "Hand it on in parts."
        )
    return [
        ParsedMark(IncomingMark(exact=text[start:end]), (start, end))
        for start, end in sorted(added)
    ]


def _renumbered(notes: list[Footnote], found: FoundArticle) -> dict[str, Range]:
    """Return the pieces by label where another editor gave all references new labels.

    They then belong to the marks by their order: the one in which marks end.
    """
    defined = {note.label for note in notes}
    labels = [label for label in dict.fromkeys(found.references) if label in defined]
    if found.nameless or any(note.label in found.ranges for note in notes):
        return {}
    if len(labels) != len(found.ranges):
        return {}
    links = [span for span in found.article.spans if span.kind is SpanKind.LINK]

    def order(name: str) -> tuple[int, int]:
        number = _NUMBER.search(name)
        return reference_place(found.ranges[name][1], links), int(number[0]) if number else 0

    return {
        label: found.ranges[name]
        for label, name in zip(labels, sorted(found.ranges, key=order), strict=True)
    }


def _words(
    note: Footnote,
    place: Range | None,
    pieces: Range | None,
    found: FoundArticle,
    quotations: Quotations,
) -> tuple[Range | None, str | None]:
    """Return where the pieces of a mark lie, and its words as the file claims them.

    Args:
        note: its footnote.
        place: its offsets, if they hold.
        pieces: where its named pieces lie.
        found: the article.
        quotations: finds the words of a quotation.
    """
    text = found.article.text
    claimed = text[slice(*place)] if place else None
    if claimed is None and pieces and _is_quoted(text[slice(*pieces)], note):
        claimed = text[slice(*pieces)]
    if claimed is None and note.quotation:
        claimed = quotations.whole(note.quotation) if pieces is None else note.quotation
    if pieces is None and (run := found.nameless.get(note.label)):
        start = text.rfind(claimed, *run) if claimed else -1
        pieces = (start, start + len(claimed)) if claimed and start >= 0 else run
        claimed = claimed or text[slice(*pieces)]
    return pieces, claimed


def _is_quoted(words: str, note: Footnote) -> bool:
    """Return whether a footnote's quotation is of these words, as far as can be told.

    Of a shortened one the length must be right too, since its middle may have been edited.
    """
    if note.quotation is None:
        return True
    if note.code and note.code.at and " ".join(words.split()) != note.quotation:
        start, end = note.code.at
        return shortened(words) == note.quotation and len(words) == end - start
    return shortened(words) == note.quotation


def _with_fields(mark: IncomingMark, code: CodeLine | None) -> IncomingMark:
    """Return a mark with the fields of its line of code."""
    if code is None:
        return mark
    return replace(
        mark,
        author=code.author,
        created=code.created,
        edited=code.edited,
        voice=code.voice,
        confidence=code.confidence,
        status=code.status,
        links=code.links,
        extra=code.extra,
        starred=code.starred,
    )
