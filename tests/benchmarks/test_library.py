"""The library against bare SQLite, in the same run: what a mark, a list and an import cost.

Figures are printed as ratios; nothing fails on a clock.
"""

import sqlite3
import statistics
import time
from contextlib import closing

import pytest

from factories import make_article
from library_filling import multiplied
from postil.library import AddAnnotation, AddAnnotations, AddArticle, Library
from postil.search import parse

pytestmark = pytest.mark.benchmark

PARAGRAPH = "Word after word stands here, and some of them will be marked by somebody. " * 14
REPEATS = 15
SCREEN = 32  # rows of the shelf that are read at once
HITS = 8  # articles on the first screen of a search


def median(action, repeats=REPEATS):
    """Return the median of seconds an action takes."""
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        action()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def bare_commit(folder):
    """Return the median of one row committed as durably as ours, without anything around it."""
    with closing(sqlite3.connect(folder / "bare.sqlite", isolation_level=None)) as bare:
        bare.execute("PRAGMA journal_mode=TRUNCATE")
        bare.execute("PRAGMA synchronous=EXTRA")
        bare.execute("CREATE TABLE t (a, b, c)")

        def commit():
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("INSERT INTO t VALUES (1, 'words', 'note')")
            bare.execute("COMMIT")

        return median(commit)


@pytest.mark.parametrize("marks", [500, 50_000])
def test_a_mark_added_costs_the_same_however_many_there_are(tmp_path, marks):
    article = make_article(*([PARAGRAPH] * 1000))
    with Library.open(tmp_path / "library.sqlite") as library:
        command = AddArticle(article)
        library.do(command)
        ranges = tuple((20 * i, 20 * i + 15) for i in range(marks))
        library.do(AddAnnotations(command.id, ranges, ("persuasion23/doubt",)))
        bare = bare_commit(tmp_path)

        def add():
            library.do(AddAnnotation(command.id, 100, 140, ("persuasion23/doubt",)))

        ours = median(add)
        assert library.articles()[0].marks == marks + REPEATS
    print(
        f"\none mark among {marks}: {1000 * ours:.1f} ms, {ours / bare:.1f} x a bare commit, "
        f"{1000 * (ours - bare):.1f} ms more"
    )


@pytest.mark.large
def test_a_mark_added_in_a_library_of_200_000(tmp_path):
    path = tmp_path / "library.sqlite"
    with Library.open(path) as library:
        command = AddArticle(make_article(*([PARAGRAPH] * 10)))
        library.do(command)
        ranges = tuple((20 * i, 20 * i + 15) for i in range(400))
        library.do(AddAnnotations(command.id, ranges, ("persuasion23/doubt",)))
    multiplied(path, 500)
    with Library.open(path) as library:
        assert sum(row.marks for row in library.articles()) == 200_000
        bare = bare_commit(tmp_path)
        ours = median(
            lambda: library.do(AddAnnotation(command.id, 100, 140, ("persuasion23/doubt",)))
        )
        opened = median(lambda: (library.article(command.id), library.placed_marks(command.id)))
        shelf = median(lambda: library.articles(library.article_ids()[:SCREEN]), 3)
    print(
        f"\none mark in a library of 200,000: {1000 * ours:.1f} ms, {1000 * (ours - bare):.1f} ms "
        f"more than a bare commit; an article read {1000 * opened:.1f} ms; "
        f"the shelf {1000 * shelf:.0f} ms"
    )


@pytest.mark.parametrize("articles", [2_000, pytest.param(20_000, marks=pytest.mark.large)])
def test_the_shelf_and_a_search_with_many_articles_and_ten_marks_each(tmp_path, articles):
    path = tmp_path / "library.sqlite"
    with Library.open(path) as library:
        command = AddArticle(make_article(PARAGRAPH))
        library.do(command)
        ranges = tuple((20 * i, 20 * i + 15) for i in range(10))
        library.do(AddAnnotations(command.id, ranges, ("persuasion23/doubt",)))
    multiplied(path, articles)
    with closing(sqlite3.connect(path)) as bare, bare:
        bare.execute("DELETE FROM fact WHERE key = 'search_index'")  # the next opening makes it
    with Library.open(path) as library:
        ids = library.article_ids()
        assert len(ids) == articles
        assert library.articles(ids[-SCREEN:])[0].marks == 10
        shelf = median(lambda: library.articles(library.article_ids()[:SCREEN]), 5)
        every = median(library.articles, 3)
        raw = median(lambda: _bare_list(path), 5)
        found = library.search(parse("stan", is_typing=True))
        assert len(found.ids) == articles

        def look():
            answers = library.search(parse("stan", is_typing=True))
            return library.hits(answers, answers.ids[:HITS])

        searched = median(look, 5)
    print(
        f"\n{articles:,} articles: the shelf {1000 * shelf:.0f} ms, every row of it "
        f"{1000 * every:.0f} ms, {every / raw:.1f} x bare SQL; a word that is in all of them, "
        f"typed: {1000 * searched:.0f} ms"
    )


def test_the_shelf_of_two_thousand_articles(tmp_path):
    texts = [f"Article number {number}. {PARAGRAPH * 6}" for number in range(2_000)]
    with Library.open(tmp_path / "library.sqlite") as library:
        articles = [make_article(text) for text in texts]
        began = time.perf_counter()
        for article in articles:
            library.do(AddArticle(article))
        seconds = time.perf_counter() - began
        bare = bare_commit(tmp_path)
        shelf = median(library.articles)
        assert len(library.articles()) == 2_000
        raw = median(lambda: _bare_list(tmp_path / "library.sqlite"))
    print(
        f"\n2,000 articles one by one: {seconds:.1f} s, {seconds / 2000 / bare:.1f} x a bare "
        f"commit each; the shelf: {1000 * shelf:.0f} ms, {shelf / raw:.1f} x bare SQL"
    )


def _bare_list(path):
    with closing(sqlite3.connect(path)) as bare:
        return bare.execute(
            "SELECT id, title, author, outlet, published, added FROM article ORDER BY added DESC"
        ).fetchall()
