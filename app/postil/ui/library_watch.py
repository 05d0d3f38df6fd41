"""Tells what is wrong with the library, and when it is over; notices what others changed in it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from postil.domain.errors import LibraryBusyError, UserError
from postil.domain.history import ArticleRecord, Changes
from postil.ui.counting import counted
from postil.ui.toast import Banner, Because
from postil.ui.waiting import WaitingDesk

_LOOK_AGAIN_MS = 2_000  # how often other processes' changes are looked for


class LibraryWatch(QObject):
    """Puts things into the banner, and takes them away again.

    Args:
        desk: tells what failed, waits or changed.
        banner: where it is told.
        window: the library is looked at while this is the window in use; owns this.
    """

    def __init__(self, desk: WaitingDesk, banner: Banner, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._banner = banner
        self._window = window
        self._has_drafts: Callable[[], bool] = lambda: False
        self._look_again = QTimer(self)
        self._look_again.setInterval(_LOOK_AGAIN_MS)
        self._look_again.timeout.connect(self.refresh)
        desk.failed.connect(self._tell_failure)
        desk.waiting_changed.connect(self._tell_waiting)
        desk.library_changed.connect(self._end)

    def begin(self, has_drafts: Callable[[], bool]) -> None:
        """Look for changes of other processes from now on.

        Args:
            has_drafts: whether something typed could not be written yet.
        """
        self._has_drafts = has_drafts
        self._look_again.start()

    def end(self) -> None:
        """Look no more."""
        self._look_again.stop()

    def refresh(self) -> None:
        """Notice what other processes changed, while this window is the one in use."""
        if not self._has_drafts():
            self._banner.clear(Because.LOCKED)
        if not self._window.isActiveWindow():
            return
        try:
            self._desk.library.refresh()
        except UserError as error:
            self._banner.tell(str(error), grave=True, reason=Because.UNREADABLE)
        else:
            self._banner.clear(Because.UNREADABLE)

    def _tell_failure(self, error: UserError) -> None:
        """Tell what the library refused, until that is over."""
        is_busy = isinstance(error, LibraryBusyError)
        reason = Because.LOCKED if is_busy else Because.REFUSED
        self._banner.tell(str(error), grave=not is_busy, reason=reason)

    def _tell_waiting(self, waiting: int) -> None:
        if waiting:
            self._banner.tell(
                counted(
                    waiting,
                    "The library is in use by another program; your change is kept and tried again",
                    "The library is in use by another program; %n changes are kept and tried again",
                ),
                reason=Because.WAITING,
            )
        else:
            self._banner.clear(Because.WAITING)

    def _end(self, changes: Changes) -> None:
        """Take away what was told of things that a change has made past."""
        self._banner.clear(Because.REFUSED)
        if changes.touches(ArticleRecord) and (changes.reverted or _deletes(changes)):
            self._banner.clear(Because.TAKEN_IN)


def _deletes(changes: Changes) -> bool:
    return any(isinstance(e.before, ArticleRecord) and e.after is None for e in changes.edits)
