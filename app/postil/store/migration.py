"""Bringing an older library to today's schema: a dated copy first, then one transaction.

Imported only when a library is older, because Alembic is slow to import.
"""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, event

from postil.domain.errors import UserError
from postil.store import schema

_SCRIPTS = Path(__file__).with_name("migrations")


def migrate(path: Path, version: int) -> None:
    """Migrate the library at `path`, after copying it beside itself.

    Args:
        path: a library of an older schema.
        version: its schema version.

    Raises:
        UserError: the migrated rows do not fit together; the library is as it was.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    _copy(path, path.with_name(f"{path.stem}.v{version}-{stamp}{path.suffix}"))
    engine = create_engine(f"sqlite:///{path}")
    # Foreign keys stay off here: batch migrations rebuild tables, and the check comes after.
    event.listen(engine, "connect", lambda dbapi, _: setattr(dbapi, "isolation_level", None))
    event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.begin() as connection:
            upgrade(connection)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise UserError(
                    f"The library {path} has rows that do not fit together",
                    "It is as it was; send a report with this message.",
                )
            connection.exec_driver_sql(f"PRAGMA user_version={schema.SCHEMA_VERSION}")
    finally:
        engine.dispose()


def upgrade(connection: Connection) -> None:
    """Run the migrations a database lacks, inside the caller's transaction."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _copy(path: Path, target: Path) -> None:
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
