"""Rows of one library put into a fresh one, each looked at on its way.

What is copied is plain values of the types we write, in columns we know, read by the readers
that will read them later. Nothing of the other file's own (triggers, views, indices) comes along.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Integer, LargeBinary, Table, insert

from postil.domain.article import Article
from postil.store import history, schema
from postil.store.queries import read_blocks
from postil.store.records import annotation_record, article_record, tag_record

Values = dict[str, Any]
TABLES: tuple[Table, ...] = tuple(schema.metadata.sorted_tables)  # what is named comes first
_BATCH = 500


def copy_rows(source: sqlite3.Connection, target: Connection) -> None:
    """Copy every row of a library of today's schema into a fresh one.

    Args:
        source: read-only.
        target: inside a transaction, of a library without rows.

    Raises:
        ValueError: a row is not as this program writes it.
        sqlite3.Error: the file is damaged.
        DBAPIError: rows do not fit together.
    """
    target.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    numbering = Numbering()
    for table in TABLES:
        names = [column.name for column in table.columns]
        found = source.execute(select_rows(table, names) + " ORDER BY rowid")
        rows = (checked(table, dict(zip(names, row, strict=True))) for row in found)
        put(target, table, map(numbering.numbered, _named(table, rows)))
    _refuse_circles(target)


def _named(table: Table, rows: Iterable[Values]) -> Iterator[tuple[Table, Values]]:
    return ((table, row) for row in rows)


def select_rows(table: Table, names: Sequence[str]) -> str:
    """Return the SQL that reads columns of a table."""
    columns = ", ".join(f'"{name}"' for name in names)
    return f'SELECT {columns} FROM "{table.name}"'  # noqa: S608 - our names


def put(target: Connection, table: Table, rows: Iterable[Values]) -> None:
    """Insert rows, some at a time."""
    batch: list[Values] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            target.execute(insert(table), batch)
            batch = []
    if batch:
        target.execute(insert(table), batch)


class Numbering:
    """Numbers articles and marks for the index of words, one after the other."""

    def __init__(self) -> None:
        self._articles = count(1)
        self._of_article: dict[str, int] = {}
        self._marks: dict[str, Iterator[int]] = {}

    def numbered(self, found: tuple[Table, Values]) -> Values:
        """Return a row with the number it gets; rows of other tables stay as they are."""
        table, row = found
        if table is schema.article:
            number = self._of_article[row["id"]] = next(self._articles)
            return row | {"number": number}
        if table is schema.annotation:
            first = self._of_article.get(row["article_id"], 0) << schema.NUMBER_BITS
            marks = self._marks.setdefault(row["article_id"], count(first + 1))
            return row | {"number": next(marks)}
        return row


def checked(table: Table, row: Values) -> Values:
    """Return a row if it is one that this program writes.

    Raises:
        ValueError: a value is of another type, or says what nothing of ours can say.
    """
    for column in table.columns:
        value = row[column.name]
        if not (value is None and column.nullable) and not isinstance(value, _type(column)):
            raise ValueError(f"{table.name}.{column.name} is of another type")
        if isinstance(column.type, Boolean) and value is not None:
            row[column.name] = bool(value)
    if (read := _READERS.get(table.name)) is not None:
        read(SimpleNamespace(**row))
    return row


def _type(column: "Column[Any]") -> type | tuple[type, ...]:
    if isinstance(column.type, Integer | Boolean):
        return int
    return bytes if isinstance(column.type, LargeBinary) else str


def _read_text(row: Any) -> None:  # noqa: ANN401 - a row
    Article(row.text, *read_blocks(row))
    if row.characters != len(row.text):
        raise ValueError("a text has another length")


_READERS: dict[str, Callable[[Any], object]] = {
    "article": article_record,
    "annotation": lambda row: annotation_record(row, ()),
    "tag": tag_record,
    "revision": _read_text,
    "step": lambda row: history.decode_edits(row.edits),
}


def _refuse_circles(target: Connection) -> None:
    """See that no text replaces itself, over however many others.

    Raises:
        ValueError: one does.
    """
    rows = target.exec_driver_sql("SELECT id, previous_id FROM revision").all()
    previous: dict[str, str | None] = {row.id: row.previous_id for row in rows}
    ends: set[str] = set()
    for start in previous:
        line: set[str] = set()
        at: str | None = start
        while at is not None and at not in ends:
            if at in line:
                raise ValueError("a text replaces itself")
            line.add(at)
            at = previous.get(at)
        ends |= line
