"""Older libraries come to today's schema whole, and their copy stays beside them."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from postil.domain.errors import UserError
from postil.library import Library
from postil.store import Store, schema
from postil.store.migration import upgrade

LIBRARIES = sorted((Path(__file__).parents[2] / "data" / "libraries").glob("v*.sqlite"))


def tables(path):
    with closing(sqlite3.connect(path)) as raw:
        rows = raw.execute("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")
        return {name: " ".join(sql.split()) for name, sql in rows if sql}


def test_migrations_lead_to_todays_tables(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'migrated.sqlite'}")
    with engine.begin() as connection:
        upgrade(connection)
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []
    engine.dispose()
    Store(tmp_path / "made.sqlite").close()
    assert tables(tmp_path / "migrated.sqlite").keys() == tables(tmp_path / "made.sqlite").keys()


def test_an_older_library_is_copied_and_migrated(tmp_path):
    path = tmp_path / "library.sqlite"
    with closing(sqlite3.connect(path)) as raw:  # what was there before the first release
        raw.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
        raw.execute("CREATE TABLE older (x)")
    Store(path).close()
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (schema.SCHEMA_VERSION,)
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == (
            schema.SCHEMA_REVISION,
        )
    (copy,) = tmp_path.glob("library.v0-*.sqlite")
    assert tables(copy).keys() == {"older"}


@pytest.mark.parametrize("frozen", LIBRARIES, ids=lambda path: path.stem)
def test_every_released_library_opens_with_all_that_is_in_it(frozen, tmp_path):
    path = tmp_path / "library.sqlite"
    shutil.copy(frozen, path)
    with Library.open(path, create=False) as library:
        (row,) = library.articles()
        assert (row.title, row.marks) == ("The ferry that was promised", 2)
        (first, second) = library.placed_marks(row.id)
        assert (first.anchor.exact, first.note) == ("that club of dinosaurs", "A *label* 😀.")
        assert second.tags == ("my/hearsay-cloud", "persuasion23/doubt")
        assert library.undo_step().name == "add-mark"
        library.undo()
        assert len(library.placed_marks(row.id)) == 1


def test_rows_that_do_not_fit_together_stop_a_migration(tmp_path):
    path = tmp_path / "library.sqlite"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
        raw.execute("CREATE TABLE older (x PRIMARY KEY)")
        raw.execute("CREATE TABLE newer (x REFERENCES older (x))")
        raw.execute("INSERT INTO newer VALUES ('nobody')")
        raw.commit()
    with pytest.raises(UserError, match="do not fit together"):
        Store(path)
    assert tables(path).keys() == {"older", "newer"}
