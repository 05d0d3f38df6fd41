"""Whether a library is whole: the file, its rows, and the words that marks stand on."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, literal, select

from postil.domain.annotation import Placement
from postil.domain.canonical import text_sha256
from postil.store import schema
from postil.store.records import checksum

_PLACED = [placement.value for placement in Placement if placement.is_placed]
_BATCH = 1_000  # rows in memory
_NAMED = 100  # problems of a kind that are told


def file_problems(connection: Connection, *, quick: bool = False) -> list[str]:
    """Return what SQLite finds wrong with the file, in its words, one line each.

    Args:
        connection: of the library.
        quick: leave out indices and order.
    """
    pragma = "quick_check" if quick else "integrity_check"
    rows = connection.exec_driver_sql(f"PRAGMA {pragma}({_NAMED})").scalars()
    lines = (line for row in rows for line in str(row).splitlines())
    return [line for line in lines if line != "ok" and not line.startswith("*** in database")]


def loose_rows(connection: Connection) -> list[str]:
    """Return sentences on rows that name rows which are not there."""
    rows = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(_NAMED)
    return [f"Row {row[1]} of {row[0]} names a row of {row[2]} that is not there" for row in rows]


def changed_texts(connection: Connection) -> list[str]:
    """Return the ids of texts that no longer have the hash they were kept under."""
    table = schema.revision
    rows = connection.execute(select(table.c.id, table.c.text, table.c.sha256))
    return [
        row.id
        for row in rows
        if not isinstance(row.text, str) or text_sha256(row.text) != row.sha256
    ]


def changed_rows(connection: Connection) -> list[str]:
    """Return a sentence on each shelf entry and mark that is not as it was written."""
    return [
        f"The {name} {row['id']} is not as it was written"
        for name, table in (("article", schema.article), ("mark", schema.annotation))
        for row in _rows(connection, select(table).where(table.c.checksum.is_not(None)))
        if checksum(table, row) != row["checksum"]
    ]


def changed_steps(connection: Connection) -> list[str]:
    """Return a sentence on each step of the history that is not as it was written."""
    table = schema.step
    known = schema.fact.c.key == literal(schema.SUM_OF).concat(table.c.id)
    query = select(table, schema.fact.c.value.label("sum")).join(schema.fact, known)
    return [
        f"Step {row['id']} of the history is not as it was written"
        for row in _rows(connection, query)
        if checksum(table, row) != row["sum"]
    ]


def _rows(connection: Connection, query: Select[Any]) -> Iterator[RowMapping]:
    """Yield the rows that a query finds, some of them in memory at a time."""
    for rows in connection.execute(query).mappings().partitions(_BATCH):
        yield from rows


def altered(connection: Connection) -> int:
    """Return how many rows something else than this program has changed."""
    return sum(len(ask(connection)) for ask in (changed_texts, changed_rows, changed_steps))


def strayed_marks(connection: Connection) -> Iterator[str]:
    """Yield the ids of placed marks whose words are not what stands at their place."""
    mark, text = schema.annotation, schema.revision
    query = (
        select(mark.c.id, mark.c.start, mark.c.end, mark.c.exact, mark.c.revision_id)
        .where(mark.c.placement.in_(_PLACED))
        .order_by(mark.c.revision_id)
    )
    current, words = "", ""
    for row in connection.execute(query).all():
        if row.revision_id != current:
            current = row.revision_id
            words = (
                connection.execute(select(text.c.text).where(text.c.id == current)).scalar() or ""
            )
        if words[row.start : row.end] != row.exact:
            yield row.id
