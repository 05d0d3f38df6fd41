"""The lock file: a live owner is left alone, a dead one taken over, all else asked about."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from postil import lock_file
from postil.lock_file import LockFile, NotOursError, Owner, runs, this_process


@pytest.fixture
def path(tmp_path):
    return tmp_path / "library.sqlite"


def leave(path, owner):
    """Have `owner` hold the library and end without letting go."""
    LockFile(path, owner).take()


@pytest.fixture
def dead():
    """Return an owner whose process has ended."""
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return replace(this_process(), pid=done.pid, started="", address="postil-dead")


def test_it_is_made_whole_and_taken_away(path):
    lock = LockFile(path)
    lock.take()
    assert [one.name for one in path.parent.iterdir()] == ["library.sqlite.lock"]
    if os.name == "posix":
        assert lock.path.stat().st_mode & 0o077 == 0
    lock.release()
    assert list(path.parent.iterdir()) == []
    lock.release()


def test_a_live_owner_is_left_alone(path):
    mine = this_process()
    leave(path, mine)
    with pytest.raises(NotOursError) as refused:
        LockFile(path).take()
    assert refused.value.is_here
    assert refused.value.owner == mine


def test_a_dead_owner_is_taken_over(path, dead):
    leave(path, dead)
    lock = LockFile(path)
    lock.take()
    assert lock.left_address == "postil-dead"
    with pytest.raises(NotOursError):
        LockFile(path).take()


def test_a_number_that_was_given_away_again_is_no_owner(path):
    me = this_process()
    if not me.started:
        pytest.skip("this system does not tell when a process began")
    leave(path, replace(me, started=me.started + "1"))
    LockFile(path).take()


@pytest.mark.parametrize("pid", [2**40, 2**80])
def test_numbers_no_process_has_are_dead(pid):
    assert not runs(replace(this_process(), pid=pid))


def test_the_process_of_another_user_lives(monkeypatch):
    if os.name != "posix":
        pytest.skip("asked otherwise on this system")

    def denied(*_):
        raise PermissionError

    monkeypatch.setattr(lock_file.os, "kill", denied)
    assert runs(Owner(os.getpid(), "", "", ""))


def test_another_computer_is_asked_about(path, dead):
    leave(path, replace(dead, host="the-other-desk"))
    with pytest.raises(NotOursError) as refused:
        LockFile(path).take()
    assert not refused.value.is_here
    assert refused.value.owner.host == "the-other-desk"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[1]",
        b'{"pid": 4}',
        b'{"pid": "4", "host": "", "started": "", "address": ""}',
        b'{"pid": -1, "host": "", "started": "", "address": ""}',
        b"[" * 4_000,
    ],
)
def test_what_cannot_be_read_is_asked_about(path, content):
    LockFile(path).path.write_bytes(content)
    with pytest.raises(NotOursError) as refused:
        LockFile(path).take()
    assert refused.value.owner is None
    assert LockFile(path).path.read_bytes() == content


def test_a_lock_that_is_a_folder_is_asked_about(path):
    LockFile(path).path.mkdir()
    with pytest.raises(NotOursError):
        LockFile(path).take()


def test_a_person_who_knows_takes_it_anyway(path, dead):
    leave(path, replace(dead, host="the-other-desk"))
    lock = LockFile(path)
    lock.seize()
    lock.release()
    assert not lock.path.exists()


def test_a_lock_that_became_somebody_elses_is_not_let_go(path):
    mine, theirs = LockFile(path), LockFile(path)
    mine.take()
    theirs.seize()
    mine.release()
    assert theirs.path.exists()


def test_a_lock_put_in_place_of_a_dead_one_is_put_back(path, dead):
    leave(path, dead)
    lock = LockFile(path)
    seen = lock._content()
    lock.path.unlink()
    leave(path, this_process())
    there = lock.path.read_bytes()
    lock._clear(seen)
    assert lock.path.read_bytes() == there
    assert len(list(path.parent.iterdir())) == 1


def test_where_there_are_no_links_it_is_made_all_the_same(path, monkeypatch):
    def no_links(*_):
        raise OSError("no links here")

    monkeypatch.setattr(lock_file.os, "link", no_links)
    LockFile(path).take()
    with pytest.raises(NotOursError) as refused:
        LockFile(path).take()
    assert refused.value.is_here


def test_a_lock_that_cannot_be_had_is_asked_about(path, dead, monkeypatch):
    leave(path, dead)
    monkeypatch.setattr(LockFile, "_clear", lambda *_: None)
    with pytest.raises(NotOursError):
        LockFile(path).take()


def test_a_folder_that_cannot_be_written_says_so(tmp_path):
    with pytest.raises(OSError, match=r"library"):
        LockFile(tmp_path / "missing" / "library.sqlite").take()


TAKER = (
    "import sys, pathlib\n"
    "from postil.lock_file import LockFile, NotOursError\n"
    "lock = LockFile(pathlib.Path(sys.argv[1]))\n"
    "sys.stdin.readline()\n"
    "try: lock.take()\n"
    "except NotOursError: print('no', flush=True)\n"
    "else: print('yes', flush=True)\n"
    "sys.stdin.readline()\n"
)


def test_of_several_that_start_at_once_one_has_it(path, dead):
    leave(path, dead)
    takers = [
        subprocess.Popen(
            [sys.executable, "-c", TAKER, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for taker in takers:
        taker.stdin.write("go\n")
        taker.stdin.flush()
    answers = [taker.stdout.readline().strip() for taker in takers]
    for taker in takers:
        taker.communicate("\n")
    assert sorted(answers) == ["no", "no", "yes"]


def test_a_lock_that_is_let_go_meanwhile_is_tried_again(path, monkeypatch):
    held = LockFile(path)
    held.take()

    def gone(_):
        monkeypatch.undo()
        held.release()

    monkeypatch.setattr(LockFile, "_content", gone)
    LockFile(path).take()


def test_where_the_system_does_not_tell_a_running_process_is_the_owner(monkeypatch):
    def unreadable(*_):
        raise OSError

    me = this_process()
    monkeypatch.setattr(lock_file.Path, "read_text", unreadable)
    assert runs(me)
