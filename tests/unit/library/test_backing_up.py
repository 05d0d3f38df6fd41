"""Backups: made while the library is in use, skipped when nothing changed, and brought back."""

import errno
import re
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from factories import make_article
from postil.domain.backups import Backup, Keeping
from postil.domain.errors import DamagedError, LibraryBusyError, UserError
from postil.library import AddArticle, DeleteArticles, Library
from postil.library.backing_up import DAMAGED, Backups, altered, contents, look_into
from postil.library.recovery import Recovery
from postil.store import copying, receiving, transfer

FULL = Path(__file__).parents[2] / "data" / "libraries" / "articles-v1.sqlite"
NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)


def add(library, *words):
    return library.do(AddArticle(make_article(*words, title=words[0]))).edits[0].after.id


def titles(library):
    return [row.title for row in library.articles()]


def test_a_backup_holds_what_the_library_does_and_lies_beside_it(library):
    add(library, "One.")
    made = library.safekeeping.backups.make("asked", now=NOW)
    assert made.path.parent == library.path.parent / "backups"
    assert made.path.name == "library-20260504-100000-asked.sqlite"
    assert library.safekeeping.backups.all() == [made]
    assert (contents(made).articles, contents(made).marks) == (1, 0)
    assert [row.title for row in look_into(made.path).rows] == ["One."]
    assert not list(made.path.parent.glob(".*"))


def test_nothing_changed_means_no_backup_and_any_change_means_one(library):
    add(library, "One.")
    assert library.safekeeping.backups.make("close", now=NOW)
    assert library.safekeeping.backups.make("change", now=NOW) is None
    later = iter(NOW + timedelta(minutes=n) for n in range(1, 9))
    library.undo()
    assert library.safekeeping.backups.make("change", now=next(later))
    library.redo()
    assert library.safekeeping.backups.make("change", now=next(later))
    library.drafts.keep("a mark", "half a no")
    assert library.safekeeping.backups.make("change", now=next(later))
    assert library.safekeeping.backups.make("change") is None
    assert library.safekeeping.backups.make("asked", anyhow=True)


def test_two_in_one_second_have_two_names(library):
    first = library.safekeeping.backups.make("asked", anyhow=True, now=NOW)
    second = library.safekeeping.backups.make("asked", anyhow=True, now=NOW)
    assert second.at - first.at == timedelta(seconds=1)


def test_old_ones_are_thinned_and_files_of_others_stay(library):
    backups = Backups(library.path, Keeping(number=2))
    folder = library.path.parent / "backups"
    folder.mkdir()
    for name in ("library-20260504-100000-asked.txt", "library-20269904-100000-asked.sqlite"):
        (folder / name).write_text("mine")
    for number in range(3):
        backups.make("asked", anyhow=True, now=NOW + timedelta(minutes=number))
    assert [backup.at.minute for backup in backups.all()] == [2, 1]
    assert len(list(folder.iterdir())) == 4


def test_a_folder_of_ones_own_keeps_libraries_apart(library, tmp_path):
    keeping = Keeping(tmp_path / "elsewhere")
    made = Backups(library.path, keeping).make("asked")
    other = tmp_path / "other" / "library.sqlite"
    Library.open(other.parent.mkdir() or other).close()
    assert Backups(other, keeping).all() == []
    assert made.path.is_relative_to(tmp_path / "elsewhere")


def test_without_room_it_is_refused_in_words_and_leaves_nothing(library, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(9, 9, 0))
    with pytest.raises(UserError, match="no room for a backup"):
        library.safekeeping.backups.make("asked")
    assert "no room" in str(library.safekeeping.backups.try_to_make("close"))
    assert library.safekeeping.backups.all() == []


