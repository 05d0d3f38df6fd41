"""Questions to the database. Lists fetch columns; nothing here writes."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, func, select, text

from postil.domain.annotation import Annotation, Placement
from postil.domain.article import Article, Block, Metadata, Original, Span
from postil.domain.history import ArticleRecord, Revision
from postil.domain.listing import ArticleRow, TagUse
from postil.domain.tags import Codebook, Group, Tag, TagSet
from postil.store import schema
from postil.store.records import annotation_record, article_record, tag_record

T = TypeVar("T", str, int)

_BLOCKS = msgspec.json.Decoder(tuple[Block, ...])
_SPANS = msgspec.json.Decoder(tuple[Span, ...])
_CHUNK = 500  # ids in one IN clause, well under SQLite's limit


def article_ids(connection: Connection, limit: int | None = None) -> list[str]:
    """Return the ids of the articles on the shelf, the newest first.

    Texts are never written twice, so their order tells apart what older versions of the program
    took in within one second, also after an article was deleted and brought back.
    """
    table, revision = schema.article, schema.revision
    query = (
        select(table.c.id)
        .join_from(table, revision, table.c.revision_id == revision.c.id)
        .order_by(table.c.added.desc(), text("revision.rowid DESC"))
        .limit(limit)
    )
    return list(connection.execute(query).scalars())


def articles(connection: Connection, ids: Collection[str] | None = None) -> list[ArticleRow]:
    """Return the shelf's rows, in the order of `article_ids`; only those with `ids` if given."""
    table, revision = schema.article, schema.revision
    wanted = None if ids is None else list(ids)
    groups = _groups(connection, wanted)
    counts = _counts(connection, wanted)
    query = (
        select(
            table.c.id,
            table.c.title,
            table.c.author,
            table.c.outlet,
            table.c.published,
            table.c.added,
            revision.c.characters,
            table.c.language,
            table.c.language_guessed,
        )
        .join_from(table, revision, table.c.revision_id == revision.c.id)
        .order_by(table.c.added.desc(), text("revision.rowid DESC"))
    )
    if wanted is not None:
        query = query.where(table.c.id.in_(wanted))
    return [
        ArticleRow(
            *row[:-2],
            marks=counts.get(row.id, 0),
            groups=tuple(groups.get(row.id, ())),
            language=row.language,
            language_guessed=row.language_guessed,
        )
        for row in connection.execute(query)
    ]


def _counts(connection: Connection, ids: list[str] | None) -> dict[str, int]:
    table = schema.annotation
    query = select(table.c.article_id, func.count()).group_by(table.c.article_id)
    if ids is not None:
        query = query.where(table.c.article_id.in_(ids))
    return {row[0]: row[1] for row in connection.execute(query)}


def _groups(connection: Connection, ids: list[str] | None) -> dict[str, list[tuple[str, int]]]:
    """Return for each article the colours of its marks' first tags, most frequent first."""
    mark, used, tag, group = (
        schema.annotation,
        schema.annotation_tag,
        schema.tag,
        schema.tag_group,
    )
    query = (
        select(mark.c.article_id, group.c.colour, func.count().label("marks"))
        .join_from(mark, used, (used.c.annotation_id == mark.c.id) & (used.c.position == 0))
        .join(tag, tag.c.id == used.c.tag_id)
        .join(group, (group.c.codebook_id == tag.c.codebook_id) & (group.c.id == tag.c.group_id))
        .group_by(mark.c.article_id, group.c.colour)
        .order_by(func.count().desc(), group.c.colour)
    )
    if ids is not None:
        query = query.where(mark.c.article_id.in_(ids))
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for article_id, colour, marks in connection.execute(query):
        found[article_id].append((colour, marks))
    return found


def titles(connection: Connection) -> dict[str, str]:
    """Return the title of every article, by id."""
    rows = connection.execute(select(schema.article.c.id, schema.article.c.title))
    return dict(rows.cursor.fetchall())


def article(connection: Connection, article_id: str) -> ArticleRecord | None:
    """Return a shelf entry."""
    row = connection.execute(
        select(schema.article).where(schema.article.c.id == article_id)
    ).first()
    return None if row is None else article_record(row)


def articles_with_text(connection: Connection, sha256: str) -> list[str]:
    """Return the ids of articles whose current text has this hash, the oldest first."""
    table, revision = schema.article, schema.revision
    return list(
        connection.execute(
            select(table.c.id)
            .join(revision, table.c.revision_id == revision.c.id)
            .where(revision.c.sha256 == sha256)
            .order_by(table.c.added)
        ).scalars()
    )


