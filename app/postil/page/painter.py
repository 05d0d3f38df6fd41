"""Paints marks: fills, underlines, dots, counts and outlines, all of it under the words.

It is given a frame and paints what is in it; nothing is written into the document, and how
many marks the article has makes no difference.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QTransform,
)

from postil.domain.annotation import Annotation
from postil.domain.tags import LineStyle
from postil.page.colours import edge_colour, mixed
from postil.page.frame import Frame, FrameMark, Piece
from postil.page.showing import Showing
from postil.page.style import PageStyle
from postil.page.type_face import Metrics

_LANE = 3.0  # pixels from one underline to the next below it
_LANES = 3  # underlines that have room; deeper marks show in the margin and in the picking list
_PEN = 1.6  # width of an underline
_WAVE = 6  # length of one wave, and height of its tile
_ALL = Showing()

# Strokes and gaps in widths of the pen; waves are a pattern of their own.
_DASHES: dict[LineStyle, list[float]] = {
    LineStyle.DASH: [4.0, 2.2],
    LineStyle.DOT: [1.0, 1.6],
    LineStyle.DASHDOT: [4.5, 1.8, 1.0, 1.8],
}


@dataclass(frozen=True, slots=True)
class MarkLook:
    """What a mark's tags say about its look."""

    fill: str  # "#RRGGBB"
    line_style: LineStyle
    label: str  # letter code for the margin; may be empty


@lru_cache(maxsize=512)
def colour(name: str) -> QColor:
    """Return a colour "#RRGGBB"; the same object each time, not to be changed."""
    return QColor(name)


