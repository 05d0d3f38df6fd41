"""The articles in columns, with headers that sort, beside the rows of two lines."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
)

from postil.domain.shelf import ShelfOrder
from postil.ui.shelf.model import COLUMNS, ROW, ShelfModel

_WIDE = {  # average letters
    ShelfOrder.TITLE: 30,
    ShelfOrder.OUTLET: 14,
    ShelfOrder.AUTHOR: 14,
    ShelfOrder.PUBLISHED: 15,
    ShelfOrder.ADDED: 15,
    ShelfOrder.MARKS: 8,
}


class _OpenRow(QStyledItemDelegate):
    """Draws the open article's row in strong letters."""

    open_id = ""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Choose the letters."""
        super().initStyleOption(option, index)
        if index.data(ROW).id == self.open_id:
            font = QFont(option.font)
            font.setWeight(QFont.Weight.DemiBold)
            option.font = font


class ArticleColumns(QTreeView):
    """One line an article.

    Args:
        model: the articles.
    """

    def __init__(self, model: ShelfModel) -> None:
        super().__init__()
        self._model = model
        self.setObjectName("shelfColumns")
        self.setAccessibleName(self.tr("Articles in columns"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setModel(model)
        self._delegate = _OpenRow(self)
        self.setItemDelegate(self._delegate)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.viewport().setAutoFillBackground(False)
        header = self.header()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        letter = self.fontMetrics().averageCharWidth()
        for column, order in enumerate(COLUMNS):
            self.setColumnWidth(column, _WIDE[order] * letter)
        model.asked.connect(self._show_order)
        self._show_order()

    def show_open(self, article_id: str) -> None:
        """Let the open article's row stand out."""
        self._delegate.open_id = article_id
        self.viewport().update()

    def _show_order(self) -> None:
        question = self._model.question
        descending = Qt.SortOrder.DescendingOrder
        self.header().setSortIndicator(
            COLUMNS.index(question.order),
            descending if question.is_descending else Qt.SortOrder.AscendingOrder,
        )
