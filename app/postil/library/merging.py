"""Marks from a file into one article: known, changed, new, and each with its place.

Nothing is ever deleted here. A mark is known by its id, or without one by range, tags, note
and author. What a file does not sign stays unsigned: nobody is said to have made it. A mark
that finds no sure place is kept as a loose one.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from postil.anchoring import TextIndex, describe
from postil.annotated_markdown import ParsedMark
from postil.domain.annotation import Anchor, Annotation, IncomingMark, Placement
from postil.domain.article import Article
from postil.domain.canonical import clean_line, clean_note, clean_run, normalise
from postil.domain.history import ArticleRecord, Edit
from postil.domain.utf16 import Utf16Offsets
from postil.library.plan import Situation
from postil.library.tagging import Tagging

Place = tuple[Placement, Anchor]


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of one mark of the file."""

    id: str
    placement: Placement
    start: int | None  # code points of the current text
    end: int | None
    quote: str
    outcome: str  # "new", "changed" or "known"
    new_tags: tuple[str, ...] = ()  # names of tags that were made for it under "My tags"


class Placer:
    """Finds where the marks of a file stand in one text.

    Args:
        article: the words the marks go to.
        former_text: the text they were made on, where that is known: it tells places apart.
    """

    def __init__(self, article: Article, former_text: str = "") -> None:
        self._text = article.text
        self._index = TextIndex(article.text, former_text)

    def place(self, parsed: ParsedMark) -> Place:
        """Return where a mark stands in the article, and how surely.

        Of a loose mark the range is only what the file claimed.
        """
        mark, pieces = parsed.mark, parsed.pieces
        exact = None if mark.exact is None else normalise(clean_run(mark.exact, line_end="\n"))
        if pieces is not None:
            anchor = describe(self._text, *pieces)
            if exact is None or anchor.exact.split() != exact.split():
                return Placement.CHANGED, anchor
            stays = parsed.claimed in (None, (anchor.start, anchor.end))
            return (Placement.EXACT if stays else Placement.MOVED), anchor
        if mark.counts_utf16:
            mark = self._in_code_points(mark)
        found = self._index.resolve(
            start=mark.start,
            end=mark.end,
            exact=exact,
            prefix=normalise(mark.prefix),
            suffix=normalise(mark.suffix),
            same_text=exact is None,  # offsets alone are meant for this very text
        )
        if found.start is not None and found.end is not None:
            return found.placement, describe(self._text, found.start, found.end)
        start = max(mark.start or 0, 0)
        end = max(mark.end or 0, start + max(len(exact or ""), 1))
        return found.placement, Anchor(start, end, exact or "", mark.prefix, mark.suffix)

    @cached_property
    def _utf16(self) -> Utf16Offsets:
        return Utf16Offsets(self._text)

    def _in_code_points(self, mark: IncomingMark) -> IncomingMark:
        """Return a mark with its position as we count; the text it was counted in may differ."""
        start, end = (
            None if units is None else self._utf16.to_code_point(units)
            for units in (mark.start, mark.end)
        )
        return replace(mark, start=start, end=end)


@dataclass
class Merge:
    """Takes marks into an article one by one and gathers the edits.

    Args:
        situation: the library.
        record: the article, with the revision the marks go to.
        article: its words.
        existing: the marks it has, with places in that revision.
    """

    situation: Situation
    record: ArticleRecord
    article: Article
    existing: Sequence[Annotation] = ()
    edits: list[Edit] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    kept_newer: int = 0  # marks that were edited here after the file was written

    def __post_init__(self) -> None:
        """Index what is there."""
        self.tagging = Tagging(self.situation)
        self._placer = Placer(self.article)
        self._ends: dict[str, str] = {}
        self._by_id = {mark.id: mark for mark in self.existing}
        self._by_content = {content(mark): mark for mark in self.existing}

    def take(self, marks: Iterable[ParsedMark]) -> None:
        """Take in marks, each with the range its own markup told, if any."""
        marks = list(marks)
        ids = [own_id(parsed.mark, self.record.id) for parsed in marks]
        elsewhere = {
            found.id
            for found in self.situation.annotations([i for i in ids if i])
            if found.article_id != self.record.id
        }
        own = [  # beside the one of another article that has it
            id_beside(mark_id, self.record.id) if mark_id in elsewhere else mark_id
            for mark_id in ids
        ]
        self._ends |= ends_of(marks, own)
        for parsed, mark_id in zip(marks, own, strict=True):
            self._take_one(parsed, mark_id)

    def _take_one(self, parsed: ParsedMark, mark_id: str) -> None:
        made = len(self.tagging.made)
        incoming = arrived(
            parsed,
            self._placer.place(parsed),
            self.record,
            self.tagging,
            self._ends,
            mark_id=mark_id or str(uuid.uuid4()),
            author=clean_line(parsed.mark.author),
            now=self.situation.now,
        )
        before = self._by_id.get(mark_id) if mark_id else self._with_content(incoming)
        if before is None:
            outcome, now = "new", incoming
            self.edits.append(Edit(None, incoming))
        else:
            outcome, now = self._change(before, incoming, known_by_id=bool(mark_id))
        self._by_id[now.id] = now
        self._by_content[content(now)] = now
        is_placed = now.placement.is_placed
        self.placed.append(
            Placed(
                now.id,
                now.placement,
                now.start if is_placed else None,
                now.end if is_placed else None,
                now.anchor.exact,
                outcome,
                tuple(tag.name for tag in self.tagging.made[made:]),
            )
        )

    def _with_content(self, incoming: Annotation) -> Annotation | None:
        """Return the mark that says the same; an unsigned one may be the reader's own."""
        found = self._by_content.get(content(incoming))
        if found is None and not incoming.author:
            return self._by_content.get(content(replace(incoming, author=self.situation.author)))
        return found

    def _change(
        self, before: Annotation, incoming: Annotation, *, known_by_id: bool
    ) -> tuple[str, Annotation]:
        """Return what became of a mark that is there already, and the mark as it is now."""
        if not known_by_id:
            return "known", before
        after = with_what_is_said(before, incoming)
        if after == before:
            return "known", before
        if _stamp(before) > _stamp(incoming):
            self.kept_newer += 1
            return "known", before
        edited = incoming.edited if incoming.edited > before.edited else self.situation.now
        after = replace(after, edited=edited)
        self.edits.append(Edit(before, after))
        return "changed", after


