"""What of a damaged library can still be read, row by row.

Rows are read by the place they stand at. Where a stretch cannot be read it is halved, and its
halves are, until what is left out is the bad page and nothing else. What cannot be reached from
the root of its table is looked for on the leaves.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Table

from postil.domain.article import BlockKind, Metadata
from postil.domain.builder import ArticleBuilder
from postil.domain.canonical import BLOCK_BREAK, text_sha256
from postil.domain.errors import UserError
from postil.store import leaves, schema
from postil.store.failures import UNREADABLE
from postil.store.records import to_json
from postil.store.transfer import TABLES, Values, checked, select_rows

_SEARCHED = 1 << 24  # the highest place a row may stand at where the last one cannot be asked
_FAILURES = 5_000  # stretches that cannot be read before a table is given up
# The first bytes of every library: SQLite's name, the size of a page, and how it is kept.
_HEAD = b"SQLite format 3\0" + leaves.PAGE.to_bytes(2, "big") + bytes((1, 1, 0, 64, 32, 32))
# Tables whose rows can be told apart by their values, where the file no longer says whose they are.
_TOLD_APART = (
    *(schema.annotation, schema.article, schema.revision, schema.original, schema.step),
    *(schema.tag, schema.codebook, schema.tag_group, schema.annotation_tag),
)
Found = dict[str, dict[Any, Values]]  # rows of each table, by what tells them apart
_SHA256 = 64  # digits


def salvage(damaged: Path, folder: Path) -> Found:
    """Return the rows of a damaged library that can be read.

    Args:
        damaged: the file, which nobody has open; it and its journal stay as they are.
        folder: for copies, which are left there.
    """
    found: Found = {}
    for number, with_journal in enumerate((True, False)):
        copy = folder / f"copy-{number}.sqlite"
        if _copied(damaged, copy, with_journal=with_journal):
            read = _read(copy)
            if _weight(read) > _weight(found):
                found = read
    return found


def _copied(damaged: Path, copy: Path, *, with_journal: bool) -> bool:
    """Copy the file with a head that SQLite takes; return False where there is nothing new."""
    journal = damaged.with_name(damaged.name + "-journal")
    if with_journal and not (journal.is_file() and journal.stat().st_size):
        return False
    shutil.copyfile(damaged, copy)
    with copy.open("r+b") as file:
        file.write(_HEAD)
        pages = copy.stat().st_size // leaves.PAGE
        file.seek(24)
        counter = file.read(4)
        file.write(pages.to_bytes(4, "big"))
        file.seek(92)
        file.write(counter)  # only then is the number of pages believed
    if with_journal:
        shutil.copyfile(journal, copy.with_name(copy.name + "-journal"))
    return True


def _weight(found: Found) -> int:
    return sum(len(found.get(name, ())) for name in ("article", "annotation", "revision"))


def _read(copy: Path) -> Found:
    """Return the rows of every table that can be read, by what tells them apart."""
    found: Found = {}
    orders: dict[str, list[str]] = {}
    with closing(sqlite3.connect(copy)) as connection:
        is_whole = _hangs_together(connection)
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        for table in TABLES:
            rows: dict[Any, Values] = {}
            there = orders[table.name] = _columns(connection, table)
            for row in _rows(connection, table, there):
                if row is None:
                    is_whole = False
                else:
                    _keep(rows, table, row)
            found[table.name] = rows
    if not is_whole:
        _glean(copy.read_bytes(), found, orders)
    return found


def _hangs_together(connection: sqlite3.Connection) -> bool:
    """Return whether all pages are where they belong; rows behind others go missing in silence."""
    try:
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except UNREADABLE:
        return False


def _keep(rows: dict[Any, Values], table: Table, row: Values) -> bool:
    """Keep a row if it is one of this table, and return whether it is."""
    try:
        mended = _mended_text(row) if table is schema.revision else row
        kept = checked(table, mended)
    except (ValueError, TypeError, UserError):
        return False
    rows.setdefault(tuple(row[column.name] for column in table.primary_key), kept)
    return True


def _glean(data: bytes, found: Found, orders: dict[str, list[str]]) -> None:
    """Add rows that stand on the leaves of the file and were not reached from above.

    Args:
        data: the file.
        found: gets the rows.
        orders: the columns of each table in the file, as far as it still says so.
    """
    for rowid, values in leaves.rows(data):
        for table in _TOLD_APART:
            names = orders[table.name] or [column.name for column in table.columns]
            if not _least(table, names) <= len(values) <= len(names):
                continue
            row = {column.name: _default(column) for column in table.columns}
            row |= dict(zip(names, values, strict=False))
            if table is schema.step:
                row["id"] = rowid
            if _keep(found[table.name], table, row):
                break


def _least(table: Table, names: list[str]) -> int:
    """Return how many values a row has at least: columns that came later may be missing."""
    later = {c.name for c in table.columns if c.nullable or c.server_default is not None}
    return max(place for place, name in enumerate(names, 1) if name not in later)


def _columns(connection: sqlite3.Connection, table: Table) -> list[str]:
    """Return the columns that a table has in the file, in their order; [] if it is lost."""
    try:
        there = [row[1] for row in connection.execute(f"PRAGMA table_info({table.name})")]
    except UNREADABLE:
        return []
    return there if set(there) <= set(table.columns.keys()) else []


def _rows(
    connection: sqlite3.Connection, table: Table, names: list[str]
) -> Iterator[Values | None]:
    """Yield the rows of a table in their order, None for each stretch that cannot be read."""
    if not names:
        yield None  # the table is lost, or the library is of a time when there was none
        return
    base = {c.name: _default(c) for c in table.columns if c.name not in names}
    query = select_rows(table, ["rowid", *names]) + " WHERE rowid BETWEEN ? AND ? ORDER BY rowid"
    waiting = [(1, _last(connection, table))]
    failures = 0
    while waiting and failures < _FAILURES:
        low, high = waiting.pop()
        try:
            for row in connection.execute(query, (low, high)):
                low = row[0] + 1
                yield base | dict(zip(names, row[1:], strict=True))
        except UNREADABLE:
            failures += 1
            yield None
            middle = (low + high) // 2
            if low < high:
                waiting += [(middle + 1, high), (low, middle)]


def _last(connection: sqlite3.Connection, table: Table) -> int:
    try:
        (last,) = connection.execute(f"SELECT max(rowid) FROM {table.name}").fetchone()  # noqa: S608 - our names
    except UNREADABLE:
        return _SEARCHED
    return last or 0


def _default(column: "Column[Any]") -> Any:  # noqa: ANN401 - of the column's type
    """Return what a column holds in libraries that were made before there was one."""
    if column.nullable:
        return None
    return 0 if issubclass(column.type.python_type, int) else ""


def _mended_text(row: Values) -> Values:
    """Return a text's row that agrees with its text, with plain paragraphs if need be."""
    text = row["text"]
    if not isinstance(text, str) or len(row["sha256"]) != _SHA256:
        raise TypeError("no text")
    mended = row | {"characters": len(text), "sha256": text_sha256(text)}
    try:
        return checked(schema.revision, dict(mended))
    except ValueError:
        return mended | {"blocks": _plain_blocks(text), "spans": "[]"}


def _plain_blocks(text: str) -> str:
    builder = ArticleBuilder(Metadata())
    for paragraph in text.split(BLOCK_BREAK):
        builder.block(BlockKind.PARAGRAPH, paragraph)
    return to_json(builder.finish().blocks)
