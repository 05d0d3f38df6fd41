"""From the command to the window: against a bare window, and one with SQLAlchemy imported.

Processor time of whole processes, each measuring itself; figures are printed.
"""

import statistics
import subprocess
import sys

import pytest

from factories import make_article
from postil.library import AddArticle, Library

pytestmark = pytest.mark.benchmark

RUNS = 5
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
BARE = PAINTED + "until_painted(QMainWindow())\n"
WITH_SQLALCHEMY = BARE + "import sqlalchemy\n"
FRAME = (
    PAINTED
    + """
from postil.settings import Settings
from postil.ui.main_window import MainWindow
window = MainWindow(Settings())
until_painted(window)
"""
)
WITH_TEXT = (
    FRAME
    + """
from pathlib import Path
from postil.library import Library
library = Library.open(Path(sys.argv[1]))
window.furnish(library)
window.desk.open_article(library.articles()[0].id)
window.grab()
"""
)
END = "print(time.process_time(), flush=True)\nimport os; os._exit(0)\n"


def seconds(script, *arguments):
    """Return the median processor time of a script from start to end."""
    times = []
    for _ in range(RUNS):
        done = subprocess.run(
            [sys.executable, "-c", script + END, *arguments],
            check=True,
            capture_output=True,
            text=True,
        )
        times.append(float(done.stdout.splitlines()[-1]))
    return statistics.median(times)


def test_the_window_and_its_first_page(tmp_path):
    path = tmp_path / "library.sqlite"
    with Library.open(path) as library:
        for number in range(200):
            library.do(AddArticle(make_article(f"Article {number}. " + "Words and words. " * 60)))
    bare = seconds(BARE)
    frame = seconds(FRAME)
    base = seconds(WITH_SQLALCHEMY)
    page = seconds(WITH_TEXT, str(path))
    assert 0 < bare < page
    print(
        f"\nwindow {1000 * frame:.0f} ms, {frame / bare:.2f} x a bare one; first page with text "
        f"{1000 * page:.0f} ms, {page / base:.2f} x an empty window with SQLAlchemy imported"
    )


def test_the_list_of_articles(tmp_path):
    path = tmp_path / "library.sqlite"
    with Library.open(path) as library:
        library.do(AddArticle(make_article()))
    words = ["list", "--library", str(path)]
    ours = seconds(f"import time; from postil.cli import main; main({words!r})\n")
    bare = seconds("import time, sqlalchemy\n")
    assert ours > 0
    print(f"\npostil list {1000 * ours:.0f} ms, {ours / bare:.2f} x importing SQLAlchemy")
