"""The warm children of this process, and the one function that uses them.

At most two at a time, so that a note can be rendered while a file is read. Idle children
wait for the next task and end with the program.
"""

import atexit
import logging
import threading
from collections.abc import Sequence

from postil.isolation.child import (
    COMMAND,
    BrokenTaskError,
    Child,
    LimitError,
    StaleChildError,
)

_LOG = logging.getLogger(__name__)
_CHILDREN = 2


class Pool:
    """Children that are kept warm; safe to use from several threads.

    Args:
        command: what a child runs.
        children: how many may run at once.
    """

    def __init__(self, command: Sequence[str] = COMMAND, *, children: int = _CHILDREN) -> None:
        self._command = tuple(command)
        self._places = threading.Semaphore(children)
        self._lock = threading.Lock()
        self._idle: list[Child] = []
        self._busy: set[Child] = set()

    def run(self, task: str, payload: bytes, *, seconds: float, what: str) -> bytes:
        """Run a task in a child; see `run` of this module."""
        with self._places:
            while True:
                child = self._take()
                was_fresh = child.is_fresh
                try:
                    return child.run(task, payload, seconds=seconds, what=what)
                except StaleChildError as error:
                    child.end()
                    if was_fresh:
                        raise LimitError(
                            "The process that reads files does not start",
                            "Start Postil again, or install it anew.",
                        ) from error
                except BrokenTaskError as error:
                    _LOG.exception("The task %s failed on %s", task, what)
                    raise LimitError(
                        f"{what} could not be read: its reader met something it does not know",
                        "It may be damaged; save it anew in the program it comes from.",
                    ) from error
                finally:
                    self._give_back(child)

    def close(self) -> None:
        """End all children, also those at work."""
        with self._lock:
            idle, self._idle = self._idle, []
            for child in self._busy:
                child.kill()
        for child in idle:
            child.end(patiently=True)

    def _take(self) -> Child:
        """Return an idle child that lives, or a new one."""
        with self._lock:
            child = self._idle.pop() if self._idle else None
        if child is not None and not child.is_usable:
            child.end()
            child = None
        child = child or Child(self._command)
        with self._lock:
            self._busy.add(child)
        return child

    def _give_back(self, child: Child) -> None:
        """Keep a child for the next task, or end it."""
        with self._lock:
            self._busy.discard(child)
            if child.is_usable:
                self._idle.append(child)
                return
        child.end()


_POOL = Pool()
atexit.register(_POOL.close)


def run(task: str, payload: bytes, *, seconds: float, what: str) -> bytes:
    """Run a task of `tasks.TASKS` in a child process and return its answer.

    Args:
        task: its name.
        payload: what it is about.
        seconds: wall time; the start of a child does not count.
        what: the name of the file or thing, for the sentence.

    Raises:
        LimitError: it took too long, too much memory, answered too much, or the child died.
        UserError: the task refuses the payload.
    """
    return _POOL.run(task, payload, seconds=seconds, what=what)


def close() -> None:
    """End the children now; the next `run` starts a new one."""
    _POOL.close()
