"""`postil import`: files and standard input into the library."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from postil.cli.session import open_library, print_json, print_remarks
from postil.domain import limits
from postil.domain.errors import UserError

HELP = "take in files or folders; `-` is standard input"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help="a file, a folder, or -")
    parser.add_argument("--encoding", help="the text encoding, when it is not found by itself")


def run(arguments: argparse.Namespace) -> int:
    """Take in each source by itself; a refused one does not stop the others."""
    from postil.importers import Source, read, source_from_file
    from postil.library.intake import take_in

    answers = []
    refused = 0
    with open_library(arguments, create=True) as library:
        for name in _each(arguments.sources):
            try:
                if name == "-":
                    data = sys.stdin.buffer.read(limits.FILE_BYTES + 1)
                    source = Source(data, "standard input", "standard input")
                else:
                    source = source_from_file(Path(name))
                intake = take_in(library, read(source, encoding=arguments.encoding))
            except UserError as error:
                print_remarks([str(error)])
                refused += 1
                continue
            print_remarks(intake.remarks)
            answers.append(
                {
                    "id": intake.article_id,
                    "title": intake.title,
                    "status": intake.status,
                    "source": name,
                    "marks": len(intake.placed),
                    "missing": list(intake.missing),
                }
            )
            if not arguments.json:
                print(f"{intake.article_id}  {intake.status:7}  {intake.title}")
    if arguments.json:
        print_json(answers)
    return 1 if refused else 0


def _each(names: list[str]) -> Iterator[str]:
    """Yield the files named, and those in folders named, in order of their names."""
    for name in names:
        path = Path(name)
        if name != "-" and path.is_dir():
            yield from sorted(str(p) for p in path.rglob("*") if p.is_file())
        else:
            yield name
