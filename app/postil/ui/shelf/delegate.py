"""How a row of the shelf is drawn: title, where it is from, and a bar of group colours."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from postil.domain.listing import ArticleRow
from postil.ui.row_painting import paint_ground, paint_line, small_font, strong_font
from postil.ui.shelf.model import ROW, TITLE, ShelfModel
from postil.ui.theme import Theme

_MARGIN = 9  # pixels between the row's ground and its words
_GAP = 3  # pixels between the lines
_BAR = 3  # pixels, height of the bar
_FULL_BAR_MARKS = 24  # an article with so many marks has a bar as wide as the row


class ShelfDelegate(QStyledItemDelegate):
    """Draws one article.

    Args:
        model: has the words for the second line.
        theme: its colours.
        parent: owns the delegate.
    """

    def __init__(self, model: ShelfModel, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.theme = theme
        self.open_id = ""  # the article on the desk

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height of a row; every row has the same."""
        fonts = (strong_font(option.font), small_font(option.font))
        lines = sum(QFontMetrics(font).height() for font in fonts)
        return QSize(80, lines + 2 * _MARGIN + 2 * _GAP + _BAR + 2)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the row."""
        row: ArticleRow = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = option.rect.adjusted(0, 1, 0, -1)
        is_open = row.id == self.open_id
        paint_ground(painter, option, self.theme, QRectF(ground), is_open=is_open)
        inside = ground.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        bold, small = strong_font(option.font), small_font(option.font)
        top = self._paint_line(painter, inside, bold, "text", index.data(TITLE))
        inside.setTop(top + _GAP)
        top = self._paint_line(painter, inside, small, "text_soft", self._model.details(row))
        bar = QRectF(inside.left(), top + _GAP + 1, inside.width(), _BAR)
        self._paint_bar(painter, bar, row, option.direction)
        painter.restore()

    def _paint_line(
        self, painter: QPainter, rect: QRect, font: QFont, colour: str, text: str
    ) -> int:
        """Draw one line at the top of `rect`; return where it ends."""
        line = QRect(rect.left(), rect.top(), rect.width(), QFontMetrics(font).height())
        paint_line(painter, self.theme, line, font, colour, text)
        return line.top() + line.height()

    def _paint_bar(
        self, painter: QPainter, rect: QRectF, row: ArticleRow, direction: Qt.LayoutDirection
    ) -> None:
        """Draw the shares of the tag groups; the whole is as long as there are many marks."""
        counted = sum(marks for _, marks in row.groups)
        if not counted:
            return
        width = rect.width() * min(1.0, row.marks / _FULL_BAR_MARKS)
        rounded = QPainterPath()
        whole = QRectF(rect.left(), rect.top(), width, rect.height())
        if direction == Qt.LayoutDirection.RightToLeft:
            whole.moveRight(rect.right())
        rounded.addRoundedRect(whole, 1.5, 1.5)
        painter.setClipPath(rounded)
        left = whole.left()
        for colour, marks in row.groups:
            share = width * marks / counted
            painter.fillRect(QRectF(left, rect.top(), share, rect.height()), QColor(colour))
            left += share