def articles_that_had_text(connection: Connection, sha256: str) -> list[str]:
    """Return the ids of articles of which any text, current or replaced, has this hash."""
    rows = connection.exec_driver_sql(
        """
        WITH RECURSIVE line(article_id, revision_id) AS (
            SELECT id, revision_id FROM article
            UNION SELECT line.article_id, revision.previous_id
            FROM line JOIN revision ON revision.id = line.revision_id
            WHERE revision.previous_id IS NOT NULL
        )
        SELECT DISTINCT line.article_id FROM line JOIN revision ON revision.id = line.revision_id
        WHERE revision.sha256 = ?
        """,
        (sha256,),
    )
    return [row[0] for row in rows]


def revision(connection: Connection, revision_id: str) -> Revision:
    """Return one text; its article has no metadata of its own.

    Raises:
        KeyError: there is no such revision.
    """
    table = schema.revision
    row = connection.execute(select(table).where(table.c.id == revision_id)).first()
    if row is None:
        raise KeyError(revision_id)
    found = Article(row.text, *read_blocks(row), Metadata())
    told = fact(connection, schema.ENCODING_OF + revision_id)
    return Revision(row.id, row.previous_id, found, row.original_sha256, row.created, told)


def read_blocks(row: Row[Any]) -> tuple[tuple[Block, ...], tuple[Span, ...]]:
    """Return the blocks and spans that a row of `revision` holds."""
    return _BLOCKS.decode(row.blocks), _SPANS.decode(row.spans)


def revision_line(connection: Connection, revision_id: str) -> list[str]:
    """Return a revision's id and those of the texts it replaced, the newest first."""
    rows = connection.exec_driver_sql(
        """
        WITH RECURSIVE line(id, depth) AS (
            VALUES (?, 0)
            UNION SELECT revision.previous_id, depth + 1
            FROM revision JOIN line ON revision.id = line.id
            WHERE revision.previous_id IS NOT NULL
        )
        SELECT id FROM line ORDER BY depth
        """,
        (revision_id,),
    )
    return [row[0] for row in rows]


def articles_with_original(connection: Connection, sha256: str) -> list[str]:
    """Return the ids of articles whose current text came from these bytes, the oldest first."""
    table, revision = schema.article, schema.revision
    return list(
        connection.execute(
            select(table.c.id)
            .join(revision, table.c.revision_id == revision.c.id)
            .where(revision.c.original_sha256 == sha256)
            .order_by(table.c.added)
        ).scalars()
    )


def original(connection: Connection, sha256: str) -> Original | None:
    """Return the bytes with this hash."""
    table = schema.original
    row = connection.execute(select(table).where(table.c.sha256 == sha256)).first()
    if row is None:
        return None
    return Original(
        data=row.data,
        sha256=row.sha256,
        media_type=row.media_type,
        origin=row.origin,
        encoding=row.encoding,
        taken_at=row.taken_at,
    )


def origin(connection: Connection, sha256: str) -> str:
    """Return where the bytes with this hash came from, without reading them."""
    table = schema.original
    return connection.execute(select(table.c.origin).where(table.c.sha256 == sha256)).scalar() or ""


def article_annotations(connection: Connection, article_id: str) -> list[Annotation]:
    """Return the marks of an article in reading order."""
    table = schema.annotation
    return _annotations(connection, table.c.article_id == article_id)


def loose_annotations(connection: Connection, article_id: str) -> list[Annotation]:
    """Return the marks of an article that have no sure place in its current text."""
    table = schema.annotation
    placements = [placement.value for placement in Placement if not placement.is_placed]
    return _annotations(
        connection, (table.c.article_id == article_id) & table.c.placement.in_(placements)
    )


def annotations(connection: Connection, ids: Sequence[str]) -> list[Annotation]:
    """Return the marks with these ids that exist, in reading order of their articles."""
    found: list[Annotation] = []
    for part in chunks(ids):
        found.extend(_annotations(connection, schema.annotation.c.id.in_(part)))
    return found


def annotations_with_tag(connection: Connection, tag_id: str) -> list[Annotation]:
    """Return every mark that has this tag, in reading order of their articles."""
    used = schema.annotation_tag
    ids = connection.execute(select(used.c.annotation_id).where(used.c.tag_id == tag_id)).scalars()
    return annotations(connection, list(ids))


def tag_uses(connection: Connection, ids: Sequence[str] | None = None) -> dict[str, int]:
    """Return how many marks have each tag, or each of these; those without any are left out."""
    used = schema.annotation_tag
    query = select(used.c.tag_id, func.count()).group_by(used.c.tag_id)
    if ids is None:
        return {row[0]: row[1] for row in connection.execute(query)}
    return {
        row[0]: row[1]
        for part in chunks(ids)
        for row in connection.execute(query.where(used.c.tag_id.in_(part)))
    }


