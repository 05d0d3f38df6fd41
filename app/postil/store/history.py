"""The history in the database: steps written, undone, redone and, when old, let go."""

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, delete, func, insert, select, update

from postil.domain.annotation import Annotation
from postil.domain.history import ArticleRecord, Edit, Record, Step
from postil.domain.tags import Codebook, Group, Tag
from postil.store import schema

_KINDS: dict[str, type[ArticleRecord | Annotation | Codebook | Group | Tag]] = {
    "article": ArticleRecord,
    "annotation": Annotation,
    "codebook": Codebook,
    "group": Group,
    "tag": Tag,
}
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
    connection: Connection, step: Step, edits: Sequence[Edit], revisions: Collection[str]
) -> Step:
    """Write a step, dropping what could have been redone; return it with its number.

    Args:
        connection: inside a transaction.
        step: its id is ignored.
        edits: what it changed.
        revisions: ids of the texts that undoing or redoing it needs.
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
    return Step(number, step.name, step.subject, step.article_id, step.at)


def join(connection: Connection, ids: Collection[int], *, name: str) -> Step | None:
    """Make one step of steps that follow on one another; return it, or None where there is none.

    A step that does not follow on the others, for something else was done between, stays apart.

    Args:
        connection: inside a transaction.
        ids: of the steps.
        name: of what they become.
    """
    table = schema.step
    rows = connection.execute(
        select(table).where(table.c.id.between(min(ids), max(ids))).order_by(table.c.id)
    ).all()
    joined = None
    for is_run, group in groupby(rows, lambda row: row.id in ids and not row.undone):
        run = list(group)
        if is_run and len(run) > 1:
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
    if revisions:
        named = [{"step_id": last.id, "revision_id": revision} for revision in sorted(revisions)]
        connection.execute(insert(needs), named)
    return Step(last.id, name, run[0].subject, last.article_id, last.at)


def next_step(connection: Connection, *, redo: bool) -> Step | None:
    """Return the step that undo (or redo) would take, without its edits."""
    table = schema.step
    order = table.c.id if redo else table.c.id.desc()
    row = connection.execute(
        select(table.c.id, table.c.name, table.c.subject, table.c.article_id, table.c.at)
        .where(table.c.undone if redo else ~table.c.undone)
        .order_by(order)
        .limit(1)
    ).first()
    return None if row is None else Step(row.id, row.name, row.subject, row.article_id, row.at)


def edits_of(connection: Connection, step: Step) -> tuple[Edit, ...]:
    """Return what a step changed."""
    text = connection.execute(
        select(schema.step.c.edits).where(schema.step.c.id == step.id)
    ).scalar_one()
    return decode_edits(text)


def set_undone(connection: Connection, step: Step, *, undone: bool) -> None:
    """Say whether a step is undone."""
    connection.execute(update(schema.step).where(schema.step.c.id == step.id).values(undone=undone))


def has_overdue(connection: Connection, *, keep: int, since: str) -> bool:
    """Return whether `prune` would let go of a step."""
    table = schema.step
    count, oldest = connection.execute(select(func.count(), func.min(table.c.at))).one()
    return count > keep or (oldest is not None and oldest < since)


def prune(connection: Connection, *, keep: int, since: str) -> None:
    """Let go of steps beyond the newest `keep` and older than `since`, and of texts nothing names.

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
