"""The ring round the page that says where the keys go.

It shows when the focus came by keys, and not when it came with a click: who reads with the
mouse has a quiet page.
"""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractScrollArea

from postil.page.painter import colour

WIDTH = 2  # pixels
_BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class FocusRing(QObject):
    """Knows whether the ring is to be seen, and paints it.

    Args:
        page: whose focus it is about; owns this.
    """

    changed = Signal()

    def __init__(self, page: QAbstractScrollArea) -> None:
        super().__init__(page)
        self._page = page
        self._came_by_keys = self._is_shown = False
        page.installEventFilter(self)
        page.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the focus and the mouse."""
        if isinstance(event, QFocusEvent):
            if event.reason() in _BY_KEYS:
                self._came_by_keys = True
            elif event.reason() is Qt.FocusReason.MouseFocusReason:
                self._came_by_keys = False
        elif event.type() is QEvent.Type.MouseButtonPress:
            self._came_by_keys = False
        else:
            return False
        is_shown = self._came_by_keys and self._page.hasFocus()
        if is_shown != self._is_shown:
            self._is_shown = is_shown
            self.changed.emit()
        return False

    def paint(self, painter: QPainter, area: QRect, ink: str) -> None:
        """Paint the ring inside an area, if it is to be seen."""
        if self._is_shown:
            pen = QPen(colour(ink), WIDTH)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            half = WIDTH // 2
            painter.drawRect(area.adjusted(half, half, -half, -half))
