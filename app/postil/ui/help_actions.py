"""Help: the page with everything that can be done, the first steps, and what this program is."""

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from postil.settings import Settings
from postil.settings.logs import log_folder
from postil.ui.first_steps import FirstSteps
from postil.ui.keymap import Keymap
from postil.ui.prompts import Prompts

_DISMISSED = "first-steps/dismissed"


class HelpActions(QObject):
    """Shows help.

    Args:
        first_steps: the card.
        prompts: shows the dialog.
        settings: keeps that the card was closed.
        keymap: which keys the actions have.
        window: the dialog's parent.
    """

    def __init__(
        self,
        first_steps: FirstSteps,
        prompts: Prompts,
        settings: Settings,
        keymap: Keymap,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._first_steps = first_steps
        self._prompts = prompts
        self._keymap = keymap
        self._window = window
        first_steps.setVisible(not settings.get(_DISMISSED, False))
        first_steps.dismissed.connect(lambda: settings.set(_DISMISSED, True))

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do that are bound here."""
        return {
            "help": lambda: self._show("how"),
            "shortcuts": lambda: self._show("keys"),
            "about": lambda: self._show("about"),
            "first-steps": self._first_steps.show,
            "log-folder": _show_logs,
        }

    def _show(self, page: str) -> None:
        from postil.ui.dialogs.help import HelpDialog  # not needed to start

        dialog = HelpDialog(page, self._keymap, self._window)
        self._prompts.show(dialog)
        dialog.deleteLater()


def _show_logs() -> None:
    """Open the folder of the logs, which there may be none of yet."""
    folder = log_folder()
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
