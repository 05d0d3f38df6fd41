"""Questions to the index of words, and to the rows that filters ask about."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, select

from postil.domain.annotation import Annotation, Status
from postil.search.query import Field, Term
from postil.store import schema
from postil.store.queries import annotations, chunks

# How much a hit in each column counts.
_ARTICLE_RANK = "bm25(search_article, 8.0, 4.0, 1.0)"  # title, author and outlet, text
_NOTE_RANK = "bm25(search_note, 3.0, 2.0)"  # quotation, note


def article_hits(
    connection: Connection,
    wanted: Sequence[Term],
    unwanted: Sequence[Term],
    fields: Collection[Field],
) -> list[tuple[int, float]]:
    """Return (number, score) of the articles whose own words are wanted; less is better."""
    columns = _columns(fields, {Field.TITLE: "title", Field.TEXT: "text"})
    if columns is None:
        return []
    rows = connection.exec_driver_sql(
        f"SELECT rowid, {_ARTICLE_RANK} FROM search_article "  # noqa: S608 - our own names
        "WHERE search_article MATCH ?",
        (_match(wanted, unwanted, columns),),
    )
    return list(rows.cursor.fetchall())  # plain tuples: there may be many


def note_hits(
    connection: Connection,
    wanted: Sequence[Term],
    unwanted: Sequence[Term],
    fields: Collection[Field],
) -> list[tuple[int, int, float]]:
    """Return (number, its article's number, score) of what was said; less is better.

    The number is a mark's, or the first of an article for the note on it; see `article_of`.
    """
    columns = _columns(fields, {Field.QUOTE: "quote", Field.NOTE: "note"})
    if columns is None:
        return []
    rows = connection.exec_driver_sql(
        f"SELECT rowid, rowid >> {schema.NUMBER_BITS}, {_NOTE_RANK} "  # noqa: S608 - our own names
        "FROM search_note "
        "WHERE search_note MATCH ?",
        (_match(wanted, unwanted, columns),),
    )
    return list(rows.cursor.fetchall())


def note_match(wanted: Sequence[Term], unwanted: Sequence[Term], fields: Collection[Field]) -> str:
    """Return what quotations and notes must match, in the language of FTS5.

    Where words are looked for only elsewhere, nothing matches.
    """
    columns = _columns(fields, {Field.QUOTE: "quote", Field.NOTE: "note"})
    return '""' if columns is None else _match(wanted, unwanted, columns)


def said_in(
    connection: Connection,
    number: int,
    wanted: Sequence[Term],
    unwanted: Sequence[Term],
    fields: Collection[Field],
) -> list[int]:
    """Return the numbers of what was said about one article and has the words, in order."""
    columns = _columns(fields, {Field.QUOTE: "quote", Field.NOTE: "note"})
    if columns is None:
        return []
    first = number << schema.NUMBER_BITS
    rows = connection.exec_driver_sql(
        "SELECT rowid FROM search_note WHERE search_note MATCH ? AND rowid BETWEEN ? AND ?",
        (_match(wanted, unwanted, columns), first, first + (1 << schema.NUMBER_BITS) - 1),
    )
    return [row[0] for row in rows]


def article_of(number: int) -> int:
    """Return the number of the article about which something with this number was said."""
    return number >> schema.NUMBER_BITS


def is_on_article(number: int) -> bool:
    """Return whether a number is that of the note on a whole article, and no mark's."""
    return number == article_of(number) << schema.NUMBER_BITS


def marks_with(
    connection: Connection, tag_sets: Sequence[Collection[str]], statuses: Collection[Status]
) -> list[int]:
    """Return the numbers of marks, in order.

    Args:
        connection: inside a transaction.
        tag_sets: of each, a mark has one tag at least; ids.
        statuses: a mark has one of these; none means any.
    """
    mark, used = schema.annotation, schema.annotation_tag
    query = select(mark.c.number)
    for tags in tag_sets:
        query = query.where(
            mark.c.id.in_(select(used.c.annotation_id).where(used.c.tag_id.in_(tags)))
        )
    if statuses:
        query = query.where(mark.c.status.in_([status.value for status in statuses]))
    return sorted(connection.execute(query).scalars())


def numbered(connection: Connection) -> dict[int, str]:
    """Return the id of every article by its number, the newest first."""
    table = schema.article
    query = select(table.c.number, table.c.id).order_by(table.c.added.desc(), table.c.number.desc())
    return {row[0]: row[1] for row in connection.execute(query)}


def sources(connection: Connection) -> list[tuple[int, str, str, str]]:
    """Return (number, author, outlet, published) of every article."""
    table = schema.article
    query = select(table.c.number, table.c.author, table.c.outlet, table.c.published)
    return [(row[0], row[1], row[2], row[3]) for row in connection.execute(query)]


def marks_numbered(connection: Connection, numbers: Sequence[int]) -> list[Annotation]:
    """Return the marks with these numbers that exist, in reading order of their articles."""
    table = schema.annotation
    ids = [
        found
        for part in chunks(numbers)
        for found in connection.execute(
            select(table.c.id).where(table.c.number.in_(part))
        ).scalars()
    ]
    return annotations(connection, ids)


def _columns(fields: Collection[Field], known: dict[Field, str]) -> str | None:
    """Return the filter on columns of a match; None where none of them is asked for."""
    if not fields:
        return ""
    names = [name for field, name in known.items() if field in fields]
    return f"{{{' '.join(names)}}} : " if names else None


def _match(wanted: Sequence[Term], unwanted: Sequence[Term], columns: str) -> str:
    """Return a query of FTS5; every word is in quotation marks, so none is an operator."""
    asked = " AND ".join(map(_phrase, wanted))
    if unwanted:
        asked = f"({asked}) NOT ({' OR '.join(map(_phrase, unwanted))})"
    return f"{columns}({asked})"


def _phrase(term: Term) -> str:
    return f'"{" ".join(term.words)}"' + (" *" if term.is_prefix else "")
