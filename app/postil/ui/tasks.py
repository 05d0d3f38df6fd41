"""Work that takes longer than a gesture: on another thread, with progress and an end.

The function runs on the worker and touches nothing of the window; what it returns, raises
or reports comes back on the GUI thread. One piece of work runs at a time, in order.
"""

from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from postil.domain.errors import UserError

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

T = TypeVar("T")


class CancelledError(Exception):
    """The person no longer wants the result."""


class Progress:
    """What a function on the worker thread is handed: a way to report, and to be stopped."""

    def __init__(self, report: Callable[[int, int], None]) -> None:
        self._report = report
        self._cancelled = False

    def report(self, done: int, total: int) -> None:
        """Tell how far the work has come.

        Raises:
            CancelledError: it is no longer wanted.
        """
        if self._cancelled:
            raise CancelledError
        self._report(done, total)

    def cancel(self) -> None:
        """Ask the function to stop at its next report; its result is thrown away."""
        self._cancelled = True

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody asked to stop."""
        return self._cancelled


class _Task:
    """One piece of work and who waits for it."""

    def __init__(
        self,
        title: str,
        on_done: Callable[[Any], None],
        on_error: Callable[[UserError], None],
        on_cancel: Callable[[], None],
        report: Callable[[int, int], None],
    ) -> None:
        self.title = title
        self.on_done = on_done
        self.on_error = on_error
        self.on_cancel = on_cancel
        self.progress = Progress(report)


class Tasks(QObject):
    """Runs functions on a worker thread.

    Args:
        parent: owns this.
    """

    begun = Signal(str)  # title of the work that now runs or waits
    progressed = Signal(int, int)  # done, total
    rested = Signal()  # nothing is left to do

    _finished = Signal(int, object, object)  # number, result, exception

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None  # begins with the first piece of work
        self._numbers = count(1)
        self._tasks: dict[int, _Task] = {}
        self.is_closed = False  # nothing is begun or handed back any more
        self._finished.connect(self._hand_back, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        title: str,
        function: Callable[[Progress], T],
        on_done: Callable[[T], None],
        on_error: Callable[[UserError], None],
        on_cancel: Callable[[], None] = lambda: None,
        *,
        place: tuple[int, int] = (0, 0),
    ) -> Progress:
        """Run `function` on the worker.

        Args:
            title: what the person reads meanwhile.
            function: is handed a `Progress`; must not touch widgets.
            on_done: is handed the result, on the GUI thread.
            on_error: is handed a `UserError`, on the GUI thread. Other exceptions are bugs and
                are raised on the GUI thread.
            on_cancel: is called at once when the person wants it no longer.
            place: (done, total) of the pieces of work this is one of.

        Returns:
            The progress, to cancel it; of work that is begun when all is over, cancelled.
        """
        number = next(self._numbers)
        task = _Task(title, on_done, on_error, on_cancel, self.progressed.emit)
        if self.is_closed:
            task.progress.cancel()
            return task.progress
        self._tasks[number] = task

        def work() -> None:
            result, failure = None, None
            try:
                task.progress.report(*place)
                result = function(task.progress)
            except Exception as error:  # noqa: BLE001 - every failure is handed back and told there
                failure = error
            self._finished.emit(number, result, failure)

        self.begun.emit(title)
        if self._pool is None:
            # Python's threads and not Qt's, for the code that runs there is Python that asks
            # `threading` who it is. Imported here because the window starts without it.
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(1, thread_name_prefix="postil-work")
        self._pool.submit(work)
        return task.progress

    @property
    def is_busy(self) -> bool:
        """Whether something runs or waits."""
        return bool(self._tasks)

    def cancel(self) -> None:
        """Let go of everything that runs or waits, at once; what runs stops when it can."""
        tasks = self._let_go()
        for task in tasks:
            task.on_cancel()
        if tasks and not self._tasks:
            self.rested.emit()

    def close(self) -> None:
        """Stop everything and wait for the thread to end; nothing is handed back any more."""
        self.is_closed = True
        self._let_go()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def _let_go(self) -> list[_Task]:
        tasks = list(self._tasks.values())
        self._tasks.clear()
        for task in tasks:
            task.progress.cancel()
        return tasks

    @Slot(int, object, object)
    def _hand_back(self, number: int, result: object, failure: Exception | None) -> None:
        task = self._tasks.pop(number, None)
        if task is None or self.is_closed:
            return
        try:
            self._tell(task, result, failure)
        finally:
            if not self._tasks:  # what was told may have begun more
                self.rested.emit()

    def _tell(self, task: _Task, result: object, failure: Exception | None) -> None:
        if task.progress.is_cancelled or isinstance(failure, CancelledError):
            return
        if isinstance(failure, UserError):
            task.on_error(failure)
        elif failure is not None:
            raise failure
        else:
            task.on_done(result)
