"""The strip beside the scroll bar: where in the article marks are, in their colours.

The article is cut into as many equal stretches as any screen has lines; each keeps count of
its marks, so a change touches a few stretches however many marks there are.
"""

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from postil.domain.annotation import Annotation
from postil.domain.colours import bar_colour
from postil.page.marks import MarkIndex
from postil.page.painter import MarkLook, colour
from postil.page.showing import Showing
from postil.page.style import PageStyle

_STRETCHES = 1_200
_WIDTH = 10  # pixels
_TICK = 3  # pixels


class Strip(QWidget):
    """A map of the article's marks.

    Args:
        look: tells how a mark looks.
        parent: owns the strip.
    """

    place_picked = Signal(int)  # code point to show

    def __init__(self, look: Callable[[Annotation], MarkLook], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.setAccessibleName(self.tr("Map of the marks"))
        self.setAccessibleDescription(self.tr("Shows where marks are; a click goes there"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._look = look
        self._style = PageStyle()
        self._length = 1
        self._showing = Showing()
        self._counts: dict[int, Counter[MarkLook]] = {}
        self._painted: dict[int, str] | None = None  # ticks as they stand; None: work them out
        self._view = (0, 0)
        self._hits: Sequence[tuple[int, int]] = ()  # of a search

    def sizeHint(self) -> QSize:
        """Return a narrow, tall size."""
        return QSize(_WIDTH, 200)

    def set_style(self, style: PageStyle) -> None:
        """Take over the colours of the page."""
        self._style = style
        self._painted = None
        self.update()

    def show_marks(self, marks: MarkIndex, length: int, showing: Showing) -> None:
        """Show other marks.

        Args:
            marks: of the open article.
            length: of its text, in code points.
            showing: those that step back or are hidden are left out.
        """
        self._length = max(length, 1)
        self._showing = showing
        self._counts = {}
        self._painted = None
        for mark in marks:
            self._count(mark, 1)
        self.update()

    def replace(self, before: Annotation | None, after: Annotation | None) -> None:
        """Follow the change of one mark; None stands for not there."""
        if before is not None:
            self._count(before, -1)
        if after is not None:
            self._count(after, 1)
        self._painted = None
        self.update()

    def show_hits(self, hits: Sequence[tuple[int, int]]) -> None:
        """Show where a search found something: ranges of code points."""
        self._hits = hits
        self.update()

    def set_view(self, start: int, end: int) -> None:
        """Show which stretch of the text (code points) is on the page."""
        if (start, end) != self._view:
            self._view = (start, end)
            self.update()

    def ticks(self) -> list[tuple[float, str]]:
        """Return height and fill of each tick, top to bottom."""
        scale = self.height() / _STRETCHES
        return [
            (stretch * scale, most_common(looks).fill)
            for stretch, looks in sorted(self._counts.items())
            if looks
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint trough, view and ticks."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), colour(self._style.paper))
        top, bottom = (self.height() * place / self._length for place in self._view)
        seen = QRectF(1, top, self.width() - 2, max(bottom - top, 4))
        painter.setOpacity(0.45)
        painter.fillRect(seen, colour(self._style.rule))
        painter.setOpacity(1)
        for height, shade in self._shades().items():
            painter.fillRect(2, height, self.width() - 4, _TICK, colour(shade))
        scale = self.height() / _STRETCHES
        for stretch in {start * _STRETCHES // self._length for start, _ in self._hits}:
            tick = QRectF(0, round(stretch * scale), self.width() / 2, _TICK)
            painter.fillRect(tick, colour(self._style.hit))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the ticks anew."""
        self._painted = None
        super().resizeEvent(event)

    def _shades(self) -> dict[int, str]:
        """Return the colour of each tick by its height; kept, as the strip follows scrolling."""
        if self._painted is None:
            self._painted = {
                round(height): bar_colour(fill, self._style.paper) for height, fill in self.ticks()
            }
        return self._painted

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the place under the pointer."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go along with the pointer while its button is down."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event)

    def _go(self, event: QMouseEvent) -> None:
        share = min(max(event.position().y() / max(self.height(), 1), 0.0), 1.0)
        self.place_picked.emit(min(int(share * self._length), self._length - 1))

    def _count(self, mark: Annotation, number: int) -> None:
        if self._showing.is_hidden or self._showing.fades(mark):
            return
        stretch = min(mark.start * _STRETCHES // self._length, _STRETCHES - 1)
        looks = self._counts.setdefault(stretch, Counter())
        look = self._look(mark)
        looks[look] += number
        if looks[look] <= 0:
            del looks[look]


def most_common(looks: Counter[MarkLook]) -> MarkLook:
    """Return the look that most marks of a stretch have."""
    return max(looks, key=lambda look: looks[look])
