"""Marks that say something else under the same id: told apart after a merge, and settled.

The one that came later stands beside the other and names it under a key of its own, which
travels in files as all keys do.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from postil.domain.annotation import Annotation
from postil.domain.history import Edit
from postil.library.plan import Plan, Situation, shortened

CONFLICT: Final = "conflict-of"  # key in `Annotation.extra`: the id of the mark it differs from


class Keep(StrEnum):
    """Which of two marks in conflict stays."""

    MINE = "mine"  # the one that was there first
    THEIRS = "theirs"
    BOTH = "both"


def rival_of(mark: Annotation) -> str:
    """Return the id of the mark this one is in conflict with, or empty."""
    return dict(mark.extra).get(CONFLICT, "")


def without_conflict(mark: Annotation) -> Annotation:
    """Return a mark that stands for itself."""
    return replace(mark, extra=tuple(pair for pair in mark.extra if pair[0] != CONFLICT))


@dataclass(frozen=True)
class SettleConflicts:
    """Keep one or both of the marks in each of some conflicts.

    Args:
        ids: of the marks that came later.
        keep: which stay. What came takes the place of what was there under its id, so that
            the same file brings no new conflict.
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
            if self.keep is Keep.THEIRS:
                theirs = replace(own, id=rival.id)
                edits.append(Edit(rival, theirs))
                rivals[rival.id] = theirs  # of several that came the last one stays
        subject = shortened(marks[0].anchor.exact) if marks else ""
        article_id = marks[0].article_id if marks else ""
        return Plan("settle-conflict", subject, article_id, tuple(edits))
