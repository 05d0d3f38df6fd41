"""Refusals of the command line: wrong usage."""

from postil.domain.errors import UserError


class UsageError(UserError):
    """The words of a command do not fit together; its exit code is 2."""
