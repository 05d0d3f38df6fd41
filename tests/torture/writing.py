"""One who writes marks and says of each that it is kept, as the tortures of durability need it."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from factories import make_article
from postil.domain import limits
from postil.library import AddAnnotation, AddArticle, Library

TAGS = ("persuasion23/doubt", "Own", "Öwn 😀")
WORDS = "Emoji 😀 and café, שלום and more words to mark, " * 4


def with_tests_on_the_path():
    """Return the environment for a program of this folder."""
    paths = [str(Path(__file__).resolve().parents[1]), os.environ["PYTHONPATH"]]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def begin(path):
    """Make a library with one article; return the article's id."""
    with Library.open(path) as library:
        command = AddArticle(make_article(WORDS))
        library.do(command)
    return command.id


def write(library, article_id, number):
    """Add one mark with three tags and a note that tells its number; return its id."""
    start = number % 50
    command = AddAnnotation(article_id, start, start + 5, TAGS, note=note(number))
    library.do(command)
    return command.id


def note(number):
    return f"note {number}: " + "words " * (number % 40 + 1) + "end"


def losses(path, acknowledged):
    """Return what is wrong with a library in which these marks, number by id, must be."""
    try:
        return _losses(path, acknowledged)
    except sqlite3.DatabaseError as error:
        return [f"corrupt: {error}"]


def _losses(path, acknowledged):
    wrong = []
    with closing(sqlite3.connect(path)) as raw:
        (said,) = raw.execute("PRAGMA quick_check").fetchone()
        if said != "ok":
            return [f"corrupt: {said}"]
        if raw.execute("PRAGMA foreign_key_check").fetchone():
            wrong.append("rows that fit nothing")
        notes = dict(raw.execute("SELECT id, note FROM annotation"))
        tagged = dict(
            raw.execute("SELECT annotation_id, count(*) FROM annotation_tag GROUP BY annotation_id")
        )
        steps = raw.execute("SELECT count(*) FROM step WHERE name = 'add-mark'").fetchone()[0]
    wrong += [f"lost: {number}" for mark, number in acknowledged.items() if mark not in notes]
    wrong += [f"partial: {mark}" for mark in notes if tagged.get(mark) != len(TAGS)]
    wrong += [
        f"altered: {number}"
        for mark, number in acknowledged.items()
        if mark in notes and notes[mark].strip() != note(number).strip()
    ]
    if steps != len(notes) and len(notes) < limits.HISTORY_STEPS:  # older ones are let go
        wrong.append(f"{steps} steps for {len(notes)} marks")
    return wrong
