"""The shelf of 2,000 and 20,000 articles of 6 kB, ten marks each: first screen of any question."""

import sqlite3
import statistics
import time
from contextlib import closing
from itertools import pairwise

import pytest

from factories import make_article
from library_filling import multiplied
from postil.domain.annotation import Status
from postil.domain.shelf import UNFILED, ShelfOrder, ShelfQuestion
from postil.library import AddAnnotations, AddArticle, Library, NewCollection

pytestmark = pytest.mark.benchmark

PARAGRAPH = "Word after word stands here, and some of them will be marked by somebody. " * 14
SCREEN = 32  # rows read at once
REPEATS = 3
ASKED = {
    "everything": ShelfQuestion(),
    "by title": ShelfQuestion(order=ShelfOrder.TITLE),
    "by marks": ShelfQuestion(order=ShelfOrder.MARKS),
    "an outlet": ShelfQuestion(outlet="Outlet 7"),
    "a year": ShelfQuestion(since="2024", until="2024"),
    "a status": ShelfQuestion(status=Status.OPEN),
    "a codebook": ShelfQuestion(codebook="persuasion23"),
    "unfiled": ShelfQuestion(collection=UNFILED),
}
VARIED = """
INSERT INTO revision (id, sha256, text, characters, blocks, spans, created)
    SELECT a.id, a.id, replace(r.text, 'Word', 'Word ' || a.rowid), r.characters, r.blocks, r.spans,
        r.created FROM article a, (SELECT * FROM revision) r;
UPDATE article SET revision_id = id, title = 'Title ' || abs(random()),
    outlet = 'Outlet ' || (rowid % 50), published = (2000 + rowid % 26) || '-05-04',
    added = printf('2026-05-04T10:00:00.%06dZ', rowid);
"""


@pytest.fixture(params=[2_000, pytest.param(20_000, marks=pytest.mark.large)])
def filled(request, tmp_path):
    path = tmp_path / "library.sqlite"
    with Library.open(path) as library:
        command = AddArticle(make_article(*[PARAGRAPH] * 6))
        library.do(command)
        ranges = tuple((20 * i, 20 * i + 15) for i in range(10))
        library.do(AddAnnotations(command.id, ranges, ("persuasion23/doubt",)))
    multiplied(path, request.param)
    with closing(sqlite3.connect(path)) as bare, bare:
        bare.executescript(VARIED)
    with Library.open(path) as library:
        yield library, request.param


def test_the_first_screen_of_any_question(filled):
    library, articles = filled
    library.do(NewCollection("Half", None, tuple(library.article_ids()[::2])))
    said = []
    for name, question in ASKED.items():
        times = []
        for _ in range(REPEATS):
            began = time.perf_counter()
            library.articles(library.shelving.answers(question)[:SCREEN])
            times.append(time.perf_counter() - began)
        said.append(f"{name} {1000 * statistics.median(times):.0f}")
    began = time.perf_counter()
    assert library.shelving.counts().unfiled == articles // 2
    said.append(f"counts {1000 * (time.perf_counter() - began):.0f}")
    began, steps = time.perf_counter(), [time.process_time()]
    steps += (time.process_time() for _ in library.shelving.look_for_duplicates())
    longest = max(later - one for one, later in pairwise([*steps, time.process_time()]))
    said.append(f"duplicates {1000 * (time.perf_counter() - began):.0f}")
    said.append(f"its longest step {1000 * longest:.0f}")
    began = time.perf_counter()
    assert library.shelving.has_looked
    library.shelving.answers(ShelfQuestion(only_duplicates=True))
    said.append(f"shown {1000 * (time.perf_counter() - began):.0f}")
    print(f"\nthe shelf of {articles:,}, ms: {', '.join(said)}")
