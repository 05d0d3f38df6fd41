"""A plain chart of bars: a label, a bar, a number in each line."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from postil.ui.theme import Theme

_PAD = 10  # pixels around the chart
_GAP = 8  # pixels between label, bar and number
_LABEL_SHARE = 0.4  # of the width, at most, for the labels


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart."""

    label: str
    value: float
    shown: str  # the value in words
    colour: str = ""  # "#RRGGBB", or empty for the theme's


class BarChart(QWidget):
    """Draws bars, the longest as long as there is room.

    Args:
        theme: its colours.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("overviewChart")
        self.theme = theme
        self.bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_bars(self, title: str, bars: tuple[Bar, ...]) -> None:
        """Show other bars; a screen reader is told all of them in words."""
        self.bars = bars
        self.setAccessibleName(title)
        self.setAccessibleDescription("; ".join(f"{bar.label}: {bar.shown}" for bar in bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of all lines."""
        return QSize(20 * self.fontMetrics().averageCharWidth(), self._height())

    def minimumSizeHint(self) -> QSize:
        """Return the same: nothing is squeezed."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines that are in view."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), self.theme.colour("card"))
        metrics = self.fontMetrics()
        inside = self.rect().adjusted(_PAD, _PAD, -_PAD, -_PAD)
        labels = min(
            max((metrics.horizontalAdvance(bar.label) for bar in self.bars), default=0),
            round(inside.width() * _LABEL_SHARE),
        )
        numbers = max((metrics.horizontalAdvance(bar.shown) for bar in self.bars), default=0)
        most = max((bar.value for bar in self.bars), default=0) or 1
        room = max(inside.width() - labels - numbers - 2 * _GAP, 1)
        for number, bar in enumerate(self.bars):
            line = QRect(
                inside.left(), inside.top() + number * self._line(), inside.width(), self._line()
            )
            if line.intersects(event.rect()):
                self._paint_bar(painter, metrics, line, bar, labels, room * bar.value / most)

    def _paint_bar(
        self,
        painter: QPainter,
        metrics: QFontMetrics,
        line: QRect,
        bar: Bar,
        labels: int,
        length: float,
    ) -> None:
        upright = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(self.theme.colour("text"))
        label = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, labels)
        place = QRect(line.left(), line.top(), labels, line.height())
        painter.drawText(place, upright | Qt.AlignmentFlag.AlignTrailing, label)
        box = QRectF(place.right() + _GAP, line.top() + 3, max(length, 2), line.height() - 6)
        painter.setPen(self.theme.colour("text_soft"))
        painter.setBrush(QColor(bar.colour) if bar.colour else self.theme.colour("accent"))
        painter.drawRect(box)
        painter.setPen(self.theme.colour("text"))
        rest = QRectF(box.right() + _GAP, line.top(), line.right() - box.right(), line.height())
        painter.drawText(rest, upright | Qt.AlignmentFlag.AlignLeft, bar.shown)

    def _line(self) -> int:
        return self.fontMetrics().height() + 8

    def _height(self) -> int:
        return len(self.bars) * self._line() + 2 * _PAD
