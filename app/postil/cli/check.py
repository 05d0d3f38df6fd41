"""`postil check`: whether the library is whole; what can be mended is."""

import argparse
import sys

from postil.cli.session import (
    altered_words,
    held_elsewhere,
    is_emptied,
    is_known,
    library_path,
    open_library,
    print_json,
    print_remarks,
)
from postil.domain.counting import articles, counted, marks
from postil.domain.errors import UserError
from postil.library.checking import check_file, is_damage
from postil.library.recovery import Recovery
from postil.settings import Settings, keeping

HELP = "see whether the library is whole; mends the index of words"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "--rescue",
        action="store_true",
        help="set a damaged library aside and put what can be read of it into a new one",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print what is wrong; the code is 1 when something could not be mended."""
    if arguments.rescue:
        return _rescue(arguments)
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
        faults = counted(left, "1 fault", "{0} faults")
        sentence = f"{path} has {faults}. Run `postil check --rescue`, or restore a backup."
        print(f"postil: {sentence}", file=sys.stderr)
        return 1
    print(f"{path} is whole.")
    return 0


def _rescue(arguments: argparse.Namespace) -> int:
    """Rescue a library that is damaged and print what became of it; leave a whole one alone.

    Raises:
        UserError: there is no such library, or it is in use by another program.
    """
    path = library_path(arguments)
    if (why := held_elsewhere(arguments)) is not None:
        raise why
    if not is_emptied(arguments):
        if not path.exists():
            raise UserError(f"There is no library at {path}", "Check the name after --library.")
        if not any(is_damage(finding) for finding in check_file(path, whole=True)):
            print(f"{path} is not damaged. Nothing was changed.")
            return 0
    with Recovery(path, keeping(Settings())) as recovery:
        found, good = recovery.rescued, recovery.backup
        if not (found.articles or found.marks or is_known(arguments)):
            raise UserError(
                f"{path} holds nothing that can be read as a library", "Choose another file."
            )
        aside = recovery.take_rescued()
    if arguments.json:
        print_json(
            {
                "articles": found.articles,
                "marks": found.marks,
                "texts_lost": found.texts_lost,
                "set_aside": str(aside) if aside else None,
                "backup": str(good.backup.path) if good else None,
            }
        )
        return 0
    print(f"{articles(found.articles)} and {marks(found.marks)} were rescued.")
    if found.texts_lost:
        one = "The text of 1 article is lost; its marks wait without a place."
        many = "The text of {0} articles is lost; their marks wait without a place."
        print(counted(found.texts_lost, one, many))
    if aside:
        print(f"The damaged library is kept as {aside}.")
    if good is not None:
        name = good.backup.path.name
        print(
            f"The newest good backup, of {good.backup.at:%Y-%m-%d %H:%M}, has"
            f" {articles(good.inside.articles)} and {marks(good.inside.marks)}:"
            f" postil restore {name}"
        )
        if good.altered:
            print_remarks([altered_words(good.altered)], about=name)
    return 0
