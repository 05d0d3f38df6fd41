"""From the command to the window: against a bare window, and one with SQLAlchemy imported.

Processor time of whole processes, each measuring itself, the least of several runs that take
turns; figures are printed. Bytecode is there, as it is where a program was installed.
"""

import os
import subprocess
import sys

import pytest

from factories import make_article
from postil.library import AddArticle, Library
from postil.settings import Settings

pytestmark = pytest.mark.benchmark

RUNS = 5
END = "print(time.process_time(), flush=True)\nimport os; os._exit(0)\n"
PAINTED = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
def until_painted(window):
    window.show()
    QTimer.singleShot(0, window.grab)
    QTimer.singleShot(1, application.quit)
    application.exec()
"""
BARE = PAINTED + "until_painted(QMainWindow())\n" + END
WITH_SQLALCHEMY = PAINTED + "until_painted(QMainWindow())\nimport sqlalchemy\n" + END
FRAME = (
    PAINTED
    + """
from postil.settings import Settings
from postil.ui.main_window import MainWindow
until_painted(MainWindow(Settings()))
"""
    + END
)
# The real program, until the page of the article that was read last is painted, or until all is.
PROGRAM = """
import os, sys, time
from postil import desktop
until, library = sys.argv[1:]
make = desktop._Run._window
def make_window(run):
    window = make(run)
    complete = window.complete
    def stop_here():
        if until == "all":
            complete()
            window.grab()
        print(time.process_time(), flush=True)
        os._exit(0)
    window.complete = stop_here
    return window
desktop._Run._window = make_window
desktop.main(["--library", library])
"""


def milliseconds(folder, **scripts):
    """Return the least processor time of each script, with its arguments, in the same order."""
    environment = os.environ | {"PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    times = {name: [] for name in scripts}
    for run in range(RUNS + 1):
        for name, (script, *arguments) in scripts.items():
            done = subprocess.run(
                [sys.executable, "-c", script, *arguments],
                check=True,
                capture_output=True,
                text=True,
                env=environment,
            )
            if run:  # the first one wrote the bytecode
                times[name].append(1000 * float(done.stdout.splitlines()[-1]))
    return [min(taken) for taken in times.values()]


def test_the_window_and_its_first_page(tmp_path):
    path = tmp_path / "library.sqlite"
    with Library.open(path) as library:
        for number in range(200):
            library.do(AddArticle(make_article(f"Article {number}. " + "Words and words. " * 60)))
        Settings().set("session/article", library.articles()[0].id)
    bare, frame, base, page, whole = milliseconds(
        tmp_path,
        bare=[BARE],
        frame=[FRAME],
        base=[WITH_SQLALCHEMY],
        page=[PROGRAM, "page", str(path)],
        whole=[PROGRAM, "all", str(path)],
    )
    assert 0 < bare < page < whole
    print(
        f"\nwindow {frame:.0f} ms, {frame / bare:.2f} x a bare one; first page with text "
        f"{page:.0f} ms, {page / base:.2f} x, all {whole:.0f} ms, {whole / base:.2f} x "
        "an empty window with SQLAlchemy imported"
    )


def test_the_command_line(tmp_path):
    path = tmp_path / "library.sqlite"
    with Library.open(path) as library:
        library.do(AddArticle(make_article()))
    words = ["list", "--library", str(path)]
    ours, bare = milliseconds(
        tmp_path,
        ours=[f"import time; from postil.cli import main; main({words!r})\n" + END],
        bare=["import time, sqlalchemy\n" + END],
    )
    assert ours > 0
    print(f"\npostil list {ours:.0f} ms, {ours / bare:.2f} x importing SQLAlchemy")
