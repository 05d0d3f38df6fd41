"""`postil import`: files, addresses and standard input into the library."""

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from postil.cli import parts
from postil.cli.refusals import UsageError
from postil.cli.session import (
    find_article,
    open_library,
    print_json,
    print_new_tags,
    print_remarks,
)
from postil.domain import limits
from postil.domain.annotation import Placement
from postil.domain.counting import marks
from postil.domain.errors import PrivateAddressError, UserError
from postil.domain.named import is_address
from postil.library import Library

if TYPE_CHECKING:
    from postil.importers import Source
    from postil.library.intake import Intake

HELP = "take in files, folders or addresses of the web; `-` is standard input"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "sources", nargs="+", metavar="SOURCE", help="a file, a folder, https://…, or -"
    )
    parser.add_argument(
        "--allow-private",
        action="store_true",
        help="fetch addresses in this machine's own network too",
    )
    parser.add_argument(
        "--whole-page",
        action="store_true",
        help="take in what stands round the article of a page too",
    )
    parser.add_argument(
        "--encoding",
        help="the text encoding, when it is not found by itself; a known file is read again in it",
    )
    parser.add_argument(
        "--language",
        metavar="CODE",
        type=_language,
        help="the language, such as en or pt-BR; else what the source says, or a guess",
    )
    parts.add(parser)
    known = parser.add_mutually_exclusive_group()
    known.add_argument(
        "--as-version-of",
        metavar="ARTICLE",
        help="it is a new text of this article: an id, its start, or part of a title",
    )
    known.add_argument(
        "--separate",
        action="store_true",
        help="make it an article of its own, though its text or its address is known",
    )


def _language(word: str) -> str:
    """Return the code of a language (BCP 47)."""
    from postil.importers.html_metadata import as_language

    code = as_language(word)
    if not code:
        raise argparse.ArgumentTypeError(f"{word!r} is no code of a language such as en or pt-BR")
    return code


def run(arguments: argparse.Namespace) -> int:
    """Take in each source by itself; a refused one does not stop the others."""
    from postil.importers import files_of

    names = files_of(arguments.sources)
    if arguments.list_chapters or arguments.list_left_out:
        return parts.list_parts(
            arguments, names, lambda name: _source(name, allow_private=arguments.allow_private)
        )
    answers: list[dict[str, Any]] = []
    steps: set[int] = set()
    refused = 0
    with open_library(arguments, create=True) as library:
        version_of = _version_of(library, arguments)
        for name in names:
            try:
                if isinstance(name, UserError):
                    raise name
                intakes = _take_in(library, name, arguments, version_of)
            except UserError as error:
                print_remarks([str(error)])
                refused += 1
                continue
            steps |= {intake.step for intake in intakes if intake.step}
            print_remarks(intakes[0].remarks, about=name)
            for intake in intakes:
                print_remarks(tuple(_unsure(intake)), about=name)
                print_new_tags(intake.new_tags, about=name)
                answers.append(_answer(intake, name))
                if not arguments.json:
                    print(f"{intake.article_id}  {intake.status:7}  {intake.title}")
        library.history.join(steps)
    if len(answers) + refused > 1:
        print_remarks([_summary([answer["status"] for answer in answers], refused)])
    if arguments.json:
        print_json(answers)
    return 1 if refused else 0


def _summary(statuses: Sequence[str], refused: int) -> str:
    """Return what became of several sources, in one line."""
    number = Counter(statuses) + Counter(refused=refused)
    words = {
        "new": "taken in",
        "revised": "new versions",
        "known": "known already",
        "refused": "refused",
    }
    return " · ".join(f"{number[key]:,} {text}" for key, text in words.items() if number[key])


def _answer(intake: "Intake", name: str) -> dict[str, object]:
    """Return what is told of one article in JSON."""
    return {
        "id": intake.article_id,
        "title": intake.title,
        "status": intake.status,
        "source": name,
        "marks": len(intake.placed),
        "missing": list(intake.missing),
        "new_tags": list(intake.new_tags),
        "carried": dict(Counter(placement.value for placement in intake.carried)),
        "left_out": intake.left_out,
    }


