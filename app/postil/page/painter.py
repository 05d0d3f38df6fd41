"""Paints marks: fills, underlines, dots, counts and outlines under the words, bars beside them.

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
    QFontMetrics,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QTransform,
)

from postil.domain.annotation import Annotation
from postil.domain.tags import LineStyle
from postil.page.colours import bar_colour, edge_colour, mixed
from postil.page.frame import Frame, FrameMark, Piece
from postil.page.lanes import Bar, Packed, pack
from postil.page.style import PageStyle
from postil.page.type_face import Metrics

_LANE = 3.0  # pixels from one underline to the next below it
_LANES = 3  # underlines that have room; deeper marks show in the margin and in the picking list
_PEN = 1.6  # width of an underline
_WAVE = 6  # length of one wave, and height of its tile
_BAR = 4.0  # width of a bar in the margin

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
    ) -> None:
        """Paint what belongs under the words.

        Args:
            painter: translated to the document's coordinates.
            frame: what is to be seen.
            chosen: the pieces of the selection.
            active: id of the mark that shows an outline, or empty.
            hovered: id of the mark that is lit, or empty.
        """
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        looks = [self._look(shown.mark) for shown in frame.marks]
        for shown, look in zip(frame.marks, looks, strict=True):
            fill = colour(self._lit(look.fill) if shown.mark.id == hovered else look.fill)
            for piece in shown.pieces:
                painter.fillRect(_rect(piece), fill)
        for piece in chosen:
            painter.fillRect(_rect(piece), colour(self._style.selection))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        for shown, look in zip(frame.marks, looks, strict=True):
            if shown.layer.lane < _LANES:
                self._underline(painter, shown, look)
        for shown, look in zip(frame.marks, looks, strict=True):
            if shown.ends:
                self._paint_end(painter, shown, look)
        if hovered and hovered != active:
            self._outline(painter, frame.pieces_of(hovered), colour(self._style.ink_soft), 1.2)
        if active:
            self._outline(painter, frame.pieces_of(active), colour(self._style.accent), 2.0)

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
        pen = QPen(colour(edge), _PEN)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if look.line_style in _DASHES:
            pen.setDashPattern(_DASHES[look.line_style])
        painter.setPen(pen)
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


@dataclass(frozen=True, slots=True)
class MarginBar:
    """A bar as it stands in the margin."""

    mark: Annotation
    area: QRectF  # bar and label: what can be clicked
    look: MarkLook


class Margin:
    """The lanes beside the text, with bars and letter codes.

    Args:
        style: the look of the page.
        look: tells how a mark looks.
    """

    def __init__(self, style: PageStyle, look: Callable[[Annotation], MarkLook]) -> None:
        self._style = style
        self._look = look
        self._metrics = Metrics.of(style)
        self._font = QFont(self._metrics.small)
        self._font.setPointSizeF(max(self._font.pointSizeF() * 0.9, 5.5))
        self._font.setBold(True)
        self.pitch = round(self._metrics.em * 2.2)  # width of a lane
        self._packed = Packed({}, ())
        self._left = 0.0
        self._labels: dict[str, str] = {}
        self.bars: list[MarginBar] = []

    def arrange(self, frame: Frame, left: float, right: float) -> None:
        """Place the bars of a frame's marks between two edges of the margin."""
        room = right - left - self._metrics.em  # the rest is for the number of those left out
        columns = max(int(room / self.pitch), 0)
        heights: dict[str, list[float]] = {}
        marks = {}
        for shown in frame.marks:
            top, bottom = shown.pieces[0].top, shown.pieces[-1].bottom
            known = heights.setdefault(shown.mark.id, [top, bottom])
            known[:] = min(known[0], top), max(known[1], bottom)
            marks[shown.mark.id] = shown.mark
        order = sorted(marks.values(), key=lambda mark: (mark.start, -mark.end, mark.id))
        bars = [Bar(mark.id, *heights[mark.id]) for mark in order]
        self._packed = pack(bars, columns, self._packed.columns)
        self._left = left
        self.bars = [
            MarginBar(
                marks[bar.mark_id],
                QRectF(left + column * self.pitch, bar.top, self.pitch, bar.bottom - bar.top),
                self._look(marks[bar.mark_id]),
            )
            for bar in bars
            if (column := self._packed.columns.get(bar.mark_id)) is not None
        ]

    def forget(self) -> None:
        """Let go of the columns bars had: another article lies open."""
        self._packed = Packed({}, ())
        self.bars = []

    def at(self, x: float, y: float) -> Annotation | None:
        """Return the mark whose bar or code is under a point."""
        return next((bar.mark for bar in self.bars if bar.area.contains(x, y)), None)

    def paint(self, painter: QPainter, view_top: float, active: str, hovered: str) -> None:
        """Paint the bars; codes of bars that begin above the view stand at its top."""
        painter.setFont(self._font)
        size = painter.fontMetrics()
        for bar in self.bars:
            is_lit = bar.mark.id in (active, hovered)
            stripe = QRectF(bar.area.left(), bar.area.top(), _BAR, bar.area.height())
            if is_lit:
                stripe.adjust(-1, 0, 1, 0)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(colour(bar_colour(bar.look.fill, self._style.paper))))
            painter.drawRoundedRect(stripe, 2, 2)
            label = self._elided(bar.look.label)
            top = min(max(bar.area.top(), view_top), bar.area.bottom() - size.height())
            painter.setPen(colour(self._style.ink if is_lit else self._style.ink_soft))
            painter.drawText(QPointF(bar.area.left() + _BAR + 4, top + size.ascent() + 1), label)
        painter.setPen(colour(self._style.ink_soft))
        right = self._left + self.pitch * (max(self._packed.columns.values(), default=-1) + 1)
        for height, count in self._packed.left_out:
            painter.drawText(QPointF(right, height + size.ascent() + 1), f"+{count}")

    def _elided(self, label: str) -> str:
        """Return a code, shortened if it would reach into the next lane."""
        if label not in self._labels:
            room = int(self.pitch - _BAR - 5)
            self._labels[label] = QFontMetrics(self._font).elidedText(
                label, Qt.TextElideMode.ElideRight, room
            )
        return self._labels[label]


def _rect(piece: Piece) -> QRectF:
    left, right = round(piece.left), round(piece.right)
    return QRectF(left, piece.top, max(right - left, 1), piece.bottom - piece.top)


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
