"""The lanes beside the text: a bar with a letter code for each mark, side by side.

Where the page is wide a lane has room for its code. Where it is narrow the bars stand close,
and a code shows where no other bar is in its way.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QPainter

from postil.domain.annotation import Annotation, reading_order
from postil.page.colours import bar_colour, mixed
from postil.page.frame import Frame
from postil.page.lanes import Bar, Packed, pack
from postil.page.painter import MarkLook, colour
from postil.page.showing import Showing
from postil.page.style import PageStyle
from postil.page.type_face import Metrics

_BAR = 4.0  # width of a bar, pixels
_FADED = 0.25  # share of its colour that is left to a bar that steps back
_CLOSE = 9  # from bar to bar where they stand close, pixels
_WIDE_LANES = 3  # fewer lanes with codes than this, and bars stand close
_LANES = 4  # lanes a wide page has
_CLOSE_LANES = 3  # lanes a narrow page has


@dataclass(frozen=True, slots=True)
class MarginBar:
    """A bar as it stands in the margin."""

    mark: Annotation
    area: QRectF  # bar and code: what can be clicked
    look: MarkLook
    label: str  # the code, shortened or left out where it has no room


class Margin:
    """Places and paints the bars.

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
        self._lane = round(self._metrics.em * 2.2)  # a bar with its code
        self._count = round(self._metrics.em * 1.3)  # the number of those left out
        self._packed = Packed({}, ())
        self._right = 0.0
        self._labels: dict[str, str] = {}
        self.bars: list[MarginBar] = []
        self.showing = Showing()

    def width(self, room: float) -> int:
        """Return how wide the lanes want to be, given the room there is (pixels)."""
        for lanes in range(_LANES, _WIDE_LANES - 1, -1):
            if room >= (wide := self._lane * lanes + self._count):
                return wide
        return _CLOSE * (_CLOSE_LANES - 1) + self._lane

    def arrange(self, frame: Frame, left: float, right: float) -> None:
        """Place the bars of a frame's marks between two edges of the margin."""
        columns = int((right - left - self._count) / self._lane)
        pitch: float = self._lane
        if columns < _WIDE_LANES:
            pitch = _CLOSE
            columns = max(int((right - left - self._lane) / _CLOSE) + 1, 1)
        marks, bars = _bars(frame)
        self._packed = pack(bars, columns, self._packed.columns)
        self._right = right
        crowded = {height for height, _ in self._packed.left_out} if pitch == _CLOSE else set()
        tops = self._tops_by_column(bars)
        self.bars = []
        for bar in bars:
            column = self._packed.columns.get(bar.mark_id)
            if column is None:
                continue
            look = self._look(marks[bar.mark_id])
            in_the_way = pitch == _CLOSE and (
                bar.top in crowded or self._is_in_the_way(bar, column, tops)
            )
            width = pitch if in_the_way else self._lane
            area = QRectF(left + column * pitch, bar.top, width, bar.bottom - bar.top)
            label = "" if in_the_way else self._elided(look.label)
            self.bars.append(MarginBar(marks[bar.mark_id], area, look, label))

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
            stripe.adjust(-is_lit, 1, is_lit, -1)
            painter.setPen(Qt.PenStyle.NoPen)
            fades = self.showing.fades(bar.mark) and not is_lit
            shade = bar_colour(bar.look.fill, self._style.paper)
            shade = mixed(shade, self._style.paper, _FADED) if fades else shade
            painter.setBrush(QBrush(colour(shade)))
            painter.drawRoundedRect(stripe, 2, 2)
            if fades:
                continue
            top = min(max(bar.area.top(), view_top), bar.area.bottom() - size.height())
            painter.setPen(colour(self._style.ink if is_lit else self._style.ink_soft))
            place = QPointF(bar.area.left() + _BAR + 4, top + size.ascent() + 1)
            painter.drawText(place, bar.label)
        painter.setPen(colour(self._style.ink_soft))
        for height, count in self._packed.left_out:
            words = f"+{count}"
            left = self._right - size.horizontalAdvance(words) - 2
            painter.drawText(QPointF(left, height + size.ascent() + 1), words)

    def _tops_by_column(self, bars: list[Bar]) -> dict[int, list[Bar]]:
        columns: dict[int, list[Bar]] = defaultdict(list)
        for bar in bars:
            if (column := self._packed.columns.get(bar.mark_id)) is not None:
                columns[column].append(bar)
        return columns

    def _is_in_the_way(self, bar: Bar, column: int, columns: dict[int, list[Bar]]) -> bool:
        """Return whether a bar stands where the code of this one would be."""
        bottom = bar.top + self._metrics.line
        return any(
            other.top < bottom and other.bottom > bar.top
            for beside in range(column + 1, column + 1 + self._lane // _CLOSE)
            for other in columns.get(beside, ())
        )

    def _elided(self, label: str) -> str:
        """Return a code, shortened if it would reach into the next lane."""
        if label not in self._labels:
            room = int(self._lane - _BAR - 5)
            self._labels[label] = QFontMetrics(self._font).elidedText(
                label, Qt.TextElideMode.ElideRight, room
            )
        return self._labels[label]


def _bars(frame: Frame) -> tuple[dict[str, Annotation], list[Bar]]:
    """Return the marks of a frame by id, and their stretches in reading order."""
    heights: dict[str, tuple[float, float]] = {}
    marks: dict[str, Annotation] = {}
    for shown in frame.marks:
        name, first, last = shown.mark.id, shown.pieces[0], shown.pieces[-1]
        top, bottom = heights.get(name, (first.top, last.bottom))
        heights[name] = min(top, first.top), max(bottom, last.bottom)
        marks[name] = shown.mark
    order = sorted(marks.values(), key=reading_order)
    return marks, [Bar(mark.id, *heights[mark.id]) for mark in order]
