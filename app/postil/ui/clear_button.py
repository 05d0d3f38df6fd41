"""The button inside a line that empties it, with the name Qt does not give it."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit


def add_clear_button(line: QLineEdit) -> None:
    """Let a button in the line empty it, and tell screen readers what it is."""
    line.setClearButtonEnabled(True)
    for action in line.findChildren(QAction):
        if not action.text():
            action.setText(QCoreApplication.translate("ClearButton", "Clear"))
