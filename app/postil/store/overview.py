"""All marks at once: counted by heading, and read a page at a time.

Nothing reads more marks than are looked at. Counts come from indices; a page in reading order
is found by the counts of the articles before it, so its cost does not grow with the library.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection

from postil.domain.annotation import Confidence, Placement, Status, Voice
from postil.domain.overview import Grouping, MarkRow, Sorting
from postil.search.query import Query
from postil.store import schema
from postil.store.queries import chunks
from postil.store.search_queries import note_match

_BITS = schema.NUMBER_BITS
_SHOWN_CHARACTERS = 400  # code points of a quotation or note in a row that is only looked at

# Groupings by what the article says; the others are said of the mark.
BY_ARTICLE = frozenset({Grouping.ARTICLE, Grouping.OUTLET, Grouping.AUTHOR, Grouping.MONTH})

_TAGS = "LEFT JOIN annotation_tag u ON u.annotation_id = m.id"
_GROUPS = f"{_TAGS} LEFT JOIN tag t ON t.id = u.tag_id"
_KEYS = {  # expression, what it needs joined, what counts a mark once
    Grouping.TAG: ("coalesce(u.tag_id, '')", _TAGS, "count(*)"),
    Grouping.TAG_GROUP: (
        "coalesce(t.codebook_id || '/' || t.group_id, '')",
        _GROUPS,
        "count(DISTINCT m.number)",
    ),
    Grouping.ANNOTATOR: ("m.author", "", "count(*)"),
    Grouping.STATUS: ("m.status", "", "count(*)"),
}
_TAGS_UNDER = {  # the condition that a tag is under the heading :key
    Grouping.TAG: "tag_id = :key",
    Grouping.TAG_GROUP: (
        "tag_id IN (SELECT id FROM tag WHERE codebook_id || '/' || group_id = :key)"
    ),
}
_WITHIN = {  # the condition that a mark stands under the heading :key
    Grouping.ANNOTATOR: "m.author = :key",
    Grouping.STATUS: "m.status = :key",
    Grouping.ARTICLE: "m.article_id = :key",
    Grouping.OUTLET: "m.article_id IN (SELECT id FROM article WHERE outlet = :key)",
    Grouping.AUTHOR: "m.article_id IN (SELECT id FROM article WHERE author = :key)",
    Grouping.MONTH: "m.article_id IN (SELECT id FROM article WHERE substr(published, 1, 7) = :key)",
}
# The same over the whole library, from indices alone. Marks with tags of one group twice are few.
_ALL_TAGS = """
SELECT tag_id, count(*) FROM annotation_tag GROUP BY tag_id UNION ALL
SELECT '', (SELECT count(*) FROM annotation)
    - (SELECT count(*) FROM annotation_tag WHERE position = 0)
"""
_ALL_GROUPS = """
SELECT name, sum(marks) FROM (
    SELECT t.codebook_id || '/' || t.group_id AS name, sum(used.marks) AS marks
    FROM (SELECT tag_id, count(*) AS marks FROM annotation_tag GROUP BY tag_id) used
    JOIN tag t ON t.id = used.tag_id GROUP BY 1
    UNION ALL
    SELECT t.codebook_id || '/' || t.group_id, count(DISTINCT u.annotation_id) - count(*)
    FROM annotation_tag u JOIN tag t ON t.id = u.tag_id
    WHERE u.annotation_id IN (SELECT annotation_id FROM annotation_tag WHERE position > 0)
    GROUP BY 1
    UNION ALL
    SELECT '', (SELECT count(*) FROM annotation)
        - (SELECT count(*) FROM annotation_tag WHERE position = 0)
) GROUP BY 1
"""
# How many marks stand in each article, from indices alone: all of them, and those with words.
_ALL_ARTICLES = f"""
SELECT a.number, count(*) FROM article a CROSS JOIN annotation m ON m.number
    BETWEEN a.number << {_BITS} AND ((a.number + 1) << {_BITS}) - 1
