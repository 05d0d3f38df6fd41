"""The fence the child puts round itself before it sees a foreign byte.

Limits of the system where there are any (POSIX), and an audit hook that refuses to write
files, to start processes and to reach for the network. The parent's clock is the last word
on every system.
"""

import os
import sys
from typing import Final

from postil.domain import limits

_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# Families of audit events (the part before the first dot) that no parser has a use for.
_REFUSED_FAMILIES: Final = frozenset(
    {"ftplib", "shutil", "smtplib", "socket", "sqlite3", "subprocess", "urllib", "webbrowser"}
)
_REFUSED: Final = frozenset(
    {
        "os.chmod", "os.chown", "os.exec", "os.fork", "os.forkpty", "os.kill", "os.killpg",
        "os.link", "os.mkdir", "os.posix_spawn", "os.putenv", "os.remove", "os.rename",
        "os.rmdir", "os.spawn", "os.startfile", "os.symlink", "os.system", "os.truncate",
    }
)  # fmt: skip


def close_fence() -> None:
    """Limit this process; what the system does not offer is left to the parent's clock."""
    for name, value in (
        ("RLIMIT_AS", limits.CHILD_BYTES),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_NPROC", 0),
    ):
        _limit(name, value)
    sys.addaudithook(_refuse)


def limit_cpu(seconds: float) -> None:
    """Let this process use so many seconds of processor time from now on."""
    if sys.platform != "win32":
        import resource

        usage = resource.getrusage(resource.RUSAGE_SELF)
        _limit("RLIMIT_CPU", int(usage.ru_utime + usage.ru_stime + seconds) + 2)


def _limit(name: str, value: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    number = getattr(resource, name, None)
    if number is None:
        return
    hard = resource.getrlimit(number)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    try:
        resource.setrlimit(number, (value, hard))
    except (OSError, ValueError):
        # WORKAROUND: macOS knows RLIMIT_AS and refuses to set it; the clock remains.
        return


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        flags = arguments[2]
        if isinstance(flags, int) and flags & _WRITING:
            raise PermissionError("a parser writes no files")
    elif event in _REFUSED or event.partition(".")[0] in _REFUSED_FAMILIES:
        raise PermissionError(f"a parser has no use for {event}")
