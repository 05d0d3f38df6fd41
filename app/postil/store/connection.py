"""Opening a library file: what it is, which schema it has, and the pragmas it runs under.

`journal_mode=TRUNCATE` with `synchronous=EXTRA` loses nothing acknowledged when power
fails and keeps the library one file that can be copied and mailed.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from postil.domain import limits
from postil.domain.errors import NotALibraryError, ReadOnlyError, UserError
from postil.store import schema
from postil.store.failures import CODES, in_words

_PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA mmap_size=0",
    "PRAGMA synchronous=EXTRA",
    "PRAGMA journal_mode=TRUNCATE",
)
_CREATE_SECONDS = 5.0  # two programs may meet over a new library; one waits for the other


def open_engine(
    path: Path,
    *,
    create: bool,
    wait_seconds: float = limits.LOCK_SECONDS,
    backup: Callable[[], object] = lambda: None,
    read_only: bool = False,
) -> Engine:
    """Open the library at `path`, making or migrating it if need be.

    Args:
        path: the file; its folder is made when `create` is set.
        create: make a new library when there is none.
        wait_seconds: how long to wait for another program that holds the library.
        backup: called before an older library is migrated.
        read_only: touch nothing, not even to bring an older library up to date.

    Raises:
        ReadOnlyError: it may be read but not written.
        UserError: it is missing, no library, from a newer Postil, damaged or locked.
    """
    if read_only:
        return _reading_engine(path, wait_seconds)
    _require_place(path, create=create)
    with in_words(path):
        version = _schema_version(path, wait_seconds)
        if version is None:
            create_library(path)
        elif version < schema.SCHEMA_VERSION:
            from postil.store.migration import migrate

            migrate(path, backup)
        return _engine(path, wait_seconds)


def _reading_engine(path: Path, wait_seconds: float) -> Engine:
    """Return an engine that cannot write.

    Raises:
        UserError: the file is no library, or not one of this version.
    """
    with in_words(path):
        version = _schema_version(path, wait_seconds, may_recover=False)
    if version != schema.SCHEMA_VERSION:
        raise UserError(
            f"The library {path} is read-only and must be brought up to date first",
            "Copy it to a folder you may write in, and open the copy.",
        )
    address = f"{path.resolve().as_uri()}?mode=ro"
    return _engine(
        path,
        wait_seconds,
        lambda: sqlite3.connect(
            address, uri=True, timeout=wait_seconds, check_same_thread=False, isolation_level=None
        ),
    )


def _require_place(path: Path, *, create: bool) -> None:
    """See that there is a file, or a folder to make one in.

    Raises:
        UserError: there is neither.
    """
    try:
        if path.exists():
            if not path.is_file():
                raise UserError(f"{path} is not a file", "Choose a library file.")
            # A journal is written beside it; SQLite itself would only say that it cannot be opened.
            if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
                what, remedy = CODES[sqlite3.SQLITE_READONLY]
                raise ReadOnlyError(f"The library {path} {what}", remedy)
        elif not create:
            raise UserError(f"There is no library at {path}", "Check the name after --library.")
    except OSError as error:  # a name that is too long, a folder that may not be entered
        raise UserError(
            f"The library {path} cannot be opened: {error.strerror}",
            "Choose another place for the library.",
        ) from error
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"The folder {path.parent} cannot be made: {error.strerror}",
            "Choose another place for the library.",
        ) from error


def _schema_version(path: Path, wait_seconds: float, *, may_recover: bool = True) -> int | None:
    """Return the schema version of a library, None for a file that is empty or not there yet.

    Args:
        path: the file.
        wait_seconds: how long to wait for another program.
        may_recover: take back what a program left that ended in the middle of writing.

    Raises:
        UserError: it is some other file, or from a newer Postil.
    """
    if not path.exists() or path.stat().st_size == 0:
        return None
    # Read-only and by plain SQL: a file that turns out not to be ours stays as it was.
    try:
        application_id, version = _numbers(path, "ro", wait_seconds)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_READONLY_ROLLBACK or not may_recover:
            raise
        # A program ended in the middle of writing. What it left must be taken back first,
        # as by whoever opens the file next; a library that was still being made is then empty.
        application_id, version = _numbers(path, "rw", wait_seconds)
        if path.stat().st_size == 0:
            return None
    if application_id != schema.APPLICATION_ID:
        raise NotALibraryError(f"{path} is not a Postil library", "Choose another file.")
    if version > schema.SCHEMA_VERSION:
        raise UserError(
            f"The library {path} was made by a newer Postil", "Update Postil to open it."
        )
    return version


def _numbers(path: Path, mode: str, wait_seconds: float) -> tuple[int, int]:
    """Return the application id and the schema version that a file carries.

    Raises:
        sqlite3.Error: it cannot be read in this mode, "ro" or "rw".
    """
    address = f"{path.resolve().as_uri()}?mode={mode}"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        connection.execute(f"PRAGMA busy_timeout={int(wait_seconds * 1000)}")
        (application_id,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(application_id), int(version)


def create_library(path: Path) -> None:
    """Make the tables in one transaction, so that a library exists whole or not at all."""
    engine = _engine(path, _CREATE_SECONDS)
    try:
        with engine.begin() as connection:
            if connection.exec_driver_sql("PRAGMA application_id").scalar():
                return  # another program was quicker
            schema.metadata.create_all(connection)
            connection.exec_driver_sql(
                "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
                "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
            )
            connection.exec_driver_sql(
                "INSERT INTO alembic_version VALUES (?)", (schema.SCHEMA_REVISION,)
            )
            connection.exec_driver_sql(f"PRAGMA application_id={schema.APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version={schema.SCHEMA_VERSION}")
    finally:
        engine.dispose()


def _engine(
    path: Path, wait_seconds: float, connect: Callable[[], sqlite3.Connection] | None = None
) -> Engine:
    """Return an engine of one connection that begins transactions itself.

    The driver would begin them late and not for DDL, so it is told not to, and the begin
    hook does. A connection whose `info` says "reading" takes no write lock.
    """
    engine = create_engine(
        f"sqlite:///{path}",
        poolclass=StaticPool,
        connect_args={} if connect else {"timeout": wait_seconds},
        hide_parameters=True,  # they are what people write, and reports of mistakes are passed on
        **({"creator": connect} if connect else {}),
    )
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _on_begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get("postil_reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
