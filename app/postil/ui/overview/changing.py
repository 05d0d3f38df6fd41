"""What can be done with many marks at once: tags, status, deleting, handing on as a list."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from postil.domain.annotation import Status
from postil.domain.errors import UserError
from postil.library import ChangeAnnotations, DeleteAnnotations
from postil.ui.desk import Desk
from postil.ui.overview.model import AllMarks
from postil.ui.prompts import Prompts
from postil.ui.sidebar.flow_layout import FlowLayout
from postil.ui.sidebar.wording import status_word
from postil.ui.toast import Notices


class Changing(QWidget):
    """The buttons below the list.

    Args:
        desk: changes the library.
        model: has the marks.
        chosen: tells which rows are selected.
        prompts: asks for a new tag, and where to write.
        notices: where to tell what was done.
        parent: owns this.
    """

    def __init__(
        self,
        desk: Desk,
        model: AllMarks,
        chosen: Callable[[], Iterable[tuple[int, int]]],
        prompts: Prompts,
        notices: Notices,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._desk, self._model, self._chosen = desk, model, chosen
        self._prompts, self._notices = prompts, notices
        line = FlowLayout(self, spacing=6)
        self.add = self._button("overviewAdd", self.tr("Add tag"), self._fill_add)
        self.remove = self._button("overviewRemove", self.tr("Remove tag"), self._fill_remove)
        self.status = self._button("overviewStatus", self.tr("Set status"), self._fill_status)
        self.delete_ = self._button("overviewDelete", self.tr("Delete"), None)
        self.export_ = self._button("overviewExport", self.tr("Write list…"), None)
        self.delete_.clicked.connect(self.delete)
        self.export_.clicked.connect(self.export)
        for button in (self.add, self.remove, self.status, self.delete_, self.export_):
            line.addWidget(button)

    def enable(self, *, is_any: bool, has_marks: bool) -> None:
        """Let the buttons say what can be done."""
        for button in (self.add, self.remove, self.status, self.delete_):
            button.setEnabled(is_any and self._desk.is_writable)
        self.export_.setEnabled(has_marks)

    def delete(self) -> None:
        """Delete the chosen marks; the toast offers to take it back."""
        ids = self._model.ids(self._chosen())
        if ids:
            self._desk.do(DeleteAnnotations(tuple(ids)))

    def export(self) -> None:
        """Write the chosen marks, or all that are listed, as one list."""
        from postil.exporters.mark_list import as_csv, as_markdown  # when it is first wanted
        from postil.files import write_atomically

        filters = self.tr("Table (*.csv);;Quotations in Markdown (*.md)")
        path = self._prompts.save_file(
            self.tr("Write the list of marks"), Path.home() / self.tr("marks.csv"), filters
        )
        if path is None or self._model.overview is None:
            return
        overview = self._model.overview
        ids = self._model.ids(self._chosen())
        if not ids:
            stretches = [(group.key, 0, group.marks) for group in overview.groups]
            ids = list(dict.fromkeys(overview.ids(stretches)))
        write = as_markdown if path.suffix.lower() in {".md", ".markdown"} else as_csv
        try:
            write_atomically(
                path, write(overview.rows(ids, whole=True), self._desk.tags), overwrite=True
            )
        except UserError as error:
            self._notices.fail(error)
            return
        self._notices.say(self.tr("Written: {0}").replace("{0}", path.name))

    def _button(self, name: str, text: str, fill: Callable[[QMenu], None] | None) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(f"{text} ▾" if fill else text)
        button.setAccessibleName(text)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if fill is not None:
            menu = QMenu(button)
            menu.setAccessibleName(text)
            menu.aboutToShow.connect(partial(fill, menu))
            button.setMenu(menu)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _fill_add(self, menu: QMenu) -> None:
        """Offer every tag of the codebooks that are on, group by group, and a new one."""
        menu.clear()
        menu.addAction(self.tr("New tag…")).triggered.connect(self._add_new)
        menu.addSeparator()
        for tag_set in self._desk.library.tag_sets():
            if not tag_set.codebook.enabled:
                continue
            for group in tag_set.groups:
                tags = [tag for tag in tag_set.tags if tag.group_id == group.id]
                name = self._desk.group_names[tag_set.codebook.id, group.id]
                inner = menu.addMenu(name.replace("&", "&&")) if tags else menu
                for tag in tags:
                    self._offer(inner, tag.id, partial(self._change, add=(tag.id,)))

    def _fill_remove(self, menu: QMenu) -> None:
        """Offer the tags that the chosen marks have."""
        menu.clear()
        overview = self._model.overview
        rows = overview.rows(self._model.ids(self._chosen())) if overview else []
        for tag_id in sorted({tag for row in rows for tag in row.tags}):
            self._offer(menu, tag_id, partial(self._change, remove=(tag_id,)))
        if menu.isEmpty():
            menu.addAction(self.tr("They have no tags")).setEnabled(False)

    def _fill_status(self, menu: QMenu) -> None:
        menu.clear()
        for status in Status:
            action = menu.addAction(status_word(status) or self.tr("Nothing said"))
            action.triggered.connect(lambda _on=False, one=status: self._change(status=one))

    def _offer(self, menu: QMenu, tag_id: str, act: Callable[[], None]) -> None:
        tag = self._desk.tags.get(tag_id)
        word = f"{tag.code}  {tag.name}" if tag else tag_id
        menu.addAction(word.replace("&", "&&")).triggered.connect(lambda _on=False: act())

    def _add_new(self) -> None:
        name = self._prompts.text(self.tr("New tag"), self.tr("Name of the tag:"), "")
        if name is not None and name.strip():
            self._change(add=(name,))

    def _change(
        self,
        *,
        add: tuple[str, ...] = (),
        remove: tuple[str, ...] = (),
        status: Status | None = None,
    ) -> None:
        ids = tuple(self._model.ids(self._chosen()))
        if ids:
            self._desk.do(ChangeAnnotations(ids, add, remove, status))
