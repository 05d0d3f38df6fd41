"""The history in the database: steps written, undone, redone and, when old, let go."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, delete, func, insert, select, update

from postil.domain.annotation import Annotation
from postil.domain.history import ArticleRecord, Edit, Record, Step
from postil.domain.listing import HistoryRow, RestorePoint
from postil.domain.shelf import Collection as ShelfCollection
from postil.domain.shelf import Membership
from postil.domain.tags import Codebook, Group, Tag
from postil.store import schema
from postil.store.queries import fact
from postil.store.records import checksum, set_fact

_KINDS: dict[str, type[Record]] = {
    "article": ArticleRecord,
    "annotation": Annotation,
    "codebook": Codebook,
    "group": Group,
    "tag": Tag,
    "collection": ShelfCollection,
    "membership": Membership,
}
_STEP = tuple(schema.step.c[name] for name in ("id", "name", "subject", "article_id", "at"))
_NAMES = {kind: name for name, kind in _KINDS.items()}


class _StoredEdit(msgspec.Struct):
    """An edit as JSON: which kind of record, and the record before and after."""

    kind: str
    before: msgspec.Raw  # null where the record is made
    after: msgspec.Raw  # null where it is removed


def encode_edits(edits: Sequence[Edit]) -> str:
    """Return edits as the JSON text of a step."""

    def raw(record: Record | None) -> msgspec.Raw:
        return msgspec.Raw(msgspec.json.encode(record))

    stored = []
    for edit in edits:
        record = edit.after or edit.before
        assert record is not None
        stored.append(_StoredEdit(_NAMES[type(record)], raw(edit.before), raw(edit.after)))
    return msgspec.json.encode(stored).decode()


def decode_edits(text: str) -> tuple[Edit, ...]:
    """Return the edits of a step's JSON text."""
    edits = []
    for stored in msgspec.json.decode(text, type=list[_StoredEdit]):
        kind = _KINDS[stored.kind]
        before = msgspec.json.decode(stored.before, type=kind | None)
        after = msgspec.json.decode(stored.after, type=kind | None)
        edits.append(Edit(before, after))
    return tuple(edits)


def add_step(
    connection: Connection,
    step: Step,
    edits: Sequence[Edit],
    revisions: Collection[str],
    author: str,
) -> Step:
    """Write a step, dropping what could have been redone; return it with its number.

    Args:
        connection: inside a transaction.
        step: its id is ignored.
        edits: what it changed.
        revisions: ids of the texts that undoing or redoing it needs.
        author: the alias under which it is done; may be empty.
    """
    connection.execute(delete(schema.step).where(schema.step.c.undone))
    values = {
        "name": step.name,
        "subject": step.subject,
        "article_id": step.article_id,
        "at": step.at,
        "edits": encode_edits(edits),
        "undone": False,
    }
    number = connection.execute(
        insert(schema.step).returning(schema.step.c.id), values
    ).scalar_one()
    if revisions:
        rows = [{"step_id": number, "revision_id": revision} for revision in sorted(revisions)]
        connection.execute(insert(schema.step_revision), rows)
    if author:
        set_fact(connection, f"{schema.AUTHOR_OF}{number}", author)
    _seal(connection, values | {"id": number})
    return Step(number, step.name, step.subject, step.article_id, step.at)


def _seal(connection: Connection, values: Mapping[str, Any]) -> None:
    """Keep the checksum of a step that was just written."""
    set_fact(connection, f"{schema.SUM_OF}{values['id']}", checksum(schema.step, values))


def join(connection: Connection, ids: Collection[int], *, name: str) -> Step | None:
    """Make one step of steps that follow on one another; return it, or None where there is none.

    A step that does not follow on the others, for something else was done between or a restore
    point was set, stays apart.

    Args:
        connection: inside a transaction.
        ids: of the steps.
        name: of what they become.
    """
    table = schema.step
    rows = connection.execute(
        select(table).where(table.c.id.between(min(ids), max(ids))).order_by(table.c.id)
    ).all()
    points = set(
        connection.execute(
            select(schema.fact.c.key).where(schema.fact.c.key.startswith(schema.POINT_AT))
        ).scalars()
    )
    runs: list[list[Row[Any]]] = [[]]
    for row in rows:
        is_one = row.id in ids and not row.undone
        if is_one:
            runs[-1].append(row)
        if not is_one or f"{schema.POINT_AT}{row.id}" in points:
            runs.append([])
    joined = None
    for run in runs:
        if len(run) > 1:
            joined = _join_run(connection, run, name)
    return joined


