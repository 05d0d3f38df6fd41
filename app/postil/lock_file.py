"""The lock file beside a library: which window has it, also after a crash.

SQLite's own locks keep every commit whole; this file keeps two windows from working on one
library without knowing of each other. It is made whole or not at all, names a process by more
than a number that is given away again, and is believed only where that process can be looked at.
"""

import json
import os
import platform
import secrets
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from postil.domain.canonical import clean_line
from postil.domain.errors import ReadOnlyError

_SUFFIX = ".lock"
_MOST_BYTES = 4_096  # of a lock file of ours
_HOST = 64  # characters of a computer's name in a sentence
_ATTEMPTS = 20  # a lock that comes and goes this often is one that cannot be had


@dataclass(frozen=True, slots=True)
class Owner:
    """Who holds a library."""

    pid: int
    host: str
    started: str  # of the process, in the words of its system; empty where it does not tell
    address: str  # where its window listens for what a second start brings


class NotOursError(Exception):
    """The library is held, or may be: by a window here, another computer, or nobody knows whom.

    Args:
        owner: who holds it; None when the lock file cannot be read.
        is_here: whether the owner runs on this computer, now.
    """

    def __init__(self, owner: Owner | None, *, is_here: bool) -> None:
        self.owner = owner
        self.is_here = is_here
        super().__init__(f"held by {owner}")


class LockFile:
    """The lock file of one library, held or not.

    Args:
        library: the library's file; the lock file lies beside it.
        me: who holds it then; this process by default.
    """

    def __init__(self, library: Path, me: Owner | None = None) -> None:
        library = library.absolute()
        with suppress(OSError, RuntimeError):
            library = library.resolve()  # one library, whatever link it is reached by
        self.path = library.with_name(library.name + _SUFFIX)
        self.me = me or this_process()
        self.left_address = ""  # where a dead owner listened, whose lock was taken over

    def take(self, is_running: Callable[[Owner], bool] | None = None) -> None:
        """Hold the library; what a dead owner on this computer left is taken over.

        Args:
            is_running: whether an owner on this computer lives.

        Raises:
            NotOursError: somebody holds it or may hold it.
            OSError: no file can be made beside the library.
        """
        for _ in range(_ATTEMPTS):
            if self._make():
                return
            content = self._content()
            if content is None:
                continue  # gone meanwhile
            owner = _owner(content)
            if owner is None or owner.host != self.me.host:
                raise NotOursError(owner, is_here=False)
            if (is_running or runs)(owner):
                raise NotOursError(owner, is_here=True)
            self._clear(content)
            self.left_address = owner.address
        raise NotOursError(None, is_here=False)

    def elsewhere(self) -> NotOursError | None:
        """Return what keeps this computer from the library: another one has it, or may have."""
        # A name that no file can have is told by whoever opens the library.
        content = self._content() if os.path.lexists(self.path) else None
        if content is None:
            return None
        owner = _owner(content)
        is_elsewhere = owner is None or owner.host != self.me.host
        return NotOursError(owner, is_here=False) if is_elsewhere else None

    def seize(self) -> None:
        """Hold the library whoever held it: the person knows that nobody does.

        Raises:
            NotOursError: somebody was quicker.
            OSError: no file can be made beside the library.
        """
        self.path.unlink(missing_ok=True)
        self.take()

    def release(self) -> None:
        """Let go of the library, if this process holds it."""
        content = self._content()
        if content is not None and _owner(content) == self.me:
            with suppress(OSError):
                self.path.unlink(missing_ok=True)

    def _make(self) -> bool:
        """Make the file with all that is in it, or return False because there is one."""
        data = json.dumps(asdict(self.me)).encode()
        own = self.path.with_name(f"{self.path.name}.{secrets.token_hex(4)}")
        try:
            _write_new(own, data)
            try:
                os.link(own, self.path)
            except FileExistsError:
                return False
            except OSError:  # a file system without links, as on many memory sticks
                return _write_new(self.path, data)
        finally:
            with suppress(OSError):
                own.unlink(missing_ok=True)
        return True

    def _content(self) -> bytes | None:
        """Return what the file says: None if there is none, nothing if it cannot be read."""
        try:
            with self.path.open("rb") as file:
                return file.read(_MOST_BYTES)
        except FileNotFoundError:
            return None
        except OSError:
            return b""

    def _clear(self, content: bytes) -> None:
        """Take a dead owner's file away; of several who try, one does.

        A file that somebody else has put in its place meanwhile is put back.
        """
        aside = self.path.with_name(f"{self.path.name}.{secrets.token_hex(4)}")
        with suppress(FileNotFoundError):
            self.path.rename(aside)
            if aside.read_bytes() != content:
                with suppress(OSError):
                    os.link(aside, self.path)
            aside.unlink()


def refusal(library: Path, held: NotOursError, insist: str) -> ReadOnlyError:
    """Return why a library may only be read, in words.

    Args:
        library: the file.
        held: who has it.
        insist: what to do if nobody has it, without a full stop.
    """
    if held.owner is None:
        what = f"Nobody can tell who works with {library.name}, for its lock file cannot be read"
    elif held.is_here:
        what = f"The library {library.name} is open in a window that does not answer"
    else:
        where = clean_line(held.owner.host)[:_HOST] or "another computer"
        what = f"The library {library.name} is open on {where}"
    return ReadOnlyError(what, f"Close it there. {insist}." if held.owner else f"{insist}.")


def this_process() -> Owner:
    """Return this process as an owner, with an address nobody can guess."""
    pid = os.getpid()
    return Owner(pid, platform.node(), _started(pid), f"postil-{secrets.token_hex(8)}")


def runs(owner: Owner) -> bool:
    """Return whether the very process runs that an owner on this computer was."""
    if not is_alive(owner.pid):
        return False
    started = _started(owner.pid)
    return not (started and owner.started) or started == owner.started


def _write_new(path: Path, data: bytes) -> bool:
    """Write a file that only this user may read; return False when there is one."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    return True


def _owner(content: bytes) -> Owner | None:
    """Return who a lock file names, or None if it is none of ours."""
    try:
        value: Any = json.loads(content)
        owner = Owner(**value)
    except (ValueError, TypeError, RecursionError):
        return None
    words = (owner.host, owner.started, owner.address)
    is_sound = type(owner.pid) is int and owner.pid > 0 and all(isinstance(w, str) for w in words)
    return owner if is_sound else None


def is_alive(pid: int) -> bool:
    """Return whether there is a process with this number."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32  # os.kill would end the process there
        handle = kernel.OpenProcess(0x1000, False, pid)  # may be asked about, no more
        if not handle:
            return bool(kernel.GetLastError() == 5)  # it is there, and somebody else's
        code = ctypes.c_ulong()
        kernel.GetExitCodeProcess(handle, ctypes.byref(code))
        kernel.CloseHandle(handle)
        return code.value == 259  # still active
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _started(pid: int) -> str:
    """Return when a process began, where Linux tells; the number of the boot is part of it."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        return f"{boot} {fields[19]}"  # the 22nd field of all
    except (OSError, IndexError):
        return ""
