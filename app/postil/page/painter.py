"""Paints marks: fills, underlines, dots, counts and outlines, all of it under the words.

It is given a frame and paints what is in it; nothing is written into the document, and how
many marks the article has makes no difference.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen

from postil.domain.annotation import Annotation
from postil.domain.colours import edge_colour, mixed
from postil.domain.tags import LineStyle
from postil.page.frame import Frame, FrameMark, Piece
from postil.page.showing import Showing
from postil.page.style import PageStyle
from postil.page.type_face import Metrics
from postil.page.underlines import draw_underline, lanes_for

_ALL = Showing()


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
        self._tiny = QFont(self._metrics.small)
        self._tiny.setPointSizeF(max(self._tiny.pointSizeF() * 0.82, 5.0))
        self._tiny.setBold(True)
        self._lanes = lru_cache(maxsize=64)(partial(lanes_for, self._metrics))

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
            self._underline(painter, shown, look)
        for shown in marks:
            if shown.ends:
                self._paint_end(painter, shown)
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
        """Paint a mark's underline in its lane; beside the last one, how many have no lane."""
        lane, lanes = shown.layer.lane, self._lanes(shown.layer.depth)
        if lane >= lanes.count:
            return
        ink = edge_colour(look.fill, self._style.paper)
        draw_underline(painter, shown.pieces, ink, look.line_style, lanes, lane)
        more = shown.layer.depth - lanes.count
        if more and shown.ends and lane == lanes.count - 1:
            last, leftwards = shown.pieces[-1], shown.ends_leftwards
            x = last.left - 1 if leftwards else last.right + 1
            place = QPointF(x, last.bottom + lanes.below(lane) + lanes.pen)
            self._paint_count(painter, f"+{more}", place, leftwards=leftwards)

    def _paint_end(self, painter: QPainter, shown: FrameMark) -> None:
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
            place = QPointF(at, last.top + self._metrics.em * 0.32)
            self._paint_count(painter, str(shown.layer.copies), place, leftwards=onwards < 0)

    def _paint_count(
        self, painter: QPainter, count: str, place: QPointF, *, leftwards: bool
    ) -> None:
        painter.setFont(self._tiny)
        painter.setPen(colour(self._style.ink_soft))
        if leftwards:
            place -= QPointF(painter.fontMetrics().horizontalAdvance(count), 0)
        painter.drawText(place, count)

    def _outline(
        self, painter: QPainter, pieces: Iterable[Piece], ink: QColor, width: float
    ) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        lane = self._lanes(1).pitch
        for piece in pieces:
            # A thread of paper between fill and outline, as around a stamp.
            around = _rect(piece).adjusted(-2, -2, 2, 2 + lane)
            painter.setPen(QPen(colour(self._style.paper), width + 2))
            painter.drawRoundedRect(around.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            painter.setPen(QPen(ink, width))
            painter.drawRoundedRect(around, 3, 3)


def _rect(piece: Piece) -> QRectF:
    left, right = round(piece.left), round(piece.right)
    return QRectF(left, piece.top, max(right - left, 1), piece.bottom - piece.top)
