"""Painting a card that was laid out: calm paper, one colour bar, one ring when it is chosen."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QPainterPath,
    QPalette,
    QPen,
)

from postil.ui.sidebar.card_layout import CardLayout, PlacedTag
from postil.ui.sidebar.card_look import MARK_INK, CardLook


@dataclass(frozen=True, slots=True)
class CardState:
    """What a card is at this moment."""

    is_chosen: bool = False
    is_hovered: bool = False
    has_focus: bool = False


def paint_frame(
    painter: QPainter, rect: QRect, look: CardLook, colour: str, state: CardState
) -> None:
    """Paint the paper, the bar and the edge of a card.

    Args:
        painter: at the origin of the widget.
        rect: of the card.
        look: has the colours.
        colour: "#RRGGBB" of the bar.
        state: decides the edge.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    is_ringed = state.is_chosen or state.has_focus
    width = 2.0 if is_ringed else 1.0
    if is_ringed:
        edge = look.colour("focus" if state.has_focus else "accent")
    else:
        edge = look.colour("text_soft" if state.is_hovered else "card_border")
    inside = QRectF(rect).adjusted(width / 2, width / 2, -width / 2, -width / 2)
    outline = QPainterPath()
    outline.addRoundedRect(inside, look.radius, look.radius)
    painter.fillPath(outline, look.colour("hover" if state.is_hovered else "card"))
    painter.save()
    painter.setClipPath(outline)
    painter.fillRect(QRect(rect.left(), rect.top(), look.bar + 1, rect.height()), QColor(colour))
    painter.restore()
    painter.setPen(QPen(edge, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(outline)


def paint_card(
    painter: QPainter, rect: QRect, layout: CardLayout, look: CardLook, state: CardState
) -> None:
    """Paint a whole card at `rect`; see `paint_frame`."""
    paint_frame(painter, rect, look, layout.text.colour, state)
    painter.save()
    painter.translate(rect.topLeft())
    _paint_tags(painter, layout, look)
    painter.setPen(look.colour("text"))
    layout.quote.draw(painter, QPointF(layout.left, layout.quote_top))
    if layout.note is not None:
        _paint_note(painter, layout, look)
    if layout.remarks is not None:
        painter.setPen(look.colour("text_soft"))
        layout.remarks.draw(painter, QPointF(layout.left, layout.remarks_top))
    painter.setPen(look.colour("accent"))
    for lines, top in layout.links:
        lines.draw(painter, QPointF(layout.left, top))
    if layout.warning is not None:
        painter.setPen(look.colour("warning"))
        layout.warning.draw(painter, QPointF(layout.left, layout.warning_top))
    painter.restore()


def _paint_tags(painter: QPainter, layout: CardLayout, look: CardLook) -> None:
    painter.setFont(look.small)
    painter.setPen(look.colour("text_soft"))
    upright = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
    painter.drawText(layout.place, upright, layout.text.place)
    for placed in layout.tags:
        _paint_tag(painter, placed, look)


def _paint_tag(painter: QPainter, placed: PlacedTag, look: CardLook) -> None:
    if placed.tag.code:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(placed.tag.colour))
        painter.drawRoundedRect(placed.code, look.radius / 2, look.radius / 2)
        painter.setFont(look.code)
        painter.setPen(QColor(MARK_INK))
        painter.drawText(placed.code, Qt.AlignmentFlag.AlignCenter, placed.tag.code)
    painter.setFont(look.text)
    painter.setPen(look.colour("text" if placed.tag.code else "text_soft"))
    painter.drawText(placed.name, Qt.AlignmentFlag.AlignVCenter, placed.shown_name)


def _paint_note(painter: QPainter, layout: CardLayout, look: CardLook) -> None:
    assert layout.note is not None
    context = QAbstractTextDocumentLayout.PaintContext()
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, look.colour("text"))
    context.palette = palette
    size = layout.note.size()
    context.clip = QRectF(0, 0, layout.inner, size.height())
    painter.save()
    painter.translate(layout.left, layout.note_top)
    painter.setClipRect(context.clip)
    layout.note.documentLayout().draw(painter, context)
    painter.restore()
