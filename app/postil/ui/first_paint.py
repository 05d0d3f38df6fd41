"""Calls back once the window has been painted for the first time, and not before."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_AT_THE_LATEST_MS = 1_000  # a window that starts minimised is not painted for a long time


class FirstPaint(QObject):
    """Waits for the first frame.

    Args:
        window: a window that is shown; owns this.
        then: what is called, once.
    """

    def __init__(self, window: QWidget, then: Callable[[], object]) -> None:
        super().__init__(window)
        self._then = then
        self._handle = window.windowHandle()
        self._handle.installEventFilter(self)
        QTimer.singleShot(_AT_THE_LATEST_MS, self, self._go_on)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Go on when the event that paints the window has been dealt with."""
        if event.type() is QEvent.Type.Expose:
            QTimer.singleShot(0, self, self._go_on)
        return False

    def _go_on(self) -> None:
        then, self._then = self._then, _nothing
        self._handle.removeEventFilter(self)
        then()


def _nothing() -> None:
    """Stand where something was that happens once."""