"""  # noqa: S608 - our own words
_ALL_WITH_WORDS = f"""
SELECT rowid >> {_BITS}, count(*) FROM search_note
WHERE search_note MATCH :w AND rowid & ((1 << {_BITS}) - 1)
"""  # noqa: S608 - our own words
_UNTAGGED = "NOT EXISTS (SELECT 1 FROM annotation_tag WHERE annotation_id = m.id)"
_ORDERS = {
    Sorting.NEWEST: "m.created DESC, m.number DESC",
    Sorting.OLDEST: "m.created, m.number",
    Sorting.QUOTATION: "m.exact COLLATE NOCASE, m.number",
}


@dataclass(frozen=True)
class Asked:
    """Which marks are asked for, in the words of the database.

    Args:
        query: the words, and nothing else of it, are looked for.
        tag_sets: of each, a mark has one tag at least; ids.
        unwanted_tags: a mark has none of these; ids.
        statuses: a mark has one of these; None means any.
        voice: whose voice, or None.
        articles: numbers of the articles they stand in, or None for all.
        marks: their numbers, or None for all.
    """

    query: Query = field(default_factory=Query)
    tag_sets: tuple[tuple[str, ...], ...] = ()
    unwanted_tags: tuple[str, ...] = ()
    statuses: frozenset[Status] | None = None
    voice: Voice | None = None
    articles: frozenset[int] | None = None
    marks: frozenset[int] | None = None


class ArticleFacts(NamedTuple):
    """What the headings need to know about an article."""

    number: int
    id: str
    title: str
    author: str
    outlet: str
    published: str


def article_facts(connection: Connection) -> dict[int, ArticleFacts]:
    """Return every article by its number, the newest first."""
    rows = connection.exec_driver_sql(
        "SELECT number, id, title, author, outlet, published FROM article "
        "ORDER BY added DESC, rowid DESC"
    )
    return {facts.number: facts for facts in map(ArticleFacts._make, rows.cursor.fetchall())}


def article_words(connection: Connection, known: dict[str, int]) -> dict[int, int]:
    """Return how many words each article has, by its number.

    Args:
        connection: inside a transaction.
        known: words by the id of a text, which never changes; filled here.
    """
    rows = list(connection.exec_driver_sql("SELECT number, revision_id FROM article"))
    missing = [row[1] for row in rows if row[1] not in known]
    for part in chunks(missing):
        marks = ", ".join("?" * len(part))
        texts = connection.exec_driver_sql(
            f"SELECT id, text FROM revision WHERE id IN ({marks})",  # noqa: S608 - only marks
            tuple(part),
        )
        known.update((row[0], len(row[1].split())) for row in texts)
    return {row[0]: known[row[1]] for row in rows}


def counts(connection: Connection, asked: Asked, grouping: Grouping) -> dict[str, int]:
    """Return how many marks stand under each heading that is said of the mark itself."""
    conditions, values = _conditions(asked)
    if grouping in (Grouping.TAG, Grouping.TAG_GROUP) and not conditions:
        found = _all(connection, _ALL_TAGS if grouping is Grouping.TAG else _ALL_GROUPS)
        return {key: number for key, number in found.items() if number}
    key, joined, number = _KEYS[grouping]
    return {
        row[0]: row[1]
        for row in connection.exec_driver_sql(
            f"SELECT {key}, {number} FROM annotation m {joined}{_where(conditions)} GROUP BY 1",  # noqa: S608 - our own words
            values,
        )
    }


def counts_by_article(
    connection: Connection,
    asked: Asked,
    grouping: Grouping | None = None,
    key: str = "",
    *,
    heading_leads: bool = False,
) -> dict[int, int]:
    """Return how many marks stand in each article, by its number.

    Args:
        connection: inside a transaction.
        asked: which marks.
        grouping: with `key`, count only marks under this heading.
        key: of the heading.
        heading_leads: fewer marks stand under the heading than answer what is asked.
    """
    conditions, values = _conditions(asked)
    statement = f"SELECT m.number >> {_BITS}, count(*) FROM annotation m"  # noqa: S608 - our own words
    if grouping is not None:
        heading = _heading(grouping, key)
        if heading_leads:
            conditions = _not_leading(conditions)
        elif conditions and grouping not in _TAGS_UNDER:
            (heading,) = _not_leading([heading])
        conditions.append(heading)
        values["key"] = key
    elif not conditions:
        statement = _ALL_ARTICLES
    elif list(values) == ["w"] and asked.query.wanted:
        statement, conditions = _ALL_WITH_WORDS, []
    rows = connection.exec_driver_sql(f"{statement}{_where(conditions)} GROUP BY 1", values)
    return dict(rows.cursor.fetchall())


def page(
    connection: Connection,
    asked: Asked,
    heading: tuple[Grouping, str],
    sorting: Sorting,
    first: int,
    count: int,
) -> list[str]:
    """Return the ids of marks under one heading, in any order but that of places.

    Args:
        connection: inside a transaction.
        asked: which marks.
        heading: by what they are grouped, and the key.
        sorting: their order.
        first: how many are passed over.
        count: how many are read.
    """
    conditions, values = _conditions(asked)
    conditions.append(_heading(*heading))
    values |= {"key": heading[1], "first": first, "count": count}
    rows = connection.exec_driver_sql(
        f"SELECT m.id FROM annotation m{_where(conditions)} "  # noqa: S608 - our own words
        f"ORDER BY {_ORDERS[sorting]} LIMIT :count OFFSET :first",
        values,
    )
    return [row[0] for row in rows.cursor.fetchall()]


def in_reading_order(
    connection: Connection,
    asked: Asked,
    parts: Sequence[tuple[str, int, int]],
    heading: tuple[Grouping, str] | None = None,
) -> list[str]:
    """Return the ids of marks, article by article.

    Args:
        connection: inside a transaction.
        asked: which marks.
        parts: what to read: (article id, how many are passed over, how many are read).
        heading: by what they are grouped, and the key; where it is said of the articles, they
            are enough.
    """
    conditions, values = _conditions(asked, few=True)
    if heading is not None:
        conditions.append(_heading(*heading, few=True))
        values["key"] = heading[1]
    # These few articles have few marks, so their index comes before every other one.
    conditions = _not_leading(conditions)
    conditions.insert(0, "m.article_id IN (SELECT value FROM json_each(:articles))")
    values["articles"] = json.dumps([part[0] for part in parts])
    first, count = parts[0][1:] if len(parts) == 1 else (0, -1)
    rows = connection.exec_driver_sql(
        f"SELECT m.article_id, m.id FROM annotation m{_where(conditions)} "  # noqa: S608 - our own words
        f'ORDER BY m.article_id, m.start, m."end" DESC, m.id LIMIT {count} OFFSET {first}',
        values,
    )
    found: dict[str, list[str]] = defaultdict(list)
    for article_id, annotation_id in rows.cursor.fetchall():
        found[article_id].append(annotation_id)
    if len(parts) == 1:
        return found[parts[0][0]]
    return [i for article, begin, many in parts for i in found[article][begin : begin + many]]


def rows(connection: Connection, ids: Sequence[str], *, whole: bool = False) -> list[MarkRow]:
    """Return the lines of marks, in the order of their ids; those that are gone are left out.

    Args:
        connection: inside a transaction.
        ids: of marks.
        whole: quotations and notes to their end, not only as much as is looked at.
    """
    found: dict[str, MarkRow] = {}
    for part in chunks(ids):
        found.update((row.id, row) for row in _rows(connection, part, whole=whole))
    return [found[i] for i in ids if i in found]


def _rows(connection: Connection, ids: Sequence[str], *, whole: bool) -> Iterator[MarkRow]:
    marks = ", ".join("?" * len(ids))
    tags: dict[str, list[str]] = defaultdict(list)
    for annotation_id, tag_id in connection.exec_driver_sql(
        f"SELECT annotation_id, tag_id FROM annotation_tag WHERE annotation_id IN ({marks}) "  # noqa: S608 - only marks
        "ORDER BY annotation_id, position",
        tuple(ids),
    ):
        tags[annotation_id].append(tag_id)
    exact, note = (
        ("m.exact", "m.note")
        if whole
        else (f"substr(m.exact, 1, {_SHOWN_CHARACTERS})", f"substr(m.note, 1, {_SHOWN_CHARACTERS})")
    )
    lines = connection.exec_driver_sql(
        f'SELECT m.id, m.article_id, m.start, m."end", {exact}, {note}, m.author, m.created, '  # noqa: S608 - our own words
        "m.voice, m.confidence, m.status, m.starred, m.placement, "
        "a.title, a.author, a.outlet, a.published "
        f"FROM annotation m JOIN article a ON a.id = m.article_id WHERE m.id IN ({marks})",
        tuple(ids),
    )
    for line in lines.cursor.fetchall():
        yield MarkRow(
            line[0],
            line[1],
            line[2],
            line[3],
            line[4],
            line[5],
            tuple(tags.get(line[0], ())),
            line[6],
            line[7],
            Voice(line[8]),
            Confidence(line[9]),
            Status(line[10]),
            bool(line[11]),
            Placement(line[12]),
            *line[13:17],
        )


def _all(connection: Connection, statement: str) -> dict[str, int]:
    return {row[0]: row[1] for row in connection.exec_driver_sql(statement)}


def _heading(grouping: Grouping, key: str, *, few: bool = False) -> str:
    """Return the condition that a mark stands under a heading; `few` marks are asked, or all."""
    if grouping not in _TAGS_UNDER:
        return _WITHIN[grouping]
    return _tagged(_TAGS_UNDER[grouping], few=few) if key else _UNTAGGED


def _tagged(which: str, *, few: bool) -> str:
    """Return the condition that a mark has a tag; `few` marks are asked, or all."""
    if few:
        return f"EXISTS (SELECT 1 FROM annotation_tag WHERE annotation_id = m.id AND +{which})"  # noqa: S608 - our own words
    return f"m.id IN (SELECT annotation_id FROM annotation_tag WHERE {which})"  # noqa: S608 - our own words


def _not_leading(conditions: Collection[str]) -> list[str]:
    """Return conditions that marks are asked one by one, and not found by."""
    return [f"+{one}" if one.startswith("m.") else one for one in conditions]


def _where(conditions: Collection[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _conditions(asked: Asked, *, few: bool = False) -> tuple[list[str], dict[str, Any]]:
    """Return what must hold of a mark, and the values named in it; `few` are asked, or all."""
    conditions: list[str] = []
    values: dict[str, Any] = {}
    query = asked.query
    if query.wanted or query.unwanted:
        conditions.append(
            f"m.number {'' if query.wanted else 'NOT '}IN "  # noqa: S608 - our own words
            "(SELECT rowid FROM search_note WHERE search_note MATCH :w)"
        )
        values["w"] = (
            note_match(query.wanted, query.unwanted, query.fields)
            if query.wanted
            else " OR ".join(note_match((term,), (), query.fields) for term in query.unwanted)
        )
    for number, tags in enumerate((*asked.tag_sets, asked.unwanted_tags)):
        is_wanted = number < len(asked.tag_sets)
        if is_wanted or tags:
            among = f"tag_id IN (SELECT value FROM json_each(:t{number}))"  # noqa: S608 - our own words
            tagged = _tagged(among, few=few)
            conditions.append(tagged if is_wanted else f"NOT {tagged}")
            values[f"t{number}"] = json.dumps(tags)
    if asked.statuses is not None:
        conditions.append("m.status IN (SELECT value FROM json_each(:s))")
        values["s"] = json.dumps(sorted(asked.statuses))
    if asked.voice is not None:
        conditions.append("m.voice = :v")
        values["v"] = asked.voice.value
    if asked.articles is not None:
        conditions.append(
            "m.article_id IN (SELECT id FROM article WHERE number IN "
            "(SELECT value FROM json_each(:a)))"
        )
        values["a"] = json.dumps(sorted(asked.articles))
    if asked.marks is not None:
        conditions.append("m.number IN (SELECT value FROM json_each(:m))")
        values["m"] = json.dumps(sorted(asked.marks))
    return conditions, values
