"""What commands share: opening the library, finding an article, printing answers."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from postil.domain.errors import UserError
from postil.library import Library
from postil.settings import Settings, default_library


def open_library(arguments: argparse.Namespace, *, create: bool = False) -> Library:
    """Open the library the arguments name.

    Args:
        arguments: of a command.
        create: make it when it is not there; the user's own library is always made.

    Raises:
        UserError: it cannot be opened.
    """
    named = arguments.library or arguments.library_first
    path = Path(named) if named else default_library()
    author = Settings().get("author", "")
    return Library.open(path, author=author, create=create or not named)


def find_article(library: Library, words: str) -> str:
    """Return the id of the one article with this id, start of an id, or piece of a title.

    Raises:
        UserError: there is none, or several.
    """
    found = library.find_articles(words)
    if not found:
        raise UserError(f"No article is called {words!r}", "Look it up with `postil list`.")
    if len(found) > 1:
        names = ", ".join(f"{row.id[:8]} {row.title!r}" for row in found[:5])
        raise UserError(f"{words!r} may be {len(found)} articles: {names}", "Give one's id.")
    return found[0].id


def print_json(value: Any) -> None:  # noqa: ANN401 - whatever JSON can say
    """Print `value` as JSON; lone surrogates cannot occur in what the library holds."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def print_remarks(remarks: Sequence[str]) -> None:
    """Print what a command could not do as it was asked, on standard error."""
    for remark in remarks:
        print(f"postil: {remark}", file=sys.stderr)
