"""The palette and the settings: what leads to everything else; both are made when first used."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from postil.settings import Settings
from postil.ui.actions import Actions
from postil.ui.desk import Desk
from postil.ui.prompts import Prompts
from postil.ui.reader import ReaderView

if TYPE_CHECKING:
    from postil.ui.palette.popup import Palette


class CommandActions(QObject):
    """Opens them.

    Args:
        desk: has what the palette offers.
        actions: of the window.
        reader: where the palette's tags go.
        prompts: shows the dialog.
        settings: keeps what is chosen.
        window: lies under both.
    """

    def __init__(
        self,
        desk: Desk,
        actions: Actions,
        reader: ReaderView,
        prompts: Prompts,
        settings: Settings,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._actions = actions
        self._reader = reader
        self._prompts = prompts
        self._settings = settings
        self._window = window
        self._palette: Palette | None = None

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do that are bound here."""
        return {"palette": self._toggle_palette, "settings": self.show_settings}

    def _toggle_palette(self) -> None:
        from postil.ui.palette.offering import Offering
        from postil.ui.palette.popup import Palette

        if self._palette is None:
            offering = Offering(self._desk, self._actions, self._reader)
            self._palette = Palette(self._window, offering, self._settings)
        self._palette.toggle()

    def show_settings(self, page: str = "") -> None:
        """Show the settings, with the page of this name before the others."""
        from postil.ui.dialogs.settings import SettingsDialog

        dialog = SettingsDialog(self._actions, self._settings, self._desk.library, self._window)
        dialog.turn_to(page)
        self._prompts.show(dialog)
        dialog.deleteLater()
