"""What lies over the window for a moment and gives the focus back, as the command palette does.

Whoever ends something when the focus goes elsewhere asks here first: it will come back.
"""

from PySide6.QtWidgets import QWidget

_PROPERTY = "gives_focus_back"


def set_overlay(widget: QWidget) -> None:
    """Say that the focus comes back from a widget and the parts of it."""
    widget.setProperty(_PROPERTY, True)


def is_in_overlay(widget: QWidget) -> bool:
    """Return whether a widget is such an overlay or a part of one."""
    at: QWidget | None = widget
    while at is not None:
        if at.property(_PROPERTY):
            return True
        at = at.parentWidget()
    return False
