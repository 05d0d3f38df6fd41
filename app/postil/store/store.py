"""One open library file: transactions in, dataclasses out."""

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, delete
from sqlalchemy.dialects.sqlite import insert

from postil.domain import limits
from postil.domain.article import Original
from postil.domain.errors import ReadOnlyError
from postil.domain.history import Edit, Revision, Step
from postil.domain.listing import RestorePoint
from postil.store import history, schema, search_index
from postil.store.connection import open_engine
from postil.store.copying import overwrite
from postil.store.failures import damaged, in_words, rows_in_words
from postil.store.records import apply_edits, set_fact, to_json

_TOLD_AFTER_SECONDS = 1.0

P = ParamSpec("P")
T = TypeVar("T")


class Transaction:
    """What may be asked and written while the library is held; handed out by `Store`.

    Args:
        connection: inside a transaction.
        path: of the library.
    """

    def __init__(self, connection: Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def ask(
        self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Return what a function of `store.queries` or `store.history` answers.

        Raises:
            UserError: a row is damaged.
        """
        with rows_in_words(self._path):
            return query(self._connection, *args, **kwargs)

    def apply(self, edits: Sequence[Edit]) -> None:
        """Write edits in their order, and keep the index of words in step."""
        index = search_index.Following(self._connection, edits)
        index.take_out()
        apply_edits(self._connection, edits)
        index.put_in()

    def index_fits(self) -> bool:
        """Return whether the index of words has just the words of the rows."""
        return search_index.fits(self._connection)

    def rebuild_index(self) -> None:
        """Make the index of words anew."""
        search_index.rebuild(self._connection)

    def add_original(self, original: Original) -> None:
        """Keep the bytes of an article; bytes that are there already stay as they are."""
        values = {name: getattr(original, name) for name in Original.__slots__}
        self._connection.execute(insert(schema.original).on_conflict_do_nothing(), values)

    def add_revision(self, revision: Revision) -> None:
        """Keep a text."""
        self._connection.execute(
            insert(schema.revision),
            {
                "id": revision.id,
                "previous_id": revision.previous_id,
                "sha256": revision.article.sha256,
                "text": revision.article.text,
                "characters": len(revision.article.text),
                "blocks": to_json(revision.article.blocks),
                "spans": to_json(revision.article.spans),
                "original_sha256": revision.original_sha256,
                "created": revision.created,
            },
        )
        if revision.encoding:
            self.set_fact(schema.ENCODING_OF + revision.id, revision.encoding)

    def add_step(
        self, step: Step, edits: Sequence[Edit], revisions: Collection[str], author: str
    ) -> Step:
        """Write a step of the history; see `history.add_step`."""
        return history.add_step(self._connection, step, edits, revisions, author)

    def join_steps(self, ids: Collection[int], *, name: str) -> Step | None:
        """Make one step of several; see `history.join`."""
        return history.join(self._connection, ids, name=name)

    def set_undone(self, first: int, last: int, *, undone: bool) -> None:
        """Say whether steps are undone; see `history.set_undone`."""
        history.set_undone(self._connection, first, last, undone=undone)

    def set_point(self, point: RestorePoint) -> None:
        """Keep a restore point; see `history.set_point`."""
        history.set_point(self._connection, point)

    def prune_history(self, *, keep: int, since: str) -> None:
        """Let go of old steps; see `history.prune`."""
        history.prune(self._connection, keep=keep, since=since)

    def set_draft(self, annotation_id: str, note: str, at: str) -> None:
        """Keep a note that is being typed."""
        statement = insert(schema.draft).values(annotation_id=annotation_id, note=note, at=at)
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["annotation_id"], set_={"note": note, "at": at}
            )
        )

    def drop_draft(self, annotation_id: str) -> None:
        """Forget a note that was being typed."""
        table = schema.draft
        self._connection.execute(delete(table).where(table.c.annotation_id == annotation_id))

    def drop_fact(self, key: str) -> None:
        """Forget a fact about the library."""
        self._connection.execute(delete(schema.fact).where(schema.fact.c.key == key))

    def set_fact(self, key: str, value: str) -> None:
        """Keep a fact about the library."""
        set_fact(self._connection, key, value)


class Store:
    """A library file held open by one connection; used from the thread that made it.

    Args:
        path: the file.
        create: make it when it is not there.
        wait_seconds: how long a transaction waits for another program.
        read_only: why nothing may be written; None when it may.
        on_wait: told, on another thread, when a transaction waits longer than a second.
        backup: called before an older library is migrated.

    Raises:
        ReadOnlyError: the file may be read but not written, and `read_only` does not say so.
        UserError: the file is missing, no library, newer, damaged or locked.
    """

    def __init__(
        self,
        path: Path,
        *,
        create: bool = True,
        wait_seconds: float = limits.LOCK_SECONDS,
        read_only: ReadOnlyError | None = None,
        on_wait: Callable[[], None] | None = None,
        backup: Callable[[], object] = lambda: None,
    ) -> None:
        self.path = path
        self._on_wait = on_wait
        self._backup = backup
        self.read_only = read_only
        self._wait_seconds = wait_seconds
        self._engine, self._connection = self._connect(
            create=create, read_only=read_only is not None
        )
        try:
            with in_words(path), rows_in_words(path):
                self._seen = self._data_version()
                self._require_tables()
        except BaseException:
            self.close()
            raise

    def allow_writing(self) -> None:
        """Open a library that was open for reading once more, for writing too.

        Raises:
            UserError: that cannot be; it stays open as it was.
        """
        engine, connection = self._connect(create=False)
        self.close()
        self._engine, self._connection, self.read_only = engine, connection, None
        self._seen = self._data_version()

    def _connect(self, *, create: bool, read_only: bool = False) -> tuple[Engine, Connection]:
        with self._telling():
            engine = open_engine(
                self.path,
                create=create,
                wait_seconds=self._wait_seconds,
                read_only=read_only,
                backup=self._backup,
            )
        try:
            with in_words(self.path), rows_in_words(self.path):
                return engine, engine.connect()
        except BaseException:
            engine.dispose()
            raise

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
        self._engine.dispose()

    @contextmanager
    def let_go(self) -> Iterator[None]:
        """Close the file while something else is put in its place, and open that.

        Raises:
            UserError: what is there now cannot be opened.
        """
        self.close()
        try:
            yield
        finally:
            self._engine, self._connection = self._connect(create=False)
            self._seen = self._data_version()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Hold one consistent view of the library."""
        with self._transaction(reading=True) as transaction:
            yield transaction

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Hold the library for writing; all is written at the end, or nothing.

        Raises:
            LibraryBusyError: another process holds it.
            ReadOnlyError: it is open for reading only.
            UserError: the file or the disk is at fault.
        """
        if self.read_only is not None:
            raise ReadOnlyError(self.read_only.what, self.read_only.remedy)
        with self._transaction(reading=False) as transaction:
            yield transaction

    def overwrite(self, fresh: Path) -> None:
        """Put the content of a fresh library in place of this one's; see `copying.overwrite`."""
        if self.read_only is not None:
            raise ReadOnlyError(self.read_only.what, self.read_only.remedy)
        overwrite(self.path, fresh, self._wait_seconds)

    def changed_elsewhere(self) -> bool:
        """Return whether another process has written since this was asked last."""
        with in_words(self.path):
            version = self._data_version()
        changed, self._seen = version != self._seen, version
        return changed

    @contextmanager
    def _transaction(self, *, reading: bool) -> Iterator[Transaction]:
        with in_words(self.path):
            self._connection.execution_options(postil_reading=reading)
            with self._telling():
                held = self._connection.begin()
                if reading and self._on_wait is not None:  # else SQLite waits for the first row
                    self._connection.exec_driver_sql("SELECT 1 FROM sqlite_schema")
            try:
                with held:
                    yield Transaction(self._connection, self.path)
            finally:
                # Whoever reads at that moment can hold up a commit; SQLite then leaves it open.
                self._connection.connection.rollback()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Tell who wants to know that something takes long; SQLite itself waits in silence."""
        if self._on_wait is None:
            yield
            return
        timer = threading.Timer(_TOLD_AFTER_SECONDS, self._on_wait)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _require_tables(self) -> None:
        """See that nobody took a table away.

        Raises:
            DamagedError: one is missing.
        """
        cursor = self._connection.connection.cursor()
        try:
            cursor.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            there = {name for (name,) in cursor.fetchall()}
        finally:
            cursor.close()
        if not there >= schema.TABLES:
            raise damaged(self.path)

    def _data_version(self) -> int:
        cursor = self._connection.connection.cursor()
        try:
            (version,) = cursor.execute("PRAGMA data_version").fetchone()
        finally:
            cursor.close()
        return int(version)
