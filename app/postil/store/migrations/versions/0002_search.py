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
    op.execute("UPDATE article SET number = rowid")
    op.execute(
        "UPDATE annotation SET number = rowid + "
        "((SELECT number FROM article WHERE article.id = article_id) << 24)"
    )
    for table in ("article", "annotation"):
        op.create_index(op.f(f"ix_{table}_number"), table, ["number"], unique=True)
    op.create_index("ix_annotation_status_number", "annotation", ["status", "number"])
    op.execute(
        "CREATE VIRTUAL TABLE search_article USING fts5("
        "title, about, text, content='', prefix='1', tokenize='ascii')"
    )
    op.execute(
        "CREATE VIRTUAL TABLE search_note USING fts5("
        "quote, note, content='', prefix='1', tokenize='ascii')"
    )
