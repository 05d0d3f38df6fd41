"""The log, and what faults leave: written while the program runs, told once, and kept small."""

import faulthandler
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from postil.settings import logs
from postil.settings.logs import RunLog, log_folder

FAULTY = (
    "import faulthandler, pathlib, sys\n"
    "from postil.settings.logs import RunLog\n"
    "RunLog(pathlib.Path(sys.argv[1])).begin()\n"
    "faulthandler._sigsegv()\n"
)


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return a run that has begun; pytest keeps its own eye on faults."""
    monkeypatch.setattr(faulthandler, "enable", lambda *_: None)
    monkeypatch.setattr(faulthandler, "disable", lambda: None)
    made = RunLog(tmp_path / "log")
    made.begin()
    yield made
    made.end()


def files(folder):
    return sorted(path.name.split("-")[0] for path in folder.iterdir())


def test_the_folder_is_the_persons_own():
    assert log_folder().is_relative_to(Path.home())
    assert "postil" in log_folder().parts


def test_a_fault_is_told_at_the_next_start_once_and_stays_in_the_log(tmp_path, run):
    done = subprocess.run(
        [sys.executable, "-c", FAULTY, str(tmp_path / "log")], capture_output=True, check=False
    )
    assert done.returncode != 0
    told = run.left_behind()
    assert "Segmentation fault" in told
    assert str(Path.home()) not in told
    assert run.left_behind() == ""
    assert "Segmentation fault" in (tmp_path / "log" / "postil.log").read_text("utf-8")


def test_a_run_that_was_killed_leaves_nothing_to_tell(tmp_path, run):
    left = tmp_path / "log" / "fault-99999999-abc.txt"
    left.touch()
    assert run.left_behind() == ""
    assert not left.exists()


def test_a_run_that_goes_on_is_left_alone(tmp_path, run):
    own = next((tmp_path / "log").glob(f"fault-{os.getpid()}-*.txt"))
    own.write_text("half a sentence")
    assert run.left_behind() == ""
    assert own.exists()


def test_a_run_that_ends_well_leaves_the_log_alone(tmp_path, run):
    logging.getLogger("postil").error("Something")
    run.end()
    logging.getLogger("postil").error("Nothing more")
    assert files(tmp_path / "log") == ["postil.log"]
    assert "Nothing more" not in (tmp_path / "log" / "postil.log").read_text("utf-8")


def test_the_log_stays_small(tmp_path, monkeypatch):
    monkeypatch.setattr(logs, "_BYTES", 200)
    monkeypatch.setattr(faulthandler, "enable", lambda *_: None)
    monkeypatch.setattr(faulthandler, "disable", lambda: None)
    run = RunLog(tmp_path)
    run.begin()
    for number in range(100):
        logging.getLogger("postil").error("Mistake %d of many", number)
    run.end()
    assert len(list(tmp_path.iterdir())) == 4
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 1000


def test_where_no_file_can_be_made_it_does_without(tmp_path):
    (tmp_path / "file").touch()
    run = RunLog(tmp_path / "file" / "log")
    run.begin()
    assert run.left_behind() == ""
    run.end()
