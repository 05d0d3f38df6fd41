"""The window is killed while somebody types: at most a second is lost, and the start says so."""

import os
import random
import subprocess
import sys
import time

import pytest

from factories import FERRY, make_article
from postil.library import AddAnnotation, AddArticle, Library

pytestmark = pytest.mark.journey

# Starts the program as `main` does, opens the note of the mark, and types letter by letter.
TYPING = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from postil import desktop
make = desktop._Run._window
def window_of(run):
    window = make(run)
    timer = QTimer(window)
    def type_on():
        if not window.is_complete:
            return
        if window.sidebar.marks.editor is None:
            print("TOLD", window._start_banner.text(), flush=True)
            window.desk.open_article(window.desk.library.article_ids()[0])
            window.desk.edit_wanted.emit("mark")
        note = window.sidebar.marks.editor.note
        QTest.keyClicks(note, "x")
        print(time.monotonic(), note.toPlainText().count("x"), flush=True)
    timer.timeout.connect(type_on)
    timer.start(10)
    return window
desktop._Run._window = window_of
sys.exit(desktop.main(sys.argv[1:]))
"""


@pytest.mark.skipif(os.name == "nt", reason="processes are ended otherwise there")
def test_a_window_killed_while_typing_loses_a_second_at_most(tmp_path):
    path = tmp_path / "library.sqlite"
    with Library.open(path) as library:
        article = AddArticle(make_article(*FERRY, title="The ferry"))
        library.do(article)
        library.do(AddAnnotation(article.id, 0, 3, id="mark", note="First. "))
    chance = random.Random(7)
    told = []
    for _ in range(2):
        with subprocess.Popen(
            [sys.executable, "-c", TYPING, "--library", str(path)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as run:
            told.append(run.stdout.readline())
            typed = []
            end = time.monotonic() + 0.7 + 0.6 * chance.random()
            while time.monotonic() < end:
                at, count = run.stdout.readline().split()
                typed.append((float(at), int(count)))
            run.kill()
            killed = time.monotonic()
        with Library.open(path) as library:
            (kept,) = library.drafts.kept()
        assert kept.text.startswith("First. x")
        there = kept.text.count("x")
        lost = [at for at, count in typed if count > there]
        assert not lost or killed - lost[0] < 1.0
    assert "was being written when Postil ended is kept" not in told[0]
    assert "“First. xxx" in told[1]
    assert "The ferry" in told[1]
