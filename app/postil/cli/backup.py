"""`postil backup`: a dated copy of the library now, or the list of those there are."""

import argparse

from postil.cli.session import altered_words, backups_of, open_library, print_json, print_remarks
from postil.domain.backups import Backup
from postil.domain.counting import articles, marks
from postil.domain.errors import UserError
from postil.library.backing_up import altered, contents

HELP = "make a dated copy of the library, or list those there are"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--list", action="store_true", help="list the backups, the newest first")


def run(arguments: argparse.Namespace) -> int:
    """Make a backup and print its path, or print one line a backup.

    Raises:
        UserError: the library is missing or damaged, or the backup cannot be written.
    """
    backups = backups_of(arguments).all() if arguments.list else [_made(arguments)]
    if arguments.json:
        print_json([_as_json(backup) for backup in backups])
        return 0
    for backup in backups:
        print(_line(backup) if arguments.list else backup.path)
        if arguments.list and (number := altered(backup)):
            print_remarks([altered_words(number)], about=backup.path.name)
    return 0


def _made(arguments: argparse.Namespace) -> Backup:
    with open_library(arguments) as library:
        made = library.safekeeping.backups.make("asked", anyhow=True)
    if made is None:
        raise UserError(
            f"The library {library.path} is damaged", "Run `postil check --rescue` first."
        )
    return made


def _line(backup: Backup) -> str:
    found = contents(backup)
    inside = f"{articles(found.articles)}, {marks(found.marks)}" if found else "cannot be read"
    at = backup.at.strftime("%Y-%m-%d %H:%M:%S")
    return f"{at}  {backup.size / 1024**2:7.1f} MB  {inside:26}  {backup.occasion:9}  {backup.path}"


def _as_json(backup: Backup) -> dict[str, object]:
    found = contents(backup)
    return {
        "path": str(backup.path),
        "at": backup.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "occasion": backup.occasion,
        "bytes": backup.size,
        "articles": found.articles if found else None,
        "marks": found.marks if found else None,
        "altered": altered(backup),
    }
