"""Marks that say something else under the same id: told apart after a merge, and settled.

The one that came later stands beside the other and names it under a key of its own, which
travels in files as all keys do. What was refused once is noted at the one that stayed, so that
the same file asks nothing again; something else by the same hand does.
"""

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from postil.domain.annotation import Annotation
from postil.domain.history import Edit
from postil.library.plan import Plan, Situation, shortened

CONFLICT: Final = "conflict-of"  # key in `Annotation.extra`: the id of the mark it differs from

REFUSED: Final = "conflict-settled"  # key: what marks said that were not kept, as digests
_DIGEST = 16  # characters


class Keep(StrEnum):
    """Which of two marks in conflict stays."""

    MINE = "mine"  # the one that was there first
    THEIRS = "theirs"
    BOTH = "both"


def rival_of(mark: Annotation) -> str:
    """Return the id of the mark this one is in conflict with, or empty."""
    return dict(mark.extra).get(CONFLICT, "")


def without_conflict(mark: Annotation) -> Annotation:
    """Return a mark that stands for itself: nothing of conflicts it is or was in."""
    own = tuple(pair for pair in mark.extra if pair[0] not in (CONFLICT, REFUSED))
    return replace(mark, extra=own)


def about_conflicts(mark: Annotation) -> tuple[tuple[str, str], ...]:
    """Return the keys of a mark that are about conflicts."""
    return tuple(pair for pair in mark.extra if pair[0] in (CONFLICT, REFUSED))


def said(mark: Annotation) -> tuple[object, ...]:
    """Return all that a mark says, but for its place and its dates."""
    return (
        mark.anchor.exact,
        mark.tags,
        mark.note,
        mark.voice.value,
        mark.confidence.value,
        mark.status.value,
        mark.starred,
        tuple((link.relation.value, link.target) for link in mark.links),
        without_conflict(mark).extra,
        mark.author,
    )


def has_refused(mark: Annotation, other: Annotation) -> bool:
    """Return whether what `other` says was held against `mark` before, and not kept."""
    return _digest(other) in dict(mark.extra).get(REFUSED, "").split()


def _refusing(mark: Annotation, other: Annotation) -> Annotation:
    """Return `mark` with a note that what `other` says was not kept."""
    if has_refused(mark, other):
        return mark
    refused = f"{dict(mark.extra).get(REFUSED, '')} {_digest(other)}".strip()
    kept = tuple(pair for pair in mark.extra if pair[0] != REFUSED)
    return replace(mark, extra=(*kept, (REFUSED, refused)))


def _digest(mark: Annotation) -> str:
    return hashlib.sha256(repr(said(mark)).encode()).hexdigest()[:_DIGEST]


@dataclass(frozen=True)
class SettleConflicts:
    """Keep one or both of the marks in each of some conflicts.

    Args:
        ids: of the marks that came later.
        keep: which stay. What came takes the place of what was there under its id, or is
            noted there as refused, so that the same file brings no new conflict.
    """

    ids: tuple[str, ...]
    keep: Keep

    def plan(self, situation: Situation) -> Plan:
        """Return the edits; what is in no conflict any more is passed over."""
        marks = [mark for mark in situation.annotations(self.ids) if rival_of(mark)]
        rivals = {
            found.id: found for found in situation.annotations([rival_of(mark) for mark in marks])
        }
        edits: list[Edit] = []
        for mark in marks:
            rival = rivals.get(rival_of(mark))
            own = without_conflict(mark)
            if rival is None or self.keep is Keep.BOTH:
                edits.append(Edit(mark, own))
                continue
            edits.append(Edit(mark, None))
            if self.keep is Keep.THEIRS:  # of several that came the last one stays
                stays = replace(own, id=rival.id)
            else:
                stays = _refusing(rival, mark)
            edits.append(Edit(rival, stays))
            rivals[rival.id] = stays
        subject = shortened(marks[0].anchor.exact) if marks else ""
        article_id = marks[0].article_id if marks else ""
        return Plan("settle-conflict", subject, article_id, tuple(edits))
