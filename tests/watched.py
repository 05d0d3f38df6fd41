"""A folder that is watched: whatever opens a file in it is told, in any process and any language.

Python's audit hooks see what Python opens; Qt and the parsers open files without asking it.
Linux tells of both (inotify); elsewhere nothing is seen, and tests say so.
"""

import ctypes
import os
import struct
import sys
from pathlib import Path
from typing import Self

_OPENED_OR_READ = 0x20 | 0x01
_EVENT = struct.Struct("iIII")


class Watched:
    """Watches a folder and the files right in it.

    Args:
        folder: it is there; sub-folders are not watched.
    """

    can_see = sys.platform == "linux"

    def __init__(self, folder: Path) -> None:
        self._folder = os.fsencode(folder)
        self._descriptor = -1

    def __enter__(self) -> Self:
        if self.can_see:
            libc = ctypes.CDLL(None, use_errno=True)
            self._descriptor = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
            watch = libc.inotify_add_watch(self._descriptor, self._folder, _OPENED_OR_READ)
            if self._descriptor < 0 or watch < 0:
                raise OSError(ctypes.get_errno(), "the folder cannot be watched")
        return self

    def __exit__(self, *_: object) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)

    def opened(self) -> list[str]:
        """Return the names of what was opened or read since the last call; "" is the folder."""
        found = []
        try:
            while data := os.read(self._descriptor, 65_536) if self.can_see else b"":
                at = 0
                while at < len(data):
                    *_, length = _EVENT.unpack_from(data, at)
                    at += _EVENT.size
                    found.append(data[at : at + length].rstrip(b"\0").decode())
                    at += length
        except BlockingIOError:
            pass
        return found
