"""`postil export`: articles with their marks into files."""

import argparse
import sys
from pathlib import Path

from postil.cli.names import FORMATS
from postil.cli.session import find_article, open_library, print_json, print_remarks
from postil.domain.annotation import Status
from postil.domain.errors import UserError
from postil.domain.tags import TagSet

HELP = "write articles with their marks to files"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("articles", nargs="*", metavar="ARTICLE", help="an id or part of a title")
    parser.add_argument("--all", action="store_true", help="every article of the library")
    parser.add_argument("--to", choices=FORMATS, default="markdown", help="the format")
    parser.add_argument(
        "-o", dest="target", metavar="PATH", help="a file, a folder, or - for standard output"
    )
    parser.add_argument("--force", action="store_true", help="replace files that are there")
    parser.add_argument("--tag", action="append", default=[], help="only marks with this tag")
    parser.add_argument("--author", action="append", default=[], help="only marks by this author")
    parser.add_argument(
        "--status",
        action="append",
        default=[],
        choices=[status.value for status in Status if status],
        help="only marks with this status",
    )
    parser.add_argument("--numbers", action="store_true", help="print paragraph numbers")
    parser.add_argument("--legend", action="store_true", help="add the tags' definitions")


def run(arguments: argparse.Namespace) -> int:
    """Write one file an article."""
    from postil.exporters import EXPORTERS, ExportOptions
    from postil.files import safe_file_name, write_atomically
    from postil.library.handing_on import handed_on

    if bool(arguments.articles) == arguments.all:
        raise UserError("Nothing says which articles to export", "Name some, or give --all.")
    exporter = EXPORTERS[arguments.to]
    options = ExportOptions(numbers=arguments.numbers, legend=arguments.legend)
    written: list[dict[str, object]] = []
    with open_library(arguments) as library:
        if arguments.all:
            ids = [row.id for row in library.articles()]
        else:
            ids = list(dict.fromkeys(find_article(library, words) for words in arguments.articles))
        statuses = [Status(status) for status in arguments.status]
        tags = _tag_ids(arguments.tag, library.tag_sets())
        taken: set[str] = set()
        for article_id in ids:
            content = handed_on(
                library, article_id, tags=tags, authors=arguments.author, statuses=statuses
            )
            exported = exporter.export(content, options)
            name = _unique(safe_file_name(content.article.metadata.title, exporter.suffix), taken)
            target = _target(arguments.target, name, several=len(ids) > 1)
            if target is None:
                sys.stdout.buffer.write(exported.data)
            else:
                write_atomically(target, exported.data, overwrite=arguments.force)
            print_remarks(exported.remarks)
            written.append({"id": article_id, "path": str(target) if target else "-"})
    if arguments.json and arguments.target != "-":
        print_json(written)
    elif arguments.target != "-":
        for entry in written:
            print(entry["path"])
    return 0


def _tag_ids(words: list[str], tag_sets: list[TagSet]) -> list[str]:
    """Return the ids of tags given by id, code or name.

    Raises:
        UserError: nobody knows the tag.
    """
    tags = [tag for tag_set in tag_sets for tag in tag_set.tags]
    ids = []
    for word in words:
        wanted = word.casefold()
        found = [t.id for t in tags if wanted in (t.id, t.code.casefold(), t.name.casefold())]
        if not found:
            raise UserError(f"There is no tag {word!r}", "Give its id, code or whole name.")
        ids += found
    return ids


def _target(named: str | None, name: str, *, several: bool) -> Path | None:
    """Return the file to write, None for standard output.

    Raises:
        UserError: several articles would go into one file.
    """
    if named == "-":
        if several:
            raise UserError("Standard output takes one article", "Name a folder with -o.")
        return None
    if named is None:
        return Path(name)
    path = Path(named)
    if path.is_dir():
        return path / name
    if several:
        raise UserError(f"{named} is no folder for several articles", "Make the folder first.")
    return path


def _unique(name: str, taken: set[str]) -> str:
    """Return a file name nothing else in this run has, told apart by a number."""
    path = Path(name)
    candidate, number = name, 2
    while candidate.casefold() in taken:
        candidate, number = f"{path.stem} ({number}){path.suffix}", number + 1
    taken.add(candidate.casefold())
    return candidate
