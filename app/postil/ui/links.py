"""Addresses in articles and notes: shown first, then opened in the browser and nowhere else."""

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from postil.ui.prompts import Prompts

_SCHEMES = frozenset({"http", "https", "mailto"})


class Links(QObject):
    """Opens addresses.

    Args:
        prompts: asks first.
        parent: owns this.
    """

    def __init__(self, prompts: Prompts, parent: QObject) -> None:
        super().__init__(parent)
        self._prompts = prompts

    def ask(self, address: str) -> None:
        """Show where a link leads, and open it when the person agrees."""
        question = self.tr("This link leads to:\n\n{0}").format(address)
        if self._prompts.confirm(self.tr("Open in the browser?"), question, self.tr("Open")):
            self.open(QUrl(address))

    def open(self, url: QUrl) -> None:
        """Open an address the person agreed to; other kinds than web and mail are passed over."""
        if url.scheme() in _SCHEMES:
            QDesktopServices.openUrl(url)
