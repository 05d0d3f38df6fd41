"""A library that comes as a file, perhaps from a stranger, made into one of our own making.

It is never opened where it lies. A copy is opened read-only, its schema compared with ours word
by word (what could act by itself has no place there), and its rows copied into a fresh library.
"""

import shutil
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine, event
from sqlalchemy.exc import DBAPIError

from postil.domain import limits
from postil.domain.errors import UserError
from postil.store import schema
from postil.store.checking import altered
from postil.store.connection import create_library, open_engine
from postil.store.copying import read_only
from postil.store.failures import UNREADABLE, is_full
from postil.store.search_index import rebuild
from postil.store.transfer import copy_rows

_SECONDS = 120.0  # a file that keeps SQLite busy longer is no library
_CHECK_EVERY = 100_000  # steps of SQLite's machine
Shape = dict[str, frozenset[str]]  # of each thing in a schema, the clauses that make it


def receive(source: Path, target: Path) -> int:
    """Make a library at `target` of what is in a file.

    Args:
        source: a backup or a library of any schema up to today's; not changed.
        target: does not exist.

    Returns:
        How many of its rows something else than this program has changed.

    Raises:
        OSError: there is no room for it; SQLite's own errors may say so too.
        UserError: the file is no library of ours, newer, damaged or holds what we do not write.
    """
    with tempfile.TemporaryDirectory(prefix=".postil-", dir=target.parent) as folder:
        copy = Path(folder) / "copy.sqlite"
        _copy(source, copy)
        version = _looked_at(copy, source)
        if version < schema.SCHEMA_VERSION:
            _migrate(copy, source)
        fresh = Path(folder) / "fresh.sqlite"
        changed = _take_rows(copy, fresh, source)
        fresh.replace(target)
    return changed


def _copy(source: Path, copy: Path) -> None:
    try:
        if not source.is_file():
            raise UserError(f"There is no backup at {source}", "Check its name.")
        shutil.copyfile(source, copy)
    except OSError as error:
        if is_full(error):
            raise
        raise UserError(
            f"{source} cannot be read: {error.strerror}", "Choose another file."
        ) from error


def _looked_at(copy: Path, source: Path) -> int:
    """Return the schema version of a file that is a library through and through.

    Raises:
        UserError: it is not.
    """
    no_library = UserError(f"{source} is not a Postil library", "Choose another file.")
    try:
        with read_only(copy) as connection:
            _bound(connection)
            (application_id,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if application_id != schema.APPLICATION_ID:
                raise no_library
            if version > schema.SCHEMA_VERSION:
                raise UserError(f"{source} was made by a newer Postil", "Update Postil to open it.")
            if _shape(connection) != _shape_of(int(version)):
                raise UserError(
                    f"{source} has parts that no Postil library has", "Choose another file."
                )
            if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise _damaged(source)
    except UNREADABLE as error:
        code = getattr(error, "sqlite_errorcode", None)
        raise (no_library if code == sqlite3.SQLITE_NOTADB else _damaged(source)) from error
    return int(version)


def _damaged(source: Path) -> UserError:
    return UserError(f"{source} is damaged", "Choose another backup.")


def _bound(connection: sqlite3.Connection) -> None:
    """Let no question to a file from elsewhere take for ever."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limits.UNPACKED_BYTES)
    end = time.monotonic() + _SECONDS
    connection.set_progress_handler(lambda: int(time.monotonic() > end), _CHECK_EVERY)


def _shape(connection: sqlite3.Connection) -> Shape:
    """Return what a schema is made of, whatever the order in which columns came."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall()
    return {
        f"{kind} {name} of {table}": _clauses(sql)
        for kind, name, table, sql in rows
        if sql is not None  # indices that SQLite makes by itself
    }


def _clauses(sql: str) -> frozenset[str]:
    """Return the clauses between the outer parentheses, and what stands around them."""
    start, depth, begun = sql.find("("), 0, 0
    clauses: list[str] = [sql[:start]]
    for at, character in enumerate(sql):
        if character == "(":
            depth += 1
            begun = at + 1 if depth == 1 else begun
        elif character == ")":
            depth -= 1
        if (character == "," and depth == 1) or (character == ")" and depth == 0):
            clauses.append(sql[begun:at])
            begun = at + 1
    clauses.append(sql[begun:])
    return frozenset(" ".join(clause.split()) for clause in clauses)


def _shape_of(version: int) -> Shape:
    """Return what a schema of ours is made of."""
    with tempfile.TemporaryDirectory(prefix="postil-") as folder:
        path = Path(folder) / "model.sqlite"
        if version == schema.SCHEMA_VERSION:
            create_library(path)
        else:
            _make_older(path, version)
        with closing(sqlite3.connect(path)) as connection:
            return _shape(connection)


def _make_older(path: Path, version: int) -> None:
    from postil.store.migration import upgrade  # Alembic, which is slow to import

    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", lambda dbapi, _: setattr(dbapi, "isolation_level", None))
    try:
        with engine.connect() as connection:
            upgrade(connection, f"{version:04}")
    finally:
        engine.dispose()


def _migrate(copy: Path, source: Path) -> None:
    from postil.store.migration import bring_up_to_date

    try:
        bring_up_to_date(copy)
    except (DBAPIError, UserError) as error:
        if is_full(error):
            raise
        raise _damaged(source) from error


def _take_rows(copy: Path, fresh: Path, source: Path) -> int:
    """Copy the rows, and return how many of them are not as they were written."""
    engine = open_engine(fresh, create=True)
    try:
        with read_only(copy) as old, engine.begin() as connection:
            _bound(old)
            copy_rows(old, connection)
            rebuild(connection)
            return altered(connection)
    except (ValueError, sqlite3.Error, DBAPIError) as error:
        if is_full(error):
            raise
        raise _damaged(source) from error
    finally:
        engine.dispose()
