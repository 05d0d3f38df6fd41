"""`postil list`: what is in the library."""

import argparse

from postil.cli.codebook import named_codebook
from postil.cli.refusals import quoted
from postil.cli.session import open_library, print_json
from postil.domain.annotation import Status
from postil.domain.canonical import clean_line
from postil.domain.dates import is_date
from postil.domain.errors import UserError
from postil.domain.shelf import ShelfQuestion
from postil.library import Library
from postil.search import Query

HELP = "list the articles"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--tag", help="only articles with a mark that has this tag")
    parser.add_argument(
        "--status",
        choices=[status.value for status in Status if status.value],
        help="only articles with a mark whose check is so far; with --tag, the same mark",
    )
    parser.add_argument(
        "--collection",
        metavar="NAME",
        help="only articles in this collection, such as Unit 3/Week 1",
    )
    parser.add_argument(
        "--codebook", metavar="ID", help="only articles with a mark that has a tag of this codebook"
    )
    parser.add_argument("--outlet", help="only articles of this outlet")
    parser.add_argument("--author", help="only articles by this author")
    parser.add_argument(
        "--after", metavar="DATE", type=_date, help="published on this date or later"
    )
    parser.add_argument("--before", metavar="DATE", type=_date, help="published before this date")


def _date(word: str) -> str:
    """Return a year, month or day as metadata writes it: 2026, 2026-05 or 2026-05-04."""
    if not is_date(word):
        raise argparse.ArgumentTypeError(f"{word!r} is no date such as 2026-05-04")
    return word


def _marked(library: Library, tag: str | None, status: str | None) -> tuple[str, ...]:
    """Return the ids of the articles with a mark that has this tag and this status.

    Raises:
        UserError: there is no such tag.
    """
    statuses = frozenset({Status(status)}) if status else frozenset()
    found = library.search(Query(tags=(tag,) if tag else (), statuses=statuses))
    if found.problems:
        raise UserError(
            f"There is no tag {quoted(tag or '')}", "Give its name, its code or its id."
        )
    return found.ids


def _collection(library: Library, name: str) -> ShelfQuestion:
    """Return the question for what is in a collection, given by its path, or its name alone.

    Raises:
        UserError: there is no such collection, or there are several.
    """
    paths = library.shelving.collection_paths()
    wanted = clean_line(name).casefold()
    whole = [i for i, path in paths.items() if path.casefold() == wanted]
    found = whole or [
        i for i, path in paths.items() if path.rpartition("/")[2].casefold() == wanted
    ]
    if not found:
        raise UserError(
            f"There is no collection {quoted(name)}", "Give its name as the shelf shows it."
        )
    if len(found) > 1:
        known = ", ".join(paths[i] for i in found)
        raise UserError(
            f"Several collections are called {quoted(name)}", f"Give one of these: {known}."
        )
    return ShelfQuestion(collection=found[0])


def run(arguments: argparse.Namespace) -> int:
    """Print one line an article, the newest first."""
    with open_library(arguments) as library:
        is_marked = arguments.tag or arguments.status
        wanted = set(_marked(library, arguments.tag, arguments.status)) if is_marked else None
        if arguments.collection is not None:
            inside = library.shelving.answers(_collection(library, arguments.collection))
            wanted = set(inside) if wanted is None else wanted.intersection(inside)
        if arguments.codebook is not None:
            codebook = named_codebook(library, arguments.codebook).codebook
            using = library.shelving.answers(ShelfQuestion(codebook=codebook.id))
            wanted = set(using) if wanted is None else wanted.intersection(using)
        rows = [
            row
            for row in library.articles(wanted)
            if (not arguments.outlet or arguments.outlet.casefold() in row.outlet.casefold())
            and (not arguments.author or arguments.author.casefold() in row.author.casefold())
            and (not arguments.after or row.published >= arguments.after)
            and (not arguments.before or "" < row.published < arguments.before)
        ]
    if arguments.json:
        print_json(
            [
                {
                    "id": row.id,
                    "title": row.title,
                    "author": row.author,
                    "outlet": row.outlet,
                    "published": row.published,
                    "language": row.language,
                    "language_guessed": row.language_guessed,
                    "marks": row.marks,
                }
                for row in rows
            ]
        )
        return 0
    for row in rows:
        about = " · ".join(part for part in (row.author, row.outlet, row.published) if part)
        print(
            f"{row.id}  {row.marks:5} {'mark ' if row.marks == 1 else 'marks'}  {row.title}"
            + (f"  ({about})" if about else "")
        )
    return 0
