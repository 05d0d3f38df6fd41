"""What is typed into the palette against a bare look through the names, in the same run.

Figures are printed as ratios; nothing fails on a clock.
"""

import time

import pytest

from postil.ui.palette.entries import Entry, Kind, fitting

pytestmark = pytest.mark.benchmark

KEYS = ("a", "ar", "tag 4", "harbour 17", "xqz", "")


def milliseconds(action):
    """Return the least of five times."""
    times = []
    for _ in range(5):
        began = time.perf_counter()
        action()
        times.append(time.perf_counter() - began)
    return 1000 * min(times)


def test_a_key_among_articles_and_tags():
    titles = [f"Article number {n} of the harbour" for n in range(2000)]
    tags = [f"Tag {n}" for n in range(5000)]
    entries = [Entry(Kind.ARTICLE, name, name) for name in titles]
    entries += [Entry(Kind.TAG, name, name, "Book ▸ Group", code=name[4:]) for name in tags]
    ours = milliseconds(lambda: [fitting(entries, typed, ["tag:Tag 7"]) for typed in KEYS])
    bare = milliseconds(
        lambda: [[one for one in entries if typed in one.name.casefold()] for typed in KEYS]
    )
    print(
        f"\na key among 7,000 entries: {ours / len(KEYS):.1f} ms = {ours / bare:.1f} x a bare look"
    )
    assert len(fitting(entries, "harbour 17", [])) > 1
