"""The parent's handle on one child process: start it, give it a task, end it.

A child that overruns, dies or says something that is no frame is ended and never used
again. One thread at a time; the pool sees to that.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from postil.domain import limits
from postil.domain.errors import UserError
from postil.isolation.frames import FrameError, FrameTooLargeError, read_frame, write_frame

START_SECONDS = 30.0  # a child that is not ready then never will be
_GOODBYE_SECONDS = 1.0
_LARGE_PAYLOAD = 8 * limits.MB  # after one of these the child's memory is not worth keeping
_JOBS = 500  # a child is replaced after so many

COMMAND = (sys.executable, "-P", "-B", "-m", "postil.isolation")
# What a Python needs to start and to find its libraries; nothing else of ours goes in.
_ENVIRONMENT = (
    "DYLD_LIBRARY_PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PATH", "SYSTEMROOT", "TEMP",
    "TMP", "TMPDIR", "__PYVENV_LAUNCHER__",
)  # fmt: skip


class LimitError(UserError):
    """The child was over a limit or died; the file may be fine in another form."""


class StaleChildError(Exception):
    """The child was gone before it had seen the payload: try again with a fresh one."""


class BrokenTaskError(Exception):
    """The task raised what it should not have: a bug of ours or of a parser."""


class Child:
    """One child process.

    Args:
        command: what to start; it must speak frames.

    Raises:
        UserError: the process cannot be started.
    """

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self.is_fresh = True
        self._jobs = 0
        try:
            self._process = _start(command)
        except OSError as error:
            raise UserError(
                f"The process that reads files could not be started ({error.strerror})",
                "Close other programs and try again.",
            ) from error
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("a child without pipes")
        self._stdin: IO[bytes] = self._process.stdin
        self._stdout: IO[bytes] = self._process.stdout
        self._overrun = False
        self._in_step = True  # every question has its whole answer

    @property
    def is_usable(self) -> bool:
        """Whether the child lives, has said all it was asked and has not served its time."""
        return (
            self._in_step
            and not self._overrun
            and self._jobs < _JOBS
            and self._process.poll() is None
        )

    def run(self, task: str, payload: bytes, *, seconds: float, what: str) -> bytes:
        """Give the child a task and return what it answers.

        Args:
            task: a name the child knows.
            payload: what the task is about.
            seconds: wall time from the moment the task's module is loaded.
            what: the file, for the sentence.

        Raises:
            StaleChildError: the child died before it had the payload.
            LimitError: a limit was passed, or the child died.
            UserError: the task refuses the payload.
        """
        self.is_fresh = False
        self._in_step = False
        with self._deadline(START_SECONDS):
            try:
                write_frame(self._stdin, {"task": task, "seconds": seconds})
                ready = read_frame(self._stdout, 0)
            except (FrameError, OSError) as error:
                raise StaleChildError from error
        if ready is None or ready[0].get("status") != "ready":
            raise StaleChildError
        with self._deadline(seconds):
            try:
                write_frame(self._stdin, {}, payload)
                reply = read_frame(self._stdout, limits.CHILD_ANSWER_BYTES)
            except FrameTooLargeError as error:
                raise LimitError(
                    f"{what} grows to more than {limits.CHILD_ANSWER_BYTES // limits.MB} MB"
                    " when it is read",
                    "Open a part of it.",
                ) from error
            except (FrameError, OSError):
                reply = None
        self._jobs += _JOBS if len(payload) > _LARGE_PAYLOAD else 1
        if reply is None:
            raise self._death(seconds, what)
        self._in_step = reply[0].get("status") != "memory"
        return _answer(reply, what)

    def end(self, *, patiently: bool = False) -> None:
        """End the process and free its pipes.

        Args:
            patiently: let it go by itself first.
        """
        if patiently:
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                self._stdin.close()
                self._process.wait(_GOODBYE_SECONDS)
        self.kill()
        self._process.wait()
        for pipe in (self._stdin, self._stdout):
            with contextlib.suppress(OSError):
                pipe.close()

    def kill(self) -> None:
        """Kill the process with all it may have started; another thread may be reading from it."""
        if self._process.poll() is not None:
            return
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)

    @contextlib.contextmanager
    def _deadline(self, seconds: float) -> Iterator[None]:
        """Kill the child when the time is over: the read that waits for it then ends."""
        timer = threading.Timer(seconds, self._time_is_over)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()

    def _time_is_over(self) -> None:
        self._overrun = True
        self.kill()

    def _death(self, seconds: float, what: str) -> LimitError:
        """Return the sentence for a child that ended without an answer."""
        self.kill()
        code = self._process.wait()
        if self._overrun or code == -getattr(signal, "SIGXCPU", 0) != 0:
            return LimitError(
                f"{what} took longer than {seconds:g} seconds to read",
                "It may be damaged, or made to do harm; open a part of it.",
            )
        return LimitError(
            f"{what} ended the process that reads files, which may use"
            f" {limits.CHILD_BYTES // limits.MB:,} MB of memory",
            "It may be damaged, or made to do harm; open a part of it.",
        )


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    package_folder = Path(__file__).resolve().parents[2]
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    paths = [str(package_folder), *(entry for entry in sys.path if Path(entry).is_absolute())]
    environment["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(paths))
    return subprocess.Popen(  # noqa: S603 - our own interpreter with our own module
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=package_folder,
        env=environment,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _answer(reply: tuple[dict[str, object], bytes], what: str) -> bytes:
    header, body = reply
    match header.get("status"):
        case "done":
            return body
        case "refused":
            raise _refusal(body)
        case "memory":
            raise LimitError(
                f"{what} needs more than {limits.CHILD_BYTES // limits.MB:,} MB of memory to read",
                "Open a part of it.",
            )
        case "depth":
            raise LimitError(f"{what} is nested too deep to read", "Open a part of it.")
        case _:
            raise BrokenTaskError(body.decode("utf-8", "replace"))


def _refusal(body: bytes) -> UserError:
    try:
        what, remedy = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BrokenTaskError("the refusal is no JSON") from error
    return UserError(str(what), str(remedy))