def tag_places(connection: Connection, tag_id: str) -> list[TagUse]:
    """Return every mark that has a tag, in reading order, the newest article first."""
    mark, used, table = schema.annotation, schema.annotation_tag, schema.article
    rows = connection.execute(
        select(mark.c.id, table.c.id, table.c.title, mark.c.exact, mark.c.placement)
        .join_from(used, mark, mark.c.id == used.c.annotation_id)
        .join(table, table.c.id == mark.c.article_id)
        .where(used.c.tag_id == tag_id)
        .order_by(
            table.c.added.desc(),
            text("article.rowid DESC"),
            mark.c.start,
            mark.c.end.desc(),
            mark.c.id,
        )
    )
    return [TagUse(*row[:4], Placement(row[4]).is_placed) for row in rows]


def articles_with_answer(connection: Connection, tag_id: str) -> list[ArticleRecord]:
    """Return the entries that answer the question of this tag."""
    table = schema.article
    rows = connection.execute(select(table).where(table.c.answers != "[]"))
    records = map(article_record, rows)
    return [record for record in records if tag_id in dict(record.answers)]


def _annotations(connection: Connection, condition: ColumnElement[bool]) -> list[Annotation]:
    mark, used = schema.annotation, schema.annotation_tag
    tags: dict[str, list[str]] = defaultdict(list)
    rows = connection.execute(
        select(used.c.annotation_id, used.c.tag_id)
        .join(mark, mark.c.id == used.c.annotation_id)
        .where(condition)
        .order_by(used.c.annotation_id, used.c.position)
    )
    for annotation_id, tag_id in rows:
        tags[annotation_id].append(tag_id)
    query = select(mark).where(condition).order_by(mark.c.start, mark.c.end.desc(), mark.c.id)
    return [annotation_record(row, tags.get(row.id, ())) for row in connection.execute(query)]


def tag_sets(connection: Connection) -> list[TagSet]:
    """Return every codebook with its groups and tags, in their order."""
    groups: dict[str, list[Group]] = defaultdict(list)
    for row in connection.execute(select(schema.tag_group).order_by(schema.tag_group.c.position)):
        groups[row.codebook_id].append(Group(*row))
    tags: dict[str, list[Tag]] = defaultdict(list)
    for tag_row in connection.execute(
        select(schema.tag).order_by(schema.tag.c.position, schema.tag.c.id)
    ):
        tags[tag_row.codebook_id].append(tag_record(tag_row))
    rows = connection.execute(
        select(schema.codebook).order_by(schema.codebook.c.position, schema.codebook.c.id)
    )
    return [TagSet(Codebook(*row), tuple(groups[row.id]), tuple(tags[row.id])) for row in rows]


def known_tags(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Return those of these words that are ids of tags."""
    table = schema.tag
    return {
        found
        for part in chunks(ids)
        for found in connection.execute(select(table.c.id).where(table.c.id.in_(part))).scalars()
    }


def tags_last_used(connection: Connection, limit: int) -> list[str]:
    """Return the ids of the tags given last, the newest first.

    Args:
        connection: inside a transaction.
        limit: how many uses to look back.
    """
    rows = connection.execute(
        text("SELECT tag_id FROM annotation_tag ORDER BY rowid DESC LIMIT :limit"),
        {"limit": limit},
    ).scalars()
    return list(dict.fromkeys(rows))


def draft(connection: Connection, key: str) -> tuple[str, str] | None:
    """Return what is being typed under a key, and when it was kept."""
    table = schema.draft
    row = connection.execute(
        select(table.c.note, table.c.at).where(table.c.annotation_id == key)
    ).one_or_none()
    return (row.note, row.at) if row is not None else None


def drafts(connection: Connection) -> list[tuple[str, str]]:
    """Return all that is being typed by key, the oldest first."""
    table = schema.draft
    rows = connection.execute(
        select(table.c.annotation_id, table.c.note).order_by(table.c.at, table.c.annotation_id)
    )
    return [(row.annotation_id, row.note) for row in rows]


def fact(connection: Connection, key: str) -> str:
    """Return a fact about the library, or an empty string."""
    table = schema.fact
    value: str | None = connection.execute(select(table.c.value).where(table.c.key == key)).scalar()
    return value or ""


def chunks(ids: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield ids in parts that fit into one statement."""
    for at in range(0, len(ids), _CHUNK):
        yield ids[at : at + _CHUNK]
