"""What stands between the command and the first page: nothing that the page can do without."""

import json
import os
import subprocess
import sys

import pytest

from factories import make_article
from postil.library import AddArticle, Library

# The real program, stopped at the moment its first page is painted.
STOPPED = """
import json, os, sys
from postil import desktop
make = desktop._Run._window
def make_window(run):
    window = make(run)
    def stop_here():
        page = window.reader.page
        shown = window.screen().grabWindow(window.winId()).toImage()
        corner = page.viewport().mapTo(window, page.viewport().rect().topLeft())
        area = page.viewport().rect().translated(corner)
        lit = {shown.pixelColor(x, y).lightness() // 64
               for x in range(area.left(), area.right(), 2)
               for y in range(area.top(), area.bottom(), 2)}
        told = page.document().toPlainText(), sorted(lit), sorted(sys.modules)
        print(json.dumps(told), flush=True)
        os._exit(0)
    window.complete = stop_here
    return window
desktop._Run._window = make_window
desktop.main(["--library", sys.argv[1]])
"""
# What reads and writes files, checks codebooks, finds marks again; and what stands round the page.
LATER = {
    "alembic", "chardet", "difflib", "edlib", "jsonschema", "lxml", "markdown", "nh3", "yaml",
    "sqlalchemy.orm",
    "PySide6.QtPrintSupport",
    "postil.anchoring", "postil.annotated_markdown", "postil.exporters", "postil.importers",
    "postil.notes", "postil.library.intake", "postil.printing", "pypdfium2",
    "postil.codebooks.refi", "postil.library.recovery",
    "postil.library.commands.codebooks", "postil.library.commands.tags",
    "postil.ui.dialogs", "postil.ui.shelf.shelf", "postil.ui.sidebar.sidebar",
}  # fmt: skip


@pytest.fixture(scope="module")
def stopped(tmp_path_factory):
    """Return what is so at the first page: the text, light and dark on the screen, modules."""
    folder = tmp_path_factory.mktemp("first-page")
    path = folder / "library.sqlite"
    with Library.open(path) as library:
        library.do(AddArticle(make_article("Words that stand on the first page.")))
        article_id = library.articles()[0].id
    home = folder / ".config"
    settings = home / "postil" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"session/article": article_id}), "utf-8")
    places = {"XDG_CONFIG_HOME": str(home), "LOCALAPPDATA": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", STOPPED, str(path)],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | places,
    )
    return json.loads(done.stdout.splitlines()[-1])


def test_the_text_is_on_the_screen_before_the_rest_is_made(stopped):
    text, lit, _ = stopped
    assert text == "Words that stand on the first page."
    assert {0, 3} <= set(lit)  # ink and paper


def test_nothing_else_was_imported(stopped):
    modules = set(stopped[-1])
    assert "postil.ui.reader.view" in modules
    assert modules & LATER == set(), "import it where it is used"
