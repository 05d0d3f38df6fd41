"""What a merge has done: every file with its marks, to be read, copied and gone through."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from postil.importers.returned import Refused
from postil.library.handed_in import Merged
from postil.ui.desk import Desk
from postil.ui.dialogs.merge_tree import MergeTree
from postil.ui.merge_words import counts, report_text
from postil.ui.toast import announce


class MergeReport(QDialog):
    """Stays beside the window; a mark that is chosen is shown there.

    Args:
        desk: opens the article of a mark.
        merged: what became of the files.
        refused: the files that could not be read.
        parent: the window.
    """

    def __init__(
        self,
        desk: Desk,
        merged: Merged,
        refused: Sequence[Refused],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("mergeReport")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Merged"))
        self.setAccessibleName(self.windowTitle())
        self.resize(860, 480)
        self.text = report_text(merged, [(one.name, str(one.error)) for one in refused])
        summary = QLabel(counts(merged, len(refused)), wordWrap=True)
        summary.setTextFormat(Qt.TextFormat.PlainText)
        self.tree = MergeTree(self)
        self.tree.itemActivated.connect(self._go)
        self.tree.itemClicked.connect(self._go)
        for number, file in enumerate(merged.files):
            line = self.tree.add_file(file.name, number)
            self.tree.tell(line, file)
            if any(one.rival for one in file.marks):
                line.setExpanded(True)
        for one in refused:
            self.tree.add_refused(one.name, str(one.error))
        hint = QLabel(
            self.tr("Choose a mark to see it. Conflicts are settled in the Article panel."),
            wordWrap=True,
        )
        hint.setObjectName("soft")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = buttons.addButton(
            self.tr("&Copy"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.copy_button.clicked.connect(self._copy)
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        for widget in (summary, self.tree, hint, buttons):
            column.addWidget(widget)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
        announce(self, self.tr("Copied"))

    def _go(self, line: QTreeWidgetItem) -> None:
        """Show a mark in its article."""
        merged = self.tree.mark(line)
        if merged is None:
            return
        opened = self._desk.opened
        if opened is None or opened.id != merged.mark.article_id:
            self._desk.open_article(merged.mark.article_id)
        mark = self._desk.marks.get(merged.mark.id)
        if mark is not None:
            self._desk.choose(mark.id)
            self._desk.place_wanted.emit(mark.start, mark.end)
