"""Marks from a file into one article: known, changed, new, and each with its place.

Nothing is ever deleted here. A mark is known by its id, or without one by range, tags, note
and author. A mark that finds no sure place is kept as a loose one.
"""

import uuid
from collections.abc import Iterable, Sequence
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


@dataclass
class Merge:
    """Takes marks into an article one by one and gathers the edits.

    Args:
        situation: the library.
        record: the article, with the revision the marks go to.
        article: its words.
        existing: the marks it has, with places in that revision.
        former_text: the text it replaces, where that is known: it tells places apart.
    """

    situation: Situation
    record: ArticleRecord
    article: Article
    existing: Sequence[Annotation] = ()
    former_text: str = ""
    edits: list[Edit] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    kept_newer: int = 0  # marks that were edited here after the file was written

    def __post_init__(self) -> None:
        """Index what is there."""
        self.tagging = Tagging(self.situation)
        self._index = TextIndex(self.article.text, self.former_text)
        self._by_id = {mark.id: mark for mark in self.existing}
        self._by_content = {_content(mark): mark for mark in self.existing}
        self._ends: dict[str, str] = {}  # the mark a link of the file leads to, by its id there

    def take(self, marks: Iterable[ParsedMark]) -> None:
        """Take in marks, each with the range its own markup told, if any."""
        marks = list(marks)
        ids = [self._id_of(parsed.mark) for parsed in marks]
        elsewhere = {
            found.id
            for found in self.situation.annotations([i for i in ids if i])
            if found.article_id != self.record.id
        }
        own_ids = []
        for parsed, mark_id in zip(marks, ids, strict=True):
            taken = mark_id in elsewhere  # by a mark of another article
            own_id = str(uuid.uuid5(uuid.UUID(mark_id), self.record.id)) if taken else mark_id
            own_ids.append(own_id)
            if own_id:
                self._ends[parsed.mark.id] = own_id
        for parsed, own_id in zip(marks, own_ids, strict=True):
            self._take_one(parsed, own_id)

    def _take_one(self, parsed: ParsedMark, mark_id: str) -> None:
        mark = parsed.mark
        placement, anchor = self.place(parsed)
        made = len(self.tagging.made)
        incoming = Annotation(
            id=mark_id or str(uuid.uuid4()),
            article_id=self.record.id,
            revision_id=self.record.revision_id,
            anchor=anchor,
            tags=self.tagging.resolve(
                (name for name in mark.tags if clean_line(name)), called=dict(mark.tag_names)
            ),
            note=clean_note(mark.note),
            author=clean_line(mark.author) or self.situation.author,
            created=clean_line(mark.created) or self.situation.now,
            edited=clean_line(mark.edited),
            voice=mark.voice,
            confidence=mark.confidence,
            status=mark.status,
            links=tuple(
                replace(link, target=self._ends.get(link.target, link.target))
                for link in mark.links
            ),
            placement=placement,
            extra=mark.extra,
            starred=mark.starred,
        )
        before = self._by_id.get(mark_id) if mark_id else self._by_content.get(_content(incoming))
        if before is None:
            outcome, now = "new", incoming
            self.edits.append(Edit(None, incoming))
        else:
            outcome, now = self._change(before, incoming, known_by_id=bool(mark_id))
        self._by_id[now.id] = now
        self._by_content[_content(now)] = now
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

    def _change(
        self, before: Annotation, incoming: Annotation, *, known_by_id: bool
    ) -> tuple[str, Annotation]:
        """Return what became of a mark that is there already, and the mark as it is now."""
        if not known_by_id:
            return "known", before
        after = replace(
            before,
            tags=incoming.tags,
            note=incoming.note,
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
            after = replace(
                after,
                anchor=incoming.anchor,
                revision_id=incoming.revision_id,
                placement=incoming.placement,
            )
        if after == before:
            return "known", before
        if _stamp(before) > _stamp(incoming):
            self.kept_newer += 1
            return "known", before
        edited = incoming.edited if incoming.edited > before.edited else self.situation.now
        after = replace(after, edited=edited)
        self.edits.append(Edit(before, after))
        return "changed", after

    def place(self, parsed: ParsedMark) -> tuple[Placement, Anchor]:
        """Return where a mark stands in the article, and how surely.

        Of a loose mark the range is only what the file claimed.
        """
        mark, pieces = parsed.mark, parsed.pieces
        exact = None if mark.exact is None else normalise(clean_run(mark.exact, line_end="\n"))
        if pieces is not None:
            anchor = describe(self.article.text, *pieces)
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
            return found.placement, describe(self.article.text, found.start, found.end)
        start = max(mark.start or 0, 0)
        end = max(mark.end or 0, start + max(len(exact or ""), 1))
        return found.placement, Anchor(start, end, exact or "", mark.prefix, mark.suffix)

    @cached_property
    def _utf16(self) -> Utf16Offsets:
        return Utf16Offsets(self.article.text)

    def _in_code_points(self, mark: IncomingMark) -> IncomingMark:
        """Return a mark with its position as we count; the text it was counted in may differ."""
        start, end = (
            None if units is None else self._utf16.to_code_point(units)
            for units in (mark.start, mark.end)
        )
        return replace(mark, start=start, end=end)

    def _id_of(self, mark: IncomingMark) -> str:
        """Return a mark's id as a UUID: the same for the same id in the file, empty without one."""
        if not mark.id:
            return ""
        try:
            return str(uuid.UUID(mark.id))
        except ValueError:
            scope = mark.id if ":" in mark.id else f"{self.record.id}#{mark.id}"
            return str(uuid.uuid5(uuid.NAMESPACE_URL, scope))


def carried_over(
    merge: Merge, mark: Annotation, pieces: tuple[int, int] | None, revision_id: str
) -> tuple[Annotation, Annotation]:
    """Return a mark before and after it was carried onto a new text.

    A loose mark gets a place again only where its very words stand, and no doubt is left.

    Args:
        merge: has the new text.
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
    placement, found = merge.place(ParsedMark(incoming, pieces, claimed=claimed))
    if not mark.placement.is_placed and placement not in (Placement.EXACT, Placement.MOVED):
        return mark, mark
    if not placement.is_placed:
        return mark, replace(mark, placement=placement)
    if placement is Placement.MOVED and (found.start, found.end) == (anchor.start, anchor.end):
        placement = Placement.EXACT
    return mark, replace(mark, anchor=found, revision_id=revision_id, placement=placement)


def _content(mark: Annotation) -> tuple[object, ...]:
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
