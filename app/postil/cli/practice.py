"""`postil practice`: practice copies that came back, held against their key."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from postil.cli.session import print_json, print_remarks
from postil.domain.errors import UserError

if TYPE_CHECKING:
    from postil.library.practising import Key, Practice

HELP = "check practice copies against the key: what was found, missed and marked beside it"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="a practice copy that came back")
    parser.add_argument("--key", required=True, metavar="FILE", help="the key, as Markdown")


def run(arguments: argparse.Namespace) -> int:
    """Check each file; no library is needed, and none is changed."""
    from postil.importers import read_work, source_from_file
    from postil.library.practising import key_of_file

    key = key_of_file(read_work(source_from_file(Path(arguments.key))))
    done: list[Practice] = []
    refused: list[str] = []
    for name in arguments.files:
        try:
            done.append(key.check(read_work(source_from_file(Path(name)))))
        except UserError as error:
            refused.append(str(error))
    if arguments.json:
        print_json([_as_json(key, practice) for practice in done])
    else:
        for practice in done:
            _tell(key, practice)
    print_remarks(refused)
    return 1 if refused else 0


def _tell(key: "Key", practice: "Practice") -> None:
    from postil.library.practising import Outcome

    found, missed, extra = (practice.count(outcome) for outcome in Outcome)
    print(
        f"{practice.name}: {found} of {found + missed} found, {extra} extra,"
        f" credit {practice.credit:.0%}"
    )
    if practice.unplaced:
        print(f"  marks without a sure place, not counted: {practice.unplaced}")
    for mark in practice.marks:
        number = key.article.number_at(mark.start)
        quote = " ".join(key.article.text[mark.start : mark.end].split())
        worth = f"{mark.credit:4.0%}" if mark.outcome is Outcome.FOUND else "    "
        tags = ", ".join(mark.tags)
        if mark.given and mark.given != mark.tags:
            tags = f"{tags} ← {', '.join(mark.given)}".strip()
        place = f"¶{number}" if number else ""
        print(f"  {mark.outcome:6} {worth}  {place:4} “{quote}”  {tags}".rstrip())


def _as_json(key: "Key", practice: "Practice") -> dict[str, object]:
    from postil.library.practising import Outcome

    return {
        "file": practice.name,
        **{outcome.value: practice.count(outcome) for outcome in Outcome},
        "credit": round(practice.credit, 4),
        "unplaced": practice.unplaced,
        "marks": [
            {
                "outcome": mark.outcome.value,
                "start": mark.start,
                "end": mark.end,
                "quote": key.article.text[mark.start : mark.end],
                "tags": list(mark.tags),
                "given": list(mark.given),
                "overlap": round(mark.overlap, 4),
                "tag_agreement": round(mark.agreement, 4),
                "credit": round(mark.credit, 4),
            }
            for mark in practice.marks
        ],
    }