class MarkPainter:
    """Paints the marks of frames in one style.

    Args:
        style: the look of the page.
        look: tells how a mark looks.
    """

    def __init__(self, style: PageStyle, look: Callable[[Annotation], MarkLook]) -> None:
        self._style = style
        self._look = look
        self._metrics = Metrics.of(style)

    def paint(
        self,
        painter: QPainter,
        frame: Frame,
        chosen: Iterable[Piece] = (),
        *,
        active: str = "",
        hovered: str = "",
        showing: Showing = _ALL,
    ) -> None:
        """Paint what belongs under the words.

        Args:
            painter: translated to the document's coordinates.
            frame: what is to be seen.
            chosen: the pieces of the selection.
            active: id of the mark that shows an outline, or empty.
            hovered: id of the mark that is lit, or empty.
            showing: which marks tint their words; those that step back keep a faint outline.
        """
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        marks = [shown for shown in frame.marks if showing.tints(shown.mark)]
        looks = [self._look(shown.mark) for shown in marks]
        for shown, look in zip(marks, looks, strict=True):
            fill = colour(self._lit(look.fill) if shown.mark.id == hovered else look.fill)
            for piece in shown.pieces:
                painter.fillRect(_rect(piece), fill)
        for piece in chosen:
            painter.fillRect(_rect(piece), colour(self._style.selection))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        if not showing.is_quiet:
            self._paint_faded(painter, [s for s in frame.marks if showing.fades(s.mark)])
        for shown, look in zip(marks, looks, strict=True):
            if shown.layer.lane < _LANES:
                self._underline(painter, shown, look)
        for shown, look in zip(marks, looks, strict=True):
            if shown.ends:
                self._paint_end(painter, shown, look)
        if hovered and hovered != active:
            self._outline(painter, frame.pieces_of(hovered), colour(self._style.ink_soft), 1.2)
        if active:
            self._outline(painter, frame.pieces_of(active), colour(self._style.accent), 2.0)

    def _paint_faded(self, painter: QPainter, marks: Iterable[FrameMark]) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour(self._style.rule), 1))
        for shown in marks:
            for piece in shown.pieces:
                painter.drawRoundedRect(_rect(piece).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)

    def _lit(self, fill: str) -> str:
        return mixed(fill, "#FFFFFF", 0.78)

    def _underline(self, painter: QPainter, shown: FrameMark, look: MarkLook) -> None:
        edge = edge_colour(look.fill, self._style.paper)
        down = 0.8 + _LANE * shown.layer.lane
        if look.line_style is LineStyle.WAVE:
            brush = _wave(edge, painter.device().devicePixelRatioF())
            for piece in shown.pieces:
                area = QRectF(_rect(piece))
                area.setTop(round(piece.bottom + down - 2))
                area.setHeight(_WAVE - 2)
                painter.setBrushOrigin(area.topLeft())
                painter.fillRect(area, brush)
            return
        painter.setPen(_pen(edge, look.line_style))
        for piece in shown.pieces:
            height = piece.bottom + down
            painter.drawLine(QPointF(piece.left, height), QPointF(piece.right, height))

    def _paint_end(self, painter: QPainter, shown: FrameMark, look: MarkLook) -> None:
        """Paint the dot that tells of a note, and the number of marks on the same words."""
        last = shown.pieces[-1]
        onwards = -1.0 if shown.ends_leftwards else 1.0
        at = (last.left if shown.ends_leftwards else last.right) + 1.5 * onwards
        if shown.mark.note:
            radius = max(self._metrics.em * 0.14, 2.0)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(colour(self._style.accent)))
            painter.drawEllipse(QPointF(at + radius * onwards, last.top + radius), radius, radius)
            at += (2 * radius + 1) * onwards
        if shown.layer.copies > 1:
            count = str(shown.layer.copies)
            painter.setFont(self._tiny())
            painter.setPen(colour(edge_colour(look.fill, self._style.paper)))
            if shown.ends_leftwards:
                at -= painter.fontMetrics().horizontalAdvance(count)
            painter.drawText(QPointF(at, last.top + self._metrics.em * 0.32), count)

    def _outline(
        self, painter: QPainter, pieces: Iterable[Piece], ink: QColor, width: float
    ) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for piece in pieces:
            # A thread of paper between fill and outline, as around a stamp.
            around = _rect(piece).adjusted(-2, -2, 2, 2 + _LANE)
            painter.setPen(QPen(colour(self._style.paper), width + 2))
            painter.drawRoundedRect(around.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            painter.setPen(QPen(ink, width))
            painter.drawRoundedRect(around, 3, 3)

    def _tiny(self) -> QFont:
        font = QFont(self._metrics.small)
        font.setPointSizeF(max(font.pointSizeF() * 0.82, 5.0))
        font.setBold(True)
        return font


def _rect(piece: Piece) -> QRectF:
    left, right = round(piece.left), round(piece.right)
    return QRectF(left, piece.top, max(right - left, 1), piece.bottom - piece.top)


@lru_cache(maxsize=512)
def _pen(name: str, line_style: LineStyle) -> QPen:
    """Return the pen of an underline; the same object each time, not to be changed."""
    pen = QPen(colour(name), _PEN)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if line_style in _DASHES:
        pen.setDashPattern(_DASHES[line_style])
    return pen


@lru_cache(maxsize=512)
def _wave(name: str, scale: float) -> QBrush:
    """Return a brush of one wave line, to be laid side by side.

    Stroking the curve itself takes longer than all the rest of a crowded page.
    """
    image = QImage(
        round(_WAVE * scale), round(_WAVE * scale), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.scale(image.width() / _WAVE, image.height() / _WAVE)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(colour(name), _PEN * 0.9))
    path = QPainterPath(QPointF(-_WAVE / 2, 2.2))
    for step in range(3):
        x = step * _WAVE - _WAVE / 2
        path.cubicTo(x + _WAVE * 0.35, -1.4, x + _WAVE * 0.65, 5.8, x + _WAVE, 2.2)
    painter.drawPath(path)
    painter.end()
    brush = QBrush(image)
    brush.setTransform(QTransform.fromScale(_WAVE / image.width(), _WAVE / image.height()))
    return brush
