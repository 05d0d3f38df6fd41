"""Options that many commands take, before and behind the names of sub-commands."""

import argparse
from typing import Any


def shared(*, writes: bool, is_inner: bool = False) -> argparse.ArgumentParser:
    """Return a parser to be a parent of those of commands.

    Args:
        writes: whether the command may change the library.
        is_inner: the command is a part of another, whose answer stays where this one has none.
    """

    def default(value: object) -> dict[str, Any]:
        return {"default": argparse.SUPPRESS if is_inner else value}

    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument(
        "--library",
        metavar="FILE",
        help="the library (default: the one in your data folder)",
        **default(None),
    )
    parser.add_argument(
        "--json", action="store_true", help="print JSON for programs", **default(False)
    )
    if writes:
        parser.add_argument(
            "--insist",
            action="store_true",
            help="delete a lock file by which another computer has the library open",
            **default(False),
        )
    return parser
