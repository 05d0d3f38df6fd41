"""The modules of commands, and the parser made from them."""

import argparse
from collections.abc import Collection
from importlib import import_module
from typing import Protocol, cast

from postil.cli.names import COMMANDS, READ_ONLY
from postil.cli.options import shared

_MODULES = {"import": "import_", "list": "list_"}  # Python has these names itself


class CommandModule(Protocol):
    """What a module of a command offers."""

    HELP: str

    def add(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's arguments."""
        ...

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it and return the exit code."""
        ...


def module_of(name: str) -> CommandModule:
    """Return the module of a command; what the others need is not imported."""
    return cast("CommandModule", import_module(f"postil.cli.{_MODULES.get(name, name)}"))


def parser(program: str, names: Collection[str] = COMMANDS) -> argparse.ArgumentParser:
    """Return a parser of commands.

    Args:
        program: what it is called.
        names: of the commands; all of them where it is not known yet which one is wanted.
    """
    root = argparse.ArgumentParser(
        prog=program,
        description="Close reading of news and opinion. Without a command it opens the window, "
        "taking in the files named.",
    )
    root.add_argument("--version", action="store_true", help="print the version and stop")
    root.add_argument("--library", metavar="FILE", dest="library_first", help=argparse.SUPPRESS)
    root.set_defaults(insist=False)
    commands = root.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in names:
        module = module_of(name)
        command = commands.add_parser(
            name,
            parents=[shared(writes=name not in READ_ONLY)],
            help=module.HELP,
            description=module.HELP,
        )
        module.add(command)
        command.set_defaults(run=module.run)
    return root
