"""Presenting the open article to a class."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from postil.settings import Settings
from postil.ui.desk import Desk
from postil.ui.theme import Appearance
from postil.ui.toast import Notices

if TYPE_CHECKING:
    from postil.ui.present.presenter import Presenter


class PresentActions(QObject):
    """Opens the presentation.

    Args:
        desk: what lies open.
        appearance: the theme.
        settings: keeps the size of the letters.
        notices: where it is told that there is nothing to present.
        window: where the presentation comes from.
    """

    def __init__(
        self,
        desk: Desk,
        appearance: Appearance,
        settings: Settings,
        notices: Notices,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._appearance = appearance
        self._settings = settings
        self._notices = notices
        self._window = window
        self._shown: Presenter | None = None

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do that are bound here."""
        return {"present": self.present}

    def present(self) -> None:
        """Show the open article over the whole screen."""
        from postil.ui.present.presenter import Presenter  # not needed to start

        if self._desk.opened is None:
            self._notices.say(self.tr("Open an article first"))
            return
        if self._shown is not None and self._shown.isVisible():
            self._shown.raise_()
            self._shown.activateWindow()
            return
        self._shown = Presenter(self._desk, self._appearance, self._settings, self._window)
        self._shown.destroyed.connect(self._forget)
        self._shown.start()

    def end(self) -> None:
        """End a presentation: the window closes."""
        if self._shown is not None:
            self._shown.close()

    def _forget(self) -> None:
        self._shown = None
