"""The pointer of the mouse goes away while it rests, so that it hides no word from the class."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

REST_MS = 2_500


class RestingPointer(QObject):
    """Hides the pointer over some widgets until it is moved.

    Args:
        widgets: over which it is hidden.
        parent: owns this.
    """

    def __init__(self, widgets: Iterable[QWidget], parent: QObject) -> None:
        super().__init__(parent)
        self._is_hidden = False
        self.timer = QTimer(self, singleShot=True, interval=REST_MS)
        self.timer.timeout.connect(self._hide)
        for widget in widgets:
            widget.setMouseTracking(True)
            widget.installEventFilter(self)
        self.timer.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Show the pointer when it moves, and wait for it to rest again."""
        if event.type() in (QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress):
            self.show()
            self.timer.start()
        return False

    def show(self) -> None:
        """Show the pointer, for good unless it moves again."""
        self.timer.stop()
        if self._is_hidden:
            self._is_hidden = False
            QApplication.restoreOverrideCursor()

    def _hide(self) -> None:
        self._is_hidden = True
        QApplication.setOverrideCursor(Qt.CursorShape.BlankCursor)
