"""Refusals of the command line: wrong usage, and names as a sentence holds them."""

from postil.domain.canonical import clean_line
from postil.domain.errors import UserError

_CHARACTERS = 60  # of a name in a sentence


class UsageError(UserError):
    """The words of a command do not fit together; its exit code is 2."""


def quoted(name: str) -> str:
    """Return a name somebody gave as a sentence can hold it: one line, not too long."""
    line = clean_line(name)
    return f"“{line if len(line) <= _CHARACTERS else line[: _CHARACTERS - 1] + '…'}”"
