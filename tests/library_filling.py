"""A library of made-up words for benchmarks: many articles, many marks, from a seed."""

import random
import sqlite3
from contextlib import closing

from factories import make_anchor, make_article, make_id
from postil.domain.annotation import Annotation, Status
from postil.domain.history import ArticleRecord, Edit, Revision
from postil.library.plan import Plan
from postil.store import schema

ARTICLES, MARKS, TAGS = 2_000, 20_000, 40
NOW = "2026-05-04T10:00:00Z"


class Fill:
    """Puts a library of made-up words into an empty one, in one step.

    Args:
        seed: of everything that is made up.
        marks: in all articles together.
    """

    def __init__(self, seed, marks=MARKS):
        self._marks = marks // ARTICLES
        chance = random.Random(seed)
        self.words = ["".join(chance.choices("etaoinshrdlu", k=2 + n % 8)) for n in range(20_000)]
        self.words[1::50] = ["é" + word for word in self.words[1::50]]
        self._chance = chance
        self._weights = [1 / (number + 1) for number in range(len(self.words))]

    def some(self, count):
        return " ".join(self._chance.choices(self.words, self._weights, k=count))

    def plan(self, situation):
        edits, revisions = [], []
        tags = [tag.id for tag in situation.tags()][:TAGS]
        for number in range(ARTICLES):
            article = make_article(
                *(self.some(100) for _ in range(10)), title=self.some(6), outlet=self.some(2)
            )
            revision = Revision(make_id(10**7 + number), None, article, None, NOW)
            record = ArticleRecord(make_id(number), revision.id, article.metadata, NOW)
            revisions.append(revision)
            edits.append(Edit(None, record))
            for mark in range(self._marks):
                start = self._chance.randrange(len(article.text) - 60)
                edits.append(
                    Edit(
                        None,
                        Annotation(
                            id=make_id(10**8 + number * 1_000 + mark),
                            article_id=record.id,
                            revision_id=revision.id,
                            anchor=make_anchor(article.text, start, start + 50),
                            tags=(self._chance.choice(tags),),
                            note=self.some(12),
                            status=Status.OPEN if mark % 4 == 0 else Status.UNSAID,
                        ),
                    )
                )
        return Plan("add-article", "", "", tuple(edits), revisions=tuple(revisions))


def multiplied(path, articles):
    """Copy the one article of a library, with its marks, until there are so many."""
    names = ("article", "annotation", "annotation_tag")
    with closing(sqlite3.connect(path)) as bare, bare:
        for name in names:
            columns = [f'"{row[1]}"' for row in bare.execute(f"PRAGMA table_info({name})")]
            own = {"article": {'"id"'}, "annotation": {'"id"', '"article_id"'}}
            keys = own.get(name, {'"annotation_id"'})
            bits = schema.NUMBER_BITS if name == "annotation" else 0
            number = f'"number" + (n << {bits})'
            unlike = {c: f"{c} || '-' || n" for c in keys} | {'"number"': number}
            values = [unlike.get(c, c) for c in columns]
            bare.execute(
                "WITH RECURSIVE copies(n) AS (SELECT 2 UNION SELECT n + 1 FROM copies WHERE n < ?)"
                f" INSERT INTO {name} ({', '.join(columns)})"
                f" SELECT {', '.join(values)} FROM copies CROSS JOIN {name}",
                (articles,),
            )


def tenfold(path):
    """Put every article of a library there ten times, with text and marks; history is dropped.

    The next opening makes the index of words.
    """
    with closing(sqlite3.connect(path)) as bare, bare:
        (last,) = bare.execute("SELECT max(number) FROM article").fetchone()
        named, numbered = "{0} || '-' || n", f"{{0}} + ((n * {last}) << {{1}})"
        unlike = {
            "revision": {"id": named},
            "article": {"id": named, "revision_id": named, "number": numbered.format("number", 0)},
            "annotation": {
                "id": named,
                "article_id": named,
                "revision_id": named,
                "number": numbered.format("number", 24),
            },
            "annotation_tag": {"annotation_id": named},
        }
        for table, changed in unlike.items():
            columns = [row[1] for row in bare.execute(f"PRAGMA table_info({table})")]
            values = [changed.get(c, '"{0}"').format(c) for c in columns]
            bare.execute(f"CREATE TEMP TABLE source AS SELECT * FROM {table}")
            bare.execute(
                "WITH RECURSIVE copies(n) AS (SELECT 1 UNION SELECT n + 1 FROM copies WHERE n < 9)"
                f" INSERT INTO {table} SELECT {', '.join(values)} FROM copies CROSS JOIN source"
            )
            bare.execute("DROP TABLE source")
        bare.execute("DELETE FROM step")
        bare.execute("DELETE FROM fact WHERE key = 'search_index'")
