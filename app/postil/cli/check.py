"""`postil check`: whether the library is whole; what can be mended is."""

import argparse
import sys

from postil.cli.session import open_library, print_json

HELP = "see whether the library is whole; mends the index of words"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments: none of its own."""


def run(arguments: argparse.Namespace) -> int:
    """Print what is wrong; the code is 1 when something could not be mended."""
    with open_library(arguments) as library:
        findings = library.check()
        path = library.path
    left = sum(not finding.is_mended for finding in findings)
    if arguments.json:
        print_json(
            [
                {"kind": finding.kind, "what": finding.what, "mended": finding.is_mended}
                for finding in findings
            ]
        )
        return 1 if left else 0
    for finding in findings:
        out = sys.stdout if finding.is_mended else sys.stderr
        print(f"{finding.what}.", file=out)
    if left:
        print(f"postil: {path} has {left} faults. Open a copy from before them.", file=sys.stderr)
        return 1
    print(f"{path} is whole.")
    return 0
