"""A history of 1,000 steps: listed, and walked from one end to the other, against bare SQL."""

import sqlite3
import time
from contextlib import closing
from dataclasses import replace

import pytest

from factories import make_article
from postil.domain import limits
from postil.domain.history import Edit, Step
from postil.library import AddAnnotation, AddArticle

pytestmark = pytest.mark.benchmark

NOW = "2026-05-04T10:00:00Z"


@pytest.fixture
def long(library, monkeypatch):
    """Fill the history with changes of 20 marks, as they are written one by one."""
    article = AddArticle(make_article())
    library.do(article)
    marks = [AddAnnotation(article.id, n, n + 5) for n in range(20)]
    for mark in marks:
        library.do(mark)
    now = library.annotations(article.id)
    with library._store.writing() as transaction:
        for number in range(limits.HISTORY_STEPS - 21):
            before = now[number % 20]
            after = replace(before, note=f"What was thought at {number}.")
            now[number % 20] = after
            edits = (Edit(before, after),)
            transaction.apply(edits)
            step = Step(0, "change-mark", "ferry", article.id, NOW)
            transaction.add_step(step, edits, {before.revision_id}, "ada")
    return library


def timed(action):
    begun = time.perf_counter()
    answer = action()
    return answer, (time.perf_counter() - begun) * 1000


def test_the_list_and_a_jump_over_all_of_it(long):
    with closing(sqlite3.connect(long.path)) as raw:
        statement = "SELECT id, name, subject, at, edits FROM step ORDER BY id DESC"
        _, bare = timed(lambda: raw.execute(statement).fetchall())
    rows, listed = timed(long.history.rows)
    assert len(rows) == limits.HISTORY_STEPS
    times = {}
    for name, goal in (("back", rows[-1].step.id), ("forward", rows[0].step.id)):
        changes, times[name] = timed(lambda goal=goal: long.history.go_to(goal))
        assert changes.jump.steps == limits.HISTORY_STEPS - 1
    print(
        f"\n1,000 steps: listed in {listed:.0f} ms, bare SQL with the edits {bare:.1f} ms; "
        f"all back in {times['back']:.0f} ms, forward in {times['forward']:.0f} ms"
    )
