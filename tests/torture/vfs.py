"""SQLite's way to the disk, with somebody in between: what it writes can be recorded or refused.

A copy of the system's own VFS is made SQLite's default, with the few functions replaced that
change a file. It works where Python is linked to SQLite as a library; `missing` says whether it is.
Only for processes of their own.
"""

import _sqlite3
import ctypes as c
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_OPEN_CREATE = 0x4
_JOURNALS = 0x800 | 0x4000 | 0x80000  # main, super and write-ahead journals
_P = c.c_void_p
_WRITE = c.CFUNCTYPE(c.c_int, _P, _P, c.c_int, c.c_int64)
_TRUNCATE = c.CFUNCTYPE(c.c_int, _P, c.c_int64)
_SYNC = c.CFUNCTYPE(c.c_int, _P, c.c_int)
# Names stay addresses: SQLite keeps them, and a copy of ours would not live as long.
_OPEN = c.CFUNCTYPE(c.c_int, _P, _P, _P, c.c_int, c.POINTER(c.c_int))
_DELETE = c.CFUNCTYPE(c.c_int, _P, _P, c.c_int)


class _Methods(c.Structure):
    _fields_ = (
        ("version", c.c_int),
        ("close", _P),
        ("read", _P),
        ("write", _WRITE),
        ("truncate", _TRUNCATE),
        ("sync", _SYNC),
        ("rest", _P * 13),  # three are left out of the first version, and never asked for
    )


class _Vfs(c.Structure):
    _fields_ = (
        ("version", c.c_int),
        ("file_size", c.c_int),
        ("longest_name", c.c_int),
        ("next", _P),
        ("name", c.c_char_p),
        ("data", _P),
        ("open", _OPEN),
        ("delete", _DELETE),
        ("rest", _P * 14),
    )


_standing: list["Between"] = []  # as long as the process: SQLite has their addresses


@dataclass(frozen=True)
class Event:
    """One thing that was asked of the disk, or said to the person."""

    kind: str  # "create", "write", "truncate", "sync", "sync folder", "delete", "rename", "said"
    path: str = ""
    at: int = 0  # where it is written; the size it is cut to
    data: bytes = b""
    to: str = ""  # the new name


def missing() -> str:
    """Return why nobody can stand in between here, or nothing."""
    try:
        c.CDLL(_sqlite3.__file__).sqlite3_vfs_find  # noqa: B018
    except (AttributeError, OSError) as error:
        return f"this Python's SQLite cannot be reached: {error}"
    return ""


class Between:
    """Stands between SQLite and the disk from now on, for connections made later.

    Args:
        tell: is told of every event before it happens; what it returns, unless 0, is SQLite's
            code for an error, and then it does not happen.
    """

    def __init__(self, tell: Callable[[Event], int]) -> None:
        self._tell = tell
        self._paths: dict[int, str] = {}
        self._unsynced_names: set[int] = set()
        self._tables: dict[int, tuple[_Methods, _Methods]] = {}
        self._library = c.CDLL(_sqlite3.__file__)
        find = self._library.sqlite3_vfs_find
        find.restype = c.POINTER(_Vfs)
        self._own = find(None).contents
        self._ours = _Vfs()
        c.pointer(self._ours)[0] = self._own
        self._kept = [_OPEN(self._open), _DELETE(self._delete)]
        self._ours.name = b"between"
        self._ours.next = None
        self._ours.open, self._ours.delete = self._kept
        assert self._library.sqlite3_vfs_register(c.byref(self._ours), 1) == sqlite3.SQLITE_OK
        _standing.append(self)
        self._methods = [_WRITE(self._write), _TRUNCATE(self._truncate), _SYNC(self._sync)]

    def _open(self, _vfs, name, file, flags, out_flags):
        path = c.string_at(name).decode() if name else ""
        is_new = bool(flags & _OPEN_CREATE) and not Path(path).exists()
        if path and is_new and (code := self._tell(Event("create", path))):
            return code
        code = self._own.open(c.addressof(self._own), name, file, flags, out_flags)
        if code == sqlite3.SQLITE_OK and path:
            self._paths[file] = path
            if is_new and flags & _JOURNALS:
                self._unsynced_names.add(file)
            self._stand_in(file)
        return code

    def _stand_in(self, file):
        place = c.cast(file, c.POINTER(_P))
        theirs = place[0]
        if theirs not in self._tables:
            methods = c.cast(theirs, c.POINTER(_Methods)).contents
            changed = _Methods()
            c.memmove(c.byref(changed), theirs, c.sizeof(_Methods))
            changed.write, changed.truncate, changed.sync = self._methods
            self._tables[theirs] = (methods, changed)
        self._theirs = self._tables[theirs][0]
        place[0] = c.addressof(self._tables[theirs][1])

    def _write(self, file, data, size, at):
        event = Event("write", self._paths[file], at, c.string_at(data, size))
        return self._tell(event) or self._theirs.write(file, data, size, at)

    def _truncate(self, file, size):
        return self._tell(Event("truncate", self._paths[file], size)) or self._theirs.truncate(
            file, size
        )

    def _sync(self, file, flags):
        path = self._paths[file]
        code = self._tell(Event("sync", path)) or self._theirs.sync(file, flags)
        if code == sqlite3.SQLITE_OK and file in self._unsynced_names:
            self._unsynced_names.discard(file)
            code = self._tell(Event("sync folder", path))
        return code

    def _delete(self, _vfs, name, sync_folder):
        path = c.string_at(name).decode()
        code = self._tell(Event("delete", path)) or self._own.delete(
            c.addressof(self._own), name, sync_folder
        )
        if code == sqlite3.SQLITE_OK and sync_folder:
            code = self._tell(Event("sync folder", path))
        return code
