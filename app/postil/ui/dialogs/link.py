"""Which mark another one supports, contradicts, repeats, is the source of or answers."""

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListView,
    QVBoxLayout,
    QWidget,
)

from postil.domain.annotation import Annotation, Relation
from postil.ui.desk import Desk
from postil.ui.line_edit import LineEdit
from postil.ui.sidebar.wording import quoted, relation_word

_ID = Qt.ItemDataRole.UserRole + 1
_QUOTATION = 90  # characters of a quotation in the list


class _Filter(LineEdit):
    """Narrows the list; up and down go through it meanwhile."""

    def __init__(self, marks: QListView) -> None:
        super().__init__()
        self._marks = marks

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the keys that move to the list."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._marks.keyPressEvent(event)
        else:
            super().keyPressEvent(event)


class LinkDialog(QDialog):
    """Asks for a relation and for the mark at the other end.

    Args:
        desk: has the marks.
        annotation: the mark the link goes out from.
        parent: the window.
    """

    def __init__(self, desk: Desk, annotation: Annotation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("linkDialog")
        self.setWindowTitle(self.tr("Link to another mark"))
        self.resize(560, 460)
        self.relation = QComboBox()
        self.relation.setObjectName("link_relation")
        self.relation.setAccessibleName(self.tr("What the mark does"))
        for relation in Relation:
            self.relation.addItem(relation_word(relation), relation)
        self.marks = QListView()
        self.marks.setObjectName("link_marks")
        self.marks.setAccessibleName(self.tr("Marks of this article"))
        self.marks.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.marks.setUniformItemSizes(True)
        self._shown = QSortFilterProxyModel(self)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._shown.setSourceModel(self._rows(desk, annotation))
        self.marks.setModel(self._shown)
        self.marks.activated.connect(self.accept)
        self.filter = _Filter(self.marks)
        self.filter.setObjectName("link_filter")
        self.filter.setPlaceholderText(self.tr("Words, a tag or a paragraph of the other mark"))
        self.filter.setAccessibleName(self.filter.placeholderText())
        self.filter.textChanged.connect(self._narrow)
        words = QLabel(quoted(_shortened(annotation)))
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("&Link"))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (words, self.relation, self.filter, self.marks, self._buttons):
            column.addWidget(widget, 1 if widget is self.marks else 0)
        self.filter.setFocus()
        self._narrow("")

    def answer(self) -> tuple[Relation, str] | None:
        """Return the relation and the id of the other mark; None when none is chosen."""
        index = self.marks.currentIndex()
        return (self.relation.currentData(), index.data(_ID)) if index.isValid() else None

    def _rows(self, desk: Desk, annotation: Annotation) -> QStandardItemModel:
        """Return the other marks in reading order."""
        model = QStandardItemModel(self)
        article = desk.opened.article if desk.opened else None
        for mark in desk.marks:
            if mark.id == annotation.id or article is None:
                continue
            number = article.number_at(mark.start)
            place = f"¶{number}" if number else self.tr("heading")
            codes = " ".join(tag.code for i in mark.tags if (tag := desk.tags.get(i)))
            words = quoted(_shortened(mark))
            item = QStandardItem("  ".join(part for part in (place, codes, words) if part))
            item.setData(mark.id, _ID)
            item.setToolTip(quoted(mark.anchor.exact))
            model.appendRow(item)
        return model

    def _narrow(self, text: str) -> None:
        self._shown.setFilterFixedString(text.strip())
        first: QModelIndex = self._shown.index(0, 0)
        self.marks.setCurrentIndex(first)
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(first.isValid())


def _shortened(mark: Annotation) -> str:
    words = " ".join(mark.anchor.exact.split())
    return words if len(words) <= _QUOTATION else words[: _QUOTATION - 1] + "…"
