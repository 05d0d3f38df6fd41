"""Questions about the shelf: collections, which articles answer, what may be narrowed to.

They give ids; the rows are read where they are looked at.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, func, select, text

from postil.domain.shelf import (
    UNFILED,
    Collection,
    Membership,
    ShelfCounts,
    ShelfOrder,
    ShelfQuestion,
)
from postil.store import schema
from postil.store.queries import chunks

_DATED = "[0-9][0-9][0-9][0-9]*"  # how a date begins that can be compared
# Pairs of a collection and one that lies in it, at any depth; each lies in itself.
_WITHIN = """
WITH RECURSIVE within(outer_id, id) AS (
    SELECT id, id FROM collection
    UNION SELECT within.outer_id, collection.id
    FROM collection JOIN within ON collection.parent_id = within.id
)
"""


def collections(connection: Connection) -> list[Collection]:
    """Return every collection, in no order."""
    return [Collection(*row) for row in connection.execute(select(schema.collection))]


def memberships(
    connection: Connection, *, articles: Sequence[str] = (), collections: Sequence[str] = ()
) -> list[Membership]:
    """Return which of these articles, or what in these collections, is in which collection."""
    table = schema.membership
    ids, column = (
        (articles, table.c.article_id) if articles else (collections, table.c.collection_id)
    )
    return [
        Membership(*row)
        for part in chunks(ids)
        for row in connection.execute(select(table).where(column.in_(part)))
    ]


def counts(connection: Connection) -> ShelfCounts:
    """Return how many articles there are, also in each collection and in none."""
    member = schema.membership.c.article_id
    every = connection.execute(select(func.count()).select_from(schema.article)).scalar_one()
    filed = connection.execute(select(func.count(member.distinct()))).scalar_one()
    rows = connection.exec_driver_sql(
        f"{_WITHIN} SELECT outer_id, count(DISTINCT article_id) "  # noqa: S608 - our own words
        "FROM within JOIN membership ON collection_id = id GROUP BY outer_id"
    )
    return ShelfCounts(every, every - filed, {row[0]: row[1] for row in rows})


def answers(connection: Connection, question: ShelfQuestion) -> list[tuple[str, str | int]]:
    """Return (id, what it is sorted by) of the articles that answer, the newest first.

    Duplicates are not told here, and the words sorted by are as they were written.
    """
    table, revision, mark = schema.article, schema.revision, schema.annotation
    keys: dict[ShelfOrder, ColumnElement[Any]] = {
        ShelfOrder.ADDED: table.c.added,
        ShelfOrder.TITLE: table.c.title,
        ShelfOrder.OUTLET: table.c.outlet,
        ShelfOrder.AUTHOR: table.c.author,
        ShelfOrder.PUBLISHED: table.c.published,
        ShelfOrder.MARKS: select(func.count())
        .where(mark.c.article_id == table.c.id)
        .scalar_subquery(),
    }
    query = _narrowed(select(table.c.id, keys[question.order], table.c.added), question)
    rows = connection.execute(query.order_by(table.c.added.desc())).cursor.fetchall()
    if len({row[2] for row in rows}) < len(rows):
        # Older versions kept whole seconds; texts are never written twice, so their order tells.
        query = query.join(revision, table.c.revision_id == revision.c.id)
        query = query.order_by(table.c.added.desc(), text("revision.rowid DESC"))
        rows = connection.execute(query).cursor.fetchall()
    return [(row[0], row[1]) for row in rows]  # plain tuples: there may be many


def _narrowed(query: Select[Any], question: ShelfQuestion) -> Select[Any]:
    """Return the query with everything asked for as a condition."""
    table, member, mark = schema.article, schema.membership, schema.annotation
    if question.collection == UNFILED:
        query = query.where(~exists().where(member.c.article_id == table.c.id))
    elif question.collection:
        inside = text(
            f"article.id IN ({_WITHIN} SELECT article_id FROM within "  # noqa: S608 - our own words
            "JOIN membership ON collection_id = id WHERE outer_id = :collection)"
        )
        query = query.where(inside.bindparams(collection=question.collection))
    if question.outlet is not None:
        query = query.where(table.c.outlet == question.outlet)
    if question.author is not None:
        query = query.where(table.c.author == question.author)
    published = table.c.published
    if question.since or question.until:
        query = query.where(published.op("GLOB")(_DATED))
    if question.since:
        query = query.where(published >= question.since)
    if question.until:
        query = query.where(func.substr(published, 1, len(question.until)) <= question.until)
    if question.status is not None:
        query = query.where(
            table.c.id.in_(select(mark.c.article_id).where(mark.c.status == question.status.value))
        )
    if question.codebook:
        used, tag = schema.annotation_tag, schema.tag
        wanted = select(tag.c.id).where(tag.c.codebook_id == question.codebook)
        tagged = (
            select(mark.c.id)
            .join(used, used.c.annotation_id == mark.c.id)
            .where(mark.c.article_id == table.c.id)
            .where(used.c.tag_id.in_(wanted))
        )
        query = query.where(tagged.exists())
    return query


def outlets(connection: Connection) -> list[tuple[str, int]]:
    """Return every outlet with how many articles it has, by name."""
    return _values(connection, "outlet")


def authors(connection: Connection) -> list[tuple[str, int]]:
    """Return every author with how many articles they have, by name."""
    return _values(connection, "author")


def _values(connection: Connection, name: str) -> list[tuple[str, int]]:
    column = schema.article.c[name]
    query = select(column, func.count()).group_by(column).order_by(func.lower(column), column)
    return [(row[0], row[1]) for row in connection.execute(query)]


def sources(
    connection: Connection, ids: Sequence[str] | None = None
) -> list[tuple[str, str, str, str]]:
    """Return (id, title, address, hash of the text) of articles, the newest first.

    Args:
        connection: inside a transaction.
        ids: only of these; a few hundred at most.
    """
    table, revision = schema.article, schema.revision
    query = (
        select(table.c.id, table.c.title, table.c.source, revision.c.sha256)
        .join_from(table, revision, table.c.revision_id == revision.c.id)
        .order_by(table.c.added.desc(), table.c.id)
    )
    if ids is not None:
        query = query.where(table.c.id.in_(ids))
    return list(connection.execute(query).cursor.fetchall())  # plain tuples: there may be many


def articles_at(connection: Connection, piece: str) -> list[str]:
    """Return the ids of articles with this piece in their address; the oldest hundred."""
    table = schema.article
    query = select(table.c.id).where(func.instr(table.c.source, piece) > 0)
    return list(connection.execute(query.order_by(table.c.added).limit(100)).scalars())


def texts(connection: Connection, hashes: Sequence[str]) -> list[tuple[str, str]]:
    """Return (hash, text) of texts by their hashes."""
    table = schema.revision
    return [
        (row[0], row[1])
        for part in chunks(hashes)
        for row in connection.execute(
            select(table.c.sha256, table.c.text).where(table.c.sha256.in_(part))
        )
    ]


def years(connection: Connection) -> list[str]:
    """Return the years in which articles were published, the latest first."""
    published = schema.article.c.published
    year = func.substr(published, 1, 4)
    query = select(year).where(published.op("GLOB")(_DATED)).group_by(year).order_by(year.desc())
    return list(connection.execute(query).scalars())
