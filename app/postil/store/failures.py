"""SQLite's refusals in words: what is the matter with the file, and what to do."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from postil.domain.errors import (
    DamagedError,
    LibraryBusyError,
    NoRoomError,
    NotALibraryError,
    UserError,
)

CODES = {
    sqlite3.SQLITE_READONLY: ("is read-only", "Copy it to a folder you may write in."),
    sqlite3.SQLITE_IOERR: ("cannot be read or written", "Check the disk and its free space."),
    sqlite3.SQLITE_CORRUPT: ("is damaged", "Run `postil check --rescue`, or restore a backup."),
    sqlite3.SQLITE_FULL: ("cannot grow: the disk is full", "Free some space and try again."),
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened", "Check that the folder exists and is yours."),
    sqlite3.SQLITE_PROTOCOL: ("lies where nothing can be locked", "Copy it to a local disk."),
    sqlite3.SQLITE_NOTADB: ("is not a Postil library", "Choose another file."),
    sqlite3.SQLITE_PERM: ("may not be opened", "Check the file's permissions."),
    sqlite3.SQLITE_TOOBIG: ("cannot take something this large", "Take it in in parts."),
}
# What reading a damaged file raises; the second, where SQLite's own sentence quotes the damage.
UNREADABLE = (sqlite3.Error, UnicodeDecodeError)
_INDEX = "invalid fts5 file format"  # which SQLite tells of as of a mistake in our SQL
_LOCKING = (
    sqlite3.SQLITE_IOERR_LOCK,
    sqlite3.SQLITE_IOERR_RDLOCK,
    sqlite3.SQLITE_IOERR_UNLOCK,
    sqlite3.SQLITE_IOERR_CHECKRESERVEDLOCK,
)
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn what SQLite says of the file at `path` into a `UserError`.

    Raises:
        LibraryBusyError: another process holds the library.
        UserError: the file or the disk is at fault. Mistakes in our SQL stay what they are.
    """
    try:
        yield
    except DBAPIError as error:
        if not isinstance(error.orig, sqlite3.Error):
            raise
        raise _worded(path, error.orig) from error
    except sqlite3.Error as error:
        raise _worded(path, error) from error
    except UnicodeDecodeError as error:
        raise damaged(path) from error


@contextmanager
def room_in(folder: Path) -> Iterator[None]:
    """Turn whatever says that a disk is full into a sentence with the folder a person knows.

    Work in folders of our own, which are gone by then, would be told with their names.

    Raises:
        NoRoomError: there is no room.
    """
    try:
        yield
    except (OSError, DBAPIError, sqlite3.Error, NoRoomError) as error:
        if not is_full(error):
            raise
        what = f"There is no room in {folder}"
        raise NoRoomError(what, "Free some space on the disk and try again.") from error


def is_full(error: Exception) -> bool:
    """Return whether something failed because the disk is full."""
    if isinstance(error, OSError):
        return error.errno in _NO_ROOM
    raw = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(raw, "sqlite_errorcode", None) or 0
    return isinstance(error, NoRoomError) or code & 0xFF == sqlite3.SQLITE_FULL


@contextmanager
def rows_in_words(path: Path) -> Iterator[None]:
    """Turn what our own readers say of a row that nobody of us can have written.

    Raises:
        UserError: the library is damaged: JSON that is none, a word that is no status.
    """
    try:
        yield
    except ValueError as error:  # msgspec's and enum's errors are such
        raise damaged(path) from error


def damaged(path: Path) -> DamagedError:
    """Return the refusal of a library that holds what no program of ours can have written."""
    return DamagedError(*_said(path, sqlite3.SQLITE_CORRUPT))


def _said(path: Path, code: int) -> tuple[str, str]:
    what, remedy = CODES[code]
    return f"The library {path} {what}", remedy


def _worded(path: Path, error: sqlite3.Error) -> Exception:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None and isinstance(error, sqlite3.OperationalError):
        return damaged(path)  # the driver itself: text that is no UTF-8
    if code in _LOCKING:
        return UserError(*_said(path, sqlite3.SQLITE_PROTOCOL))
    code = (code or 0) & 0xFF
    if code in _BUSY:
        return LibraryBusyError(
            f"The library {path.name} is in use by another program", "Try again in a moment."
        )
    if code == sqlite3.SQLITE_CORRUPT or _INDEX in str(error):
        return damaged(path)
    if code == sqlite3.SQLITE_NOTADB:
        return NotALibraryError(*_said(path, code))
    if code == sqlite3.SQLITE_FULL:
        return NoRoomError(*_said(path, code))
    if code in CODES:
        return UserError(*_said(path, code))
    return error