def test_a_folder_that_cannot_be_made_is_named(library, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be written"):
        Backups(library.path, Keeping(tmp_path / "file")).make("asked")


def test_a_copy_that_lacks_rows_is_no_backup(library, monkeypatch):
    add(library, "One.")
    counts = iter([{"article": 1}, {"article": 0}])
    monkeypatch.setattr(copying, "_rows", lambda _: next(counts))
    with pytest.raises(DamagedError):
        library.safekeeping.backups.make("asked")
    assert library.safekeeping.backups.all() == []


def test_no_backup_is_made_of_a_library_known_to_be_damaged(library):
    add(library, "One.")
    with closing(sqlite3.connect(library.path)) as raw:
        raw.execute("UPDATE revision SET sha256 = 'x'")
        raw.commit()
    assert library.check()
    assert library.safekeeping.backups.make("asked", anyhow=True) is None
    with pytest.raises(DamagedError, match="before anything is restored"):
        library.safekeeping.restore(library.path)
    with closing(sqlite3.connect(library.path)) as raw:
        assert raw.execute("SELECT 1 FROM fact WHERE key = ?", (DAMAGED,)).fetchone()


def test_restoring_brings_everything_back_and_can_be_taken_back(library):
    add(library, "One.")
    made = library.safekeeping.backups.make("asked", now=NOW)
    library.do(DeleteArticles((library.article_ids()[0],)))
    add(library, "Two.")
    told = []
    library.subscribe(told.append)
    before = library.safekeeping.restore(made.path).before
    assert titles(library) == ["One."]
    assert [changes.everything for changes in told] == [True]
    assert library.undo_step().name == "add-article"
    assert library.check() == []
    assert before.occasion == "restore"
    library.safekeeping.restore(before.path)
    assert titles(library) == ["Two."]
    add(library, "Three.")
    assert library.check() == []


def test_another_window_sees_what_was_restored(library):
    add(library, "One.")
    made = library.safekeeping.backups.make("asked")
    add(library, "Two.")
    with Library.open(library.path) as other:
        seen = []
        other.subscribe(seen.append)
        library.safekeeping.restore(made.path)
        other.refresh()
        assert [changes.everything for changes in seen] == [True]
        assert titles(other) == ["One."]


def test_a_library_in_use_is_not_overwritten(library):
    add(library, "One.")
    made = library.safekeeping.backups.make("asked")
    add(library, "Two.")
    with (
        library.safekeeping.backups.prepared(made.path) as prepared,
        closing(sqlite3.connect(library.path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryBusyError):
            library.safekeeping.replace(prepared)
        other.execute("ROLLBACK")
    assert titles(library) == ["Two.", "One."]


def test_a_change_that_a_reader_holds_up_is_refused_whole_and_can_be_tried_again(library):
    add(library, "One.")
    with closing(sqlite3.connect(library.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM article").fetchone()
        with pytest.raises(LibraryBusyError):
            add(library, "Two.")
    add(library, "Three.")
    assert titles(library) == ["Three.", "One."]


def test_while_a_backup_is_made_the_library_can_be_written(library, monkeypatch):
    monkeypatch.setattr(copying, "_PAGES", 1)
    add(library, "One.")
    with closing(sqlite3.connect(library.path, isolation_level=None)) as other:

        def write(path, _seconds, known=copying._patience):
            """Have another program write once, in the middle of the copy."""
            waiting = [lambda: other.execute("INSERT INTO fact VALUES ('k', 'v')")]

            def ask(*about):
                if waiting:
                    waiting.pop()()
                known(path, 20.0)(*about)

            return ask

        monkeypatch.setattr(copying, "_patience", write)
        made = library.safekeeping.backups.make("asked")
    assert copying.fact(made.path, "k") == "v"


def test_a_library_that_is_written_to_all_the_time_is_held_once_and_copied(library, monkeypatch):
    add(library, "One.")
    monkeypatch.setattr(copying, "_PAGES", 1)
    monkeypatch.setattr(copying, "_SECONDS", 0.0)  # as if the pages had changed all that time
    made = library.safekeeping.backups.make("asked")
    monkeypatch.setattr(transfer, "_BATCH", 2)  # rows go over some at a time
    assert [row.title for row in look_into(made.path).rows] == ["One."]


def test_an_older_library_is_backed_up_before_it_is_migrated(tmp_path):
    path = tmp_path / "library.sqlite"
    shutil.copy(FULL, path)
    with Library.open(path) as library:
        (backup,) = library.safekeeping.backups.all()
        assert backup.occasion == "migration"
        articles = titles(library)
        assert sorted(row.title for row in look_into(backup.path).rows) == sorted(articles)
        library.safekeeping.restore(backup.path)  # an older schema, brought to today's on its way
        assert titles(library) == articles


def test_the_session_tells_whether_the_last_one_ended_well(library):
    assert library.safekeeping.begin_session()
    assert not library.safekeeping.begin_session()
    library.safekeeping.end_session()
    assert library.safekeeping.begin_session()


@pytest.fixture
def changed(library):
    """Return a backup in which something else has changed two rows."""
    add(library, "One.")
    made = library.safekeeping.backups.make("asked", now=NOW)
    with closing(sqlite3.connect(made.path)) as raw:
        raw.execute("UPDATE article SET title = 'Fairy'")
        raw.execute("UPDATE step SET at = '2020-01-01T00:00:00Z'")
        raw.commit()
    return made


def test_rows_of_a_backup_that_something_else_changed_are_counted_and_come_back(library, changed):
    assert altered(changed) == look_into(changed.path).altered == 2
    restored = library.safekeeping.restore(changed.path)
    assert restored.altered == 2
    assert altered(restored.before) == 0
    assert titles(library) == ["Fairy"]
    assert len(library.check()) == 2


def test_a_backup_nobody_changed_is_better_than_a_newer_one(library, changed):
    backups = library.safekeeping.backups
    assert backups.newest_good().backup == changed  # it is all there is
    older = backups.make("asked", anyhow=True, now=NOW - timedelta(hours=1))
    assert backups.newest_good().backup == older


def test_older_backups_are_not_read_where_the_newest_is_good(library, monkeypatch):
    library.do(AddArticle(make_article("Ferry")))
    backups, looked_at = library.safekeeping.backups, []
    backups.make("asked", anyhow=True, now=NOW - timedelta(hours=1))
    newest = backups.make("asked", anyhow=True, now=NOW)
    is_sound = copying.is_sound
    monkeypatch.setattr(copying, "is_sound", lambda path: looked_at.append(path) or is_sound(path))
    assert backups.newest_good().backup == newest
    assert looked_at == [newest.path]


def test_of_a_backup_older_than_checksums_the_texts_are_looked_at(tmp_path):
    path = tmp_path / "old.sqlite"
    shutil.copy(FULL, path)
    old = Backup(path, NOW, "asked", 1)
    assert altered(old) == 0
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE revision SET sha256 = 'x' WHERE rowid = 1")
        raw.commit()
    assert altered(old) == 1
    path.write_bytes(b"no library")
    assert altered(old) == 0


def test_the_backup_of_a_program_that_was_quicker_stays(library, monkeypatch):
    known = copying._vacuum_into

    def late(*paths):
        monkeypatch.setattr(copying, "_vacuum_into", known)
        Backups(library.path).make("asked", anyhow=True, now=NOW)
        known(*paths)

    monkeypatch.setattr(copying, "_vacuum_into", late)
    made = library.safekeeping.backups.make("asked", anyhow=True, now=NOW)
    assert [one.at for one in library.safekeeping.backups.all()] == [made.at, NOW]
    assert not list(made.path.parent.glob(".*"))


def no_space(*_):
    raise OSError(errno.ENOSPC, "full")


def no_page(*_):
    with closing(sqlite3.connect(":memory:")) as raw:
        raw.execute("PRAGMA max_page_count=1")
        raw.execute("CREATE TABLE t (x)")


@pytest.mark.parametrize(
    "fault",
    [(shutil, "copyfile", no_space), (receiving, "copy_rows", no_page)],
    ids=["file", "sql"],
)
def test_a_full_disk_is_told_by_a_folder_that_people_know(library, monkeypatch, fault):
    add(library, "One.")
    made = library.safekeeping.backups.make("asked")
    folder = re.escape(str(library.path.parent))
    no_room = rf"^There is no room in {folder}\. Free some space"
    with monkeypatch.context() as patch:
        patch.setattr(*fault)
        with pytest.raises(UserError, match=no_room):
            library.safekeeping.restore(made.path)
        with pytest.raises(UserError, match=r"^There is no room in .+\. Free some space"):
            look_into(made.path)
        with pytest.raises(UserError, match=no_room), Recovery(library.path) as recovery:
            recovery.take_backup()
        patch.setattr(copying, "_rows", fault[2])
        with pytest.raises(UserError, match=rf"^There is no room for a backup in {folder}/backups"):
            library.safekeeping.backups.make("asked", anyhow=True)
    assert titles(library) == ["One."]
