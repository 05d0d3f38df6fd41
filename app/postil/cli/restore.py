"""`postil restore`: what one step deleted comes back, and what was done since stays."""

import argparse

from postil.cli.session import open_library, print_json
from postil.domain.shelf import Membership
from postil.library import RestoreDeleted

HELP = "bring back the articles and marks that a step deleted"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("step", metavar="STEP", type=int, help="as `postil history` numbers it")


def run(arguments: argparse.Namespace) -> int:
    """Restore, and print the ids of what came back."""
    with open_library(arguments) as library:
        changes = library.do(RestoreDeleted(arguments.step))
    back = [edit.after for edit in changes.edits]
    ids = [one.id for one in back if one is not None and not isinstance(one, Membership)]
    if arguments.json:
        print_json(ids)
    else:
        print("\n".join(ids))
    return 0
