"""Searching without keeping anybody waiting.

Plain words are searched for here, in slices between which the window goes on; most articles
need one. Regular expressions go to the child process, from a thread that waits for it; of
those that are typed meanwhile, the last is searched for next.
"""

from collections.abc import Callable, Generator
from time import monotonic

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal

from postil import isolation
from postil.page.finding import Hits, Query, find_apart, searching
from postil.page.folding import Folded

_SLICE = 0.008  # seconds: half a frame


class _Job(QObject):
    """One search in the child process; outlives the searcher if it must."""

    done = Signal(object)  # Hits

    def __init__(self, text: str, query: Query, run: Callable[..., bytes]) -> None:
        super().__init__()
        self.text = text
        self.query = query
        self._run = run

    def search(self) -> None:
        """Search, on the thread of the pool."""
        self.done.emit(find_apart(self.text, self.query, run=self._run))


class Searcher(QObject):
    """Searches one text at a time for one query at a time.

    Args:
        run: runs a task of the child process.
        parent: owns this.
    """

    found = Signal(object)  # Hits for what was asked for last

    def __init__(
        self, run: Callable[..., bytes] = isolation.run, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._run = run
        self._prepared = Folded("")
        self._steps: Generator[None, None, Hits | None] | None = None
        self._job: _Job | None = None
        self._pattern: Query | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._go_on)

    @property
    def text(self) -> str:
        """What is searched."""
        return self._prepared.text

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._steps is not None or self._pattern is not None

    def set_text(self, text: str) -> None:
        """Search another text from now on; what is under way is dropped."""
        self.stop()
        self._prepared = Folded(text)

    def prepare(self) -> None:
        """Make the text ready while nobody asks for anything."""
        self.stop()
        self._steps = self._preparing()
        self._soon.start()

    def look_for(self, query: Query) -> None:
        """Search; `found` tells the hits, at once if they are quickly found."""
        self.stop()
        if query.regex:
            self._pattern = query
            self._send()
        else:
            self._steps = searching(self._prepared, query)
            self._go_on()

    def stop(self) -> None:
        """Drop what is under way; nothing is told of it."""
        self._soon.stop()
        self._steps = self._pattern = None

    def _preparing(self) -> Generator[None, None, None]:
        yield from self._prepared.prepare()

    def _go_on(self) -> None:
        if self._steps is None:
            return
        end = monotonic() + _SLICE
        try:
            while monotonic() < end:
                next(self._steps)
        except StopIteration as last:
            self._steps = None
            if last.value is not None:
                self.found.emit(last.value)
        else:
            self._soon.start()

    def _send(self) -> None:
        if self._job is None and self._pattern is not None:
            self._job = _Job(self.text, self._pattern, self._run)
            self._job.done.connect(self._take, Qt.ConnectionType.QueuedConnection)
            QThreadPool.globalInstance().start(self._job.search)

    def _take(self, hits: Hits) -> None:
        job, self._job = self._job, None
        if job and job.query == self._pattern and job.text == self.text:
            self._pattern = None
            self.found.emit(hits)
        else:
            self._send()
