"""Which marks are to be seen: quiet, hidden, or one tag or group alone.

All of them are switches that the same key switches back: a key that must be held would be
hard for many hands. Escape ends what hides or fades marks.
"""

from PySide6.QtCore import QObject, Signal

from postil.page.showing import Showing
from postil.ui.desk import Desk


class Viewing(QObject):
    """Switches what is shown of the marks.

    Args:
        desk: what lies open.
        parent: owns this.
    """

    said = Signal(str)  # what is shown now, in words

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def toggle_quiet(self) -> None:
        """Take the colours from the words, or give them back; the margin stays as it is."""
        showing = self._desk.showing
        is_quiet = not showing.is_quiet
        self._desk.show(Showing(is_quiet, isolated=showing.isolated, name=showing.name))
        self.said.emit(self.tr("Marks in the margin only") if is_quiet else self.tr("Marks shown"))

    def toggle_marks(self) -> None:
        """Hide all marks, or show them again."""
        showing = self._desk.showing
        if showing.is_hidden:
            self.show_all()
        else:
            self._desk.show(Showing(showing.is_quiet, is_hidden=True))
            self.said.emit(self.tr("Marks hidden"))

    def show_all(self) -> None:
        """Let no mark be hidden and none stand out."""
        self._desk.show_all()
        self.said.emit(self.tr("All marks shown"))

    def isolate_tag(self) -> None:
        """Let the marks with the active mark's tags stand out; again, and all do."""
        mark = self._desk.chosen_mark()
        tags = [tag for tag_id in mark.tags if (tag := self._desk.tags.get(tag_id))] if mark else []
        name = ", ".join(tag.name for tag in tags)
        self._isolate(tuple(tag.id for tag in tags), name)

    def isolate_group(self) -> None:
        """Let the marks of the group of the active mark's first tag stand out; again, and all."""
        mark = self._desk.chosen_mark()
        for tag_id in mark.tags if mark else ():
            tag = self._desk.tags.get(tag_id)
            group = tag and self._desk.groups.get((tag.codebook_id, tag.group_id))
            if tag and group:
                tags = self._desk.group_tags(tag.codebook_id, tag.group_id)
                self._isolate(tags, group.name)
                return
        self._isolate((), "")

    def _isolate(self, tag_ids: tuple[str, ...], name: str) -> None:
        if not tag_ids and not self._desk.showing.isolated:
            self.said.emit(self.tr("Choose a mark with a tag first"))
            return
        self._desk.isolate(tag_ids, name)
        isolated = self._desk.showing.isolated
        only = self.tr("Only “{}”").format(name)
        self.said.emit(only if isolated else self.tr("All marks shown"))
