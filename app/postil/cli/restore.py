"""`postil restore`: the library is again what it was in a backup."""

import argparse
from pathlib import Path

from postil.cli.session import backups_of, open_library, print_json, print_remarks
from postil.domain.errors import DamagedError, NotALibraryError

HELP = "bring back what is in a backup, after a backup of what is there"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "file", metavar="FILE", help="a backup, by its path or its name in `postil backup --list`"
    )


def run(arguments: argparse.Namespace) -> int:
    """Restore, and print the backup by which that can be taken back."""
    backups = backups_of(arguments)
    path = Path(arguments.file)
    if not path.exists() and (backups.folder / path.name).exists():
        path = backups.folder / path.name
    try:
        with open_library(arguments, create=True) as library:
            before = library.safekeeping.restore(path)
            count = len(library.article_ids())
        way_back = before.path if before else None
    except (DamagedError, NotALibraryError):
        from postil.library.recovery import restore_anew

        way_back, count = None, 0
        if (aside := restore_anew(backups.path, path)) is not None:
            print_remarks([f"The damaged library is kept as {aside}."])
        with open_library(arguments) as library:
            count = len(library.article_ids())
    if arguments.json:
        print_json({"articles": count, "before": str(way_back) if way_back else None})
        return 0
    print(f"{path.name} is restored: {count} articles.")
    if way_back:
        print(f"What was there before: {way_back}")
    return 0
