"""Marks from several files on one article: what is new, newer, known, or in conflict.

Of each mark the library keeps one for each author who says something else of it: the first under
the mark's own id, those of others beside it under ids made of id and author. Who says the same
under the same id is known, whatever the name. So the same file twice adds nothing, and the
order of the files of a merge does not matter. Nothing is ever deleted.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from postil.domain.annotation import Annotation, Placement
from postil.domain.history import Edit
from postil.library.commands.conflicts import (
    CONFLICT,
    about_conflicts,
    has_refused,
    said,
    without_conflict,
)
from postil.library.handed_in import MergedMark, Outcome
from postil.library.merging import content, id_beside, with_what_is_said

_CROWD: Final = 100  # authors of the same words; a mark that more than these made is anybody's


@dataclass(frozen=True, slots=True)
class Arrival:
    """A mark of a file with a place in the article, before it meets those that are there."""

    file: int  # of which file it is
    mark: Annotation
    stamp: str  # when it was last edited, as the file says; empty if it does not
    is_signed: bool  # whether the file names its author
    has_id: bool
    is_bare: bool  # whether its format has no words for the fields of a mark
    same_text: bool  # whether it was made on the text the article has now


class Settling:
    """The marks of one article while others come.

    Args:
        existing: the marks that are there.
    """

    def __init__(self, existing: Iterable[Annotation]) -> None:
        self._before = {mark.id: mark for mark in existing}
        self._now = dict(self._before)
        self._by_content = {content(mark): mark.id for mark in self._before.values()}
        self._who_says: defaultdict[object, set[str]] = defaultdict(set)  # by content without them
        for mark in self._before.values():
            self._who_says[content(mark)[:-1]].add(mark.author)

    @property
    def existing(self) -> Mapping[str, Annotation]:
        """The marks that were there, by id."""
        return self._before

    def edits(self) -> list[Edit]:
        """Return what changed, one edit for each mark."""
        return [
            Edit(self._before.get(mark_id), now)
            for mark_id, now in self._now.items()
            if now != self._before.get(mark_id)
        ]

    def settle(self, arrivals: Iterable[Arrival]) -> list[tuple[int, MergedMark]]:
        """Take in marks; return what became of each, with the file it is of."""
        settled = [
            (arrival.file, *self._settle(arrival)) for arrival in sorted(arrivals, key=self._turn)
        ]
        return [
            (file, MergedMark(self._now[mark_id], outcome, rival))
            for file, mark_id, outcome, rival in settled
        ]

    def _turn(self, arrival: Arrival) -> tuple[object, ...]:
        """Return when a mark is due, by nothing but what it says and what is here.

        Those without an id come last, and of one id those whose author has none of it yet, one
        author after the other: they are known by what the others say in the end.
        """
        mark = arrival.mark
        base = self._before.get(mark.id)
        is_first = base is None or (
            base.author != mark.author and id_beside(mark.id, mark.author) not in self._before
        )
        who = (is_first, not arrival.is_signed, mark.author)
        return (not arrival.has_id, mark.id, *who, arrival.stamp, str(said(mark)))

    def _settle(self, arrival: Arrival) -> tuple[str, Outcome, str]:
        """Return the id of the mark it came to be, the outcome, and the rival's id."""
        mark = arrival.mark
        if not arrival.has_id and (known := self._by_content.get(content(mark))):
            return known, Outcome.KNOWN, ""
        base = self._now.get(mark.id)
        if base is None:
            return self._put(mark), Outcome.NEW, ""
        if not arrival.has_id:  # the id is made of what it said, so it was changed here since
            return base.id, Outcome.OLDER, ""
        if arrival.is_bare:
            mark = with_fields_of(mark, base)
            arrival = replace(arrival, mark=mark)
        if base.author == mark.author:
            if not _differs(base, arrival):
                return self._known(base, arrival), Outcome.KNOWN, ""
            if outcome := self._newer(base, arrival):
                return base.id, outcome, ""
            name = f"{mark.author}\n{said(mark)}"
            return self._beside(base, replace(arrival, stamp=""), name)
        return self._beside(base, arrival, mark.author)

    def _beside(self, base: Annotation, arrival: Arrival, name: str) -> tuple[str, Outcome, str]:
        """Keep a mark beside the one that has its id, or the one that is beside it already."""
        beside = self._now.get(id_beside(base.id, name))
        mark = arrival.mark
        if beside is None and has_refused(base, mark):
            return base.id, Outcome.KNOWN, ""
        if beside is None:
            if known := self._said_by_others(base, arrival):
                return self._known(known, arrival), Outcome.KNOWN, ""
            extra = (*without_conflict(mark).extra, (CONFLICT, base.id))
            own = replace(mark, id=id_beside(base.id, name), extra=extra)
            return self._put(own), Outcome.CONFLICT, base.id
        if not _differs(beside, arrival):
            return self._known(beside, arrival), Outcome.KNOWN, ""
        outcome = self._newer(beside, arrival)
        if outcome is not None:
            return beside.id, outcome, ""
        if "\n" in name:  # it was edited here since it came
            return beside.id, Outcome.OLDER, ""
        return self._beside(base, replace(arrival, stamp=""), f"{name}\n{said(mark)}")

    def _said_by_others(self, base: Annotation, arrival: Arrival) -> Annotation | None:
        """Return a mark by somebody else that says the same under the same id."""
        if not _differs(base, arrival):
            return base
        authors = self._who_says[content(arrival.mark)[:-1]]
        for author in sorted(authors) if len(authors) <= _CROWD else ():
            words = said(replace(arrival.mark, author=author))
            for name in (author, f"{author}\n{words}"):
                one = self._now.get(id_beside(base.id, name))
                if one is not None and not _differs(one, arrival):
                    return one
        return None

    def _newer(self, before: Annotation, arrival: Arrival) -> Outcome | None:
        """Let the newer of two edits of one author win; None where neither is known to be newer."""
        here = before.edited or before.created
        if not arrival.stamp or arrival.stamp == here:
            return None
        if arrival.stamp < here:
            return Outcome.OLDER
        extra = without_conflict(arrival.mark).extra or without_conflict(before).extra
        incoming = replace(arrival.mark, extra=(*extra, *about_conflicts(before)))
        self._put(replace(with_what_is_said(before, incoming), edited=arrival.stamp))
        return Outcome.UPDATED

    def _known(self, before: Annotation, arrival: Arrival) -> str:
        """Give a mark that says the same its place, where it had no sure one, and the later date.

        Without the date an edit of the same day would replace it at one time and not at another.
        """
        mark, after = arrival.mark, before
        if mark.placement.is_placed and not before.placement.is_placed:
            after = replace(before, anchor=mark.anchor, placement=mark.placement)
            after = replace(after, revision_id=mark.revision_id)
        if mark.author == before.author and arrival.stamp > (before.edited or before.created):
            after = replace(after, edited=arrival.stamp)
        return self._put(after)

    def _put(self, mark: Annotation) -> str:
        if before := self._now.get(mark.id):
            self._by_content.pop(content(before), None)
        self._now[mark.id] = mark
        self._by_content[content(mark)] = mark.id
        self._who_says[content(mark)[:-1]].add(mark.author)
        return mark.id


