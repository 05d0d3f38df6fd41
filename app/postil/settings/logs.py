"""The log of mistakes, and what Python says when the program is ended by a fault.

Each run has a file of its own for the latter, which is gone when the run ends well. What is in
one that was left behind is told at the next start, once, and goes into the log.
"""

import faulthandler
import logging
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import IO

import appdirs

from postil.lock_file import is_alive

_FILE = "postil.log"
_BYTES = 512 * 1024  # of one log file
_OLDER = 3  # log files kept beside the newest
_MOST_BYTES = 64 * 1024  # read of what a fault left
_LOG = logging.getLogger("postil")


def log_folder() -> Path:
    """Return the folder of the logs; it may not exist yet."""
    return Path(appdirs.user_log_dir("postil", appauthor=False))


class RunLog:
    """What one run writes about mistakes; where no file can be made, it does without.

    Args:
        folder: where to.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._faults: IO[str] | None = None
        self._handler: logging.Handler | None = None

    def begin(self) -> None:
        """Write warnings, mistakes and faults to files from now on."""
        from logging.handlers import RotatingFileHandler  # with sockets, of which this has none

        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / _FILE
            self._handler = RotatingFileHandler(
                path, maxBytes=_BYTES, backupCount=_OLDER, encoding="utf-8", delay=True
            )
            self._handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
            _LOG.addHandler(self._handler)
            name = f"fault-{os.getpid()}-{secrets.token_hex(3)}.txt"
            self._faults = (self._folder / name).open("x", encoding="utf-8")
            faulthandler.enable(self._faults)

    def end(self) -> None:
        """The run ends well: nothing is left of it but what is in the log."""
        if self._faults is not None:
            faulthandler.disable()
            self._faults.close()
            with suppress(OSError):
                Path(self._faults.name).unlink(missing_ok=True)
            self._faults = None
        if self._handler is not None:
            _LOG.removeHandler(self._handler)
            self._handler.close()
            self._handler = None

    def left_behind(self) -> str:
        """Return what faults of earlier runs said, without the home folder; empty for none."""
        said: list[str] = []
        for path in sorted(self._folder.glob("fault-*-*.txt")):
            pid = path.name.split("-")[1]
            if pid.isdecimal() and is_alive(int(pid)):
                continue  # this one, or another window
            with suppress(OSError):
                with path.open("rb") as file:
                    text = file.read(_MOST_BYTES).decode("utf-8", "replace").strip()
                path.unlink()
                if text:
                    said.append(text.replace(str(Path.home()), "~"))
        for text in said:
            _LOG.error("An earlier run was ended by a fault:\n%s", text)
        return "\n\n".join(said)
