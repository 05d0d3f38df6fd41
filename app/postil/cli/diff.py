"""`postil diff`: how two versions of an article differ, word by word, as text."""

import argparse
from collections.abc import Iterator

from postil.cli.refusals import UsageError
from postil.cli.session import find_article, open_library, print_json
from postil.differences import Difference, Kind, Run, compare
from postil.domain.listing import Version

HELP = "show how two versions of an article differ, word by word"
_SIGNS = {
    Kind.DELETED: ("[-", "-]"),
    Kind.INSERTED: ("{+", "+}"),
    Kind.MOVED_AWAY: ("[<", "<]"),
    Kind.MOVED_HERE: ("{>", ">}"),
}


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("article", metavar="ARTICLE", help="an id, its start, or part of a title")
    parser.add_argument(
        "--from", type=int, dest="earlier", metavar="N", help="a version (default: the one before)"
    )
    parser.add_argument(
        "--to", type=int, dest="later", metavar="N", help="a version (default: the newest)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the paragraphs that differ, or the changes as JSON."""
    with open_library(arguments) as library:
        row = find_article(library, arguments.article)
        versions = {version.number: version for version in library.versions(row.id)}
        newest = max(versions)
        later = newest if arguments.later is None else arguments.later
        earlier = max(later - 1, 1) if arguments.earlier is None else arguments.earlier
        one, other = (_chosen(versions, number) for number in (earlier, later))
        difference = compare(library.version_text(one.id).text, library.version_text(other.id).text)
    if arguments.json:
        print_json(_as_json(difference, earlier, later))
        return 0
    print(f"{row.title}: version {earlier} to version {later}")
    lines = list(_changed_lines(difference))
    for line in lines:
        print(f"\n{line}")
    if not lines:
        print("The words are the same.")
    return 0


def _chosen(versions: dict[int, Version], number: int) -> Version:
    if number not in versions:
        hint = f"It has versions 1 to {max(versions)}: see `postil show ARTICLE --versions`."
        raise UsageError(f"There is no version {number}", hint)
    return versions[number]


def _changed_lines(difference: Difference) -> Iterator[str]:
    """Yield the paragraphs in which something differs, with signs around what does."""
    line, is_changed = "", False
    for run in difference.runs:
        pieces = difference.words(run).split("\n")
        for number, piece in enumerate(pieces):
            # A break that both texts have, or only the later one, ends a line.
            if number and not run.is_old:
                if is_changed:
                    yield line
                line, is_changed = "", False
            elif number:
                line += _signed(run, "¶")
            if piece:
                line += piece if run.kind is Kind.SAME else _signed(run, piece)
            is_changed = is_changed or run.kind is not Kind.SAME
    if is_changed and line:
        yield line


def _signed(run: Run, words: str) -> str:
    before, after = _SIGNS[run.kind]
    return f"{before}{words}{after}"


def _as_json(difference: Difference, earlier: int, later: int) -> dict[str, object]:
    return {
        "from": earlier,
        "to": later,
        "changes": [
            {
                "kind": run.kind.value,
                "words": difference.words(run),
                "from_start": run.before[0],
                "from_end": run.before[1],
                "to_start": run.after[0],
                "to_end": run.after[1],
            }
            for run in difference.runs
            if run.kind is not Kind.SAME
        ],
    }
