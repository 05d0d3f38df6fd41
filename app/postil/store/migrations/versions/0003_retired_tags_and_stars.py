"""Tags that are not offered any more, and marks with a star."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Let no tag be retired and no mark have a star yet."""
    for table, column in (("tag", "retired"), ("annotation", "starred")):
        op.add_column(
            table, sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.false())
        )
