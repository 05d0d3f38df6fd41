"""Languages of articles that were guessed from their words."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Let every language that is there be one that was said."""
    op.add_column(
        "article",
        sa.Column("language_guessed", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
