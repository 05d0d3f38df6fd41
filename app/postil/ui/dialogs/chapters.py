"""Which chapters of a book are taken in, and whether as one article or as one each."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QRadioButton,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from postil.importers.choosing import chapter_title, chapter_words, first_words
from postil.importers.whole import Whole
from postil.ui.counting import counted
from postil.ui.dialogs.choice_tree import CHECKED, UNCHECKED, ChoiceTree

_GAP = 6  # pixels between two rows
_WORDS = 120  # characters of the first words of a chapter


class ChaptersDialog(QDialog):
    """Lists the chapters of a book.

    Args:
        title: of the book.
        whole: the book.
        parent: the window.
    """

    def __init__(self, title: str, whole: Whole, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chaptersDialog")
        self.setWindowTitle(self.tr("Chapters of “{0}”").format(title))
        self.setAccessibleName(self.windowTitle())
        self.resize(760, 560)
        self.tree = ChoiceTree(self.tr("Chapters"))
        self.tree.setObjectName("chapters_list")
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setHeaderLabels([self.tr("Chapter"), self.tr("Words"), self.tr("Begins with")])
        header = self.tree.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, 280)
        self._sizes: list[int] = []  # in words
        self._items = [self._item(whole, number) for number in range(len(whole.chapters))]
        self.tree.addTopLevelItems(self._items)
        self.tree.setCurrentItem(self._items[0])
        self.as_one = QRadioButton(self.tr("Make &one article of them"))
        self.as_each = QRadioButton(self.tr("Make an article of &each chapter"))
        self.as_one.setChecked(True)
        self._ways = QButtonGroup(self)
        self.count = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.count.setObjectName("chapters_count")
        self._lay_out()
        self.tree.turned.connect(self._tell)
        self._tell()
        self.tree.setFocus()

    def chosen(self) -> list[int]:
        """Return the indices of the chapters that are wanted."""
        return [n for n, item in enumerate(self._items) if item.checkState(0) is CHECKED]

    def _item(self, whole: Whole, number: int) -> QTreeWidgetItem:
        text = chapter_words(whole, number)
        size = len(text.split())
        self._sizes.append(size)
        row = [chapter_title(whole, number), f"{size:,}", first_words(text, _WORDS)]
        item = QTreeWidgetItem(row)
        item.setCheckState(0, CHECKED)
        item.setSizeHint(0, QSize(0, self.fontMetrics().lineSpacing() + _GAP))
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return item

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for text, state in ((self.tr("&All"), CHECKED), (self.tr("&None"), UNCHECKED)):
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, state=state: self.tree.turn(self._items, state))
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.count)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(self.tr("Take &In"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(10)
        column.addWidget(self.tree, 1)
        column.addLayout(row)
        for way in (self.as_one, self.as_each):
            self._ways.addButton(way)
            column.addWidget(way)
        column.addWidget(buttons)

    def _tell(self) -> None:
        chosen = self.chosen()
        self._ok.setEnabled(bool(chosen))
        words = sum(self._sizes[number] for number in chosen)
        self.count.setText(
            " · ".join(
                (
                    counted(len(chosen), "1 chapter", "%n chapters"),
                    counted(words, "1 word", "%n words"),
                )
            )
        )
