"""Refusals of the command line: wrong usage, and names as a sentence holds them."""

from postil.domain.canonical import quoted_name as quoted
from postil.domain.errors import UserError

__all__ = ["UsageError", "quoted"]


class UsageError(UserError):
    """The words of a command do not fit together; its exit code is 2."""
