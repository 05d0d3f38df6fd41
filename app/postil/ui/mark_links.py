"""The links of marks, from both ends: a mark keeps only those that go out from it."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from postil.domain.annotation import Annotation, Relation
from postil.domain.history import Changes
from postil.ui.desk import Desk


@dataclass(frozen=True, slots=True)
class LinkEnd:
    """A link as seen from one of its marks."""

    relation: Relation
    other: Annotation  # the mark at the other end
    is_incoming: bool  # the other mark says it of this one


class MarkLinks(QObject):
    """Looks links of the open article up.

    Args:
        desk: has the marks.
        parent: owns this.
    """

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._incoming: dict[str, list[tuple[Relation, str]]] | None = None
        desk.article_opened.connect(self._forget)
        desk.marks_changed.connect(self._follow)

    def of(self, annotation: Annotation) -> list[LinkEnd]:
        """Return the links of a mark to marks that have a place, those it makes itself first."""
        marks = self._desk.marks
        ends = [(link.relation, link.target, False) for link in annotation.links]
        ends += [(relation, source, True) for relation, source in self._to(annotation.id)]
        return [
            LinkEnd(relation, other, is_incoming)
            for relation, other_id, is_incoming in ends
            if (other := marks.get(other_id)) is not None
        ]

    def sources(self, annotation_id: str) -> list[str]:
        """Return the ids of the marks that have a link to this one, be it there or not."""
        return [source for _, source in self._to(annotation_id)]

    def _to(self, annotation_id: str) -> list[tuple[Relation, str]]:
        if self._incoming is None:
            self._incoming = {}
            for mark in self._desk.marks:
                for link in mark.links:
                    self._incoming.setdefault(link.target, []).append((link.relation, mark.id))
        return self._incoming.get(annotation_id, [])

    def _forget(self) -> None:
        self._incoming = None

    def _follow(self, changes: Changes) -> None:
        opened = self._desk.opened
        if opened is not None and any(
            mark is not None and mark.links
            for pair in changes.annotations(opened.id)
            for mark in pair
        ):
            self._incoming = None
