"""What became of practice copies: a row for each, and below it a row for each mark."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from postil.library.practising import Checked, Key, Outcome, Practice

_WIDEST = (330, 150, 60, 175, 175)  # pixels of the columns, at first
_QUOTATION = 90  # characters shown of the words of a mark


class PracticeDialog(QDialog):
    """Shows practice copies beside their key.

    Args:
        key: what they were held against.
        practices: what became of each; at least one.
        refused: sentences about files that could not be checked.
        parent: the window.
    """

    def __init__(
        self,
        key: Key,
        practices: Sequence[Practice],
        refused: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("practiceDialog")
        self.setWindowTitle(self.tr("Practice"))
        self.setAccessibleName(self.tr("Practice"))
        self.resize(940, 560)
        self._key = key
        about = QLabel(
            self.tr(
                "Held against the marks of “{0}”. Half the credit of a mark is for its words, as"
                " far as they are the same, and half for its tags."
            ).format(key.article.metadata.title)
        )
        about.setTextFormat(Qt.TextFormat.PlainText)
        about.setWordWrap(True)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(self.tr("Marks of the key and of the copies"))
        self.tree.setHeaderLabels(
            [
                self.tr("Passage"),
                self.tr("Outcome"),
                self.tr("Credit"),
                self.tr("Tags of the key"),
                self.tr("Tags given"),
            ]
        )
        rows = [self._practice_row(practice) for practice in practices]
        self.tree.addTopLevelItems(rows)
        self.tree.setCurrentItem(rows[0])
        if len(practices) == 1:
            self.tree.expandAll()
        for column in range(5):
            self.tree.resizeColumnToContents(column)
            self.tree.setColumnWidth(column, min(self.tree.columnWidth(column), _WIDEST[column]))
        self.refused = QLabel("\n".join(refused), self)
        self.refused.setTextFormat(Qt.TextFormat.PlainText)
        self.refused.setAccessibleName(self.tr("Remarks"))
        self.refused.setWordWrap(True)
        self.refused.setVisible(bool(refused))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(10)
        for part in (about, self.tree, self.refused, buttons):
            layout.addWidget(part)

    def _practice_row(self, practice: Practice) -> QTreeWidgetItem:
        found, missed, extra = (practice.count(outcome) for outcome in Outcome)
        words = self.tr("{0} of {1} found, {2} extra").format(found, found + missed, extra)
        if practice.unplaced:
            words += self.tr(", {0} without a place").format(practice.unplaced)
        row = QTreeWidgetItem([practice.name, words, _per_cent(practice.credit)])
        row.setToolTip(0, practice.name)
        for mark in practice.marks:
            row.addChild(self._row(mark))
        return row

    def _row(self, mark: Checked) -> QTreeWidgetItem:
        article = self._key.article
        words = " ".join(article.text[mark.start : mark.end].split())
        shown = f"{words[:_QUOTATION]}…" if len(words) > _QUOTATION else words
        number = article.number_at(mark.start)
        row = QTreeWidgetItem(
            [
                f"¶{number} {shown}" if number else shown,
                {
                    Outcome.FOUND: self.tr("found"),
                    Outcome.MISSED: self.tr("missed"),
                    Outcome.EXTRA: self.tr("not in the key"),
                }[mark.outcome],
                _per_cent(mark.credit) if mark.outcome is Outcome.FOUND else "",
                ", ".join(mark.tags),
                ", ".join(mark.given),
            ]
        )
        row.setToolTip(0, words)
        if mark.outcome is Outcome.FOUND:
            row.setToolTip(
                2,
                self.tr("Words {0}, tags {1}").format(
                    _per_cent(mark.overlap), _per_cent(mark.agreement)
                ),
            )
        return row


def _per_cent(share: float) -> str:
    return f"{share:.0%}"
