"""Backups of a library in use: how long they take, and how long a change beside them waits."""

import subprocess
import sys
import time

import pytest

from library_filling import ARTICLES
from postil.library import Library
from postil.library.backing_up import Backups, look_into
from postil.library.checking import check_file

pytestmark = pytest.mark.benchmark

# Sets a fact again and again, without a pause; tells the longest time one took, and how many.
WRITER = """
import sys, time
from pathlib import Path
from postil.store import Store
store, end, longest, number = Store(Path(sys.argv[1]), wait_seconds=30), None, 0.0, 0
print("ready", flush=True)
while not Path(sys.argv[2]).exists():
    began = time.perf_counter()
    with store.writing() as transaction:
        transaction.set_fact("number", str(number))
    longest, number = max(longest, time.perf_counter() - began), number + 1
print(longest, number)
"""


def timed(action):
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def test_a_backup_while_nobody_writes(made_up, tmp_path):
    path = made_up.copy_into(tmp_path)
    backups = Backups(path)
    made = timed(lambda: backups.make("asked"))
    skipped = timed(lambda: backups.make("change"))
    quick = timed(lambda: check_file(path, whole=False))
    assert len(backups.all()) == 1
    with Library.open(path) as library:
        restored = timed(lambda: library.safekeeping.restore(backups.all()[0].path))
    size = path.stat().st_size / 1e6
    print(
        f"\na backup of {size:.0f} MB: {made:.1f} s; skipped {skipped:.2f} s; the check at the"
        f" start {quick:.2f} s; restored, with a backup before, {restored:.1f} s"
    )


def test_a_backup_while_somebody_writes_without_a_pause(made_up, tmp_path):
    path, end = made_up.copy_into(tmp_path), tmp_path / "end"
    command = [sys.executable, "-c", WRITER, path, end]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout.readline() == "ready\n"
        made = timed(lambda: Backups(path).make("asked"))
        end.touch()
        longest, number = writer.stdout.read().split()
    (backup,) = Backups(path).all()
    assert len(look_into(backup.path).rows) == ARTICLES
    print(
        f"\na backup while somebody writes {number} times without a pause: {made:.1f} s; a change"
        f" waits {float(longest):.2f} s at most"
    )
