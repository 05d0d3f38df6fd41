"""An article from an address of the web: asked for, fetched, taken in.

Nothing is fetched that a person has not named, and nothing in the machine's own network
without a second yes.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from postil.domain.errors import PrivateAddressError, UserError
from postil.ui.desk import Desk
from postil.ui.preview_actions import PreviewActions
from postil.ui.prompts import Prompts
from postil.ui.tasks import Progress, Tasks
from postil.ui.toast import Notices

if TYPE_CHECKING:
    from postil.importers import Imported


class AddressActions(QObject):
    """Brings pages into the library.

    Args:
        desk: says whether anything can be taken in.
        tasks: where pages are fetched and read.
        prompts: asks for addresses.
        notices: where to tell why one was not fetched.
        previews: shows what was read and takes it in.
        parent: owns this.
    """

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        prompts: Prompts,
        notices: Notices,
        previews: PreviewActions,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._tasks = tasks
        self._prompts = prompts
        self._notices = notices
        self._previews = previews

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do that are bound here."""
        return {"open-address": self.open_address}

    def open_address(self, proposed: str = "") -> None:
        """Ask for an address of the web, fetch what lies there and take it in.

        Args:
            proposed: what stands in the field at first.
        """
        address = self._prompts.text(
            self.tr("Open Address"), self.tr("Address of the page to fetch:"), proposed
        )
        if address and address.strip():
            self.fetch([address.strip()])

    def fetch(self, addresses: Sequence[str]) -> None:
        """Fetch what lies at addresses a person named, one after the other, and take it in."""
        if addresses and self._desk.may_change():
            first, *others = addresses
            self._fetch(first, lambda: self.fetch(others), allow_private=False)

    def _fetch(self, address: str, then: Callable[[], None], *, allow_private: bool) -> None:
        wants_whole = self._previews.is_wanted

        def work(progress: Progress) -> "Imported":
            from postil import importers
            from postil.importers.fetching import fetch

            source = fetch(
                address,
                allow_private=allow_private,
                report=progress.report,
                is_cancelled=lambda: progress.is_cancelled,
            )
            return importers.read(replace(source, wants_whole=wants_whole))

        def take(imported: "Imported") -> None:
            self._previews.take(imported, then, is_fetched=True)

        def failed(error: UserError) -> None:
            if isinstance(error, PrivateAddressError) and self._prompts.confirm(
                self.tr("Open Address"),
                self.tr("{0}. Fetch it all the same?").format(error.what),
                self.tr("Fetch"),
            ):
                self._fetch(address, then, allow_private=True)
                return
            if not isinstance(error, PrivateAddressError):
                self._notices.fail(error)
            then()

        self._tasks.run(self.tr("Fetching {0}").format(address), work, take, failed)