def id_of_content(mark: Annotation) -> str:
    """Return an id for a mark that has none: the same for the same words, place and author."""
    return str(uuid.uuid5(uuid.UUID(mark.article_id), repr(content(mark)[:2]) + str(said(mark))))


def with_fields_of(mark: Annotation, other: Annotation) -> Annotation:
    """Return a mark with the fields of another one, for a format that has no words for them."""
    return replace(
        mark,
        voice=other.voice,
        confidence=other.confidence,
        status=other.status,
        links=other.links,
        starred=other.starred,
    )


def _differs(here: Annotation, arrival: Arrival) -> bool:
    """Return whether a file says something else of a mark than is known here.

    Formats without keys of other programs do not deny them. Where the text is another one, or
    the words were edited, the place is what was found and says nothing.
    """
    mark = arrival.mark
    keys = ("tags", "note", "voice", "confidence", "status", "starred", "links")
    if any(getattr(here, key) != getattr(mark, key) for key in keys):
        return True
    extra = without_conflict(mark).extra
    if extra and extra != without_conflict(here).extra:
        return True
    tells_place = arrival.same_text and mark.placement in (Placement.EXACT, Placement.MOVED)
    is_elsewhere = (here.start, here.end) != (mark.start, mark.end)
    return tells_place and here.placement.is_placed and is_elsewhere
