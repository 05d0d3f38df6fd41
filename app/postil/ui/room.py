"""Windows and dialogs never open larger than the screen, so that their buttons can be reached."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

_FRAME = QSize(16, 48)  # what a title bar and borders may take; known only once it is shown


def fit_screen(window: QWidget) -> None:
    """Make a window that is not shown yet no larger than its screen has room for.

    With large letters or a scaled display a screen may have no more than 500 pixels of ours.
    """
    over = window.parentWidget() or window
    window.resize(window.size().boundedTo(over.screen().availableSize() - _FRAME))
