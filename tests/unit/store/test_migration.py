"""Older libraries come to today's schema whole, and their copy stays beside them."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, event

from postil.domain.errors import UserError
from postil.library import Library
from postil.search import parse
from postil.store import Store, schema, search_index
from postil.store.migration import bring_up_to_date, upgrade

LIBRARIES = sorted((Path(__file__).parents[2] / "data" / "libraries").glob("v*.sqlite"))


def tables(path):
    with closing(sqlite3.connect(path)) as raw:
        rows = raw.execute("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")
        return {name: " ".join(sql.split()) for name, sql in rows if sql}


def is_ours(name, kind, _parents):
    """Leave out the index of words, which SQLAlchemy does not know; it is compared as SQL."""
    return kind != "table" or not name.startswith(tuple(schema.SEARCH_TABLES))


def columns(path):
    """Return what each table is made of; columns that came later stand at other places."""
    with closing(sqlite3.connect(path)) as raw:
        return {
            name: sorted(row[1:] for row in raw.execute(f"PRAGMA table_info({name})"))
            for name in tables(path)
        }


def test_migrations_lead_to_todays_tables(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'migrated.sqlite'}")
    with engine.begin() as connection:
        upgrade(connection)
        opts = {"compare_type": True, "include_name": is_ours}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, schema.metadata) == []
    engine.dispose()
    Store(tmp_path / "made.sqlite").close()
    migrated, made = tables(tmp_path / "migrated.sqlite"), tables(tmp_path / "made.sqlite")
    assert migrated.keys() == made.keys()
    assert {migrated[name] for name in schema.SEARCH_TABLES} == {
        made[name] for name in schema.SEARCH_TABLES
    }
    assert columns(tmp_path / "migrated.sqlite") == columns(tmp_path / "made.sqlite")


def test_an_older_library_is_copied_and_migrated(tmp_path):
    path = tmp_path / "library.sqlite"
    with closing(sqlite3.connect(path)) as raw:  # what was there before the first release
        raw.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
        raw.execute("CREATE TABLE older (x)")
    Library.open(path).close()
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (schema.SCHEMA_VERSION,)
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == (
            schema.SCHEMA_REVISION,
        )
    (copy,) = (tmp_path / "backups").glob("library-*-migration.sqlite")
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


FULL = LIBRARIES[0].with_name("articles-v1.sqlite")  # several articles, notes, history, a draft


def rows(path, names):
    """Return the rows of tables, each as a set of (column, value) pairs."""
    with closing(sqlite3.connect(path)) as raw:
        raw.row_factory = sqlite3.Row
        return {
            name: [dict(row) for row in raw.execute(f"SELECT * FROM {name} ORDER BY rowid")]
            for name in names
        }


def test_everything_stays_as_it_was_and_the_words_are_found(tmp_path):
    path = tmp_path / "library.sqlite"
    shutil.copy(FULL, path)
    names = [name for name in tables(FULL) if not name.startswith(("ix_", "alembic"))]
    before = rows(FULL, names)
    assert before["draft"]
    assert before["step"][-1]["undone"]
    Library.open(path, create=False).close()
    after = rows(path, names)
    numbers = [row.pop("number") for name in ("article", "annotation") for row in after[name]]
    assert not any(row.pop("language_guessed") or row.pop("modified") for row in after["article"])
    assert all(row.pop("checksum") for name in ("article", "annotation") for row in after[name])
    assert not any(row.pop("starred") for row in after["annotation"])
    assert not any(row.pop("retired") for row in after["tag"])
    after["fact"] = [row for row in after["fact"] if row["key"] != "search_index"]
    assert after == before
    assert all(numbers)
    with Library.open(path) as library:
        with library._store.reading() as transaction:
            assert transaction.ask(search_index.fits)
        found = {
            word: len(library.search(parse(word)).ids)
            for word in (
                "dinosaurs",
                "ubung",
                "渡船",
                "เรือ",
                "calm",
                "nobody",
                "strasse",
                "deleted",
            )
        }
    assert found.pop("deleted") == 0
    assert set(found.values()) == {1}


def test_a_library_of_today_and_one_brought_here_are_kept_alike(tmp_path):
    path = tmp_path / "library.sqlite"
    shutil.copy(FULL, path)
    with Library.open(path) as library:
        library.undo()
        assert len(library.search(parse("deleted")).ids) == 1
        library.redo()
        assert library.search(parse("deleted")).ids == ()
        with library._store.reading() as transaction:
            assert transaction.ask(search_index.fits)


def test_an_index_made_otherwise_is_made_anew(tmp_path):
    path = tmp_path / "library.sqlite"
    shutil.copy(FULL, path)
    Library.open(path).close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE fact SET value = 'older' WHERE key = 'search_index'")
        raw.execute("INSERT INTO search_note(rowid, note) VALUES (77, 'elsewhere')")
        raw.commit()
    with Library.open(path) as library, library._store.reading() as transaction:
        assert transaction.ask(search_index.fits)


def test_a_migration_that_is_stopped_leaves_the_library_as_it_was(tmp_path):
    path = tmp_path / "library.sqlite"
    shutil.copy(FULL, path)
    script = (
        "import os, sys\n"
        "from alembic import op\n"
        "from pathlib import Path\n"
        "from postil.store import Store\n"
        "make = op.create_index\n"
        "def stop(name, table, *args, **kwargs):\n"
        "    make(name, table, *args, **kwargs)\n"
        "    if table == 'annotation':\n"
        "        os._exit(9)\n"
        "op.create_index = stop\n"
        "Store(Path(sys.argv[1]))\n"
    )
    done = subprocess.run([sys.executable, "-c", script, path], check=False)
    assert done.returncode == 9
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (1,)
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert not [row for row in raw.execute("PRAGMA table_info(article)") if row[1] == "number"]
    with Library.open(path) as library:
        assert len(library.search(parse("dinosaurs")).ids) == 1


@pytest.mark.parametrize("frozen", [FULL, *LIBRARIES[1:]], ids=lambda path: path.stem)
def test_killed_at_any_statement_it_is_of_the_old_schema_or_of_todays(frozen, tmp_path):
    """What lies on the disk after each statement is opened as the next start would find it."""
    path = tmp_path / "library.sqlite"
    shutil.copy(frozen, path)
    with closing(sqlite3.connect(path)) as raw:
        (old,) = raw.execute("PRAGMA user_version").fetchone()
    names = [name for name in tables(frozen) if not name.startswith(("ix_", "search_", "alembic"))]
    before = rows(path, names)
    states = []

    def look(*_):
        killed = tmp_path / "killed"
        killed.mkdir()
        for file in tmp_path.glob("library.sqlite*"):
            shutil.copy(file, killed / file.name)
        with closing(sqlite3.connect(killed / path.name)) as raw:
            states.append(raw.execute("PRAGMA user_version").fetchone()[0])
        assert rows(killed / path.name, names) == before
        shutil.rmtree(killed)

    def be_forgetful(connection, _):
        """Have pages written while the transaction is open, so that the journal is needed."""
        connection.execute("PRAGMA cache_size=2")

    event.listen(Engine, "connect", be_forgetful)
    event.listen(Engine, "before_cursor_execute", look)
    try:
        bring_up_to_date(path)
    finally:
        event.remove(Engine, "before_cursor_execute", look)
        event.remove(Engine, "connect", be_forgetful)
    assert len(states) > 5
    assert set(states) == {old}
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (schema.SCHEMA_VERSION,)
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_newer_library_stays_untouched(tmp_path):
    path = tmp_path / "library.sqlite"
    shutil.copy(FULL, path)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA user_version={schema.SCHEMA_VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(UserError, match="newer Postil"):
        Library.open(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["library.sqlite"]
