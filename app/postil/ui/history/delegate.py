"""How a line of the history is drawn: a sign, its name, and who, where and when below."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from postil.ui.history.model import DETAIL, LINE, Line
from postil.ui.row_painting import paint_ground, paint_line, small_font, strong_font
from postil.ui.theme import Theme

_MARGIN = 8  # pixels around the words
_GAP = 1  # pixels between the two lines
_NOW, _DONE, _UNDONE, _POINT = "▶", "●", "○", "◆"

_Index = QModelIndex | QPersistentModelIndex


class HistoryDelegate(QStyledItemDelegate):
    """Draws one line; all have the same height.

    Args:
        theme: its colours.
        parent: owns the delegate.
    """

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return the height of two lines."""
        fonts = (option.font, small_font(option.font))
        return QSize(80, sum(QFontMetrics(f).height() for f in fonts) + _GAP + 2 * _MARGIN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the line."""
        line: Line = index.data(LINE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(option.rect).adjusted(2, 1, -2, -1)
        paint_ground(painter, option, self.theme, ground)
        inside = option.rect.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        is_strong = line.is_now or line.is_point
        font = strong_font(option.font) if is_strong else QFont(option.font)
        font.setItalic(line.is_undone)
        small = small_font(option.font)
        high = QFontMetrics(font).height()
        sign = QFontMetrics(option.font).horizontalAdvance(_NOW) + _MARGIN
        is_mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        words = inside.adjusted(0, 0, -sign, 0) if is_mirrored else inside.adjusted(sign, 0, 0, 0)
        colour = "text_soft" if line.is_undone else "text"
        top = QRect(words.left(), words.top(), words.width(), high)
        below = QRect(words.left(), top.bottom() + 1 + _GAP, words.width(), inside.height() - high)
        first = QRect(inside.left(), top.top(), inside.width(), high)
        for rect, drawn, ink, text in (
            (first, option.font, "accent" if is_strong else colour, _sign(line)),
            (top, font, colour, index.data()),
            (below, small, "text_soft", index.data(DETAIL)),
        ):
            paint_line(painter, self.theme, rect, drawn, ink, text)
        painter.restore()


def _sign(line: Line) -> str:
    if line.is_point:
        return _POINT
    if line.is_now:
        return _NOW
    return _UNDONE if line.is_undone else _DONE
