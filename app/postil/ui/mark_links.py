"""The links of marks, from both ends: a mark keeps only those that go out from it."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from postil.domain.annotation import Annotation, Relation
from postil.domain.history import ArticleRecord, Changes
from postil.domain.overview import MarkRow
from postil.ui.desk import Desk


@dataclass(frozen=True, slots=True)
class LinkEnd:
    """A link as seen from one of its marks."""

    relation: Relation
    other_id: str  # the mark at the other end
    is_incoming: bool  # the other mark says it of this one
    words: str = ""  # of the other mark; empty when it is not in the library
    title: str = ""  # of its article, when that is not the open one


class MarkLinks(QObject):
    """Looks links of the marks of the open article up.

    Args:
        desk: has the marks.
        parent: owns this.
    """

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._far: dict[str, MarkRow | None] = {}  # marks that are not on the page
        desk.article_opened.connect(self._far.clear)
        desk.library_changed.connect(self._follow)

    def of(self, annotation: Annotation) -> list[LinkEnd]:
        """Return the links of a mark, those it makes itself first; also to what is gone."""
        ends = [
            self._end(link.relation, link.target, is_incoming=False) for link in annotation.links
        ]
        incoming = self._desk.library.linking.to(annotation.id)
        return ends + [self._end(what, source, is_incoming=True) for what, source in incoming]

    def sources(self, annotation_id: str) -> list[str]:
        """Return the ids of the marks that have a link to this one."""
        return [source for _, source in self._desk.library.linking.to(annotation_id)]

    def _end(self, relation: Relation, other_id: str, *, is_incoming: bool) -> LinkEnd:
        near = self._desk.marks.get(other_id)
        if near is not None:
            return LinkEnd(relation, other_id, is_incoming, near.anchor.exact)
        if other_id not in self._far:
            found = self._desk.library.linking.marks((other_id,))
            self._far[other_id] = found.get(other_id)
        far = self._far[other_id]
        if far is None:
            return LinkEnd(relation, other_id, is_incoming)
        opened = self._desk.opened
        title = "" if opened and opened.id == far.article_id else far.title
        return LinkEnd(relation, other_id, is_incoming, far.quotation, title)

    def _follow(self, changes: Changes) -> None:
        if changes.touches(Annotation, ArticleRecord):
            self._far.clear()
