"""Checksums of shelf entries and marks, by which damage is noticed that SQLite cannot see."""

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_SUMMED = {
    "article": "id revision_id title author outlet source published retrieved language"
    " original_sha256 extra note answers added",
    "annotation": "id article_id revision_id start end exact prefix suffix note author created"
    " edited voice confidence status links placement extra",
}


def upgrade() -> None:
    """Reckon the checksum of each row there is."""
    connection = op.get_bind()
    for table, names in _SUMMED.items():
        op.add_column(table, sa.Column("checksum", sa.String(16)))
        columns = ", ".join(f'"{name}"' for name in names.split())
        rows = connection.exec_driver_sql(f'SELECT {columns} FROM "{table}"').all()  # noqa: S608
        sums = [(_checksum(row), row[0]) for row in rows]
        if sums:
            connection.exec_driver_sql(
                f'UPDATE "{table}" SET checksum = ? WHERE id = ?',  # noqa: S608
                sums,
            )


def _checksum(row: sa.Row[Any]) -> str:
    data = json.dumps(list(row), ensure_ascii=False, separators=(",", ":")).encode()
    return hashlib.blake2b(data, digest_size=8).hexdigest()
