"""`postil restore`: the library is again what it was in a backup."""

import argparse
from pathlib import Path

from postil.cli.session import (
    altered_words,
    backups_of,
    held_elsewhere,
    open_library,
    print_json,
    print_remarks,
)
from postil.domain.counting import articles
from postil.domain.errors import DamagedError, NotALibraryError

HELP = "bring back what is in a backup, after a backup of what is there"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "file", metavar="FILE", help="a backup, by its path or its name in `postil backup --list`"
    )


def run(arguments: argparse.Namespace) -> int:
    """Restore, and print the backup by which that can be taken back."""
    if (why := held_elsewhere(arguments)) is not None:
        raise why
    backups = backups_of(arguments)
    path = Path(arguments.file)
    if not path.exists() and (backups.folder / path.name).exists():
        path = backups.folder / path.name
    try:
        with open_library(arguments, create=True) as library:
            restored = library.safekeeping.restore(path)
            count = len(library.article_ids())
        way_back = restored.before.path if restored.before else None
        changed = restored.altered
    except (DamagedError, NotALibraryError):
        from postil.library.recovery import restore_anew

        way_back = None
        aside, changed = restore_anew(backups.path, path)
        if aside is not None:
            print_remarks([f"The damaged library is kept as {aside}."])
        with open_library(arguments) as library:
            count = len(library.article_ids())
    if arguments.json:
        before = str(way_back) if way_back else None
        print_json({"articles": count, "before": before, "altered": changed})
        return 0
    print(f"{path.name} is restored: {articles(count)}.")
    if changed:
        print_remarks([altered_words(changed)])
    if way_back:
        print(f"What was there before: {way_back}")
    return 0
