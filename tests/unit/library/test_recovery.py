"""Damaged libraries: noticed, set aside, rescued, and started with whatever backups there are."""

import random
import shutil
import sqlite3
from contextlib import closing

import pytest

from factories import make_annotation, make_article, make_id
from postil.domain.history import ArticleRecord, Edit, Revision
from postil.library import Library
from postil.library.checking import check_file
from postil.library.plan import Plan
from postil.library.recovery import Recovery, set_aside

NOTES = 300
PAGE = 4096


class Fill:
    """Articles with notes enough for a file of some hundred pages."""

    def plan(self, _situation):
        edits, revisions = [], []
        chance = random.Random(7)
        for number in range(NOTES // 10):
            words = " ".join(str(chance.random()) for _ in range(80))
            article = make_article(f"Article {number}.", words, title=f"Article {number}")
            revision = Revision(make_id(1000 + number), None, article, None, "2026-05-04T10:00:00Z")
            record = ArticleRecord(make_id(number), revision.id, article.metadata, "2026-05-04")
            revisions.append(revision)
            edits.append(Edit(None, record))
            for mark in range(10):
                place = {"article_id": record.id, "revision_id": revision.id}
                note = f"note {number}/{mark} {chance.random()}"
                range_ = (20 + mark, 60 + mark)
                number_ = 10_000 + number * 10 + mark
                edits.append(
                    Edit(None, make_annotation(article, range_, number=number_, note=note, **place))
                )
        return Plan("add-article", "", "", tuple(edits), revisions=tuple(revisions))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "library.sqlite"
    with Library.open(path) as library:
        library.do(Fill())
        with library._store.writing() as transaction:
            transaction.prune_history(keep=0, since="")  # nothing to rescue from but the rows
    return path


@pytest.fixture
def path(whole, tmp_path):
    shutil.copy(whole, tmp_path / "library.sqlite")
    return tmp_path / "library.sqlite"


def notes(path):
    with Library.open(path, create=False) as library:
        ids = library.article_ids()
        return {mark.note for i in ids for mark in library.annotations(i)}


def codebook_ids(path):
    with closing(sqlite3.connect(path)) as raw:
        return set(raw.execute("SELECT id FROM codebook"))


def rewrite(path, change):
    data = bytearray(path.read_bytes())
    change(data)
    path.write_bytes(data)


def damage_everywhere(path):
    """Zero every second page after the schema: nothing opens it."""

    def change(data):
        for page in range(1, len(data) // PAGE, 2):
            data[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)

    rewrite(path, change)


BACKUPS = ("none", "good", "damaged", "empty")


@pytest.mark.parametrize("backup", BACKUPS)
@pytest.mark.parametrize("library", ["zeroed", "garbage", "empty", "gone", "cut"])
def test_it_starts_whatever_is_left(path, library, backup):
    if backup != "none":
        with Library.open(path) as opened:
            made = opened.safekeeping.backups.make("asked")
        if backup == "damaged":
            damage_everywhere(made.path)
        elif backup == "empty":
            made.path.write_bytes(b"")
    match library:
        case "zeroed":
            damage_everywhere(path)
        case "garbage":
            path.write_bytes(random.Random(1).randbytes(9 * PAGE))
        case "empty":
            path.write_bytes(b"")
        case "gone":
            path.unlink()
        case "cut":
            rewrite(path, lambda data: data.__delitem__(slice(len(data) // 2, None)))
    before = path.read_bytes() if path.exists() else None
    with Recovery(path) as recovery:
        assert (path.read_bytes() if path.exists() else None) == before
        assert (recovery.backup is not None) == (backup == "good")
        aside = recovery.take_backup() if recovery.backup else recovery.take_rescued()
    assert (aside.read_bytes() if aside else None) == before
    with Library.open(path, create=False) as opened:
        assert opened.check() == []
        if backup == "good":
            assert len(opened.articles()) == NOTES // 10


def test_a_journal_goes_with_its_library_and_never_beside_another(path):
    journal = path.with_name(path.name + "-journal")
    journal.write_bytes(b"stale")
    first = set_aside(path)
    assert first.with_name(first.name + "-journal").read_bytes() == b"stale"
    assert not journal.exists()
    path.write_bytes(b"another")
    assert set_aside(path) not in (None, first)
    assert set_aside(path) is None


def flip_bit(data, chance):
    at = chance.randrange(len(data))
    data[at] ^= 1 << chance.randrange(8)


def zero_page(data, chance):
    page = chance.randrange(1, len(data) // PAGE)
    data[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)


def swap_pages(data, chance):
    one, two = (page * PAGE for page in chance.sample(range(1, len(data) // PAGE), 2))
    data[one : one + PAGE], data[two : two + PAGE] = data[two : two + PAGE], data[one : one + PAGE]


def truncate(data, chance):
    del data[chance.randrange(len(data) * 9 // 10, len(data)) :]


def tear_page(data, chance):
    page = chance.randrange(1, len(data) // PAGE) * PAGE
    data[page + PAGE // 2 : page + PAGE] = chance.randbytes(PAGE // 2)


KINDS = (flip_bit, zero_page, swap_pages, truncate, tear_page)


@pytest.mark.parametrize("damage", KINDS, ids=lambda kind: kind.__name__)
def test_damage_is_noticed_or_harmless_and_the_other_notes_are_rescued(path, damage):
    chance = random.Random(20261125)
    whole = notes(path)
    data = path.read_bytes()
    for _ in range(4):
        shutil.rmtree(path.parent / "backups", ignore_errors=True)
        path.write_bytes(data)
        rewrite(path, lambda data: damage(data, chance))
        undamaged = {note for note in whole if note.encode() in path.read_bytes()}
        findings = check_file(path, whole=True)
        with Recovery(path) as recovery:
            recovery.take_rescued()
        left = notes(path)
        assert findings or left == whole
        assert check_file(path, whole=True) == []
        assert len(left & undamaged) >= 0.99 * len(undamaged)


def test_rows_that_go_missing_in_silence_are_rescued_too(path):
    """SQLite reads rows that stand where others belong as the end of their table."""

    def change(data):
        one, two = (data.find(note) // PAGE * PAGE for note in (b"note 2/5 ", b"note 29/9 "))
        first, last = bytes(data[one : one + PAGE]), bytes(data[two : two + PAGE])
        data[one : one + PAGE], data[two : two + PAGE] = last, first

    whole = notes(path)
    codebooks = codebook_ids(path)
    rewrite(path, change)
    with Recovery(path) as recovery:
        recovery.take_rescued()
    assert notes(path) == whole
    assert codebook_ids(path) == codebooks