def _join_run(connection: Connection, run: Sequence[Row[Any]], name: str) -> Step:
    """Put the edits of steps into the last of them, and let the others go."""
    table, needs = schema.step, schema.step_revision
    last = run[-1]
    edits = ",".join(row.edits[1:-1] for row in run)
    values = {"name": name, "subject": run[0].subject, "edits": f"[{edits}]"}
    connection.execute(update(table).where(table.c.id == last.id).values(values))
    ids = [row.id for row in run]
    revisions = set(
        connection.execute(select(needs.c.revision_id).where(needs.c.step_id.in_(ids))).scalars()
    )
    connection.execute(delete(needs).where(needs.c.step_id.in_(ids)))
    connection.execute(delete(table).where(table.c.id.in_(ids[:-1])))
    for about in (schema.AUTHOR_OF, schema.SUM_OF):
        connection.exec_driver_sql(_DROP_FACTS_OF_NO_STEP, {"about": about})
    _seal(connection, dict(zip(last._fields, last, strict=True)) | values)
    if revisions:
        named = [{"step_id": last.id, "revision_id": revision} for revision in sorted(revisions)]
        connection.execute(insert(needs), named)
    return Step(last.id, name, run[0].subject, last.article_id, last.at)


def next_step(connection: Connection, *, redo: bool) -> Step | None:
    """Return the step that undo (or redo) would take, without its edits."""
    table = schema.step
    order = table.c.id if redo else table.c.id.desc()
    row = connection.execute(
        select(*_STEP).where(table.c.undone if redo else ~table.c.undone).order_by(order).limit(1)
    ).first()
    return None if row is None else Step(*row)


def find(connection: Connection, step_id: int) -> Step | None:
    """Return a step by its number, without its edits."""
    row = connection.execute(select(*_STEP).where(schema.step.c.id == step_id)).first()
    return None if row is None else Step(*row)


def way(connection: Connection, goal: int) -> list[Step] | None:
    """Return the steps to undo or to redo, in their order, until a step is the last one done.

    Args:
        connection: inside a transaction.
        goal: the number of the step, or 0 for the time before all of them.

    Returns:
        None when there is no such step.
    """
    table = schema.step
    if goal and find(connection, goal) is None:
        return None
    here = position(connection)
    between = table.c.id.between(min(here, goal) + 1, max(here, goal))
    order = table.c.id if goal > here else table.c.id.desc()
    return [Step(*row) for row in connection.execute(select(*_STEP).where(between).order_by(order))]


def position(connection: Connection) -> int:
    """Return the number of the last step done, 0 before all of them."""
    table = schema.step
    return connection.execute(select(func.max(table.c.id)).where(~table.c.undone)).scalar() or 0


def rows(connection: Connection) -> list[HistoryRow]:
    """Return every step without its edits, the newest first."""
    here = position(connection)
    # `undone` lies behind the edits, which may be long: where we are tells as much.
    found = list(
        connection.exec_driver_sql(
            "SELECT step.id, step.name, subject, article_id, at, title, "
            "who.value AS author, point.value AS point "
            "FROM step LEFT JOIN article ON article.id = article_id "
            "LEFT JOIN fact who ON who.key = :author || step.id "
            "LEFT JOIN fact point ON point.key = :point || step.id ORDER BY step.id DESC",
            {"author": schema.AUTHOR_OF, "point": schema.POINT_AT},
        )
    )
    gone = {row.article_id: row.subject for row in found if row.name == "delete-article"}
    return [
        HistoryRow(
            step=Step(row.id, row.name, row.subject, row.article_id, row.at),
            title=row.title or gone.get(row.article_id, ""),
            author=row.author or "",
            is_undone=row.id > here,
            point=_point(row.id, row.point or ""),
        )
        for row in found
    ]


