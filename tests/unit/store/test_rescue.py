"""What is read of a damaged file, and how what is lost is stood in for."""

import random
import sqlite3
from contextlib import closing, suppress

import pytest

from factories import make_article
from postil.domain.annotation import Placement
from postil.domain.errors import DamagedError, UserError
from postil.library import AddAnnotation, AddArticle, Library
from postil.library.backing_up import look_into
from postil.library.checking import check_file, is_damage
from postil.library.recovery import Recovery
from postil.store import copying, leaves

TAG = "my/of-my-own"


@pytest.fixture
def path(tmp_path):
    """Return a library of one article with two marks, one with a tag of its own; no history."""
    path = tmp_path / "library.sqlite"
    article = make_article(title="Ferry", author="Ada Lind")
    with Library.open(path) as library:
        record = library.do(AddArticle(article)).edits[0].after
        for words, tags in (("dinosaurs", (TAG,)), ("a plot", ("persuasion23/doubt",))):
            at = article.text.index(words)
            if tags == (TAG,):
                raw_tag(library.path)
            library.do(AddAnnotation(record.id, at, at + len(words), tags=tags, note=words))
    return path


def raw_tag(path):
    change(
        path,
        "INSERT INTO tag SELECT 'my/of-my-own', 'my', 'own', 'Of my own', 'OM', line_style,"
        " definition, example, question, '[]', '[]', position, retired FROM tag LIMIT 1",
    )


def change(path, *statements):
    with closing(sqlite3.connect(path)) as raw:
        for statement in statements:
            raw.execute(statement)
        raw.commit()


def rescued(path):
    """Rescue a library; return what was told, and its articles with their marks."""
    with Recovery(path) as recovery:
        recovery.take_rescued()
        told = recovery.rescued
    with Library.open(path, create=False) as library:
        found = {row.title: library.annotations(row.id) for row in library.articles()}
        assert library.check() == []
    return told, found


def without_history(path):
    change(path, "DELETE FROM step_revision", "DELETE FROM step")


def test_a_text_that_is_lost_leaves_its_marks_waiting(path):
    without_history(path)
    change(path, "DELETE FROM revision")
    told, found = rescued(path)
    assert (told.articles, told.marks, told.texts_lost) == (1, 2, 1)
    assert [mark.note for mark in found["Ferry"]] == ["dinosaurs", "a plot"]
    assert {mark.placement for mark in found["Ferry"]} == {Placement.UNPLACED}


@pytest.mark.parametrize("is_text_lost", [False, True])
def test_an_article_that_is_lost_is_made_anew_for_its_marks(path, is_text_lost):
    without_history(path)
    change(path, "DELETE FROM article", *(["DELETE FROM revision"] if is_text_lost else []))
    told, found = rescued(path)
    assert told.texts_lost == is_text_lost
    ((title, marks),) = found.items()
    assert title.startswith("What stood here was lost" if is_text_lost else "For years the council")
    assert len(marks) == 2
    assert all(mark.placement.is_placed != is_text_lost for mark in marks)


def test_an_older_text_that_is_lost_has_its_marks_wait_in_todays(path):
    without_history(path)
    change(
        path,
        "INSERT INTO revision SELECT 'newer', NULL, sha256, text, characters, blocks, spans,"
        " original_sha256, created FROM revision",
        "UPDATE article SET revision_id = 'newer'",
        "DELETE FROM revision WHERE id != 'newer'",
    )
    _told, found = rescued(path)
    assert {mark.placement for mark in found["Ferry"]} == {Placement.UNPLACED}


def test_the_history_knows_what_the_rows_have_lost(path):
    change(path, "DELETE FROM annotation_tag", "DELETE FROM annotation", "DELETE FROM article")
    told, found = rescued(path)
    assert (told.articles, told.marks, told.texts_lost) == (1, 2, 0)
    assert [mark.tags for mark in found["Ferry"]] == [(TAG,), ("persuasion23/doubt",)]
    assert all(mark.placement.is_placed for mark in found["Ferry"])


@pytest.mark.parametrize("lost", ["tag", "tag_group", "codebook"])
def test_marks_keep_tags_whose_rows_are_lost(path, lost):
    own = "" if lost == "codebook" else f" WHERE {'group_id' if lost == 'tag' else 'id'} = 'own'"
    change(
        path,
        "UPDATE tag SET codebook_id = 'mine', id = 'mine/x' WHERE id = 'my/of-my-own'",
        "UPDATE annotation_tag SET tag_id = 'mine/x' WHERE tag_id = 'my/of-my-own'",
        f"DELETE FROM {lost}{own}",
    )
    _told, found = rescued(path)
    assert [mark.tags for mark in found["Ferry"]] == [("mine/x",), ("persuasion23/doubt",)]


def test_a_text_whose_structure_is_lost_is_plain_paragraphs(path):
    change(path, "UPDATE revision SET blocks = 'lost'", "UPDATE article SET answers = answers")
    _told, found = rescued(path)
    assert all(mark.placement.is_placed for mark in found["Ferry"])


