"""The menu of marks: choose one of several, and let its tag or its group stand out."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from postil.domain.annotation import Annotation
from postil.domain.tags import Tag
from postil.ui.desk import Desk

_QUOTATION = 60  # characters of a quotation


class MarkMenu(QMenu):
    """Marks by tag and quotation, and what can be shown of them.

    Args:
        desk: what lies open.
        marks: to choose from; may be none.
        parent: the reader.
    """

    def __init__(self, desk: Desk, marks: list[Annotation], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("mark_list")
        self.setAccessibleName(self.tr("Marks here"))
        self._desk = desk
        for mark in marks:
            self._add_mark(mark)
        known = {tag: None for mark in marks for tag in mark.tags}  # each once, in order
        tags = [tag for tag_id in known if (tag := desk.tags.get(tag_id))]
        showing = desk.showing
        if tags or showing.isolated or showing.is_hidden:
            self.addSeparator()
        for tag in tags:
            self._add(self.tr("Only “{}”").format(tag.name), (tag.id,), tag.name)
        for group in {(tag.codebook_id, tag.group_id): None for tag in tags}:
            self._add_group(*group)
        if showing.isolated or showing.is_hidden:
            self._named(self.tr("Show all marks"), "show_all").triggered.connect(desk.show_all)

    def _add_mark(self, mark: Annotation) -> None:
        action = self._named(f"{names(self._desk, mark)} — {shortened(mark)}", "mark")
        action.setCheckable(True)
        action.setChecked(mark.id == self._desk.chosen)
        action.triggered.connect(lambda: self._desk.choose(mark.id))

    def _add(self, text: str, tag_ids: tuple[str, ...], name: str) -> None:
        action = self._named(text, "isolate")
        action.setCheckable(True)
        action.setChecked(self._desk.showing.isolated == frozenset(tag_ids))
        action.triggered.connect(lambda: self._desk.isolate(tag_ids, name))

    def _add_group(self, codebook_id: str, group_id: str) -> None:
        group = self._desk.groups.get((codebook_id, group_id))
        if group is not None:
            tags = self._desk.group_tags(codebook_id, group_id)
            self._add(self.tr("Only the group “{}”").format(group.name), tags, group.name)

    def _named(self, text: str, name: str) -> QAction:
        action = self.addAction(text.replace("&", "&&"))
        action.setObjectName(name)
        return action


def shortened(mark: Annotation) -> str:
    """Return the words of a mark as a quotation in one short line."""
    words = " ".join(mark.anchor.exact.split())
    if len(words) > _QUOTATION:
        words = words[: _QUOTATION - 1] + "…"
    return f"“{words}”"


def names(desk: Desk, mark: Annotation) -> str:
    """Return what a mark is called: the names of its tags, or that it has none."""
    known: list[Tag] = [tag for tag_id in mark.tags if (tag := desk.tags.get(tag_id))]
    return ", ".join(tag.name for tag in known) or QCoreApplication.translate(
        "MarkMenu", "Plain mark"
    )
