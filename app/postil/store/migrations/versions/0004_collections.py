"""Collections of articles, and an index for the order of the shelf."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Let there be collections, and articles in them."""
    op.create_table(
        "collection",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.String()),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["collection.id"],
            name=op.f("fk_collection_parent_id_collection"),
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection")),
    )
    op.create_index(op.f("ix_collection_parent_id"), "collection", ["parent_id"])
    op.create_table(
        "membership",
        sa.Column("collection_id", sa.String(), nullable=False),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["collection.id"],
            name=op.f("fk_membership_collection_id_collection"),
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_membership_article_id_article")
        ),
        sa.PrimaryKeyConstraint("collection_id", "article_id", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_article_id"), "membership", ["article_id"])
    op.create_index("ix_article_added_id", "article", ["added", "id"])
