"""`postil history`: the steps that can be undone and redone, and the restore points.

With `--bring-back`, what one step deleted comes back, and what was done since stays.
"""

import argparse
from typing import Any

from postil.cli.session import open_library, print_json
from postil.domain.listing import HistoryRow
from postil.domain.shelf import Membership
from postil.library import RestoreDeleted
from postil.library.step_names import step_words

HELP = "list the steps that were done, the newest first"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--limit", metavar="N", type=_count, help="only the newest N steps")
    parser.add_argument(
        "--bring-back",
        metavar="STEP",
        type=int,
        help="bring back the articles and marks that this step deleted",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print one line a step: `>` is where the library stands, `-` was undone."""
    if arguments.bring_back is not None:
        return _bring_back(arguments)
    with open_library(arguments) as library:
        rows = library.history.rows()
    now = next((row.step.id for row in rows if not row.is_undone), 0)
    rows = rows[: arguments.limit]
    if arguments.json:
        print_json([_as_json(row, now) for row in rows])
        return 0
    for row in rows:
        if row.point is not None:
            name = f" “{row.point.name}”" if row.point.name else ""
            print(f"* {'':>6}  {row.point.at}  restore point{name}")
        sign = ">" if row.step.id == now else "-" if row.is_undone else " "
        about = " · ".join(part for part in (row.title, row.author) if part)
        print(
            f"{sign} {row.step.id:>6}  {row.step.at}  {step_words(row.step)}"
            + (f"  ({about})" if about else "")
        )
    return 0


def _bring_back(arguments: argparse.Namespace) -> int:
    """Restore, and print the ids of what came back."""
    with open_library(arguments) as library:
        changes = library.do(RestoreDeleted(arguments.bring_back))
    back = [edit.after for edit in changes.edits]
    ids = [one.id for one in back if one is not None and not isinstance(one, Membership)]
    if arguments.json:
        print_json(ids)
    else:
        print("\n".join(ids))
    return 0


def _as_json(row: HistoryRow, now: int) -> dict[str, Any]:
    point = row.point
    return {
        "step": row.step.id,
        "name": row.step.name,
        "subject": row.step.subject,
        "article": row.step.article_id,
        "title": row.title,
        "author": row.author,
        "at": row.step.at,
        "undone": row.is_undone,
        "now": row.step.id == now,
        "restore_point": None if point is None else {"at": point.at, "name": point.name},
    }


def _count(word: str) -> int:
    """Return a whole number above 0."""
    if not word.isdecimal() or int(word) < 1:
        raise argparse.ArgumentTypeError(f"{word!r} is no number of steps")
    return int(word)
