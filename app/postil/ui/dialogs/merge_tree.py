"""Files of a merge with what becomes of each, and of every mark in them when looked into."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from postil.library.handed_in import MergedFile, MergedMark, Outcome
from postil.ui.merge_words import outcome_word, quotation_line, recognition_words
from postil.ui.tips import as_tip

_FILE = Qt.ItemDataRole.UserRole  # number of the file of a line; of a mark the mark
_NUMBERS = 5  # columns of figures
_ROOM = 28  # pixels around the title of one


class MergeTree(QTreeWidget):
    """A line for each file, with its marks below it: they are put in when it is opened.

    Args:
        parent: the dialog.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mergeFiles")
        self.setAccessibleName(self.tr("Files"))
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(False)
        self.setHeaderLabels(
            [
                self.tr("File"),
                self.tr("Article"),
                self.tr("New"),
                self.tr("Newer"),
                self.tr("Known"),
                self.tr("Conflicts"),
                self.tr("No place"),
            ]
        )
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(0, 260)
        for column in range(2, 2 + _NUMBERS):  # not by their contents, which takes long
            words = self.headerItem().text(column)
            header.resizeSection(column, self.fontMetrics().horizontalAdvance(words) + _ROOM)
        self._marks: dict[int, tuple[MergedMark, ...]] = {}
        self.itemExpanded.connect(self._look_into)

    def add_file(self, name: str, number: int) -> QTreeWidgetItem:
        """Add a line for a file.

        Args:
            name: of the file.
            number: to know it by.
        """
        line = QTreeWidgetItem(self, [name])
        line.setToolTip(0, as_tip(name))
        line.setData(0, _FILE, number)
        return line

    def add_refused(self, name: str, reason: str) -> None:
        """Add a line for a file that cannot be taken."""
        line = QTreeWidgetItem(self, [name, reason])
        line.setToolTip(0, as_tip(name))
        line.setToolTip(1, as_tip(reason))
        line.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)

    def tell(self, line: QTreeWidgetItem, file: MergedFile) -> None:
        """Show what becomes of a file."""
        known = file.count(Outcome.KNOWN) + file.count(Outcome.OLDER)
        figures = (
            file.count(Outcome.NEW),
            file.count(Outcome.UPDATED),
            known,
            file.count(Outcome.CONFLICT),
            file.unplaced,
        )
        words = recognition_words(file)
        line.setText(1, words)
        line.setToolTip(1, as_tip(words))
        for column, figure in enumerate(figures, 2):
            line.setText(column, f"{figure:,}" if figure else "–")
            line.setTextAlignment(column, Qt.AlignmentFlag.AlignRight)
        line.takeChildren()
        self._marks[line.data(0, _FILE)] = file.marks
        if file.marks:
            QTreeWidgetItem(line)  # stands for the marks until somebody looks
        if line.isExpanded():
            self._look_into(line)

    def number(self, line: QTreeWidgetItem | None) -> int | None:
        """Return the number of the file a line belongs to."""
        while line is not None and line.parent() is not None:
            line = line.parent()
        number = line.data(0, _FILE) if line is not None else None
        return number if isinstance(number, int) else None

    def mark(self, line: QTreeWidgetItem) -> MergedMark | None:
        """Return the mark of a line."""
        found = line.data(0, _FILE)
        return found if isinstance(found, MergedMark) else None

    def _look_into(self, line: QTreeWidgetItem) -> None:
        marks: Sequence[MergedMark] = self._marks.get(line.data(0, _FILE), ())
        line.takeChildren()
        order = sorted(marks, key=lambda one: not one.rival)  # what wants a decision first
        for merged in order:
            words = f"{outcome_word(merged.outcome)} · {quotation_line(merged)}"
            child = QTreeWidgetItem(line, [words])
            child.setFirstColumnSpanned(True)
            child.setToolTip(0, as_tip(f"{words}\n\n{merged.mark.note}".strip()))
            child.setData(0, _FILE, merged)
