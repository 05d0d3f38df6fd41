"""The index of words, and the numbers articles and marks have in it.

The index is filled when the library is opened, as it is after every change of what makes it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Number articles and marks, and make the index."""
    for table in ("article", "annotation"):
        op.add_column(table, sa.Column("number", sa.Integer()))
        op.execute(f"UPDATE {table} SET number = rowid")  # noqa: S608 - names of our own tables
        op.create_index(op.f(f"ix_{table}_number"), table, ["number"], unique=True)
    op.execute(
        "CREATE VIRTUAL TABLE search_article USING fts5("
        "title, about, text, content='', prefix='1', tokenize='ascii')"
    )
    op.execute(
        "CREATE VIRTUAL TABLE search_note USING fts5("
        "quote, note, content='', prefix='1', tokenize='ascii')"
    )
