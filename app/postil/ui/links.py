"""Addresses in articles and notes: shown first, then opened in the browser and nowhere else."""

from functools import partial
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, QUrl
from PySide6.QtGui import QDesktopServices

_SCHEMES = frozenset({"http", "https", "mailto"})


class Asks(Protocol):
    """Asks the person."""

    def confirm(self, title: str, question: str, yes: str) -> bool:
        """Ask a yes-or-no question."""
        ...


def agreed(prompts: Asks, address: str) -> QUrl | None:
    """Show where a link leads, as it is spelt (punycode); return it if the person agrees to it.

    Nobody is asked about addresses of other kinds than web and mail: they lead nowhere.
    """
    url = QUrl(address)
    if url.scheme() not in _SCHEMES:
        return None
    shown = bytes(url.toEncoded().data()).decode("ascii")
    say = partial(QCoreApplication.translate, "Links")
    question = say("This link leads to:\n\n{0}").replace("{0}", shown)
    return url if prompts.confirm(say("Open in the browser?"), question, say("Open")) else None


class Links(QObject):
    """Opens addresses.

    Args:
        prompts: asks first.
        parent: owns this.
    """

    def __init__(self, prompts: Asks, parent: QObject) -> None:
        super().__init__(parent)
        self._prompts = prompts

    def ask(self, address: str) -> None:
        """Show where a link leads, and open it when the person agrees."""
        url = agreed(self._prompts, address)
        if url is not None:
            self.open(url)

    def open(self, url: QUrl) -> None:
        """Open an address the person agreed to; other kinds than web and mail are passed over."""
        if url.scheme() in _SCHEMES:
            QDesktopServices.openUrl(url)
