"""Search over 2,000 and 20,000 articles of 6 kB with ten marks each, against bare FTS5."""

import sqlite3
import time
from contextlib import closing

import pytest

from postil.library import Library
from postil.search import parse
from postil.search.words import spaced
from postil.store import search_index

pytestmark = pytest.mark.benchmark

SCREEN = 8  # articles on the first screen
REPEATS = 5


@pytest.fixture(scope="module")
def filled(made_up_twice, tmp_path_factory):
    with Library.open(made_up_twice.copy_into(tmp_path_factory.mktemp("search"))) as library:
        yield library, made_up_twice.words


def least_of(function):
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        function()
        times.append(time.perf_counter() - began)
    return min(times)  # whatever else runs only adds to it


def first_screen(library, text, *, is_typing=False):
    found = library.search(parse(text, is_typing=is_typing))
    return found, library.hits(found, found.ids[:SCREEN])


@pytest.mark.parametrize(
    ("kind", "place"), [("the commonest word", 0), ("a common word", 50), ("a rare word", 3_000)]
)
@pytest.mark.parametrize("is_typing", [False, True], ids=["whole", "typing"])
def test_the_first_screen(filled, kind, place, is_typing):
    library, words = filled
    word = words[place]
    found, answers = first_screen(library, word, is_typing=is_typing)
    assert answers
    assert all(answer.hits for answer in answers)
    ours = least_of(lambda: first_screen(library, word, is_typing=is_typing))
    match = f'"{word}"' + (" *" if is_typing else "")
    with closing(sqlite3.connect(library.path)) as bare:

        def ask():
            for table in ("search_article", "search_note"):
                bare.execute(
                    f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rank LIMIT {SCREEN}",
                    (match,),
                ).fetchall()

        least = least_of(ask)
    print(
        f"\n{kind}{', typing' if is_typing else ''}: {1000 * ours:.0f} ms for {len(found.ids)} "
        f"articles, {ours / least:.1f} x bare FTS5 ({1000 * least:.1f} ms)"
    )


@pytest.mark.parametrize(
    "text",
    [
        "{0}",
        "t",
        "ta",
        "{0} {3}",
        '"{0} {1}"',
        "-{0}",
        "tag:doubt",
        "status:open",
        "{9} status:open",
    ],
)
def test_other_queries(filled, text):
    library, words = filled
    asked = text.format(*words)
    found, _ = first_screen(library, asked, is_typing=len(text) < 3)
    ours = least_of(lambda: first_screen(library, asked, is_typing=len(text) < 3))
    ranked = least_of(lambda: library.search(parse(asked, is_typing=len(text) < 3)))
    print(
        f"\n{text}: {1000 * ours:.0f} ms for {len(found.ids)} articles; {1000 * ranked:.0f} to rank"
    )


@pytest.mark.large
def test_what_the_index_takes(filled):
    library, _ = filled

    def fold():
        with closing(sqlite3.connect(library.path)) as bare:
            return [spaced(row[0]) for row in bare.execute("SELECT text FROM revision")]

    texts = fold()
    folding = least_of(fold)
    with library._store.writing() as transaction:
        began = time.perf_counter()
        transaction.rebuild_index()
        rebuilt = time.perf_counter() - began
    with library._store.reading() as transaction:
        began = time.perf_counter()
        assert transaction.ask(search_index.fits)
        checked = time.perf_counter() - began
    with closing(sqlite3.connect(":memory:")) as bare:
        bare.execute("CREATE VIRTUAL TABLE t USING fts5(text, content='', tokenize='unicode61')")
        began = time.perf_counter()
        bare.executemany("INSERT INTO t(text) VALUES (?)", [(text,) for text in texts])
        least = time.perf_counter() - began
    with closing(sqlite3.connect(library.path)) as raw:
        try:
            (size,) = raw.execute(
                "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'search_%'"
            ).fetchone()
        except sqlite3.OperationalError:  # this SQLite cannot tell
            size = 0
    megabytes = sum(map(len, texts)) / 1e6
    print(
        f"\n{megabytes:.0f} MB: folded in {folding:.2f} s, index made in {rebuilt:.2f} s, "
        f"{rebuilt / least:.1f} x bare FTS5; checked in {checked:.1f} s; "
        f"{size / 1e6:.1f} of {library.path.stat().st_size / 1e6:.1f} MB"
    )
