"""The command line: works without a screen and without importing Qt.

Every command is one module with `add` (its arguments) and `run`, imported when it is asked for,
and one name in `names`. A refusal is one line on standard error and exit code 1; wrong usage is 2.
"""

import argparse
import gc
import io
import os
import sys
from collections.abc import Sequence

import postil
from postil.cli.names import COMMANDS, TAKES_VALUE
from postil.cli.refusals import UsageError, quoted
from postil.domain.errors import UserError

PROGRAM = "postil"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command, or open the window when there is none.

    Args:
        argv: the words after the program's name; those of the process by default.

    Returns:
        0 when all was done, 1 when something was refused, 2 on wrong usage, 130 when stopped.
    """
    try:
        return _main(list(sys.argv[1:] if argv is None else argv))
    except KeyboardInterrupt:
        return _told("Stopped.", 130)


def _main(words: list[str]) -> int:
    if "--version" in words[:1]:
        print(f"{PROGRAM} {postil.__version__}")
        return 0
    if _opens_window(words):
        return _open_window(words)
    from postil.cli import commands

    # Help before the command is about all of them.
    names = words[:1] if words[0] in COMMANDS else COMMANDS
    gc.disable()  # what is imported stays; to look for garbage in it is in vain
    try:
        arguments = commands.parser(PROGRAM, names).parse_args(words)
    except SystemExit as stop:  # argparse has said what is wrong, or has printed the help
        return int(stop.code or 0)
    finally:
        gc.enable()
    return _run(arguments)


def _run(arguments: argparse.Namespace) -> int:
    try:
        _speak_utf8()
        code = int(arguments.run(arguments))
        sys.stdout.flush()  # while a refusal can still be told
    except UsageError as error:
        return _told(error, 2)
    except UserError as error:
        return _told(error, 1)
    except BrokenPipeError:  # the reader of our output has gone, as `| head` does
        _drop_output()
        return 1
    except OSError as error:
        if error.filename is None:
            _drop_output()
        name = "The output" if error.filename is None else quoted(os.fsdecode(error.filename))
        what = f"{name} cannot be written: {error.strerror}"
        return _told(UserError(what, "Choose another place."), 1)
    return code


def _told(sentence: object, code: int) -> int:
    print(f"{PROGRAM}: {sentence}", file=sys.stderr)
    return code


def _speak_utf8() -> None:
    """Have the output be UTF-8 whatever the locale, as programs that read JSON expect.

    Raises:
        UserError: there is no output.
    """
    if sys.stdout is None:
        raise UserError("Standard output is closed", "Send it to a file.")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def _drop_output() -> None:
    """Keep Python from writing at exit what could not be written now."""
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, sys.stdout.fileno())
    os.close(sink)


def _open_window(words: Sequence[str]) -> int:
    """Open the window, unless the first word is a command misspelt."""
    first = _first_word(words)
    # An address or a path has a dot, a colon or a slash in it; a command never has.
    if first.replace("-", "").isalpha() and not os.path.lexists(first):
        hint = "`postil --help` lists the commands."
        return _told(UsageError(f"{quoted(first)} is neither a command nor a file", hint), 2)
    from postil.desktop import main as open_window

    return open_window(words)


def _opens_window(words: Sequence[str]) -> bool:
    """Return whether these words ask for the window: no command, and no help."""
    return _first_word(words) not in COMMANDS and not {"-h", "--help"} & set(words)


def _first_word(words: Sequence[str]) -> str:
    """Return the first word that is no option and no option's value; it may be missing."""
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word in TAKES_VALUE:
            skip = True
        elif not word.startswith("-"):
            return word
    return ""
