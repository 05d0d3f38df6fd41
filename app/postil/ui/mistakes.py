"""Exceptions nobody expected: written to the log, shown once as a report, and the window lives on.

Nothing is lost by them, because every change was durable when its gesture ended. A report says
where it happened and of what kind; what it says beyond that has nothing of what people wrote.
"""

import logging
import platform
import re
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtWidgets import QWidget

import postil

_LOG = logging.getLogger("postil")
_TOLD_TIMES = frozenset(10**power for power in range(1, 7))  # of the same mistake, in the log
_FRAMES = 60  # of a report; a recursion has thousands
_WORDS = 200  # characters of what an exception says
_QUOTED = re.compile(r"""(['"“‘`])(.*?)(['"”’`])""", re.DOTALL)
_NAME = re.compile(r"[\w.<>\[\]]{1,40}")  # of things in the program


class Mistakes(QObject):
    """Takes the place of `sys.excepthook` while a window is open.

    Args:
        window: parent of the dialog.
    """

    happened = Signal(str)  # a report

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._times: Counter[tuple[str, str, int]] = Counter()  # by kind and place
        self._before = (sys.excepthook, threading.excepthook)
        # Queued, because an exception may come from another thread or from inside a paint event.
        self.happened.connect(self._show, Qt.ConnectionType.QueuedConnection)
        sys.excepthook = self._take
        threading.excepthook = self._take_from_thread

    def close(self) -> None:
        """Put the hooks back that were there before."""
        sys.excepthook, threading.excepthook = self._before

    def _take(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if not issubclass(kind, Exception):
            self._before[0](kind, error, trace)
            return
        place = _place(kind, trace)
        self._times[place] += 1
        if self._times[place] == 1:  # one in a paint event comes again with every frame
            text = report(error, trace)
            _LOG.error("%s", text)
            self.happened.emit(text)
        elif self._times[place] in _TOLD_TIMES:
            _LOG.error("%s at %s:%d again, %d times", *place, self._times[place])

    def _take_from_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._take(args.exc_type, args.exc_value, args.exc_traceback)

    def _show(self, text: str) -> None:
        from postil.ui.dialogs.mistake import MistakeDialog  # hardly ever needed

        shown = self._window.findChild(MistakeDialog)
        if shown is not None:
            shown.add(text)
            return
        dialog = MistakeDialog(text, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def report(error: BaseException, trace: TracebackType | None) -> str:
    """Return what is needed to mend a mistake, without the name of the home folder."""
    lines = [*_told(error, trace)]
    versions = (
        f"Postil {postil.__version__}, Python {platform.python_version()}, Qt {qVersion()}, "
        f"{platform.system()} {platform.release()}"
    )
    return f"{versions}\n\n{''.join(lines)}".replace(str(Path.home()), "~")


def _told(error: BaseException, trace: TracebackType | None) -> Iterator[str]:
    """Yield the lines of an exception, those that led to it first."""
    seen: list[tuple[BaseException, TracebackType | None]] = []
    one: BaseException | None = error
    while one is not None and all(one is not known for known, _ in seen):
        seen.append((one, trace if one is error else one.__traceback__))
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    for one, its_trace in reversed(seen):
        yield "Traceback (most recent call last):\n"
        yield from traceback.StackSummary.from_list(
            traceback.extract_tb(its_trace, limit=-_FRAMES)
        ).format()
        words = _harmless(one)
        yield f"{type(one).__name__}: {words}\n" if words else f"{type(one).__name__}\n"


def _harmless(error: BaseException) -> str:
    """Return what an exception says, without quoted words that are no names in the program."""
    try:
        said = str(error)
    except Exception:  # noqa: BLE001 - a mistake within a mistake must not hide the first
        return ""

    def hidden(found: re.Match[str]) -> str:
        return found[0] if _NAME.fullmatch(found[2]) else f"{found[1]}…{found[3]}"

    first, _, rest = said[: 10 * _WORDS].partition("\n")
    words = _QUOTED.sub(hidden, first)
    return words if len(words) <= _WORDS and not rest else f"{words[:_WORDS]}…"


def _place(kind: type[BaseException], trace: TracebackType | None) -> tuple[str, str, int]:
    """Return by what two mistakes are the same: their kind, and the innermost line."""
    if issubclass(kind, RecursionError):
        return kind.__name__, "", 0  # each time another line is the last
    frames = list(traceback.walk_tb(trace))
    if not frames:
        return kind.__name__, "", 0
    frame, line = frames[-1]
    return kind.__name__, Path(frame.f_code.co_filename).name, line