def arrived(
    parsed: ParsedMark,
    place: Place,
    record: ArticleRecord,
    tagging: Tagging,
    ends: Mapping[str, str],
    *,
    mark_id: str,
    author: str,
    now: str,
) -> Annotation:
    """Return a mark of a file as it would be in the library.

    Args:
        parsed: the mark as the file has it.
        place: where it stands in the article's text.
        record: the article.
        tagging: finds or makes its tags.
        ends: the marks its links lead to, by their ids in the file.
        mark_id: its id.
        author: its author.
        now: when it was made, where the file does not tell.
    """
    mark = parsed.mark
    placement, anchor = place
    return Annotation(
        id=mark_id,
        article_id=record.id,
        revision_id=record.revision_id,
        anchor=anchor,
        tags=tagging.resolve(
            (name for name in mark.tags if clean_line(name)), called=dict(mark.tag_names)
        ),
        note=clean_note(mark.note),
        author=author,
        created=clean_line(mark.created) or now,
        edited=clean_line(mark.edited),
        voice=mark.voice,
        confidence=mark.confidence,
        status=mark.status,
        links=tuple(
            replace(link, target=ends.get(link.target, link.target)) for link in mark.links
        ),
        placement=placement,
        extra=mark.extra,
        starred=mark.starred,
    )


def ends_of(marks: Iterable[ParsedMark], ids: Iterable[str]) -> dict[str, str]:
    """Return the marks that links of a file lead to, by their ids there.

    Args:
        marks: of the file.
        ids: which they have here; empty without one.
    """
    return {parsed.mark.id: own for parsed, own in zip(marks, ids, strict=True) if own}


def with_what_is_said(before: Annotation, incoming: Annotation) -> Annotation:
    """Return a mark that is there with what a file says of it, and its place where that is sure."""
    after = replace(
        before,
        tags=incoming.tags,
        note=incoming.note or before.note,  # a date alone takes no words away
        voice=incoming.voice,
        confidence=incoming.confidence,
        status=incoming.status,
        links=incoming.links,
        extra=incoming.extra,
        starred=incoming.starred,
    )
    if incoming.placement.is_placed and (
        not before.placement.is_placed
        or (before.start, before.end) != (incoming.start, incoming.end)
    ):
        return replace(
            after,
            anchor=incoming.anchor,
            revision_id=incoming.revision_id,
            placement=incoming.placement,
        )
    return after


def own_id(mark: IncomingMark, article_id: str) -> str:
    """Return a mark's id as a UUID: the same for the same id in the file, empty without one.

    Args:
        mark: as the file has it.
        article_id: an id that is no UUID tells marks of this article apart, and no others.
    """
    if not mark.id:
        return ""
    try:
        return str(uuid.UUID(mark.id))
    except ValueError:
        scope = mark.id if ":" in mark.id else f"{article_id}#{mark.id}"
        return str(uuid.uuid5(uuid.NAMESPACE_URL, scope))


def id_beside(mark_id: str, name: str) -> str:
    """Return the id of a mark beside one whose id is taken: the same for the same name."""
    return str(uuid.uuid5(uuid.UUID(mark_id), name))


def carried_over(
    placer: Placer, mark: Annotation, pieces: tuple[int, int] | None, revision_id: str
) -> tuple[Annotation, Annotation]:
    """Return a mark before and after it was carried onto a new text.

    A loose mark gets a place again only where its very words stand, and no doubt is left.

    Args:
        placer: has the new text.
        mark: as it is now.
        pieces: the range its own markup told in the new text, if any.
        revision_id: of the new text.
    """
    anchor = mark.anchor
    incoming = IncomingMark(
        start=anchor.start,
        end=anchor.end,
        exact=anchor.exact,
        prefix=anchor.prefix,
        suffix=anchor.suffix,
    )
    claimed = (anchor.start, anchor.end)
    placement, found = placer.place(ParsedMark(incoming, pieces, claimed=claimed))
    if not mark.placement.is_placed and placement not in (Placement.EXACT, Placement.MOVED):
        return mark, mark
    if not placement.is_placed:
        return mark, replace(mark, placement=placement)
    if placement is Placement.MOVED and (found.start, found.end) == (anchor.start, anchor.end):
        placement = Placement.EXACT
    return mark, replace(mark, anchor=found, revision_id=revision_id, placement=placement)


def content(mark: Annotation) -> tuple[object, ...]:
    """Return what makes a mark known where it has no id."""
    return (
        mark.start,
        mark.end,
        mark.anchor.exact,
        frozenset(mark.tags),
        mark.note,
        mark.author,
    )


def _stamp(mark: Annotation) -> str:
    return mark.edited or mark.created
