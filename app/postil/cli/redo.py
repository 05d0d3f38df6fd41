"""`postil redo`: what was undone is done again."""

import argparse

from postil.cli import undo

HELP = "do the last undone step again, or several"
add = undo.add


def run(arguments: argparse.Namespace) -> int:
    """Redo."""
    return undo.walk(arguments, redo=True)
