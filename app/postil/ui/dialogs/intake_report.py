"""What became of files taken in together: read at leisure, filtered, copied, tried again."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from postil.ui.file_batch import Fate, Outcome, summary

_AGAIN = (Fate.REFUSED, Fate.LEFT)  # what may go better another time


class IntakeReport(QDialog):
    """Lists files and their fates; the article behind stays in use.

    Args:
        outcomes: of each file, in the order they came.
        open_article: opens the article with this id.
        take: takes in files.
        parent: the window.
    """

    def __init__(
        self,
        outcomes: Sequence[Outcome],
        open_article: Callable[[str], object],
        take: Callable[[list[Path]], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._outcomes, self._open_article, self._take = outcomes, open_article, take
        self.setObjectName("intakeReport")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Import Report"))
        self.setAccessibleName(self.tr("Import Report"))
        self.resize(720, 460)
        said = QLabel(summary(outcomes), wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        said.setObjectName("intakeSummary")
        self._words = {
            Fate.NEW: self.tr("Taken in"),
            Fate.REVISED: self.tr("New version"),
            Fate.KNOWN: self.tr("Known already"),
            Fate.REFUSED: self.tr("Refused"),
            Fate.LEFT: self.tr("Not taken in"),
        }
        self.kinds = QComboBox()
        self.kinds.setObjectName("intakeKinds")
        self.kinds.setAccessibleName(self.tr("Which files are shown"))
        self.kinds.addItem(self.tr("All files"), None)
        for fate, words in self._words.items():
            if number := sum(one.fate is fate for one in outcomes):
                self.kinds.addItem(f"{words} ({number:,})", fate)
        self.table = self._make_table()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        role = QDialogButtonBox.ButtonRole.ActionRole
        copy = self.buttons.addButton(self.tr("&Copy"), role)
        copy.setObjectName("copyIntake")
        self.again = self.buttons.addButton(self.tr("&Try Again"), role)
        self.again.setObjectName("tryAgain")
        for button in self.buttons.buttons():  # the return key opens the article in the list
            assert isinstance(button, QPushButton)
            button.setAutoDefault(False)
        self.again.setToolTip(self.tr("The chosen files, or all that are not in"))
        self.again.setEnabled(any(self._can_be_tried(one) for one in outcomes))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        for widget in (said, self.kinds, self.table, self.buttons):
            column.addWidget(widget)
        self.kinds.currentIndexChanged.connect(self._filter)
        self.table.cellActivated.connect(self._open)
        copy.clicked.connect(self._copy)
        self.again.clicked.connect(self._try_again)
        self.buttons.rejected.connect(self.reject)

    def _make_table(self) -> QTableWidget:
        headings = [self.tr("File"), self.tr("What became of it"), self.tr("Article or reason")]
        table = QTableWidget(len(self._outcomes), len(headings), self)
        table.setObjectName("intakeTable")
        table.setAccessibleName(self.tr("Files"))
        table.setHorizontalHeaderLabels(headings)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        table.setColumnWidth(0, 190)
        table.setColumnWidth(1, 140)
        for row, one in enumerate(self._outcomes):
            texts = (one.path.name if one.path else "–", self._words[one.fate], one.words)
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(str(one.path) if one.path and not column else text)
                table.setItem(row, column, item)
        return table

    def _filter(self) -> None:
        wanted = self.kinds.currentData()
        for row, one in enumerate(self._outcomes):
            self.table.setRowHidden(row, wanted is not None and one.fate != wanted)

    def _open(self, row: int) -> None:
        if article_id := self._outcomes[row].article_id:
            self._open_article(article_id)

    def _shown(self) -> list[Outcome]:
        return [one for row, one in enumerate(self._outcomes) if not self.table.isRowHidden(row)]

    def _copy(self) -> None:
        """Copy what is shown: a line a file, its parts set apart by tabs."""
        lines = [
            "\t".join((str(one.path or ""), self._words[one.fate], one.words))
            for one in self._shown()
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _try_again(self) -> None:
        """Take in once more the chosen files that are not in, or all of them if none is chosen."""
        rows = {index.row() for index in self.table.selectionModel().selectedRows()}
        chosen = [self._outcomes[row] for row in sorted(rows)]
        wanted = [one for one in chosen if self._can_be_tried(one)]
        wanted = wanted or [one for one in self._outcomes if self._can_be_tried(one)]
        self.accept()
        self._take([one.path for one in wanted if one.path])

    def _can_be_tried(self, one: Outcome) -> bool:
        return one.fate in _AGAIN and one.path is not None
