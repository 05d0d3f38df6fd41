"""All marks of 2,000 and 20,000 articles, ten each: any filter's first screen, and bare SQL."""

import sqlite3
import time
from contextlib import closing

import pytest

from postil.domain.annotation import Status, Voice
from postil.domain.overview import Grouping, MarkQuery, Sorting
from postil.library import Library

pytestmark = pytest.mark.benchmark

SCREEN = 60  # marks on the first screen and a little more
REPEATS = 5
NOTHING = MarkQuery()
TAG = "(SELECT annotation_id FROM annotation_tag WHERE tag_id = '{tag}')"
ASKED = {  # name: question, heading, order, the same in bare SQL after WHERE
    "everything": (NOTHING, Grouping.ARTICLE, Sorting.PLACE, "1"),
    "everything by tag": (NOTHING, Grouping.TAG, Sorting.PLACE, "1"),
    "everything by tag group": (NOTHING, Grouping.TAG_GROUP, Sorting.PLACE, "1"),
    "everything by outlet": (NOTHING, Grouping.OUTLET, Sorting.PLACE, "1"),
    "everything by month": (NOTHING, Grouping.MONTH, Sorting.PLACE, "1"),
    "everything by status": (NOTHING, Grouping.STATUS, Sorting.PLACE, "1"),
    "everything, the newest": (NOTHING, Grouping.STATUS, Sorting.NEWEST, "1"),
    "a tag": (MarkQuery(tag="{tag}"), Grouping.ARTICLE, Sorting.PLACE, f"id IN {TAG}"),
    "a tag by status": (MarkQuery(tag="{tag}"), Grouping.STATUS, Sorting.PLACE, f"id IN {TAG}"),
    "a status": (
        MarkQuery(statuses=frozenset({Status.OPEN})),
        Grouping.ARTICLE,
        Sorting.PLACE,
        "status = 'open'",
    ),
    "no voice": (MarkQuery(voice=Voice.UNSAID), Grouping.ARTICLE, Sorting.PLACE, "voice = ''"),
    "an outlet": (
        MarkQuery(outlet="{outlet}"),
        Grouping.ARTICLE,
        Sorting.PLACE,
        "article_id IN (SELECT id FROM article WHERE outlet = '{outlet}')",
    ),
    "the commonest word": (
        MarkQuery(text="{word}", is_typing=True),
        Grouping.ARTICLE,
        Sorting.PLACE,
        "number IN (SELECT rowid FROM search_note WHERE search_note MATCH '\"{word}\" *')",
    ),
    "the commonest word by tag": (
        MarkQuery(text="{word}", is_typing=True),
        Grouping.TAG,
        Sorting.PLACE,
        "number IN (SELECT rowid FROM search_note WHERE search_note MATCH '\"{word}\" *')",
    ),
}


@pytest.fixture(scope="module")
def filled(made_up_twice, tmp_path_factory):
    path = made_up_twice.copy_into(tmp_path_factory.mktemp("overview"))
    with Library.open(path) as library:
        outlet = library.articles(library.article_ids()[:1])[0].outlet
        tag = next(iter(library.tag_uses()))
        yield library, {"tag": tag, "outlet": outlet, "word": made_up_twice.words[0]}


def least_of(function):
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        function()
        times.append(time.perf_counter() - began)
    return min(times)  # whatever else runs only adds to it


def filled_in(query, names):
    return MarkQuery(
        text=query.text.format(**names),
        is_typing=query.is_typing,
        tag=query.tag.format(**names),
        outlet=None if query.outlet is None else query.outlet.format(**names),
        voice=query.voice,
        statuses=query.statuses,
    )


def first_screen(library, query, grouping, sorting):
    """Read what the list needs before it can be painted: all headings, the rows at the top."""
    overview = library.overview(query, grouping, sorting)
    stretches, room = [], SCREEN
    for group in overview.groups:
        stretches.append((group.key, 0, min(group.marks, room)))
        room -= group.marks
        if room <= 0:
            break
    return overview.total, overview.rows(overview.ids(stretches))


@pytest.mark.parametrize("name", ASKED)
def test_the_first_screen(filled, name):
    library, names = filled
    query, grouping, sorting, where = ASKED[name]
    query, where = filled_in(query, names), where.format(**names)
    total, rows = first_screen(library, query, grouping, sorting)
    assert rows
    assert len(rows) == min(total, SCREEN)
    ours = least_of(lambda: first_screen(library, query, grouping, sorting))
    with closing(sqlite3.connect(library.path)) as bare:

        def ask():
            bare.execute(
                f"SELECT article_id, count(*) FROM annotation WHERE {where} GROUP BY 1"
            ).fetchall()
            bare.execute(
                'SELECT id, article_id, start, "end", exact, note, author, voice, status '
                f"FROM annotation WHERE {where} ORDER BY article_id, start LIMIT {SCREEN}"
            ).fetchall()

        least = least_of(ask)
    print(
        f"\n{name}: {1000 * ours:.0f} ms for {total:,} marks, "
        f"{ours / least:.1f} x bare SQL ({1000 * least:.1f} ms)"
    )


def test_figures(filled):
    library, _ = filled
    overview = library.overview(NOTHING, Grouping.MONTH, Sorting.PLACE)
    began = time.perf_counter()
    assert sum(group.marks for group in overview.figures()) == overview.total
    first = time.perf_counter() - began
    again = least_of(overview.figures)
    print(f"\nfigures: {1000 * first:.0f} ms, again {1000 * again:.0f} ms")


def test_marks_a_link_may_lead_to(filled):
    library, names = filled
    began = time.perf_counter()
    assert library.linking.to("nobody") == []
    scan = time.perf_counter() - began
    for text in ("", names["word"], f"{names['word'][:1]} {names['outlet'][:1]}"):
        assert library.linking.targets(text, "", 100)
        ours = least_of(lambda text=text: library.linking.targets(text, "", 100))
        print(f"\nmarks with “{text}”, the first 100: {1000 * ours:.0f} ms")
    print(f"all links, once: {1000 * scan:.0f} ms")
