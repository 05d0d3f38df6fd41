"""What the rows of lists have in common: their fonts, their ground, one line of words."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from postil.ui.theme import Theme

_SMALL = 0.92  # size of the line under a title, of the title's
_ROUND = 5  # pixels, the corners of the ground


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


def paint_ground(
    painter: QPainter,
    option: QStyleOptionViewItem,
    theme: Theme,
    rect: QRectF,
    *,
    is_open: bool = False,
) -> None:
    """Draw what tells a row that is chosen, under the mouse or has the keys.

    Args:
        painter: draws it.
        option: the state of the row.
        theme: the colours.
        rect: the ground.
        is_open: what the row stands for lies on the desk, which shows as if it were chosen.
    """
    painter.setPen(Qt.PenStyle.NoPen)
    if is_open or option.state & QStyle.StateFlag.State_Selected:
        painter.setBrush(theme.colour("selected"))
        painter.drawRoundedRect(rect, _ROUND, _ROUND)
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(theme.colour("hover"))
        painter.drawRoundedRect(rect, _ROUND, _ROUND)
    focused, active = QStyle.StateFlag.State_HasFocus, QStyle.StateFlag.State_Active
    if option.state & focused and option.state & active:
        painter.setPen(QPen(theme.colour("focus"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(0.75, 0.75, -0.75, -0.75), _ROUND, _ROUND)


def paint_line(
    painter: QPainter, theme: Theme, rect: QRect, font: QFont, colour: str, text: str
) -> None:
    """Draw one line of words, cut short where it does not fit.

    Args:
        painter: draws it.
        theme: the colours.
        rect: where the line stands, in the middle of its height.
        font: of the words.
        colour: its name in the theme.
        text: the words.
    """
    painter.setFont(font)
    painter.setPen(theme.colour(colour))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, shown)
