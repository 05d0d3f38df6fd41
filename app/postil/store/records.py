"""Records to rows and back, and the one function that applies an edit.

JSON columns are written and read by msgspec, typed, so that a damaged row is noticed.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    RowMapping,
    Table,
    and_,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from postil.domain.annotation import (
    Anchor,
    Annotation,
    Confidence,
    Link,
    Placement,
    Status,
    Voice,
)
from postil.domain.article import Metadata
from postil.domain.history import ArticleRecord, Edit, Record
from postil.domain.shelf import Collection, Membership
from postil.domain.tags import Codebook, Group, LineStyle, Tag
from postil.store import schema

Values = dict[str, Any]


def to_json(value: object) -> str:
    """Return `value` (dataclasses, tuples, strings, numbers) as JSON text."""
    return msgspec.json.encode(value).decode()


def checksum(table: Table, values: Mapping[str, Any] | RowMapping) -> str:
    """Return what tells whether a row of `article`, `annotation` or `step` is as it was written.

    Args:
        table: one of the three.
        values: of the row, all columns but those that are not summed.
    """
    summed = [values[name] for name in _SUMMED[table]]
    # What JSON cannot say is damage, and has another sum.
    data = json.dumps(summed, ensure_ascii=False, separators=(",", ":"), default=repr).encode()
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def sealed(table: Table, values: Values) -> Values:
    """Return a row with its checksum, where rows of the table have one."""
    return values | {"checksum": checksum(table, values)} if "checksum" in table.c else values


def article_values(record: ArticleRecord) -> Values:
    """Return the row of a shelf entry."""
    about = record.metadata
    values = {
        "id": record.id,
        "revision_id": record.revision_id,
        "title": about.title,
        "author": about.author,
        "outlet": about.outlet,
        "source": about.source,
        "published": about.published,
        "modified": about.modified,
        "retrieved": about.retrieved,
        "language": about.language,
        "language_guessed": about.language_guessed,
        "original_sha256": about.original_sha256,
        "extra": to_json(about.extra),
        "note": record.note,
        "answers": to_json(record.answers),
        "added": record.added,
    }
    return sealed(schema.article, values)


def article_record(row: Row[Any]) -> ArticleRecord:
    """Return the shelf entry a row of `article` holds."""
    return ArticleRecord(
        id=row.id,
        revision_id=row.revision_id,
        metadata=Metadata(
            title=row.title,
            author=row.author,
            outlet=row.outlet,
            source=row.source,
            published=row.published,
            modified=row.modified,
            retrieved=row.retrieved,
            language=row.language,
            language_guessed=row.language_guessed,
            original_sha256=row.original_sha256,
            extra=_pieces(row.extra),
        ),
        added=row.added,
        note=row.note,
        answers=_pairs(row.answers),
    )


def annotation_values(mark: Annotation) -> Values:
    """Return the row of a mark, without its tags."""
    values = {
        "id": mark.id,
        "article_id": mark.article_id,
        "revision_id": mark.revision_id,
        "start": mark.anchor.start,
        "end": mark.anchor.end,
        "exact": mark.anchor.exact,
        "prefix": mark.anchor.prefix,
        "suffix": mark.anchor.suffix,
        "note": mark.note,
        "author": mark.author,
        "created": mark.created,
        "edited": mark.edited,
        "voice": mark.voice.value,
        "confidence": mark.confidence.value,
        "status": mark.status.value,
        "links": to_json(mark.links) if mark.links else "[]",
        "placement": mark.placement.value,
        "extra": to_json(mark.extra) if mark.extra else "[]",
        "starred": mark.starred,
    }
    return sealed(schema.annotation, values)


def annotation_record(row: Row[Any], tags: Sequence[str]) -> Annotation:
    """Return the mark a row of `annotation` and its tag ids hold."""
    return Annotation(
        id=row.id,
        article_id=row.article_id,
        revision_id=row.revision_id,
        anchor=Anchor(row.start, row.end, row.exact, row.prefix, row.suffix),
        tags=tuple(tags),
        note=row.note,
        author=row.author,
        created=row.created,
        edited=row.edited,
        voice=Voice(row.voice),
        confidence=Confidence(row.confidence),
        status=Status(row.status),
        links=() if row.links == "[]" else _LINKS.decode(row.links),
        placement=Placement(row.placement),
        extra=_pairs(row.extra),
        starred=row.starred,
    )


def tag_values(tag: Tag) -> Values:
    """Return the row of a tag."""
    return {
        "id": tag.id,
        "codebook_id": tag.codebook_id,
        "group_id": tag.group_id,
        "name": tag.name,
        "code": tag.code,
        "line_style": tag.line_style.value,
        "definition": tag.definition,
        "example": tag.example,
        "question": tag.question,
        "confused_with": to_json(tag.confused_with),
        "labels": to_json(tag.labels),
        "position": tag.position,
        "retired": tag.retired,
    }


def tag_record(row: Row[Any]) -> Tag:
    """Return the tag a row of `tag` holds."""
    return Tag(
        id=row.id,
        group_id=row.group_id,
        name=row.name,
        code=row.code,
        line_style=LineStyle(row.line_style),
        definition=row.definition,
        example=row.example,
        question=row.question,
        confused_with=_pieces(row.confused_with),
        labels=_pairs(row.labels),
        position=row.position,
        retired=row.retired,
    )


def plain_values(record: Codebook | Group | Collection | Membership) -> Values:
    """Return the row of a record whose fields are its columns."""
    return {name: getattr(record, name) for name in record.__slots__}


def apply_edits(connection: Connection, edits: Sequence[Edit]) -> None:
    """Write edits in their order; new marks and their tags go in by bulk."""
    added: list[Annotation] = []
    for edit in edits:
        if edit.before is None and isinstance(edit.after, Annotation):
            added.append(edit.after)
            continue
        _insert_annotations(connection, added)
        added = []
        _apply(connection, edit)
    _insert_annotations(connection, added)


def _apply(connection: Connection, edit: Edit) -> None:
    if edit.after is None:
        assert edit.before is not None
        connection.execute(delete(_table(edit.before)).where(_key(edit.before)))
    elif edit.before is None:
        values = _values(edit.after)
        if isinstance(edit.after, ArticleRecord):
            values["number"] = _next_article(connection)
        connection.execute(insert(_table(edit.after)), values)
    else:
        connection.execute(update(_table(edit.after)).where(_key(edit.before)), _values(edit.after))
        _retag(connection, edit.before, edit.after)


def _insert_annotations(connection: Connection, marks: Sequence[Annotation]) -> None:
    if not marks:
        return
    numbers = {i: _next_mark(connection, i) for i in dict.fromkeys(m.article_id for m in marks)}
    rows = [annotation_values(m) | {"number": next(numbers[m.article_id])} for m in marks]
    connection.execute(insert(schema.annotation), rows)
    _insert_tags(connection, marks)


def _next_article(connection: Connection) -> int:
    """Return a number that no article has in the index of words."""
    return (connection.execute(select(func.max(schema.article.c.number))).scalar() or 0) + 1


def _next_mark(connection: Connection, article_id: str) -> Iterator[int]:
    """Return the numbers that no mark of an article has in the index of words."""
    article, number = schema.article, schema.annotation.c.number
    of_article = select(article.c.number).where(article.c.id == article_id)
    first: int = connection.execute(of_article).scalar_one() << schema.NUMBER_BITS
    last = first + (1 << schema.NUMBER_BITS) - 1
    newest = connection.execute(select(func.max(number)).where(number.between(first, last)))
    return count((newest.scalar() or first) + 1)


def _insert_tags(connection: Connection, marks: Sequence[Annotation]) -> None:
    rows = [
        {"annotation_id": mark.id, "position": position, "tag_id": tag_id}
        for mark in marks
        for position, tag_id in enumerate(mark.tags)
    ]
    if rows:
        connection.execute(insert(schema.annotation_tag), rows)


def _retag(connection: Connection, before: Record, after: Record) -> None:
    """Write the tags of a mark again if they changed."""
    if not isinstance(before, Annotation) or not isinstance(after, Annotation):
        return
    if before.tags != after.tags:
        tags = schema.annotation_tag
        connection.execute(delete(tags).where(tags.c.annotation_id == after.id))
        _insert_tags(connection, [after])


def set_fact(connection: Connection, key: str, value: str) -> None:
    """Keep a fact about the library."""
    statement = upsert(schema.fact).values(key=key, value=value)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["key"], set_={"value": value})
    )


def _table(record: Record) -> Table:
    return _TABLES[type(record)]


def _values(record: Record) -> Values:
    if isinstance(record, ArticleRecord):
        return article_values(record)
    if isinstance(record, Annotation):
        return annotation_values(record)
    if isinstance(record, Tag):
        return tag_values(record)
    return plain_values(record)


def _key(record: Record) -> ColumnElement[bool]:
    table = _table(record)
    if isinstance(record, Group):
        return and_(table.c.codebook_id == record.codebook_id, table.c.id == record.id)
    if isinstance(record, Membership):
        return and_(
            table.c.collection_id == record.collection_id, table.c.article_id == record.article_id
        )
    return table.c.id == record.id


def _pieces(text: str) -> tuple[str, ...]:
    return () if text == "[]" else _PIECES.decode(text)


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return () if text == "[]" else _PAIRS.decode(text)


# Columns of each row's checksum, in their order; what came to the schema later is not summed.
_SUMMED: dict[Table, tuple[str, ...]] = {
    schema.article: (
        *("id", "revision_id", "title", "author", "outlet", "source", "published", "retrieved"),
        *("language", "original_sha256", "extra", "note", "answers", "added"),
    ),
    schema.annotation: (
        *("id", "article_id", "revision_id", "start", "end", "exact", "prefix", "suffix", "note"),
        *("author", "created", "edited", "voice", "confidence", "status", "links", "placement"),
        "extra",
    ),
    schema.step: ("id", "name", "subject", "article_id", "at", "edits"),  # kept as a fact
}
_TABLES: dict[type, Table] = {
    ArticleRecord: schema.article,
    Annotation: schema.annotation,
    Codebook: schema.codebook,
    Group: schema.tag_group,
    Tag: schema.tag,
    Collection: schema.collection,
    Membership: schema.membership,
}
_PIECES = msgspec.json.Decoder(tuple[str, ...])
_PAIRS = msgspec.json.Decoder(tuple[tuple[str, str], ...])
_LINKS = msgspec.json.Decoder(tuple[Link, ...])
