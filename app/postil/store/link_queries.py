"""Links between marks of the whole library, and the marks a person may mean by a few words."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection

from postil.domain.annotation import Link

_LINKS = msgspec.json.Decoder(tuple[Link, ...])


class Wanted(NamedTuple):
    """One word, and all it may stand in."""

    match: str  # in quotation or note, in the language of FTS5; empty for nowhere
    tags: Sequence[str]  # ids of those whose name or code has it
    articles: Sequence[str]  # ids of those whose title has it


def links(connection: Connection) -> list[tuple[str, tuple[Link, ...]]]:
    """Return every mark that links to another, with its links."""
    rows = connection.exec_driver_sql("SELECT id, links FROM annotation WHERE links != '[]'")
    return [(row[0], _LINKS.decode(row[1])) for row in rows]


def marks_with(
    connection: Connection, wanted: Sequence[Wanted], article_id: str, limit: int
) -> list[str]:
    """Return the ids of marks in which every word stands, article by article in reading order.

    Args:
        connection: inside a transaction.
        wanted: the words; none of them leaves every mark.
        article_id: whose marks are left out.
        limit: how many are wanted at most.
    """
    conditions = ["+m.article_id != :here"]
    values: dict[str, Any] = {"here": article_id, "limit": limit}
    for number, word in enumerate(wanted):
        # One list of numbers: of several conditions joined by OR each is gone through whole.
        ways = []
        if word.match:
            ways.append(f"SELECT rowid FROM search_note WHERE search_note MATCH :w{number}")  # noqa: S608 - our own words
            values[f"w{number}"] = word.match
        if word.tags:
            ways.append(
                "SELECT a.number FROM annotation_tag u JOIN annotation a ON a.id = u.annotation_id "  # noqa: S608 - our own words
                f"WHERE u.tag_id IN (SELECT value FROM json_each(:t{number}))"
            )
            values[f"t{number}"] = json.dumps(word.tags)
        if word.articles:
            ways.append(
                "SELECT number FROM annotation "  # noqa: S608 - our own words
                f"WHERE article_id IN (SELECT value FROM json_each(:a{number}))"
            )
            values[f"a{number}"] = json.dumps(word.articles)
        conditions.append(f"m.number IN ({' UNION ALL '.join(ways) or 'SELECT 0 WHERE 0'})")
    rows = connection.exec_driver_sql(
        f"SELECT m.id FROM annotation m WHERE {' AND '.join(conditions)} "  # noqa: S608 - our own words
        "ORDER BY m.number DESC LIMIT :limit",
        values,
    )
    return [row[0] for row in rows]
