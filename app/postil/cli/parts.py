"""Parts of what `postil import` is given: chapters of a book, and what stands round an article."""

import argparse
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from postil.cli.session import print_json, print_remarks
from postil.domain.errors import UserError

if TYPE_CHECKING:
    from postil.importers import Imported, Source
    from postil.importers.whole import Whole

_RANGE = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?")
_WORDS: Final = 60  # characters of the first words of a chapter


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that choose among parts."""
    parser.add_argument(
        "--chapters", metavar="1,3-5", help="of a book, take in these chapters only"
    )
    parser.add_argument(
        "--each-chapter", action="store_true", help="make an article of each chapter of a book"
    )
    listing = parser.add_mutually_exclusive_group()
    listing.add_argument(
        "--list-chapters",
        action="store_true",
        help="only list the chapters of a book, with their numbers and lengths",
    )
    listing.add_argument(
        "--list-left-out",
        action="store_true",
        help="only list what would be left out beside the article of a page",
    )


def wants_parts(arguments: argparse.Namespace) -> bool:
    """Return whether chapters are to be chosen."""
    return arguments.chapters is not None or arguments.each_chapter


def chosen(imported: "Imported", arguments: argparse.Namespace) -> "tuple[Imported, ...]":
    """Return what the arguments choose of a book: one article, or one a chapter.

    Raises:
        UserError: it has no chapters, or not those, or they are too much for one article.
    """
    from postil.importers.choosing import choose_chapters, each_chapter

    name = imported.original.origin
    whole = imported.whole
    if whole is None or not whole.chapters:
        raise UserError(f"{name} has no chapters", "Leave out --chapters and --each-chapter.")
    numbers = _numbers(arguments.chapters, len(whole.chapters), name)
    if arguments.each_chapter:
        return each_chapter(imported, numbers)
    return (choose_chapters(imported, numbers),)


def _numbers(told: str | None, count: int, name: str) -> list[int]:
    """Return the indices of the chapters that are told, in the order of the book."""
    if told is None:
        return list(range(count))
    numbers: set[int] = set()
    for piece in told.split(","):
        found = _RANGE.fullmatch(piece.strip())
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last <= count:
            raise UserError(
                f"{name} has chapters 1 to {count}, and “{piece.strip()[:20]}” is none of them",
                "Write their numbers as 1,3-5; --list-chapters shows them.",
            )
        numbers.update(range(first - 1, last))
    return sorted(numbers)


def list_parts(
    arguments: argparse.Namespace,
    names: Iterable[str | UserError],
    source_of: "Callable[[str], Source]",
) -> int:
    """Print the chapters of books, or what is left out of pages; nothing is taken in.

    Args:
        arguments: say which.
        names: of the sources, or why there is none.
        source_of: reads one.
    """
    from postil.importers import read

    answers: list[dict[str, object]] = []
    refused = 0
    for name in names:
        try:
            if isinstance(name, UserError):
                raise name
            source = replace(source_of(name), wants_whole=True)
            whole = read(source, encoding=arguments.encoding).whole
        except UserError as error:
            print_remarks([str(error)])
            refused += 1
            continue
        rows = _chapters(whole) if arguments.list_chapters else _left_out(whole)
        answers.append({"source": name, "parts": rows})
        if not arguments.json:
            for row in rows:
                print("  ".join(str(value) for value in row.values()))
    if arguments.json:
        print_json(answers)
    return 1 if refused else 0


def _chapters(whole: "Whole | None") -> list[dict[str, object]]:
    from postil.importers.choosing import chapter_title, chapter_words, first_words

    rows: list[dict[str, object]] = []
    for number in range(len(whole.chapters) if whole else 0):
        assert whole is not None
        text = chapter_words(whole, number)
        rows.append(
            {
                "number": number + 1,
                "characters": len(text),
                "title": chapter_title(whole, number),
                "begins": first_words(text, _WORDS),
            }
        )
    return rows


def _left_out(whole: "Whole | None") -> list[dict[str, object]]:
    if whole is None:
        return []
    blocks = zip(whole.article.blocks, whole.kept, strict=True)
    return [{"text": whole.article.block_text(block)} for block, kept in blocks if not kept]
