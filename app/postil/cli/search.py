"""`postil search`: articles, notes and quotations with their places."""

import argparse
from typing import Any

from postil.cli.session import open_library, print_json
from postil.domain.errors import UserError
from postil.domain.found import FoundArticle, Hit, HitKind
from postil.search import parse

HELP = "find articles, notes and quotations by their words"
_EACH = 10  # hits in the text, and in marks, that are shown of an article
_ARTICLES = 20


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.epilog = (
        'All words must be found. A "phrase" in quotation marks stands as it is, word* begins '
        "a word, -word must not be there. tag: author: outlet: before: after: status: "
        "field: (of a note) and in: (title, text, note or quote) narrow the search. "
        "Put words with a minus into one pair of the shell's quotation marks, or after --."
    )
    parser.add_argument("words", nargs="+", metavar="WORDS", help="what to look for")
    parser.add_argument(
        "--limit",
        type=_positive,
        default=_ARTICLES,
        metavar="N",
        help=f"how many articles are shown, the best first (default: {_ARTICLES})",
    )


def _positive(word: str) -> int:
    if not word.isascii() or not word.isdigit() or len(word) > 9 or not int(word):
        raise argparse.ArgumentTypeError(f"{word!r} is no number of articles")
    return int(word)


def run(arguments: argparse.Namespace) -> int:
    """Print the articles that answer, the best first, with the places of the words."""
    query = parse(" ".join(arguments.words))
    with open_library(arguments) as library:
        found = library.search(query)
        if found.problems:
            what, _, _ = found.problems[0].rpartition(".")
            raise UserError(what, "Search for something else.")
        if query.is_empty:
            raise UserError("There is no word to look for", "Give one of letters or digits.")
        answers = library.hits(found, found.ids[: arguments.limit], each=_EACH)
    if arguments.json:
        print_json([_as_json(answer) for answer in answers])
        return 0
    for answer in answers:
        row = answer.row
        about = " · ".join(part for part in (row.author, row.outlet, row.published) if part)
        print(f"{row.id}  {row.title}" + (f"  ({about})" if about else ""))
        for hit in answer.hits:
            place = f"{hit.start}-{hit.end}" if hit.end else ""
            print(f"  {_paragraph(hit):>6}  {place:>13}  {_shown(hit)}")
    left = len(found.ids) - len(answers)
    if left > 0:
        print(f"… and {left} more; --limit shows them.")
    return 0


def _paragraph(hit: Hit) -> str:
    if hit.number:
        return f"¶{hit.number}"
    return "quote" if hit.kind is HitKind.QUOTATION else hit.kind.value


def _shown(hit: Hit) -> str:
    return f"“{hit.words}”" if hit.kind is HitKind.QUOTATION else " ".join(hit.words.split())


def _as_json(answer: FoundArticle) -> dict[str, Any]:
    row = answer.row
    return {
        "id": row.id,
        "title": row.title,
        "author": row.author,
        "outlet": row.outlet,
        "published": row.published,
        "hits": [
            {
                "kind": hit.kind.value,
                "paragraph": hit.number or None,
                "start": hit.start if hit.end else None,
                "end": hit.end or None,
                "annotation": hit.annotation_id or None,
                "words": hit.words,
                "matches": [list(match) for match in hit.matches],
            }
            for hit in answer.hits
        ],
    }