def _source(name: str, *, allow_private: bool) -> "Source":
    """Return the bytes of one source.

    Raises:
        UserError: it cannot be read or fetched.
    """
    from postil.importers import Source, source_from_file

    if is_address(name):
        from postil.importers.fetching import fetch

        try:
            return fetch(name, allow_private=allow_private)
        except PrivateAddressError as error:
            raise UserError(error.what, "`--allow-private` fetches it all the same.") from error
    if name != "-":
        return source_from_file(Path(name))
    if sys.stdin is None:
        raise UserError("Standard input is closed", "Name a file.")
    data = sys.stdin.buffer.read(limits.FILE_BYTES + 1)
    return Source(data, "standard input", "standard input")


def _version_of(library: Library, arguments: argparse.Namespace) -> str:
    """Return the id of the article that gets a new text, or an empty string.

    Raises:
        UserError: there is no such article, or several sources for it.
    """
    if arguments.as_version_of is None:
        return ""
    found = find_article(library, arguments.as_version_of).id
    if len(arguments.sources) > 1 or Path(arguments.sources[0]).is_dir():
        raise UsageError("--as-version-of takes one file", "Name the newest, or one at a time.")
    if arguments.each_chapter:
        raise UsageError("--as-version-of takes one text", "Leave out --each-chapter.")
    return found


def _take_in(
    library: Library, name: str, arguments: argparse.Namespace, version_of: str
) -> "tuple[Intake, ...]":
    """Take in one source, as one article or as one for each of its chapters.

    Raises:
        UserError: it cannot be read or taken in; the library is as it was.
    """
    from postil.importers import read, read_again
    from postil.library.intake import read_again as take_in_again
    from postil.library.intake import take_in, take_in_several

    encoding, language = arguments.encoding, arguments.language or ""
    is_told = bool(version_of or arguments.separate)
    source = _source(name, allow_private=arguments.allow_private)
    source = replace(
        source, whole_page=arguments.whole_page, wants_whole=parts.wants_parts(arguments)
    )
    if encoding is not None and not is_told and (known := _known_bytes(library, source)):
        imported, told = read_again(source, encoding=encoding, former=known[1], language=language)
        return (take_in_again(library, known[0], imported, told),)
    imported = read(source, encoding=encoding, language=language)
    if parts.wants_parts(arguments):
        chosen = parts.chosen(imported, arguments)
        if arguments.each_chapter:
            return take_in_several(library, chosen, imported.article.metadata.title)
        (imported,) = chosen
    intake = take_in(library, imported, separate=arguments.separate, version_of=version_of)
    return (intake,)


def _unsure(intake: "Intake") -> Iterator[str]:
    """Yield sentences on what an article was taken for, and on marks without a sure place."""
    if intake.because == "address":
        yield "Taken as a new version: its address is that of an article (--separate keeps both)."
    elif intake.because == "text":
        yield "The same text is known from elsewhere (--separate makes an article of it)."
    changed = sum(placement is Placement.CHANGED for placement in intake.carried)
    if changed:
        stand, it = ("stands", "it") if changed == 1 else ("stand", "them")
        yield f"{changed} of {marks(len(intake.carried))} {stand} on changed words: look at {it}."
    loose = sum(not placement.is_placed for placement in intake.carried)
    if loose:
        have, wait = ("has", "waits") if loose == 1 else ("have", "wait")
        of = f"{loose} of {marks(len(intake.carried))}"
        yield f"{of} {have} no sure place in the new text and {wait}."


def _known_bytes(library: Library, source: "Source") -> tuple[str, str] | None:
    """Return the article that came from these bytes, and the encoding they were read in."""
    sha256 = hashlib.sha256(source.data).hexdigest()
    for article_id in library.articles_with_original(sha256):
        original = library.original(article_id)
        if original is not None:
            return article_id, original.encoding
    return None
