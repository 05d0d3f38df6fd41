"""A library that another computer has open is read by commands, and written only on request."""

import json
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from postil.cli import main
from postil.lock_file import LockFile, this_process


@pytest.fixture
def run(tmp_path, capsys):
    """Return a function that runs a command on a library with one article in it."""

    def run(*words, code=0):
        found = 0
        with suppress(SystemExit):
            found = main([words[0], "--library", str(tmp_path / "library.sqlite"), *words[1:]])
        out, err = capsys.readouterr()
        assert found == code, err
        return out + err

    (tmp_path / "ferry.txt").write_text("The ferry that was promised\n\nNothing was built.\n")
    run("import", str(tmp_path / "ferry.txt"))
    return run


@pytest.fixture
def lock(run, tmp_path):
    """Return the lock file of a window on another computer."""
    path = LockFile(tmp_path / "library.sqlite").path
    path.write_text(json.dumps(asdict(replace(this_process(), host="far\u202eaway"))))
    return path


def test_what_is_open_on_another_computer_is_read_and_not_written(run, lock, tmp_path):
    made = run("backup").strip()
    for reading in ("list", "check", "history"):
        run(reading)
    told = "The library library.sqlite is open on faraway. Close it there. Add --insist if nobody"
    writing = (
        ["import", str(tmp_path / "ferry.txt"), "--separate"],
        ["undo"],
        ["restore", made],
        ["check", "--rescue"],
        ["history", "--bring-back", "1"],
    )
    for words in writing:
        assert told in run(*words, code=1)
    assert "ferry" in run("list")
    assert lock.exists()


def test_whoever_insists_deletes_the_lock_file(run, lock):
    run("undo", "--insist")
    assert not lock.exists()
    assert run("list") == ""


def test_a_lock_file_that_cannot_be_deleted_is_told(run, lock, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        assert "cannot be deleted: Permission denied. Delete it" in run("undo", "--insist", code=1)
    assert "ferry" in run("list")


def test_a_lock_file_that_nobody_can_read_is_told_as_that(run, lock):
    lock.write_text("nonsense")
    assert "for its lock file cannot be read. Add --insist" in run("undo", code=1)


def test_a_window_on_this_computer_keeps_no_command_from_writing(run, lock):
    lock.write_text(json.dumps(asdict(this_process())))
    run("undo")
    assert lock.exists()


def test_no_library_is_made_beside_the_lock_file_of_another_computer(run, lock, tmp_path):
    (tmp_path / "library.sqlite").unlink()
    assert "is open on faraway" in run("import", str(tmp_path / "ferry.txt"), code=1)
    assert not (tmp_path / "library.sqlite").exists()
