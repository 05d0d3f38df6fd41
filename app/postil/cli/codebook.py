"""`postil codebook`: which sets of tags are here, one more from a file, one into a file."""

import argparse
import sys
from pathlib import Path

from postil.cli.options import shared
from postil.cli.refusals import UsageError, quoted
from postil.cli.session import open_library, print_json, print_remarks
from postil.domain.errors import UserError
from postil.domain.tags import TagSet
from postil.library import Library

HELP = "list codebooks, add one from a file, or write one to a file"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    kinds = parser.add_subparsers(title="what to do", metavar="WHAT", required=True)
    parent = shared(writes=True, is_inner=True)
    listing = kinds.add_parser("list", parents=[parent], help="the codebooks there are")
    listing.set_defaults(do=_list)
    adding = kinds.add_parser("add", parents=[parent], help="take one in from a file")
    adding.add_argument("name", metavar="FILE", help="JSON, or REFI-QDA .qdc")
    adding.set_defaults(do=_add)
    export = kinds.add_parser("export", parents=[parent], help="write one to a file")
    export.add_argument("name", metavar="ID", help="the codebook's id or name")
    export.add_argument("--to", choices=("json", "qdc"), default="json", help="the format")
    export.add_argument("-o", dest="target", metavar="PATH", help="a file, or - (the default)")
    export.add_argument("--force", action="store_true", help="replace a file that is there")
    export.set_defaults(do=_export)


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    with open_library(arguments) as library:
        return int(arguments.do(arguments, library))


def _list(arguments: argparse.Namespace, library: Library) -> int:
    uses = library.tag_uses()
    rows = [_row(tag_set, uses) for tag_set in library.tag_sets()]
    if arguments.json:
        print_json(rows)
        return 0
    for row in rows:
        state = "on" if row["enabled"] else "off"
        name, version = row["name"], row["version"]
        counts = f"{_column(row['tags'], 4, 'tag')}  {_column(row['marks'], 6, 'mark')}"
        print(f"{row['id']:20}  {state:3}  {counts}  {name} {version}")
    return 0


def _column(number: object, width: int, noun: str) -> str:
    return f"{number:{width}} {noun}{' ' if number == 1 else 's'}"


def _row(tag_set: TagSet, uses: dict[str, int]) -> dict[str, object]:
    codebook = tag_set.codebook
    return {
        "id": codebook.id,
        "name": codebook.name,
        "version": codebook.version,
        "enabled": codebook.enabled,
        "tags": len(tag_set.tags),
        "marks": sum(uses.get(tag.id, 0) for tag in tag_set.tags),
    }


def _add(arguments: argparse.Namespace, library: Library) -> int:
    from postil.codebooks import read_codebook
    from postil.files import read_file
    from postil.library import AddCodebook

    path = Path(arguments.name)
    tag_set = read_codebook(read_file(path), path.name)
    changed = bool(library.do(AddCodebook(tag_set)).edits)
    codebook = tag_set.codebook
    status = "taken in" if changed else "known"
    if arguments.json:
        print_json({"id": codebook.id, "name": codebook.name, "status": status})
    else:
        print(
            f"{codebook.id:20}  {status:8}  {_column(len(tag_set.tags), 4, 'tag')}  {codebook.name}"
        )
    return 0


def _export(arguments: argparse.Namespace, library: Library) -> int:
    from postil.codebooks import write_codebook
    from postil.codebooks.refi import write_qdc
    from postil.files import write_atomically

    tag_set = named_codebook(library, arguments.name)
    if not tag_set.tags:
        raise UserError(f"{quoted(tag_set.codebook.name)} has no tags yet", "Add one first.")
    data, remarks = write_qdc(tag_set) if arguments.to == "qdc" else (write_codebook(tag_set), ())
    if arguments.target in (None, "-"):
        sys.stdout.buffer.write(data)
    else:
        if not arguments.target:
            raise UsageError("-o names no file", "Name one, or - for standard output.")
        write_atomically(Path(arguments.target), data, overwrite=arguments.force)
        if arguments.json:
            print_json([{"id": tag_set.codebook.id, "path": arguments.target}])
        else:
            print(arguments.target)
    print_remarks(remarks)
    return 0


def named_codebook(library: Library, word: str) -> TagSet:
    """Return the codebook with this id or name.

    Raises:
        UserError: there is none, or several.
    """
    sets = library.tag_sets()
    found = [s for s in sets if s.codebook.id == word]
    found = found or [s for s in sets if s.codebook.name.casefold() == word.casefold()]
    if len(found) != 1:
        raise UserError(
            f"{'No codebook is' if not found else 'Several codebooks are'} called {quoted(word)}",
            "Look up its id with `postil codebook list`.",
        )
    return found[0]
