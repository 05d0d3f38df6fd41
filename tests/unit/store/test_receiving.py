"""A library that comes as a file: what is not of our making has no way in."""

import hashlib
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from factories import make_annotation, make_article
from postil.domain.errors import UserError
from postil.library import AddAnnotation, AddArticle, Library
from postil.store.receiving import receive

FROZEN = sorted((Path(__file__).parents[2] / "data" / "libraries").glob("*.sqlite"))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "library.sqlite"
    with Library.open(path, author="reader") as library:
        article = make_article()
        record = library.do(AddArticle(article)).edits[0].after
        mark = make_annotation(
            article, "dinosaurs", article_id=record.id, revision_id=record.revision_id
        )
        library.do(AddAnnotation(record.id, mark.anchor.start, mark.anchor.end, note="a label"))
    return path


@pytest.fixture
def foreign(made, tmp_path):
    path = tmp_path / "foreign.sqlite"
    shutil.copy(made, path)
    return path


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def change(path, *statements):
    with closing(sqlite3.connect(path)) as raw:
        for statement in statements:
            raw.execute(statement)
        raw.commit()


@pytest.mark.parametrize("frozen", FROZEN, ids=lambda path: path.stem)
def test_libraries_of_every_schema_are_received(frozen, tmp_path):
    before = digest(frozen)
    receive(frozen, tmp_path / "new.sqlite")
    assert digest(frozen) == before
    with closing(sqlite3.connect(frozen)) as raw:
        (marks,) = raw.execute("SELECT count(*) FROM annotation").fetchone()
    with Library.open(tmp_path / "new.sqlite", create=False) as library:
        assert sum(row.marks for row in library.articles()) <= marks
        assert library.articles()
        assert library.check() == []
        assert library.undo_step()


def test_a_library_that_was_migrated_is_received_like_one_of_today(tmp_path):
    shutil.copy(FROZEN[0], tmp_path / "old.sqlite")
    Library.open(tmp_path / "old.sqlite").close()
    receive(tmp_path / "old.sqlite", tmp_path / "new.sqlite")
    with Library.open(tmp_path / "new.sqlite", create=False) as library:
        assert library.articles()


ATTACKS = {
    "trigger": "CREATE TRIGGER t AFTER INSERT ON article BEGIN DELETE FROM annotation; END",
    "view": "CREATE VIEW v AS WITH RECURSIVE n(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM n)"
    " SELECT x FROM n",
    "table": "CREATE TABLE more (x)",
    "index on an expression": "CREATE INDEX i ON article (hex(zeroblob(1000)))",
    "computed column": "ALTER TABLE article ADD COLUMN c AS (hex(zeroblob(1000)))",
    "virtual table": "CREATE VIRTUAL TABLE f USING fts5(x)",
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_what_no_library_of_ours_has_is_refused(foreign, tmp_path, attack):
    change(foreign, attack)
    before = digest(foreign)
    with pytest.raises(UserError, match="parts that no Postil library has"):
        receive(foreign, tmp_path / "new.sqlite")
    assert digest(foreign) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["foreign.sqlite"]


def test_a_view_in_the_place_of_a_table_is_refused(foreign, tmp_path):
    change(foreign, "DROP TABLE draft", "CREATE VIEW draft AS SELECT 1, 2, 3")
    with pytest.raises(UserError, match="parts that no Postil library has"):
        receive(foreign, tmp_path / "new.sqlite")


ROWS = {
    "bytes for words": "UPDATE annotation SET note = x'00ff'",
    "no such status": "UPDATE annotation SET status = 'eaten'",
    "no JSON": "UPDATE revision SET blocks = '['",
    "blocks beside the text": "UPDATE revision SET text = text || 'x'",
    "a wrong length": "UPDATE revision SET characters = 3",
    "an article of nobody": "UPDATE annotation SET article_id = 'nobody'",
    "a text that replaces itself": "UPDATE revision SET previous_id = id",
    "a history of nothing": "UPDATE step SET edits = '{}'",
}


@pytest.mark.parametrize("damage", ROWS.values(), ids=ROWS)
def test_rows_that_we_never_write_are_refused(foreign, tmp_path, damage):
    change(foreign, damage)
    with pytest.raises(UserError, match="is damaged"):
        receive(foreign, tmp_path / "new.sqlite")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["foreign.sqlite"]


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("PRAGMA application_id=7", "is not a Postil library"),
        ("PRAGMA user_version=99", "made by a newer Postil"),
    ],
)
def test_other_files_and_newer_ones_are_refused(foreign, tmp_path, statement, sentence):
    change(foreign, statement)
    with pytest.raises(UserError, match=sentence):
        receive(foreign, tmp_path / "new.sqlite")


@pytest.mark.parametrize("data", [b"", b"words", b"SQLite format 3\0" + bytes(5000)])
def test_what_is_no_database_is_refused(tmp_path, data):
    (tmp_path / "file").write_bytes(data)
    with pytest.raises(UserError):
        receive(tmp_path / "file", tmp_path / "new.sqlite")
    with pytest.raises(UserError, match="There is no backup"):
        receive(tmp_path / "nothing", tmp_path / "new.sqlite")


def test_a_journal_beside_the_file_is_not_played_back(foreign, tmp_path):
    """A stale journal of another library would bring its pages into the copy."""
    journal = foreign.with_name("foreign.sqlite-journal")
    journal.write_bytes(bytes.fromhex("d9d505f920a163d7") + bytes(600))
    receive(foreign, tmp_path / "new.sqlite")
    assert journal.exists()
    with Library.open(tmp_path / "new.sqlite", create=False) as library:
        assert library.check() == []
