"""When an article says that it was last changed."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Know of no change of the articles that are there."""
    op.add_column("article", sa.Column("modified", sa.String(), nullable=False, server_default=""))
