"""The texts an article has had, as a list of versions, without reading the texts."""

from typing import Any

from sqlalchemy import Connection, func, select

from postil.domain.annotation import Placement
from postil.domain.listing import Version
from postil.store import schema
from postil.store.queries import article, fact, revision_line


def version_line(connection: Connection, revision_id: str) -> list[Version]:
    """Return a text and those it replaced as versions of their article, the newest first."""
    line = revision_line(connection, revision_id)
    rows, marks = _rows(connection, line), _marks(connection, line)
    versions: list[Version] = []
    texts: dict[str, int] = {}
    before: tuple[str | None, str] | None = None  # bytes and encoding of the version before
    for number, key in enumerate(reversed(line), 1):
        row, encoding = rows[key], fact(connection, schema.ENCODING_OF + key)
        came = row.original_sha256, encoding
        same_as = texts.setdefault(row.sha256, number)
        versions.append(
            Version(
                id=key,
                number=number,
                kind=_how(before, came, is_known=same_as != number),
                created=row.created,
                origin=row.origin or "",
                encoding=encoding,
                characters=row.characters,
                sha256=row.sha256,
                placed=marks.get((key, False), 0),
                loose=marks.get((key, True), 0),
                same_as=same_as if same_as != number else 0,
            )
        )
        before = came
    return versions[::-1]


def _rows(connection: Connection, line: list[str]) -> dict[str, Any]:
    table, source = schema.revision, schema.original
    query = (
        select(
            table.c.id,
            table.c.created,
            table.c.characters,
            table.c.sha256,
            table.c.original_sha256,
            source.c.origin,
        )
        .outerjoin_from(table, source, source.c.sha256 == table.c.original_sha256)
        .where(table.c.id.in_(line))
    )
    return {row.id: row for row in connection.execute(query)}


def _marks(connection: Connection, line: list[str]) -> dict[tuple[str, bool], int]:
    """Return how many marks name each text, apart for those that are loose."""
    mark = schema.annotation
    loose = mark.c.placement.in_([p.value for p in Placement if not p.is_placed])
    query = (
        select(mark.c.revision_id, loose, func.count())
        .where(mark.c.revision_id.in_(line))
        .group_by(mark.c.revision_id, loose)
    )
    return {(key, bool(is_loose)): count for key, is_loose, count in connection.execute(query)}


def _how(
    before: tuple[str | None, str] | None, came: tuple[str | None, str], *, is_known: bool
) -> str:
    """Return how a version came about, from its bytes and encoding and those before it."""
    if before is None:
        return "first"
    if is_known:
        return "back"
    if came[0] != before[0]:
        return "file"
    return "encoding" if came[1] != before[1] else "corrected"


def sources(connection: Connection) -> list[tuple[str, str]]:
    """Return (id, address) of the articles that have one, the newest first."""
    table = schema.article
    query = select(table.c.id, table.c.source).where(table.c.source != "")
    return [
        (row.id, row.source) for row in connection.execute(query.order_by(table.c.added.desc()))
    ]


def versions(connection: Connection, article_id: str) -> list[Version]:
    """Return the texts an article has had, the newest first; [] when it is gone."""
    record = article(connection, article_id)
    return version_line(connection, record.revision_id) if record else []
