"""`postil marks`: the marks of all articles."""

import argparse
from typing import Any

from postil.cli.refusals import quoted
from postil.cli.session import open_library, print_json
from postil.domain.annotation import Status
from postil.domain.errors import UserError
from postil.domain.note_fields import field_values
from postil.domain.overview import MarkQuery, MarkRow
from postil.library import Library

HELP = "list the marks of all articles"
_STATUSES = [status.value for status in Status if status.value]


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--tag", help="only marks with this tag: its name, code or id")
    parser.add_argument("--author", help="only in articles by this author, or a piece of the name")
    parser.add_argument("--outlet", help="only in articles of this outlet, or a piece of the name")
    parser.add_argument(
        "--field", help='only marks whose note has this field: "verdict", or "verdict: false"'
    )
    parser.add_argument("--status", choices=_STATUSES, help="only marks whose check is so far")


def run(arguments: argparse.Namespace) -> int:
    """Print one line a mark, article by article as the shelf has them, in reading order."""
    names = ("tag", "author", "outlet", "field")
    wanted = {name: getattr(arguments, name) for name in names}
    query = MarkQuery(
        text=" ".join(f"{name}:{_phrase(value)}" for name, value in wanted.items() if value),
        statuses=frozenset({Status(arguments.status)}) if arguments.status else frozenset(),
    )
    with open_library(arguments) as library:
        rows = _rows(library, query, arguments.tag)
        tags = {tag.id: tag.name for one in library.tag_sets() for tag in one.tags}
    if arguments.json:
        print_json([_as_json(row) for row in rows])
        return 0
    for row in rows:
        given = ", ".join(tags.get(i, i) for i in row.tags)
        about = " · ".join(part for part in (given, row.status.value, row.title) if part)
        print(
            f"{row.id[:8]}  {row.start}-{row.end}  “{' '.join(row.quotation.split())}”  ({about})"
        )
    return 0


def _phrase(words: str) -> str:
    """Return words as one value of a search; there is no quotation mark inside one."""
    return '"' + words.replace('"', " ") + '"'


def _rows(library: Library, query: MarkQuery, tag: str | None) -> list[MarkRow]:
    """Return the marks, with all their words.

    Raises:
        UserError: there is no such tag.
    """
    overview = library.overview(query)
    if overview.problems and tag:
        raise UserError(f"There is no tag {quoted(tag)}", "Give its name, its code or its id.")
    ids = overview.ids([(group.key, 0, group.marks) for group in overview.groups])
    return overview.rows(ids, whole=True)


def _as_json(row: MarkRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "article": row.article_id,
        "title": row.title,
        "author": row.author,
        "outlet": row.outlet,
        "published": row.published,
        "start": row.start,
        "end": row.end,
        "quotation": row.quotation,
        "tags": list(row.tags),
        "note": row.note,
        "fields": field_values(row.note),
        "voice": row.voice.value,
        "confidence": row.confidence.value,
        "status": row.status.value,
        "star": row.starred,
        "placement": row.placement.value,
        "annotator": row.annotator,
        "created": row.created,
    }
