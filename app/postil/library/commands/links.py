"""Commands that say what one mark is to another."""

from dataclasses import dataclass, replace

from postil.domain.annotation import Annotation, Link, Relation
from postil.domain.errors import UserError
from postil.domain.history import Edit
from postil.library.plan import Plan, Situation, shortened


@dataclass(frozen=True)
class LinkMarks:
    """Say that a mark supports, contradicts, repeats, is the source of or answers another."""

    annotation_id: str
    relation: Relation
    target_id: str

    def plan(self, situation: Situation) -> Plan:
        """Return the edit; a link that is there already makes no step.

        Raises:
            UserError: one of the marks is gone, or they are the same one.
        """
        before = situation.annotation(self.annotation_id)
        target = situation.annotation(self.target_id)
        if before.id == target.id:
            raise UserError("A mark cannot be linked to itself", "Choose another mark.")
        link = Link(self.relation, target.id)
        links = before.links if link in before.links else (*before.links, link)
        subject, edits = _edited(before, links, situation.now)
        return Plan("link-marks", subject, before.article_id, edits)


@dataclass(frozen=True)
class UnlinkMarks:
    """Take a link from a mark to another away."""

    annotation_id: str
    relation: Relation
    target_id: str

    def plan(self, situation: Situation) -> Plan:
        """Return the edit; a link that is not there makes no step.

        Raises:
            UserError: the mark is gone.
        """
        before = situation.annotation(self.annotation_id)
        gone = Link(self.relation, self.target_id)
        links = tuple(link for link in before.links if link != gone)
        subject, edits = _edited(before, links, situation.now)
        return Plan("unlink-marks", subject, before.article_id, edits)


def _edited(before: Annotation, links: tuple[Link, ...], now: str) -> tuple[str, tuple[Edit, ...]]:
    """Return the subject of the step, and its edit if there is one."""
    after = replace(before, links=links, edited=now)
    edits = (Edit(before, after),) if links != before.links else ()
    return shortened(before.anchor.exact), edits