UNREADABLE = {
    "no text": "UPDATE revision SET text = x'00', blocks = 7",
    "no UTF-8": "UPDATE revision SET text = CAST(x'ff' AS TEXT)",
    "no numbers": "UPDATE annotation SET start = 'x', \"end\" = 'y'",
    "no JSON": "UPDATE article SET extra = '7'",
}


@pytest.mark.parametrize("damage", UNREADABLE.values(), ids=UNREADABLE)
def test_rows_of_which_nothing_is_right_are_told_and_left_out(path, damage):
    change(path, damage)
    found = check_file(path, whole=True)
    assert any(map(is_damage, found))
    with Library.open(path) as library, suppress(DamagedError):  # SQLite itself may refuse
        assert any(map(is_damage, library.check()))
    rescued(path)


@pytest.mark.parametrize("is_hot", [False, True])
def test_a_journal_that_lies_beside_it_is_tried_with_and_without(path, is_hot):
    """A stale journal would bring pages of another time; a hot one takes back half a change."""
    journal = path.with_name(path.name + "-journal")
    if is_hot:
        with closing(sqlite3.connect(path, isolation_level=None)) as raw:
            raw.execute("PRAGMA cache_size=1")
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("UPDATE revision SET text = 'gone'")
            raw.execute("UPDATE tag SET definition = hex(randomblob(3000))")
            half, beside = path.read_bytes(), journal.read_bytes()
        path.write_bytes(half)
        journal.write_bytes(beside)
    else:
        journal.write_bytes(bytes.fromhex("d9d505f920a163d7") + random.Random(1).randbytes(9000))
    told, found = rescued(path)
    assert (told.marks, told.texts_lost) == (2, 0)
    assert all(mark.placement.is_placed for mark in found["Ferry"])
    assert not journal.exists()


def test_leaves_are_read_as_sqlite_reads_them(tmp_path):
    path = tmp_path / "any.sqlite"
    chance = random.Random(3)
    values = [None, 0, 1, -1, 127, -300, 70_000, -(2**30), 2**40, 2**62, "", "é😀", b"\0\1"]
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA secure_delete=OFF")
        raw.execute("CREATE TABLE t (a, b, c)")
        rows = [(chance.choice(values), "x" * chance.randrange(20_000), n) for n in range(300)]
        raw.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)
        raw.execute("INSERT INTO t VALUES (1.5, 'we write no fractions', 0)")
        raw.execute("INSERT INTO t VALUES (CAST(x'ff' AS TEXT), 'no text', 0)")
        raw.execute("CREATE TABLE gone (a)")
        raw.executemany("INSERT INTO gone VALUES (?)", [("y" * 3000,)] * 50)
        raw.execute("DROP TABLE gone")
        raw.commit()
        (free,) = raw.execute("PRAGMA freelist_count").fetchone()
    assert free > 10
    found = [tuple(row) for _, row in leaves.rows(path.read_bytes()) if len(row) == 3]
    assert found == rows
    assert not [row for _, row in leaves.rows(path.read_bytes()) if row == ["y" * 3000]]


def test_leaves_of_garbage_hold_nothing_and_raise_nothing(path):
    data = bytearray(path.read_bytes())
    chance = random.Random(11)
    for _ in range(20):
        for _ in range(400):
            data[chance.randrange(100, len(data))] = chance.randrange(256)
        for _, row in leaves.rows(bytes(data)):
            assert isinstance(row, list)
    assert list(leaves.rows(b"")) == []
    assert list(leaves.rows(bytes([leaves._LEAF] + [255] * 8191))) == []


def test_a_mark_only_the_history_knows_waits_where_its_words_have_gone(path):
    change(
        path,
        "DELETE FROM annotation_tag",
        "DELETE FROM annotation",
        "UPDATE revision SET text = replace(text, 'dinosaurs', 'antiques!')",
    )
    _, found = rescued(path)
    assert [(mark.note, mark.placement) for mark in found["Ferry"]] == [
        ("dinosaurs", Placement.UNPLACED),
        ("a plot", Placement.EXACT),
    ]


def test_a_mark_without_a_possible_place_keeps_its_note_and_waits(path):
    without_history(path)
    change(
        path,
        "PRAGMA ignore_check_constraints=1",
        "UPDATE annotation SET start = -5 WHERE note = 'dinosaurs'",
    )
    _, found = rescued(path)
    assert {mark.note: mark.placement for mark in found["Ferry"]} == {
        "dinosaurs": Placement.UNPLACED,
        "a plot": Placement.EXACT,
    }


def test_damage_that_sqlite_quotes_in_its_own_words_stops_no_rescue(path):
    data = path.read_bytes().replace(b"tableannotationannotation", b"tableannotatio\x8fannotation")
    path.write_bytes(data.replace(b"CREATE TABLE annotation (", b"CREATE TXBLE annotation ("))
    assert copying.contents(path) is None
    with pytest.raises(DamagedError):
        Library.open(path)
    with pytest.raises(UserError, match="is damaged"):
        look_into(path)
    told, _ = rescued(path)
    assert (told.articles, told.marks) == (1, 2)


def test_a_time_of_a_step_that_is_none_keeps_no_library_shut(path):
    change(path, "UPDATE step SET at = x'17'")
    with Library.open(path) as library:
        assert len(library.articles()) == 1
