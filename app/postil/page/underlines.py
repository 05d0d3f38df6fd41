"""Underlines of marks: one lane below another, in the line style of the tag.

Where few marks overlap the lanes stand apart; the more there are, the closer and thinner they
are drawn, within the room between two lines of text. What still finds none is counted.
"""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QPaintEngine,
    QPainter,
    QPainterPath,
    QPen,
    QTransform,
)

from postil.domain.tags import LineStyle
from postil.page.frame import Piece
from postil.page.type_face import Metrics

_FIRST = 0.8  # pixels from the fill to the middle of the first lane
_PITCH = 0.17  # em from lane to lane where they stand apart
_CLOSE_PITCH = 0.09  # em where they stand closest
_PEN = 0.075  # em, width of a line where lanes stand apart
_HEADROOM = 0.25  # em of the next line's fill that no letter reaches
_LANES = (3, 8)  # drawn at least and at most, however high the lines are
_WAVE = 6.0  # pixels, length of a wave drawn with a pen of 1.6

# Strokes and gaps in widths of the pen; waves are a pattern of their own.
_DASHES: dict[LineStyle, list[float]] = {
    LineStyle.DASH: [4.0, 2.2],
    LineStyle.DOT: [1.0, 1.6],
    LineStyle.DASHDOT: [4.5, 1.8, 1.0, 1.8],
}


@dataclass(frozen=True, slots=True)
class Lanes:
    """How the underlines of marks that overlap are drawn; lengths in pixels."""

    count: int  # lanes that are drawn
    pitch: float  # from one to the next below it
    pen: float  # width of a line

    def below(self, lane: int) -> float:
        """Return how far below the fill the middle of a lane is."""
        return _FIRST + self.pitch * lane


def lanes_for(metrics: Metrics, depth: int) -> Lanes:
    """Return the lanes for as many marks as lie over each other.

    Args:
        metrics: of the page; its lines say how much room there is.
        depth: the greatest number of marks over one letter.
    """
    wide, pen = max(metrics.em * _PITCH, 3.0), max(metrics.em * _PEN, 1.6)
    close = max(metrics.em * _CLOSE_PITCH, 1.5)
    room = metrics.line - metrics.above - metrics.below + metrics.em * _HEADROOM - pen
    count = min(depth, max(_LANES[0], min(int(room / close) + 1, _LANES[1])))
    pitch = wide if count < 2 else min(max(room / (count - 1), close), wide)
    return Lanes(count, pitch, min(pen, pitch * 0.72))


def draw_underline(
    painter: QPainter,
    pieces: tuple[Piece, ...],
    ink: str,
    line_style: LineStyle,
    at: Lanes,
    lane: int,
) -> None:
    """Draw one lane below the pieces of a mark.

    Args:
        painter: translated to the document's coordinates.
        pieces: of the mark.
        ink: "#RRGGBB".
        line_style: of the mark's tag.
        at: how lanes are drawn here.
        lane: which of them, from 0.
    """
    down = at.below(lane)
    if line_style is LineStyle.WAVE:
        length = _WAVE * at.pen / 1.6
        if painter.paintEngine().type() is not QPaintEngine.Type.Raster:
            for piece in pieces:  # paper is worth the time, and sharper
                _draw_wave(painter, piece, piece.bottom + down, ink, at.pen, length)
            return
        brush = _wave(ink, at.pen, painter.device().devicePixelRatioF())
        for piece in pieces:
            area = QRectF(round(piece.left), 0, max(round(piece.right) - round(piece.left), 1), 0)
            area.setTop(round(piece.bottom + down - length / 3))
            area.setHeight(length * 2 / 3)
            painter.setBrushOrigin(area.topLeft())
            painter.fillRect(area, brush)
        return
    painter.setPen(_pen(ink, line_style, at.pen))
    for piece in pieces:
        height = piece.bottom + down
        painter.drawLine(QPointF(piece.left, height), QPointF(piece.right, height))


def _draw_wave(
    painter: QPainter, piece: Piece, height: float, ink: str, pen: float, length: float
) -> None:
    """Stroke one wave line below a piece; the last wave ends where the piece does."""
    path = QPainterPath(QPointF(piece.left, height))
    x, swing = piece.left, length * 0.55
    while x < piece.right:
        wide = min(length, piece.right - x)
        near, far = (
            QPointF(x + wide * 0.35, height - swing),
            QPointF(x + wide * 0.65, height + swing),
        )
        path.cubicTo(near, far, QPointF(x + wide, height))
        x += length
    painter.strokePath(path, _pen(ink, LineStyle.SOLID, pen * 0.8))


@lru_cache(maxsize=1024)
def _pen(name: str, line_style: LineStyle, width: float) -> QPen:
    """Return the pen of an underline; the same object each time, not to be changed."""
    pen = QPen(QColor(name), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if line_style in _DASHES:
        pen.setDashPattern(_DASHES[line_style])
    return pen


@lru_cache(maxsize=512)
def _wave(name: str, pen: float, scale: float) -> QBrush:
    """Return a brush of one wave line, to be laid side by side.

    Stroking the curve itself takes longer than all the rest of a crowded page.
    """
    length = _WAVE * pen / 1.6
    pixels = max(round(length * scale), 1)
    image = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.scale(pixels / _WAVE, pixels / _WAVE)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(QColor(name), 1.44))
    path = QPainterPath(QPointF(-_WAVE / 2, 2.2))
    for step in range(3):
        x = step * _WAVE - _WAVE / 2
        path.cubicTo(x + _WAVE * 0.35, -1.4, x + _WAVE * 0.65, 5.8, x + _WAVE, 2.2)
    painter.drawPath(path)
    painter.end()
    brush = QBrush(image)
    brush.setTransform(QTransform.fromScale(length / pixels, length / pixels))
    return brush
