"""A line that narrows a list below it and lets the keys that move go to that list."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView

from postil.ui.line_edit import LineEdit

_MOVING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class FilterField(LineEdit):
    """Narrows a list; up and down go through it meanwhile.

    Args:
        rows: the list.
    """

    def __init__(self, rows: QListView) -> None:
        super().__init__()
        self._rows = rows

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the keys that move to the list."""
        if event.key() in _MOVING:
            self._rows.keyPressEvent(event)
        else:
            super().keyPressEvent(event)
