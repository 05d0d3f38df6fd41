"""A desk that waits: while another process holds the library, changes queue and are tried again.

Nothing is lost and nothing overtakes: what is asked for later waits behind what waits.
"""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from postil.domain.errors import LibraryBusyError, UserError
from postil.library import Library
from postil.ui.desk import Desk

_AGAIN_MS = 400


class WaitingDesk(Desk):
    """The desk of the window.

    Args:
        library: where everything comes from and goes to.
        parent: owns the desk.
    """

    waiting_changed = Signal(int)  # how many changes wait

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(library, parent)
        self._queue: deque[Callable[[], object]] = deque()
        self._timer = QTimer(self)
        self._timer.setInterval(_AGAIN_MS)
        self._timer.timeout.connect(self.try_again)

    def close(self) -> None:
        """Stop listening and waiting."""
        self._timer.stop()
        super().close()

    @property
    def waiting(self) -> int:
        """How many changes wait."""
        return len(self._queue)

    def patiently(self, action: Callable[[], object]) -> None:
        """Do something to the library now or, while it is busy, as soon as it can be done."""
        if not self._queue and self._attempt(action):
            return
        self._queue.append(action)
        self._timer.start()
        self.waiting_changed.emit(self.waiting)

    def try_again(self) -> None:
        """Do what waits, in order, as far as the library lets us."""
        before = self.waiting
        while self._queue and self._attempt(self._queue[0]):
            self._queue.popleft()
        if not self._queue:
            self._timer.stop()
        if self.waiting != before:
            self.waiting_changed.emit(self.waiting)

    def _attempt(self, action: Callable[[], object]) -> bool:
        """Return whether the action is over and done with."""
        try:
            action()
        except LibraryBusyError:
            return False
        except UserError as error:
            self.failed.emit(error)
        return True
