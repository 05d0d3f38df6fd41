"""One window for one library: who has it, who is given the files, and whom nobody believes."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from postil.domain.errors import UserError
from postil.lock_file import LockFile, this_process
from postil.ui import one_window
from postil.ui.one_window import Claim, Doorbell, hand_over


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(one_window, "_PATIENCE_SECONDS", 0.2)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "folder" / "library.sqlite"


@pytest.fixture
def bell(qapp, path):
    claim = Claim(path)
    assert claim.take([])
    parent = QObject()
    made = Doorbell(claim.address, parent)
    yield made
    made.close()
    claim.release()
    assert list(path.parent.iterdir()) == []


SECOND = (
    "import sys, pathlib\n"
    "from PySide6.QtCore import QCoreApplication\n"
    "application = QCoreApplication([])\n"
    "from postil.ui.one_window import Claim\n"
    "print(Claim(pathlib.Path(sys.argv[1])).take(sys.argv[2:]))\n"
)


def test_a_second_start_gives_its_files_to_the_first(bell, path, qtbot):
    words = ["/a b/ü.txt", "/c.md"]
    command = [sys.executable, "-c", SECOND, str(path), *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as second:
        with qtbot.waitSignal(bell.rung, timeout=20_000) as rung:
            pass
        assert second.stdout.read().strip() == "False"
    assert rung.args == [words]


@pytest.mark.parametrize(
    "said", [b"nonsense\n", b"[1]\n", b'{"a": 1}\n', b"[" * 4_000 + b"\n", b"\xff\n"]
)
def test_what_is_no_list_of_words_brings_nothing(bell, path, qtbot, said):
    caller = QLocalSocket()
    caller.connectToServer(json.loads(LockFile(path).path.read_bytes())["address"])
    with qtbot.waitSignal(bell.rung) as rung:
        caller.write(said)
    assert rung.args == [[]]
    caller.abort()


def test_who_says_too_much_is_cut_off(bell, path, qtbot, monkeypatch):
    monkeypatch.setattr(one_window, "_BYTES", 100)
    caller = QLocalSocket()
    caller.connectToServer(json.loads(LockFile(path).path.read_bytes())["address"])
    with qtbot.assertNotEmitted(bell.rung), qtbot.waitSignal(caller.disconnected):
        caller.write(b'["' + b"x" * 200 + b'"]\n')


def test_a_window_that_does_not_answer_leaves_the_library_for_reading(qapp, path):
    first, second = Claim(path), Claim(path)
    assert first.take([])
    assert second.take(["a"])
    assert not second.is_held
    assert "does not answer" in str(second.refusal)
    second.release()
    assert LockFile(path).path.exists()
    first.release()
    assert not LockFile(path).path.exists()


def test_another_computer_and_a_lock_nobody_can_read_are_asked_about(qapp, path):
    path.parent.mkdir()
    LockFile(path, replace(this_process(), host="another-desk")).take()
    claim = Claim(path)
    assert claim.take([])
    assert "is open on another-desk" in str(claim.refusal)
    LockFile(path).path.write_bytes(b"")
    claim = Claim(path)
    assert claim.take([])
    assert "cannot be read" in str(claim.refusal)
    claim.insist()
    assert (claim.is_held, claim.refusal) == (True, None)
    claim.release()


def test_a_lock_that_cannot_be_replaced_is_told(qapp, path, monkeypatch):
    def fail(_):
        raise OSError("no")

    path.parent.mkdir()
    LockFile(path, replace(this_process(), host="another-desk")).take()
    claim = Claim(path)
    claim.take([])
    monkeypatch.setattr(LockFile, "seize", fail)
    with pytest.raises(UserError, match="cannot be replaced"):
        claim.insist()


def test_a_place_without_writing_is_no_matter_of_the_lock(qapp, path, monkeypatch):
    def fail(*_):
        raise PermissionError("no")

    monkeypatch.setattr(LockFile, "take", fail)
    claim = Claim(path)
    assert claim.take([])
    assert (claim.is_held, claim.refusal) == (False, None)


def test_what_a_dead_window_left_is_cleared_away(qapp, path):
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    path.parent.mkdir()
    dead = Claim(path)
    server = QLocalServer()
    assert server.listen(dead.address)
    LockFile(path, replace(dead._lock.me, pid=done.pid, started="")).take()
    claim = Claim(path)
    assert claim.take([])
    caller = QLocalSocket()
    caller.connectToServer(dead.address)
    assert not caller.waitForConnected(50)
    claim.release()


def test_an_address_that_is_none_of_ours_is_neither_called_nor_cleared(qapp, path, tmp_path):
    precious = tmp_path / "postil-0123456789abcdef"
    precious.write_text("mine")
    foreign = QLocalServer()
    assert foreign.listen(str(tmp_path / "postil-fedcba9876543210"))
    for address in (foreign.fullServerName(), "../postil-0123456789abcdef", ""):
        assert not hand_over(replace(this_process(), address=address), ["a"])
    assert foreign.waitForNewConnection(0)[0] is False
    foreign.close()
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    path.parent.mkdir()
    owner = replace(this_process(), pid=done.pid, started="", address=str(precious))
    LockFile(path, owner).take()
    claim = Claim(path)
    assert claim.take([])
    assert precious.read_text() == "mine"
    claim.release()
