"""The index of words, kept in step with the rows inside the transaction that changes them.

It holds no texts, so what leaves it is told to it once more, from the records before the
change. `rebuild` makes it anew: after a migration, or when words are read otherwise.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TypeVar

from sqlalchemy import Connection, Table, select

from postil.domain.annotation import Annotation
from postil.domain.history import ArticleRecord, Edit
from postil.search.words import BETWEEN, VERSION, spaced
from postil.store import schema
from postil.store.queries import chunks, fact
from postil.store.records import article_record, set_fact

Entry = tuple[str, int, tuple[str, ...]]  # table, row id, columns
T = TypeVar("T", ArticleRecord, Annotation)
Net = dict[str, tuple[T | None, T | None]]  # state before and after, by id

_FACT = "search_index"  # what the index was made by
_COLUMNS = {"search_article": ("title", "about", "text"), "search_note": ("quote", "note")}
_BATCH = 200  # articles in memory while the index is made


class Following:
    """Takes out of the index what edits change, and puts in what they make of it.

    Args:
        connection: inside a transaction.
        edits: about to be applied.
    """

    def __init__(self, connection: Connection, edits: Sequence[Edit]) -> None:
        self._connection = connection
        self._articles = _net(edits, ArticleRecord)
        self._marks = _net(edits, Annotation)

    def take_out(self) -> None:
        """Forget what will be otherwise; to be called before the edits are applied."""
        _forget(self._connection, self._entries(_reversed(self._articles), _reversed(self._marks)))

    def put_in(self) -> None:
        """Take in what is otherwise now; to be called after the edits were applied."""
        _add(self._connection, self._entries(self._articles, self._marks))

    def _entries(self, articles: Net[ArticleRecord], marks: Net[Annotation]) -> list[Entry]:
        """Return the entries of the second of two states that differ from those of the first."""
        entries: list[Entry] = []
        numbers = _numbers(self._connection, schema.article, articles)
        for record_id, (before, after) in articles.items():
            if after is None or record_id not in numbers:
                continue
            number = numbers[record_id]
            if before is None or _described(before) != _described(after):
                text = _text_of(self._connection, after.revision_id)
                entries.append(_article_entry(number, after, text))
            if before is None or _said(before) != _said(after):
                entries += _note_entries(number, after)
        changed = {
            mark_id: after
            for mark_id, (before, after) in marks.items()
            if after and (before is None or _mark_words(before) != _mark_words(after))
        }
        numbers = _numbers(self._connection, schema.annotation, changed)
        for mark_id, number in numbers.items():
            entries.append(_mark_entry(number, *_mark_words(changed[mark_id])))
        return entries


def _net(edits: Sequence[Edit], kind: type[T]) -> Net[T]:
    """Return the first state and the last of each record of a kind."""
    states: Net[T] = {}
    for edit in edits:
        record = edit.after or edit.before
        if isinstance(record, kind):
            before = edit.before if isinstance(edit.before, kind) else None
            after = edit.after if isinstance(edit.after, kind) else None
            first, _ = states.get(record.id, (before, None))
            states[record.id] = (first, after)
    return states


def _reversed(states: Net[T]) -> Net[T]:
    return {record_id: (after, before) for record_id, (before, after) in states.items()}


def _numbers(connection: Connection, table: Table, ids: Collection[str]) -> dict[str, int]:
    """Return the numbers of rows in the index."""
    numbers: dict[str, int] = {}
    for part in chunks(list(ids)):
        query = select(table.c.id, table.c.number).where(table.c.id.in_(part))
        numbers.update((row[0], row[1]) for row in connection.execute(query))
    return numbers


def is_current(connection: Connection) -> bool:
    """Return whether the index was made as this program makes it."""
    return fact(connection, _FACT) == VERSION


def rebuild(connection: Connection) -> None:
    """Make the index anew from the rows, inside the caller's transaction."""
    for table in _COLUMNS:
        connection.exec_driver_sql(f"INSERT INTO {table}({table}) VALUES ('delete-all')")  # noqa: S608 - our names
    _add_all(connection, "")
    set_fact(connection, _FACT, VERSION)


