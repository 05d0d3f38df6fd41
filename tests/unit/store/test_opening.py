"""What is opened, what is refused, and that a refused file stays as it was."""

import hashlib
import os
import shutil
import sqlite3
from contextlib import closing

import pytest

from factories import make_article
from postil.domain.errors import DamagedError, LibraryBusyError, UserError
from postil.library import AddAnnotation, AddArticle, Library
from postil.library.checking import check_file
from postil.store import Store, queries, schema
from postil.store.failures import in_words


def fingerprint(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def pragma(store, name):
    with store.reading() as transaction:
        return transaction.ask(lambda c: c.exec_driver_sql(f"PRAGMA {name}").scalar())


def test_a_new_library_is_made_with_its_folder(tmp_path):
    path = tmp_path / "deep" / "er" / "library.sqlite"
    store = Store(path)
    assert pragma(store, "application_id") == schema.APPLICATION_ID
    assert pragma(store, "user_version") == schema.SCHEMA_VERSION
    store.close()
    assert not list(path.parent.glob("*-journal")) or all(
        p.stat().st_size == 0 for p in path.parent.glob("*-journal")
    )


def test_every_connection_is_durable_and_strict(tmp_path):
    store = Store(tmp_path / "library.sqlite")
    settings = {
        name: pragma(store, name)
        for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "mmap_size")
    }
    store.close()
    assert settings == {
        "journal_mode": "truncate",
        "synchronous": 3,  # EXTRA
        "foreign_keys": 1,
        "trusted_schema": 0,
        "mmap_size": 0,
    }


def test_a_missing_library_is_not_made_unasked(tmp_path):
    with pytest.raises(UserError, match="no library at"):
        Store(tmp_path / "none.sqlite", create=False)
    assert not (tmp_path / "none.sqlite").exists()


@pytest.mark.parametrize(
    "content", [b"plain text, not a database, but long enough to be one" * 20, b"SQLite format 3\0"]
)
def test_another_file_is_refused_untouched(tmp_path, content):
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"notes\.txt"):
        Store(path)
    assert path.read_bytes() == content


def test_a_foreign_database_is_refused_untouched(tmp_path):
    path = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE t (x)")
    before = fingerprint(path)
    with pytest.raises(UserError, match="not a Postil library"):
        Store(path)
    assert fingerprint(path) == before


def test_a_newer_library_is_refused_untouched(tmp_path):
    path = tmp_path / "library.sqlite"
    Store(path).close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA user_version={schema.SCHEMA_VERSION + 1}")
    before = fingerprint(path)
    with pytest.raises(UserError, match="newer Postil"):
        Store(path)
    assert fingerprint(path) == before


def test_a_damaged_library_says_so(tmp_path):
    path = tmp_path / "library.sqlite"
    Store(path).close()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(UserError, match="damaged"):
        Store(path)
    assert path.read_bytes() == data


def killed_while_writing(source, target):
    """Leave at `target` what a program killed in the middle of writing `source` leaves behind."""
    with closing(sqlite3.connect(source, isolation_level=None)) as writer:
        writer.execute("PRAGMA cache_size=1")  # so that pages reach the disk before the end
        writer.execute("BEGIN IMMEDIATE")
        writer.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
        writer.execute(f"PRAGMA user_version={schema.SCHEMA_VERSION}")
        writer.execute("CREATE TABLE half_written (words TEXT)")
        for _ in range(200):
            writer.execute("INSERT INTO half_written VALUES (?)", ("half" * 1_000,))
        for ending in ("", "-journal"):
            shutil.copyfile(f"{source}{ending}", f"{target}{ending}")


def test_a_library_whose_writer_was_killed_is_taken_back_to_before(tmp_path):
    Store(tmp_path / "library.sqlite").close()
    path = tmp_path / "after.sqlite"
    killed_while_writing(tmp_path / "library.sqlite", path)
    store = Store(path, create=False)
    with store.reading() as transaction:
        count = "SELECT count(*) FROM sqlite_schema WHERE name='half_written'"
        assert transaction.ask(lambda c: c.exec_driver_sql(count).scalar()) == 0
    assert pragma(store, "integrity_check") == "ok"
    store.close()


def test_a_library_whose_maker_was_killed_is_made_anew(tmp_path):
    path = tmp_path / "after.sqlite"
    killed_while_writing(tmp_path / "library.sqlite", path)
    store = Store(path)
    assert pragma(store, "user_version") == schema.SCHEMA_VERSION
    with store.reading() as transaction:
        assert transaction.ask(queries.titles) == {}
    store.close()


def test_a_locked_library_is_busy_at_once(tmp_path):
    path = tmp_path / "library.sqlite"
    store = Store(path)
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryBusyError, match="in use"), store.writing():
            pass
        other.rollback()
    with store.writing() as transaction:
        transaction.set_fact("key", "value")
    store.close()


def test_a_folder_or_a_file_for_a_folder_is_refused(tmp_path):
    with pytest.raises(UserError, match="not a file"):
        Store(tmp_path)
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(UserError, match="cannot be made"):
        Store(tmp_path / "file" / "library.sqlite")


