"""The lanes beside the text: a bar with a letter code for each mark, side by side.

Where the page is wide a lane has room for its code. Where it is narrow the bars stand close
and the codes right of them, each on the first line beside its bar that is free.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QPainter

from postil.domain.annotation import Annotation, reading_order
from postil.domain.colours import bar_colour, mixed
from postil.page.frame import Frame
from postil.page.lanes import Bar, Packed, pack
from postil.page.painter import MarkLook, colour
from postil.page.showing import Showing
from postil.page.style import PageStyle
from postil.page.type_face import Metrics

_BAR = 4.0  # width of a bar, pixels
_GAP = 3.0  # from a bar to its code, pixels
_FADED = 0.25  # share of its colour that is left to a bar that steps back
_CLOSE = 9  # from bar to bar where they stand close, pixels
_WIDE_LANES = 3  # fewer lanes with codes than this, and bars stand close
_LANES = 4  # lanes a wide page has
_CLOSE_LANES = 3  # lanes a narrow page has
_OVER = 4.0  # pixels a code may reach below its bar: there is room between two lines
_MOST_POINTS = 15.0  # of codes, however large the text is


@dataclass(frozen=True, slots=True)
class MarginBar:
    """A bar as it stands in the margin."""

    mark: Annotation
    area: QRectF  # what the bar takes
    look: MarkLook
    label: str = ""  # the code, shortened or left out where it has no room
    code: QRectF | None = None  # what the code takes


@dataclass(frozen=True, slots=True)
class Bunch:
    """Marks for which the margin has no room at one height."""

    marks: tuple[Annotation, ...]
    area: QRectF  # of their number


class Margin:
    """Places and paints the bars.

    Args:
        style: the look of the page.
        look: tells how a mark looks.
        widest: the longest code there is room for.
    """

    def __init__(
        self,
        style: PageStyle,
        look: Callable[[Annotation], MarkLook],
        widest: str = "MW+",
    ) -> None:
        self._style = style
        self._look = look
        self._font = QFont(Metrics.of(style).small)
        points = self._font.pointSizeF() * 0.88
        self._font.setPointSizeF(min(max(points, 5.5), _MOST_POINTS))
        self._font.setBold(True)
        size = QFontMetrics(self._font)
        self._height = size.height()
        self._room = size.horizontalAdvance(widest) + 1  # of a code
        self._lane = round(_BAR + _GAP + self._room)  # a bar with its code
        self._count = size.horizontalAdvance("+00") + 2  # the number of those left out
        self._packed = Packed({}, ())
        self._labels: dict[str, str] = {}
        self.bars: list[MarginBar] = []
        self.bunches: list[Bunch] = []
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
        self.bunches = [
            Bunch(
                tuple(marks[name] for name in names),
                QRectF(right - self._count, height, self._count, self._height),
            )
            for height, names in self._packed.left_out
        ]
        self.bars = []
        for bar in bars:
            column = self._packed.columns.get(bar.mark_id)
            if column is not None:
                mark = marks[bar.mark_id]
                area = QRectF(left + column * pitch, bar.top, _BAR, bar.bottom - bar.top)
                self.bars.append(MarginBar(mark, area, self._look(mark)))
        if pitch == _CLOSE:
            self._find_room_for_codes()
        else:
            self.bars = [
                self._with_code(bar, bar.area.right(), bar.area.top()) for bar in self.bars
            ]

    def _find_room_for_codes(self) -> None:
        """Put each code right of all bars, at the first line of its own where no other stands."""
        taken = [bunch.area.top() for bunch in self.bunches]  # heights of codes and numbers
        bars = [(b.area.top(), b.area.bottom(), b.area.right()) for b in self.bars]
        size = self._height
        for index, (top, bottom, _) in enumerate(bars):
            height = top
            while any(abs(height - other) < size for other in taken):
                height += size / 2
            if not self.bars[index].look.label or (height > top and height + size > bottom + _OVER):
                continue
            beside = max(right for t, b, right in bars if t < height + size and b > height)
            self.bars[index] = self._with_code(self.bars[index], beside, height)
            taken.append(height)

    def _with_code(self, bar: MarginBar, beside: float, top: float) -> MarginBar:
        area = QRectF(beside + _GAP, top, self._room, self._height)
        return replace(bar, label=self._elided(bar.look.label), code=area)

    def forget(self) -> None:
        """Let go of the columns bars had: another article lies open."""
        self._packed = Packed({}, ())
        self.bars, self.bunches = [], []

    def at(self, x: float, y: float) -> Annotation | None:
        """Return the mark whose bar or code is under a point."""
        reach = _GAP / 2
        for bar in self.bars:
            area = bar.area.adjusted(-reach, 0, reach, 0)
            if area.contains(x, y) or (bar.code and bar.code.contains(x, y)):
                return bar.mark
        return None

    def bunch_at(self, x: float, y: float) -> tuple[Annotation, ...]:
        """Return the marks whose number is under a point."""
        return next((bunch.marks for bunch in self.bunches if bunch.area.contains(x, y)), ())

    def paint(self, painter: QPainter, view_top: float, active: str, hovered: str) -> None:
        """Paint the bars; codes of bars that begin above the view stand at its top."""
        painter.setFont(self._font)
        size = painter.fontMetrics()
        for bar in self.bars:
            is_lit = bar.mark.id in (active, hovered)
            stripe = bar.area.adjusted(-is_lit, 1, is_lit, -1)
            painter.setPen(Qt.PenStyle.NoPen)
            fades = self.showing.fades(bar.mark) and not is_lit
            shade = bar_colour(bar.look.fill, self._style.paper)
            shade = mixed(shade, self._style.paper, _FADED) if fades else shade
            painter.setBrush(QBrush(colour(shade)))
            painter.drawRoundedRect(stripe, 2, 2)
            if fades or bar.code is None:
                continue
            top = bar.code.top()
            if top == bar.area.top():
                top = min(max(top, view_top), bar.area.bottom() - size.height())
            painter.setPen(colour(self._style.ink if is_lit else self._style.ink_soft))
            painter.drawText(QPointF(bar.code.left(), top + size.ascent() + 1), bar.label)
        painter.setPen(colour(self._style.ink_soft))
        for bunch in self.bunches:
            words = f"+{len(bunch.marks)}"
            left = bunch.area.right() - size.horizontalAdvance(words) - 2
            painter.drawText(QPointF(left, bunch.area.top() + size.ascent() + 1), words)

    def _elided(self, label: str) -> str:
        """Return a code, shortened if it would reach into the next lane."""
        if label not in self._labels:
            self._labels[label] = QFontMetrics(self._font).elidedText(
                label, Qt.TextElideMode.ElideRight, self._room
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
