"""What an article with many marks takes, against bare Qt with the same text and modules.

Each is a process of its own that tells how much it has in memory once all is laid out.
"""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from factories import make_article
from postil.library import AddAnnotations, AddArticle, Library

pytestmark = pytest.mark.benchmark

MB, MARKS = 1_000_000, 5_000
STATUS = Path("/proc/self/status")

OPEN = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication, QTextEdit
from postil.library import Library
from postil.ui.desk import Desk
from postil.ui.reader import ReaderView
application = QApplication([])
library = Library.open(Path(sys.argv[1]))
article_id = library.articles()[0].id
"""
BARE = (
    OPEN
    + """
page = view = QTextEdit()
page.setPlainText(library.article(article_id).article.text)
"""
)
OURS = (
    OPEN
    + """
desk = Desk(library)
view = ReaderView(desk)
desk.open_article(article_id)
page = view.page
assert len(desk.marks) == int(sys.argv[2])
"""
)
TELL = """
view.resize(900, 1000)
view.show()
view.grab()
application.processEvents()
bar = page.verticalScrollBar()
page.document().documentLayout().blockBoundingRect(page.document().lastBlock())
for step in range(20):
    bar.setValue(bar.maximum() * step // 20)
    view.grab()
lines = Path("/proc/self/status").read_text().splitlines()
print(next(line.split()[1] for line in lines if line.startswith("VmRSS")), flush=True)
import os; os._exit(0)
"""


def megabytes(script, *arguments):
    done = subprocess.run(
        [sys.executable, "-c", script + TELL, *arguments],
        check=True,
        capture_output=True,
        text=True,
    )
    return int(done.stdout.splitlines()[-1]) / 1_024


@pytest.mark.skipif(not STATUS.exists(), reason="memory is read from /proc")
def test_memory_of_a_long_article_with_many_marks(tmp_path, capsys):
    chance = random.Random(20_260_504)
    words = ["".join(chance.choices("etaoinshrdlu", k=chance.randint(2, 9))) for _ in range(3_000)]
    paragraphs = [" ".join(chance.choices(words, k=80)) for _ in range(MB // 520)]
    article = make_article(*paragraphs)
    starts = (chance.randrange(len(article.text) - 200) for _ in range(MARKS * 2))
    ranges = [(start, start + chance.randint(5, 150)) for start in starts]
    ranges = [place for place in ranges if article.text[slice(*place)].strip()][:MARKS]
    path = tmp_path / "library.sqlite"
    with Library.open(path) as library:
        command = AddArticle(article)
        library.do(command)
        library.do(AddAnnotations(command.id, tuple(ranges), tags=()))
        count = len(library.placed_marks(command.id))
    bare, ours = megabytes(BARE, str(path)), megabytes(OURS, str(path), str(count))
    with capsys.disabled():
        print(
            f"\n1 MB, {count:,} marks: {ours:.0f} MB in memory, {ours / bare:.2f} x bare Qt "
            f"with the same text and modules ({bare:.0f} MB)"
        )
    assert count > MARKS * 0.99
    assert ours < 1.5 * bare
