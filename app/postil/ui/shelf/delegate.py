"""How a row of the shelf is drawn: title, where it is from, and a bar of group colours."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from postil.domain.listing import ArticleRow
from postil.ui.shelf.model import ROW, TITLE, ShelfModel
from postil.ui.theme import Theme

_MARGIN = 9  # pixels between the row's ground and its words
_GAP = 3  # pixels between the lines
_BAR = 3  # pixels, height of the bar
_FULL_BAR_MARKS = 24  # an article with so many marks has a bar as wide as the row
_SMALL = 0.92  # size of the second line, of the first one's


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
        self._paint_ground(painter, option, QRectF(ground), is_open=row.id == self.open_id)
        inside = ground.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        bold, small = strong_font(option.font), small_font(option.font)
        top = self._paint_line(painter, inside, bold, "text", index.data(TITLE))
        inside.setTop(top + _GAP)
        top = self._paint_line(painter, inside, small, "text_soft", self._model.details(row))
        bar = QRectF(inside.left(), top + _GAP + 1, inside.width(), _BAR)
        self._paint_bar(painter, bar, row, option.direction)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRectF, *, is_open: bool
    ) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(Qt.PenStyle.NoPen)
        if selected or is_open:
            painter.setBrush(self.theme.colour("selected"))
            painter.drawRoundedRect(rect, 5, 5)
        elif hovered:
            painter.setBrush(self.theme.colour("hover"))
            painter.drawRoundedRect(rect, 5, 5)
        if focused and option.state & QStyle.StateFlag.State_Active:
            painter.setPen(QPen(self.theme.colour("focus"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(0.75, 0.75, -0.75, -0.75), 5, 5)

    def _paint_line(
        self, painter: QPainter, rect: QRect, font: QFont, colour: str, text: str
    ) -> int:
        """Draw one line at the top of `rect`; return where it ends."""
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(self.theme.colour(colour))
        line = QRect(rect.left(), rect.top(), rect.width(), metrics.height())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, shown)
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


def strong_font(font: QFont) -> QFont:
    """Return the font of titles."""
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold


def small_font(font: QFont) -> QFont:
    """Return the font of what stands under a title."""
    small = QFont(font)
    if font.pointSizeF() > 0:
        small.setPointSizeF(font.pointSizeF() * _SMALL)
    else:
        small.setPixelSize(max(1, round(font.pixelSize() * _SMALL)))
    return small
