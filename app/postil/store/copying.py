"""A library's file copied whole while it is in use, and what is in such a copy.

`VACUUM INTO` makes the copy of a snapshot under a name of its own; it gets its name when it was
opened again, found sound and is on the disk. A file of a library is never opened but by SQLite:
closing it would let go of the locks of this process.
"""

import os
import secrets
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from postil.domain.backups import Contents
from postil.domain.errors import LibraryBusyError, NoRoomError, UserError
from postil.files import move_to_free_name, sync_folder
from postil.store import checking, schema
from postil.store.failures import UNREADABLE, damaged, in_words, is_full

_WAIT_MS = 5_000  # for a program that is writing
_SECONDS = 20.0  # for a copy, from some pages to the next
_DONE = 101  # SQLITE_DONE
_PAGES = 256  # copied at once, while nobody can write
_ROOM = 16 * 1024 * 1024  # bytes that stay free beside a copy


@contextmanager
def read_only(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a library that nobody writes to, without making a file beside it.

    Raises:
        sqlite3.Error: SQLite cannot read it.
    """
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0"):
            connection.execute(f"PRAGMA {pragma}")
        yield connection


def copy_library(path: Path, target: Path) -> bool:
    """Copy a library that may be in use; the copy is there whole, or not at all.

    Args:
        path: the library, of any schema.
        target: must not exist; its folder is made.

    Returns:
        False if another program was quicker to take the name.

    Raises:
        UserError: there is no room, the library is damaged, or the folder cannot be written to.
    """
    name = target.name
    temporary = target.with_name(f".postil-{secrets.token_hex(8)}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        free, needed = shutil.disk_usage(target.parent).free, 2 * path.stat().st_size + _ROOM
        if free < needed:
            raise _no_room(target)
        try:
            _vacuum_into(path, temporary, target)
            descriptor = os.open(temporary, os.O_RDWR)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            try:
                move_to_free_name(temporary, target)
            except FileExistsError:
                return False
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        sync_folder(target.parent)
    except NoRoomError as error:  # which is the folder of copies: of the library it is only read
        raise _no_room(target) from error
    except OSError as error:
        if is_full(error):
            raise _no_room(target) from error
        raise UserError(
            f"The backup {name} cannot be written: {error.strerror}",
            "Choose another folder for backups.",
        ) from error
    return True


def _no_room(target: Path) -> UserError:
    return UserError(
        f"There is no room for a backup in {target.parent}", "Free some space on the disk."
    )


def _vacuum_into(path: Path, temporary: Path, target: Path) -> None:
    """Write the copy and see that it has what the library has.

    The library is held for the time of some pages only, again and again, so that whoever writes
    to it need not wait; what is copied so is put in order beside it.

    Raises:
        UserError: the library is damaged, or the copy is.
    """
    address = f"{path.resolve().as_uri()}?mode=rw"
    snapshot = temporary.with_name(temporary.name + "-snapshot")
    snapshot.touch()  # where that fails, it is not the library that is at fault
    try:
        with (
            in_words(path),
            closing(sqlite3.connect(address, uri=True, timeout=0)) as library,
            closing(sqlite3.connect(snapshot)) as copy,
        ):
            copy.execute("PRAGMA synchronous=OFF")
            try:
                library.backup(copy, pages=_PAGES, progress=_patience(path, _SECONDS), sleep=0.002)
            except LibraryBusyError:  # written to all the time: hold it once, for all pages
                library.backup(copy, progress=_patience(path, _SECONDS), sleep=0.02)
            counted = _rows(copy)
            copy.execute("VACUUM INTO ?", (str(temporary),))
        with in_words(target), read_only(temporary) as made:
            fault = made.execute("PRAGMA quick_check(1)").fetchone()[0]
            rows = _rows(made)
    finally:
        snapshot.unlink(missing_ok=True)
    if fault != "ok" or rows != counted:
        raise damaged(path)


def _patience(path: Path, seconds: float) -> Callable[[int, int, int], None]:
    """Return what a copy from page to page asks after each step, and what ends it.

    Raises:
        LibraryBusyError: it takes longer than it may.
    """
    end = time.monotonic() + seconds

    def ask(status: int, _remaining: int, _total: int) -> None:
        if status != _DONE and time.monotonic() > end:
            raise LibraryBusyError(
                f"The library {path.name} is in use by another program", "Try again in a moment."
            )

    return ask


def _rows(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows each table has; those of the index of words are left out."""
    names = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' "
        "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_%'"
    ).fetchall()
    count = "SELECT count(*) FROM {0}"
    return {
        name: connection.execute(count.format(_quoted(name))).fetchone()[0] for (name,) in names
    }


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def contents(path: Path, *, is_in_use: bool = False) -> Contents | None:
    """Return what is in a library or a copy of one; None where that cannot be read.

    Args:
        path: of the file.
        is_in_use: it may be written meanwhile.
    """
    try:
        if not is_in_use:
            with read_only(path) as connection:
                return _contents(connection)
        address = f"{path.resolve().as_uri()}?mode=rw"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            connection.execute(f"PRAGMA busy_timeout={_WAIT_MS}")
            return _contents(connection)
    except (*UNREADABLE, OSError):
        return None


