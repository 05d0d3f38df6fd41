"""`postil undo` and, with `redo.py`, `postil redo`: one step or several in one go."""

import argparse

from postil.cli.session import open_library, print_json
from postil.domain.errors import UserError
from postil.library.step_names import step_words

HELP = "take the last step back, or several"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "--to",
        metavar="STEP",
        type=int,
        help="until this step of `history` is the last one",
    )


def run(arguments: argparse.Namespace) -> int:
    """Undo."""
    return walk(arguments, redo=False)


def walk(arguments: argparse.Namespace, *, redo: bool) -> int:
    """Undo or redo one step, or as many as lie on the way to one; print them.

    Raises:
        UserError: there is nothing to undo or redo, or the step lies the other way.
    """
    word = "redo" if redo else "undo"
    with open_library(arguments) as library:
        rows = library.history.rows()
        done = [row for row in rows if not row.is_undone]
        undone = [row for row in reversed(rows) if row.is_undone]
        ahead = undone if redo else done
        if not ahead:
            raise UserError(f"There is nothing to {word}", "Look with `postil history`.")
        goals = [row.step.id for row in ahead] if redo else [r.step.id for r in ahead[1:]] + [0]
        goal = goals[0] if arguments.to is None else arguments.to
        if goal not in goals:
            raise UserError(
                f"Step {goal} is not one to {word} to", "Look it up with `postil history`."
            )
        library.history.go_to(goal)
    walked = ahead[: goals.index(goal) + 1]
    if arguments.json:
        print_json([row.step.id for row in walked])
    else:
        for row in walked:
            print(f"{row.step.id}  {step_words(row.step)}")
    return 0
