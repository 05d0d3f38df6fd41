"""What flows down pages: lines that are taken as they fit, and painted from one to another."""

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QPalette,
    QPen,
    QTextBlock,
    QTextDocument,
)

from postil.domain.colours import INK

HOLDS: Final = 1  # user state of a block that the next one stays with
_EDGE: Final = 1.0  # pixels by which a line may reach into the next one


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or lines side by side in a table; heights in pixels of the flow."""

    top: float
    bottom: float
    holds: bool = False  # the next line stays on the same page


class Flow(ABC):
    """Lines one below another."""

    lines: list[Line]

    def fit(self, first: int, room: float) -> int:
        """Return after which line a page ends that begins with `first` and has so much room.

        The answer is `first` where none fits.
        """
        limit = self.lines[first].top + room
        last = bisect_right(self.lines, limit, lo=first, key=lambda line: line.bottom)
        if last == len(self.lines):
            return last
        good = last
        while good > first and self.lines[good - 1].holds:
            good -= 1
        return good if good > first else last

    def height(self, first: int, last: int) -> float:
        """Return how high the lines from `first` to before `last` are."""
        return self.lines[last - 1].bottom - self.lines[first].top

    @abstractmethod
    def paint(self, painter: QPainter, first: int, last: int) -> None:
        """Paint lines; the painter's origin is where the first one begins."""


class DocumentFlow(Flow):
    """The lines of a document that has been laid out.

    Args:
        document: is kept.
        bar: "#RRGGBB" of a bar left of it, or empty.
    """

    def __init__(self, document: QTextDocument, bar: str = "") -> None:
        self.document = document
        self._bar = bar
        document.documentLayout().documentSize()  # lays all of it out
        self.lines = list(_bands(document))

    def paint(self, painter: QPainter, first: int, last: int) -> None:
        """Paint lines and the bar beside them."""
        top, bottom = self.lines[first].top, self.lines[last - 1].bottom
        painter.save()
        painter.translate(0, -top)
        if self._bar:
            painter.fillRect(QRectF(-7, top, 3, bottom - top), QColor(self._bar))
        paint_words(painter, self.document, top, bottom)
        painter.restore()


class Ruled(Flow):
    """Empty lines to write on.

    Args:
        count: of lines.
        width: of each, in pixels.
        pitch: from one to the next, in pixels.
        ink: "#RRGGBB".
    """

    def __init__(self, count: int, width: float, pitch: float, ink: str) -> None:
        self.lines = [Line(n * pitch, (n + 1) * pitch) for n in range(count)]
        self._width = width
        self._ink = ink

    def paint(self, painter: QPainter, first: int, last: int) -> None:
        """Paint the lines."""
        painter.setPen(QPen(QColor(self._ink), 0.7))
        for line in self.lines[first:last]:
            height = round(line.bottom - self.lines[first].top)
            painter.drawLine(0, height, int(self._width), height)


def paint_words(painter: QPainter, document: QTextDocument, top: float, bottom: float) -> None:
    """Paint the words of a document between two heights, and no line above or below them."""
    layout = document.documentLayout()
    painter.setPen(QColor(INK))
    place = layout.hitTest(QPointF(0, top + _EDGE), Qt.HitTestAccuracy.FuzzyHit)
    block = document.findBlock(max(place, 0))
    area = layout.blockBoundingRect(block)
    if area.top() < top - _EDGE and area.bottom() > top + _EDGE:
        # A block that began on the page before: Qt would paint its line above this one, too.
        lines = block.layout()
        for index in range(lines.lineCount()):
            line = lines.lineAt(index)
            if top - _EDGE <= area.top() + line.y() < bottom - _EDGE:
                line.draw(painter, area.topLeft())
        following = block.next()
        top = layout.blockBoundingRect(following).top() if following.isValid() else bottom
    if top < bottom:
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = QRectF(0, top + _EDGE, document.textWidth(), bottom - top - 2 * _EDGE)
        context.palette.setColor(QPalette.ColorRole.Text, QColor(INK))
        layout.draw(painter, context)


def _bands(document: QTextDocument) -> Iterator[Line]:
    """Yield the lines of a document, those side by side as one."""
    found: list[Line] = []
    block = document.begin()
    while block.isValid():
        found += _lines(block)
        block = block.next()
    found.sort(key=lambda line: line.top)
    at = None
    for line in found:
        if at is not None and line.top < at.bottom - _EDGE:
            at = Line(at.top, max(at.bottom, line.bottom), at.holds or line.holds)
            continue
        if at is not None:
            yield at
        at = line
    if at is not None:
        yield at


def _lines(block: QTextBlock) -> Iterator[Line]:
    """Yield the lines of a block; neither a heading nor its first or last line stands alone."""
    top = block.document().documentLayout().blockBoundingRect(block).top()
    layout = block.layout()
    count = layout.lineCount()
    is_heading = block.blockFormat().headingLevel() > 0 or block.userState() == HOLDS
    for index in range(count):
        line = layout.lineAt(index)
        y = top + line.y()
        yield Line(y, y + line.height(), is_heading or (index in (0, count - 2) and count > 1))
