"""`postil backup`, `restore` and `check --rescue`, through `main`."""

import errno
import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from postil.cli import main
from postil.domain.errors import ReadOnlyError
from postil.library import Library

PAGE = 4096


@pytest.fixture
def run(tmp_path, capfdbinary):
    """Return a function that runs a command on a library with one article in it."""

    def run(*words, code=0):
        place = ["--library", str(tmp_path / "library.sqlite")]
        assert main([words[0], *place, *map(str, words[1:])]) == code
        captured = capfdbinary.readouterr()
        return (captured.err if code else captured.out).decode()

    (tmp_path / "ferry.txt").write_text("The ferry that was promised\n\nNothing was built.\n")
    run("import", tmp_path / "ferry.txt")
    return run


def damage(path):
    data = bytearray(path.read_bytes())
    for page in range(2, len(data) // PAGE, 2):
        data[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
    path.write_bytes(data)


def test_a_backup_is_made_listed_and_restored(run, tmp_path):
    made = run("backup").strip()
    (entry,) = json.loads(run("backup", "--list", "--json"))
    assert (entry["path"], entry["articles"], entry["occasion"]) == (made, 1, "asked")
    run("import", "--json", tmp_path / "ferry.txt")
    run("undo")
    assert run("list") == ""
    answer = json.loads(run("restore", made, "--json"))
    assert answer["articles"] == 1
    assert "ferry" in run("list")
    run("restore", answer["before"].rpartition("/")[2])  # a name in the list will do
    assert run("list") == ""
    lines = run("backup", "--list").splitlines()
    assert len(lines) == 3
    assert "0 articles, 0 marks" in lines[1]


def test_what_is_no_backup_is_refused_and_changes_nothing(run, tmp_path):
    (tmp_path / "words").write_text("nothing of ours")
    assert "is not a Postil library" in run("restore", tmp_path / "words", code=1)
    assert "There is no backup" in run("restore", tmp_path / "gone", code=1)
    assert "ferry" in run("list")
    assert run("backup", "--list") == ""


def test_a_whole_library_needs_no_rescue(run, tmp_path):
    assert "is not damaged" in run("check", "--rescue")
    assert "There is no library" in run(
        "check", "--library", tmp_path / "gone.sqlite", "--rescue", code=1
    )


def test_a_damaged_library_is_rescued_and_the_backup_named(run, tmp_path):
    path = tmp_path / "library.sqlite"
    made = run("backup").strip()
    damage(path)
    assert "check --rescue" in run("check", code=1)
    told = run("check", "--rescue")
    assert "were rescued" in told
    assert "has 1 article and 0 marks: postil restore" in told
    assert list(tmp_path.glob("library.damaged-*.sqlite"))
    assert "is whole" in run("check")
    damage(path)
    answer = json.loads(run("check", "--rescue", "--json"))
    assert answer["backup"] == made


def test_a_backup_takes_the_place_of_a_library_that_cannot_be_opened(run, tmp_path):
    path = tmp_path / "library.sqlite"
    made = run("backup").strip()
    shutil.copy(made, tmp_path / "kept.sqlite")
    damage(path)
    with pytest.raises(Exception, match="damaged"), Library.open(path) as library:
        library.articles()
    assert ": 1 article." in run("restore", tmp_path / "kept.sqlite")
    assert "ferry" in run("list")
    assert list(tmp_path.glob("library.damaged-*.sqlite"))


@pytest.mark.parametrize("is_gone", [False, True])
def test_a_library_that_was_emptied_is_no_new_one_while_there_are_backups(run, tmp_path, is_gone):
    name = Path(run("backup").strip()).name
    library = tmp_path / "library.sqlite"
    for _ in range(2):
        library.unlink() if is_gone else library.write_bytes(b"")
        for command in (("list",), ("check",), ("import", tmp_path / "ferry.txt")):
            assert f"Run `postil restore {name}`" in run(*command, code=1)
        assert "0 articles" in run("check", "--rescue")
        assert run("list") == ""
    library.write_bytes(b"")
    run("restore", name)
    assert "ferry" in run("list")


def test_what_has_backups_can_be_mended_and_what_was_never_a_library_is_left(run, tmp_path):
    run("backup")
    (tmp_path / "library.sqlite").write_bytes(b"\xff" * 9000)
    assert "postil check --rescue" in run("list", code=1)
    words = tmp_path / "words.txt"
    words.write_text("of my own")
    assert main(["check", "--rescue", "--library", str(words)]) == 1
    assert words.read_text() == "of my own"


def test_a_pipe_among_the_backups_is_passed_over(run, tmp_path):
    made = run("backup").strip()
    os.mkfifo(Path(made).with_name("library-20260101-000000-asked.sqlite"))
    assert len(run("backup", "--list").splitlines()) == 1


def test_a_library_that_may_only_be_read_is_no_place_to_restore_to(run, tmp_path):
    made = run("backup").strip()
    why = ReadOnlyError("The library is read-only", "Copy it")
    with (
        Library.open(tmp_path / "library.sqlite", read_only=why) as library,
        pytest.raises(ReadOnlyError, match="is read-only"),
    ):
        library.safekeeping.restore(Path(made))
    assert len(run("backup", "--list").splitlines()) == 1  # and none was made before that


def test_a_folder_of_backups_that_takes_nothing_is_told_as_that(run, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "touch", refuse)
        assert "cannot be written: Permission denied" in run("backup", code=1)
    assert "ferry" in run("list")


def test_a_changed_backup_is_told_in_the_list_and_when_it_is_restored(run, tmp_path, capfdbinary):
    made = run("backup").strip()
    with closing(sqlite3.connect(made)) as raw:
        raw.execute("UPDATE article SET title = 'The fairy'")
        raw.commit()
    told = "1 row of this copy was changed by something else"
    place = ["--library", str(tmp_path / "library.sqlite")]
    for words in (["backup", "--list"], ["restore", made]):
        assert main([*words, *place]) == 0
        assert told in capfdbinary.readouterr().err.decode()
    changed = [one["altered"] for one in json.loads(run("backup", "--list", "--json"))]
    assert changed == [0, 1]  # the newer one is of what was there
    assert json.loads(run("restore", made, "--json"))["altered"] == 1
    assert "fairy" in run("list")
    assert "has 1 fault. Run" in run("check", code=1)
    assert main(["check", "--rescue", *place]) == 0
    assert main(["restore", made, *place]) == 0
    run("check", code=1)  # and known to be damaged
    assert json.loads(run("restore", made, "--json"))["altered"] == 1


def test_a_changed_backup_is_told_where_it_is_all_there_is(run, tmp_path, capfdbinary):
    made = run("backup").strip()
    with closing(sqlite3.connect(made)) as raw:
        raw.execute("UPDATE article SET title = 'The fairy'")
        raw.commit()
    damage(tmp_path / "library.sqlite")
    assert main(["check", "--rescue", "--library", str(tmp_path / "library.sqlite")]) == 0
    out, err = capfdbinary.readouterr()
    assert Path(made).name in out.decode()
    assert "1 row of this copy was changed" in err.decode()


def test_a_full_disk_does_not_blame_the_backup(run, monkeypatch, tmp_path):
    def fail(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    made = run("backup").strip()
    monkeypatch.setattr(shutil, "copyfile", fail)
    assert run("restore", made, code=1).startswith(f"postil: There is no room in {tmp_path}. ")


def test_what_sqlite_says_stands_behind_a_sentence(run, tmp_path):
    path = tmp_path / "library.sqlite"
    with closing(sqlite3.connect(path)) as raw:
        (page,) = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'tag'").fetchone()
    data = bytearray(path.read_bytes())
    data[(page - 1) * PAGE + 5 : (page - 1) * PAGE + 7] = b"\xff\xff"
    path.write_bytes(data)
    told = run("check", code=1).splitlines()
    assert told[0].startswith("The file is not whole; SQLite says: ")
    assert "***" not in "".join(told)
