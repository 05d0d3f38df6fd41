"""The command line: works without a screen and without importing Qt.

Every command is one module with `add` (its arguments) and `run`, and one line in the table
below. A refusal is one line on standard error and exit code 1; wrong usage is 2.
"""

import argparse
import sys
from collections.abc import Sequence

import postil
from postil.domain.errors import UserError

PROGRAM = "postil"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command, or open the window when there is none.

    Args:
        argv: the words after the program's name; those of the process by default.

    Returns:
        0 when all was done, 1 when something was refused, 2 on wrong usage.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    if "--version" in words[:1]:
        print(f"{PROGRAM} {postil.__version__}")
        return 0
    if _opens_window(words):
        from postil.desktop import main as open_window

        return open_window(words)
    from postil.cli import commands

    try:
        arguments = commands.parser(PROGRAM).parse_args(words)
    except SystemExit as stop:  # argparse has said what is wrong, or has printed the help
        return int(stop.code or 0)
    return _run(arguments)


def _run(arguments: argparse.Namespace) -> int:
    try:
        return int(arguments.run(arguments))
    except UserError as error:
        print(f"{PROGRAM}: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output has gone, as `| head` does
        sys.stderr.close()
        return 1


def _opens_window(words: Sequence[str]) -> bool:
    """Return whether these words ask for the window: no command, and no help."""
    from postil.cli.names import COMMANDS, TAKES_VALUE

    skip = False
    for word in words:
        if skip:
            skip = False
        elif word in ("-h", "--help"):
            return False
        elif word in TAKES_VALUE:
            skip = True
        elif not word.startswith("-"):
            return word not in COMMANDS
    return True
