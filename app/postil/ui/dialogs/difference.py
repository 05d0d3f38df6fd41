"""What differs between two versions of an article: a list of changes beside the words.

Words that were taken out are struck through, those put in are bold and underlined, what was
moved is in italics with an arrow: nothing is told by colour alone.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from postil.differences import Difference, Passage
from postil.domain.listing import Version
from postil.ui.counting import counted
from postil.ui.dialogs.difference_page import SHOWN, DifferencePage
from postil.ui.versions_words import passage_line, version_line

Compare = Callable[[Version, Version, Callable[[Difference], None]], None]


class DifferenceDialog(QDialog):
    """Shows two versions laid over each other.

    Args:
        versions: of the article, the newest first; the first one lies open.
        earlier: the version that is shown against the newest.
        compare: compares two versions beside the window and hands over what differs.
        parent: the window.
    """

    mark_wanted = Signal(object, object, object)  # Difference, Passage, the earlier Version

    def __init__(
        self,
        versions: Sequence[Version],
        earlier: Version,
        compare: Compare,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("differenceDialog")
        self.setWindowTitle(self.tr("What changed"))
        self.resize(960, 640)
        self._versions = versions
        self._compare = compare
        self._passages: tuple[Passage, ...] = ()
        self.difference: Difference | None = None
        self.earlier = self._choice("difference_earlier", self.tr("&Earlier"), earlier)
        self.later = self._choice("difference_later", self.tr("&Later"), versions[0])
        self.changes = QListWidget()
        self.changes.setObjectName("difference_changes")
        self.changes.setAccessibleName(self.tr("Changes"))
        self.changes.setWordWrap(True)
        self.changes.currentRowChanged.connect(self._show_passage)
        self.page = DifferencePage()
        self._told = QLabel()
        self._told.setObjectName("difference_told")
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._told.setWordWrap(True)
        self.mark = QPushButton(self.tr("&Mark This Change"))
        self.mark.setObjectName("difference_mark")
        self.mark.setToolTip(self.tr("Mark these words in the article, with what stood there (M)"))
        self.mark.setAutoDefault(False)
        self.mark.clicked.connect(self._mark)
        self.changes.itemActivated.connect(self._mark)
        QShortcut(QKeySequence("M"), self, self._mark)
        self._lay_out()
        self.earlier.currentIndexChanged.connect(self._renew)
        self.later.currentIndexChanged.connect(self._renew)
        self.changes.setFocus()
        self._renew()

    def _choice(self, name: str, label: str, chosen: Version) -> QComboBox:
        box = QComboBox()
        box.setObjectName(name)
        box.setAccessibleName(label.replace("&", ""))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for version in self._versions:
            box.addItem(version_line(version), version)
        box.setCurrentIndex(self._versions.index(chosen))
        return box

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("&Earlier"), self.earlier)
        form.addRow(self.tr("&Later"), self.later)
        parts = QSplitter()
        parts.addWidget(self.changes)
        parts.addWidget(self.page)
        parts.setStretchFactor(0, 1)
        parts.setStretchFactor(1, 2)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.mark, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self._told)
        column.addWidget(parts, 1)
        column.addWidget(buttons)

    def _renew(self) -> None:
        """Compare the versions that are chosen now."""
        self.difference, self._passages = None, ()
        self.changes.clear()
        self.page.clear()
        self.mark.setEnabled(False)
        self._told.setText(self.tr("Comparing…"))
        chosen = self.earlier.currentData(), self.later.currentData()

        def show(difference: Difference) -> None:
            if chosen == (self.earlier.currentData(), self.later.currentData()):
                self._show(difference)

        self._compare(*chosen, show)

    def _show(self, difference: Difference) -> None:
        passages = difference.passages
        self.difference, self._passages = difference, passages[:SHOWN]
        text = counted(len(passages), "1 change", "%n changes")
        if len(passages) > SHOWN:
            text += " · " + self.tr("the first {0} are shown").format(f"{SHOWN:,}")
        self._told.setText(text if passages else self.tr("The words are the same"))
        self.page.show_difference(difference)
        self.changes.addItems([passage_line(difference, p) for p in self._passages])
        if self._passages:
            self.changes.setCurrentRow(0)

    def _show_passage(self, row: int) -> None:
        is_newest = self.later.currentIndex() == 0
        self.mark.setEnabled(is_newest and row >= 0)
        if row >= 0:
            self.page.show_passage(row)

    def _mark(self) -> None:
        row = self.changes.currentRow()
        if not self.mark.isEnabled() or self.difference is None or row < 0:
            return
        self.mark_wanted.emit(self.difference, self._passages[row], self.earlier.currentData())

    def tell_marked(self) -> None:
        """Say beside the change that it has a mark now."""
        item = self.changes.currentItem()
        sign = self.tr("✓ marked · ")
        if item is not None and not item.text().startswith(sign):
            item.setText(sign + item.text())
