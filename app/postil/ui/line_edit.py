"""A line to type in that leaves files to the window: a path in a search field helps nobody."""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QLineEdit


def holds_files(mime: QMimeData) -> bool:
    """Return whether something dropped or copied is files, rather than words or an address."""
    return any(url.isLocalFile() for url in mime.urls())


class LineEdit(QLineEdit):
    """Takes words and addresses that are dropped on it; files go to what lies around it."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Leave files alone: the window is asked next."""
        if holds_files(event.mimeData()):
            event.ignore()
        else:
            super().dragEnterEvent(event)