def test_what_failed_inside_a_transaction_is_not_written(tmp_path):
    store = Store(tmp_path / "library.sqlite")

    def fail_halfway():
        with store.writing() as transaction:
            transaction.set_fact("key", "half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    with store.reading() as transaction:
        assert transaction.ask(queries.fact, "key") == ""
    store.close()


def test_another_process_is_noticed_once(tmp_path):
    path = tmp_path / "library.sqlite"
    store, other = Store(path), Store(path)
    assert not store.changed_elsewhere()
    with other.writing() as transaction:
        transaction.set_fact("key", "value")
    assert store.changed_elsewhere()
    assert not store.changed_elsewhere()
    store.close()
    other.close()


@pytest.mark.skipif(os.name == "nt", reason="read-only folders work differently on Windows")
@pytest.mark.parametrize("code", [sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL])
def test_the_disks_refusals_are_told_in_words(tmp_path, code):
    """Root may write anywhere, so the refusal is made by SQLite's own limits."""
    store = Store(tmp_path / "library.sqlite")
    with store.reading() as transaction:
        if code == sqlite3.SQLITE_READONLY:
            transaction.ask(lambda c: c.exec_driver_sql("PRAGMA query_only=ON"))
        else:
            pages = transaction.ask(lambda c: c.exec_driver_sql("PRAGMA page_count").scalar())
            transaction.ask(lambda c: c.exec_driver_sql(f"PRAGMA max_page_count={pages}"))
    words = "read-only" if code == sqlite3.SQLITE_READONLY else "disk is full"
    with pytest.raises(UserError, match=words), store.writing() as transaction:
        transaction.set_fact("key", "x" * 100_000)
    store.close()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE codebook SET name = cast(x'ff' AS text)",
        "UPDATE tag SET line_style = 'zigzag'",
        "UPDATE tag SET labels = '['",
        "UPDATE tag SET labels = '[1]'",
    ],
)
def test_a_row_that_cannot_be_read_is_told_as_damage(tmp_path, damage):
    path = tmp_path / "library.sqlite"
    Library.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(damage)
        connection.commit()
    with (
        closing(Store(path)) as store,
        pytest.raises(UserError, match="is damaged"),
        store.reading() as transaction,
    ):
        transaction.ask(queries.tag_sets)


def test_a_damaged_schema_is_told_as_damage(tmp_path):
    path = tmp_path / "library.sqlite"
    Store(path).close()
    data, name = path.read_bytes(), b"CREATE INDEX ix_step_undone"
    assert data.count(name) == 1
    path.write_bytes(data.replace(name, b"CREAT\xc5" + name[6:]))
    with pytest.raises(UserError, match="is damaged"):
        Store(path)


def edited_outside(whole, path, change):
    """Copy a library and change it as with another program."""
    path.write_bytes(whole)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(change)
        connection.commit()


def used(path):
    """Open a library, read and write; return the refusal, if there is one."""
    try:
        with Library.open(path, create=False) as library:
            for article in library.article_ids():
                library.annotations(article)
            library.do(AddArticle(make_article(heading="The ferry")))
    except DamagedError as error:
        return error
    return None


def test_i27_a_table_that_is_gone_is_told_as_damage_and_lost_rows_are_borne(tmp_path):
    path = tmp_path / "library.sqlite"
    with Library.open(path) as library:
        command = AddArticle(make_article(heading="The ferry"))
        library.do(command)
        library.do(AddAnnotation(command.id, 0, 3, ("Own",), "note"))
    whole = path.read_bytes()
    for table in sorted(schema.TABLES):
        edited_outside(whole, path, f"DROP TABLE {table}")
        assert used(path), table
    assert [finding.kind for finding in check_file(path, whole=True)] == ["file"]
    for table in sorted(schema.TABLES - set(schema.SEARCH_TABLES)):  # those have no rows
        edited_outside(whole, path, f"DELETE FROM {table}")
        assert used(path) is None or table.startswith("search_"), table


@pytest.mark.parametrize("code", [sqlite3.SQLITE_IOERR_LOCK, sqlite3.SQLITE_PROTOCOL])
def test_i13_a_place_without_locks_is_told(tmp_path, code):
    path = tmp_path / "library.sqlite"
    error = sqlite3.OperationalError("locking protocol")
    error.sqlite_errorcode = code
    with pytest.raises(UserError, match=r"nothing can be locked.*local disk"), in_words(path):
        raise error


def test_mistakes_of_ours_stay_what_they_are(tmp_path):
    store = Store(tmp_path / "library.sqlite")
    with (
        pytest.raises(sqlite3.OperationalError, match="no such table"),
        store.reading() as transaction,
    ):
        transaction.ask(lambda c: c.exec_driver_sql("SELECT * FROM nowhere"))
    store.close()


def test_a_text_and_bytes_that_are_not_there(tmp_path):
    store = Store(tmp_path / "library.sqlite")
    with store.reading() as transaction:
        assert transaction.ask(queries.original, "ab" * 32) is None
    with pytest.raises(KeyError), store.reading() as transaction:
        transaction.ask(queries.revision, "nobody")
    store.close()


@pytest.mark.parametrize("closed", ["the file", "its folder"])
def test_a_library_in_a_place_that_takes_no_writing_says_so(tmp_path, monkeypatch, closed):
    path = tmp_path / "library.sqlite"
    Store(path).close()
    before = fingerprint(path)
    shut = path if closed == "the file" else path.parent
    # As on a medium without writing, which root meets too; permissions do not stop root.
    monkeypatch.setattr(os, "access", lambda place, _mode: place != shut)
    with pytest.raises(UserError, match="is read-only"):
        Store(path)
    assert fingerprint(path) == before


def test_i14_a_closed_library_is_one_whole_file(tmp_path):
    path, copied = tmp_path / "library.sqlite", tmp_path / "elsewhere" / "copied.sqlite"
    with Library.open(path, author="reader") as library:
        library.do(AddArticle(make_article(heading="The ferry")))
    assert path.read_bytes()[18:20] == b"\x01\x01"  # no WAL: nothing is kept beside it
    assert sum(file.stat().st_size for file in tmp_path.glob("library.sqlite-*")) == 0
    copied.parent.mkdir()
    copied.write_bytes(path.read_bytes())
    with Library.open(copied, author="reader") as library:
        assert [row.title for row in library.articles()] == ["The ferry"]