def fact(path: Path, key: str) -> str:
    """Return a fact of a library that may be in use, or nothing where it cannot be asked."""
    try:
        address = f"{path.resolve().as_uri()}?mode=rw"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            connection.execute(f"PRAGMA busy_timeout={_WAIT_MS}")
            row = connection.execute("SELECT value FROM fact WHERE key = ?", (key,)).fetchone()
    except UNREADABLE:
        return ""
    return row[0] if row else ""


def _contents(connection: sqlite3.Connection) -> Contents | None:
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    if application_id != schema.APPLICATION_ID:
        return None
    ask = connection.execute
    (articles,) = ask("SELECT count(*) FROM article").fetchone()
    (marks,) = ask("SELECT count(*) FROM annotation").fetchone()
    last = ask("SELECT max(seq) FROM sqlite_sequence WHERE name = 'step'").fetchone()[0]
    steps = ask("SELECT count(*), total(undone), max(at) FROM step").fetchone()
    drafts = ask("SELECT count(*), max(at) FROM draft").fetchone()
    state = "/".join(str(part) for part in (last, *steps[1:], *drafts, articles, marks))
    return Contents(int(articles), int(marks), state)


def is_sound(path: Path) -> bool:
    """Return whether a copy is a library of ours and passes SQLite's quick check."""
    if contents(path) is None:
        return False
    try:
        with read_only(path) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except UNREADABLE:
        return False


def altered_rows(path: Path) -> int:
    """Return how many rows of a copy something else than this program has changed.

    Of one that cannot be read, or was made by a version that kept no checksums, that is none.
    """
    try:
        with read_only(path) as raw:
            (version,) = raw.execute("PRAGMA user_version").fetchone()
            engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)
            try:
                with engine.connect() as connection:
                    if version != schema.SCHEMA_VERSION:
                        return len(checking.changed_texts(connection))
                    return checking.altered(connection)
            finally:
                engine.dispose()
    except (*UNREADABLE, DBAPIError, OSError):
        return 0


def overwrite(path: Path, fresh: Path, wait_seconds: float) -> None:
    """Put the content of a fresh library into one that may be open, in one transaction.

    Args:
        path: the library; who has it open sees the new content at the next look.
        fresh: nobody has it open.
        wait_seconds: how long to wait for another program.

    Raises:
        LibraryBusyError: another program holds the library; it is as it was.
        UserError: the disk is at fault; it is as it was.
    """
    address = f"{path.resolve().as_uri()}?mode=rw"
    with (
        in_words(path),
        closing(sqlite3.connect(address, uri=True, timeout=0)) as library,
        read_only(fresh) as source,
    ):
        library.execute("PRAGMA synchronous=EXTRA")
        library.execute("PRAGMA journal_mode=TRUNCATE")
        source.backup(library, progress=_patience(path, wait_seconds), sleep=0.02)
