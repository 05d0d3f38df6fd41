"""Bringing an older library to today's schema: a backup first, then one transaction.

Imported only when a library is older, because Alembic is slow to import.
"""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from postil.domain.errors import UserError
from postil.store import schema

_SCRIPTS = Path(__file__).with_name("migrations")


def migrate(path: Path, backup: Callable[[], object]) -> None:
    """Migrate the library at `path`, after a backup.

    Args:
        path: a library of an older schema.
        backup: makes the backup; what it raises stops the migration.

    Raises:
        UserError: the migrated rows do not fit together; the library is as it was.
    """
    backup()
    bring_up_to_date(path)


def bring_up_to_date(path: Path) -> None:
    """Migrate the library at `path` in one transaction.

    Raises:
        UserError: the migrated rows do not fit together; the library is as it was.
    """
    engine = create_engine(f"sqlite:///{path}")
    # Foreign keys stay off here: batch migrations rebuild tables, and the check comes after.
    event.listen(engine, "connect", _on_connect)
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


def _on_connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=EXTRA")
    cursor.close()


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the migrations a database lacks, inside the caller's transaction.

    Args:
        connection: to the database.
        revision: the last one to run.
    """
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