def fits(connection: Connection) -> bool:
    """Return whether the index has just the words of the rows; takes as long as `rebuild`.

    Args:
        connection: inside a transaction; it gets tables of its own for a while.
    """
    for table, ddl in schema.SEARCH_TABLES.items():
        connection.exec_driver_sql(ddl.replace(table, f"temp.{table}_anew", 1))
    try:
        _add_all(connection, "_anew")
        return all(_is_same(connection, table) for table in _COLUMNS)
    finally:
        for table in _COLUMNS:
            connection.exec_driver_sql(f"DROP TABLE temp.{table}_anew")


def _is_same(connection: Connection, table: str) -> bool:
    """Return whether two indexes have the same words at the same places."""
    cursors = []
    for place, name in (("main", table), ("temp", f"{table}_anew")):
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE temp.{name}_words USING fts5vocab({place}, {name}, instance)"
        )
        cursors.append(
            connection.exec_driver_sql(
                f"SELECT term, doc, col, offset FROM temp.{name}_words"  # noqa: S608 - our names
            )
        )
    try:
        return all(ours == anew for ours, anew in zip_longest(*cursors))
    finally:
        for cursor, name in zip(cursors, (table, f"{table}_anew"), strict=True):
            cursor.close()
            connection.exec_driver_sql(f"DROP TABLE temp.{name}_words")


def _add_all(connection: Connection, suffix: str) -> None:
    for articles in connection.execute(select(schema.article)).partitions(_BATCH):
        entries: list[Entry] = []
        for row in articles:
            record = article_record(row)
            text = _text_of(connection, record.revision_id)
            entries.append(_article_entry(row.number, record, text))
            entries += _note_entries(row.number, record)
        _add(connection, entries, suffix)
    mark = schema.annotation
    query = select(mark.c.number, mark.c.exact, mark.c.note)
    for marks in connection.execute(query).partitions(_BATCH * 10):
        _add(connection, [_mark_entry(*row) for row in marks], suffix)


def _add(connection: Connection, entries: Iterable[Entry], suffix: str = "") -> None:
    for table, rows in _by_table(entries).items():
        columns = ", ".join(("rowid", *_COLUMNS[table]))
        marks = ", ".join("?" * (1 + len(_COLUMNS[table])))
        connection.exec_driver_sql(
            f"INSERT INTO {table}{suffix}({columns}) VALUES ({marks})",  # noqa: S608 - our names
            rows,
        )


def _forget(connection: Connection, entries: Iterable[Entry]) -> None:
    for table, rows in _by_table(entries).items():
        columns = ", ".join((table, "rowid", *_COLUMNS[table]))
        marks = ", ".join("?" * (1 + len(_COLUMNS[table])))
        connection.exec_driver_sql(
            f"INSERT INTO {table}({columns}) VALUES ('delete', {marks})",  # noqa: S608 - our names
            rows,
        )


def _by_table(entries: Iterable[Entry]) -> dict[str, list[tuple[int | str, ...]]]:
    rows: dict[str, list[tuple[int | str, ...]]] = {}
    for table, number, columns in entries:
        rows.setdefault(table, []).append((number, *columns))
    return rows


def _described(record: ArticleRecord) -> tuple[str, ...]:
    about = record.metadata
    return (about.title, about.author, about.outlet, record.revision_id)


def _said(record: ArticleRecord) -> tuple[object, ...]:
    return (record.note, record.answers)


def _mark_words(mark: Annotation) -> tuple[str, str]:
    return (mark.anchor.exact, mark.note)


def _text_of(connection: Connection, revision_id: str) -> str:
    table = schema.revision
    query = select(table.c.text).where(table.c.id == revision_id)
    return str(connection.execute(query).scalar_one())


def _article_entry(number: int, record: ArticleRecord, text: str) -> Entry:
    about = record.metadata
    source = spaced(about.author) + BETWEEN + spaced(about.outlet)
    return ("search_article", number, (spaced(about.title), source, spaced(text)))


def _note_entries(number: int, record: ArticleRecord) -> Iterator[Entry]:
    """Yield the entry of what was said about an article as a whole, if anything was."""
    said = [record.note, *(answer for _, answer in record.answers)]
    if any(said):
        yield ("search_note", number << schema.NUMBER_BITS, ("", BETWEEN.join(map(spaced, said))))


def _mark_entry(number: int, exact: str, note: str) -> Entry:
    return ("search_note", number, (spaced(exact), spaced(note)))
