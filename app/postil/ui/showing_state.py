"""What is shown of the marks, told by the line at the bottom and the switches in the menu."""

from dataclasses import replace

from PySide6.QtCore import QObject

from postil.settings import Settings
from postil.ui.actions import Actions
from postil.ui.desk import Desk
from postil.ui.status import Status

_QUIET = "reader/quiet"


class ShowingState(QObject):
    """Follows the desk, and keeps between runs that marks are quiet.

    Args:
        desk: what lies open.
        status: the line.
        actions: the switches.
        settings: keeps it.
    """

    def __init__(self, desk: Desk, status: Status, actions: Actions, settings: Settings) -> None:
        super().__init__(status)
        self._desk = desk
        self._status = status
        self._actions = actions
        self._settings = settings
        status.showing.clicked.connect(self._show_all)
        desk.showing_changed.connect(self._follow)
        desk.show(replace(desk.showing, is_quiet=settings.get(_QUIET, False)))
        self._follow()

    def _follow(self) -> None:
        showing = self._desk.showing
        self._actions["quiet"].setChecked(showing.is_quiet)
        self._actions["hide-marks"].setChecked(showing.is_hidden)
        self._settings.set(_QUIET, showing.is_quiet)
        text = ""
        if showing.is_hidden:
            text = self.tr("Marks hidden")
        elif showing.isolated:
            text = self.tr("Only “{}”").format(showing.name)
        elif showing.is_quiet:
            text = self.tr("Quiet")
        self._status.show_showing(text)

    def _show_all(self) -> None:
        """Show every mark: what stood out or was hidden first, then the colours."""
        if self._desk.showing.is_hidden or self._desk.showing.isolated:
            self._desk.show_all()
        else:
            self._desk.show(replace(self._desk.showing, is_quiet=False))
