"""The table of commands, and the parser made from it."""

import argparse
from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from postil.cli import (
    annotate,
    backup,
    check,
    codebook,
    diff,
    export,
    history,
    import_,
    list_,
    marks,
    merge,
    practice,
    redo,
    restore,
    search,
    show,
    undo,
)
from postil.cli.names import COMMANDS, READ_ONLY
from postil.cli.options import shared


class CommandModule(Protocol):
    """What a module of a command offers."""

    HELP: str

    def add(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's arguments."""
        ...

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it and return the exit code."""
        ...


TABLE: Mapping[str, CommandModule] = MappingProxyType(
    dict(
        zip(
            COMMANDS,
            (
                *(import_, list_, marks, show, diff, annotate, merge, export),
                *(practice, codebook, search),
                *(history, undo, redo),
                *(check, backup, restore),
            ),
            strict=True,
        )
    )
)


def parser(program: str) -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    root = argparse.ArgumentParser(
        prog=program,
        description="Close reading of news and opinion. Without a command it opens the window, "
        "taking in the files named.",
    )
    root.add_argument("--version", action="store_true", help="print the version and stop")
    root.add_argument("--library", metavar="FILE", dest="library_first", help=argparse.SUPPRESS)
    root.set_defaults(insist=False)
    commands = root.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, module in TABLE.items():
        command = commands.add_parser(
            name,
            parents=[shared(writes=name not in READ_ONLY)],
            help=module.HELP,
            description=module.HELP,
        )
        module.add(command)
        command.set_defaults(run=module.run)
    return root