def point(connection: Connection, step_id: int) -> RestorePoint | None:
    """Return the restore point that was set after a step."""
    return _point(step_id, fact(connection, f"{schema.POINT_AT}{step_id}"))


def _point(step_id: int, value: str) -> RestorePoint | None:
    at, _, name = value.partition(" ")
    return RestorePoint(step_id, at, name) if at else None


def set_point(connection: Connection, point: RestorePoint) -> None:
    """Keep a restore point; the one that was set after the same step is that no more."""
    set_fact(connection, f"{schema.POINT_AT}{point.step_id}", f"{point.at} {point.name}")


def edits_of(connection: Connection, step: Step) -> tuple[Edit, ...]:
    """Return what a step changed."""
    text = connection.execute(
        select(schema.step.c.edits).where(schema.step.c.id == step.id)
    ).scalar_one()
    return decode_edits(text)


def deleted_tags(connection: Connection, since: int) -> dict[str, Tag]:
    """Return the tags that were deleted or merged after a step, by their ids."""
    table = schema.step
    names = ("delete-tag", "merge-tags", "delete-group", "delete-codebook")
    texts = connection.execute(
        select(table.c.edits).where(table.c.id > since, table.c.name.in_(names))
    ).scalars()
    gone = (e.before for text in texts for e in decode_edits(text) if e.after is None)
    return {tag.id: tag for tag in gone if isinstance(tag, Tag)}


def set_undone(connection: Connection, first: int, last: int, *, undone: bool) -> None:
    """Say of all steps from one number to another whether they are undone."""
    table = schema.step
    connection.execute(update(table).where(table.c.id.between(first, last)).values(undone=undone))


def has_overdue(connection: Connection, *, keep: int, since: str) -> bool:
    """Return whether `prune` would let go of a step."""
    table = schema.step
    count, oldest = connection.execute(select(func.count(), func.min(table.c.at))).one()
    is_old = isinstance(oldest, str) and oldest < since  # a damaged time is for the check
    return count > keep or is_old


def prune(connection: Connection, *, keep: int, since: str) -> None:
    """Let go of steps beyond the newest `keep` and older than `since`, and of what hangs on them.

    Args:
        connection: inside a transaction.
        keep: how many steps stay.
        since: ISO 8601 time in UTC.
    """
    table = schema.step
    newest = connection.execute(
        select(table.c.id).order_by(table.c.id.desc()).offset(keep).limit(1)
    ).scalar()
    connection.execute(delete(table).where((table.c.id <= (newest or 0)) | (table.c.at < since)))
    connection.exec_driver_sql(_DROP_UNNAMED_REVISIONS)
    connection.exec_driver_sql(_DROP_UNNAMED_ORIGINALS)
    for about in (schema.AUTHOR_OF, schema.POINT_AT, schema.SUM_OF):
        connection.exec_driver_sql(_DROP_FACTS_OF_NO_STEP, {"about": about})


# A text stays while an article, a mark or a step names it, or a later text that stays does.
_DROP_UNNAMED_REVISIONS = """
WITH RECURSIVE kept(id) AS (
    SELECT revision_id FROM article
    UNION SELECT revision_id FROM annotation
    UNION SELECT revision_id FROM step_revision
    UNION SELECT revision.previous_id FROM revision JOIN kept ON revision.id = kept.id
    WHERE revision.previous_id IS NOT NULL
)
DELETE FROM revision WHERE id NOT IN (SELECT id FROM kept)
"""
_DROP_UNNAMED_ORIGINALS = """
DELETE FROM original WHERE sha256 NOT IN
(SELECT original_sha256 FROM revision WHERE original_sha256 IS NOT NULL)
"""
_DROP_FACTS_OF_NO_STEP = """
DELETE FROM fact WHERE substr(key, 1, length(:about)) = :about
AND substr(key, length(:about) + 1) NOT IN (SELECT CAST(id AS TEXT) FROM step)
"""
