"""R9: two processes write into one library at once; prints the figures as JSON.

`python -m torture.sharing FOLDER OPERATIONS immediate|deferred`. Each writes marks, and adds its
turn to one note both write in. Deferred, transactions begin as SQLite begins them. Forks.
"""

import json
import os
import sys
import time
from pathlib import Path

from postil.domain.errors import UserError
from postil.library import ChangeAnnotation, Library
from postil.store import connection
from torture.writing import TAGS, begin, losses, write

_WAIT = 60.0  # for the other one, who may be slow on a busy machine, and comes first by chance


def work(path, article_id, shared, first, count, pipe):
    """Write marks; after each fifth, add a letter to the shared note; tell how each went."""
    with Library.open(path, wait_seconds=_WAIT) as library:
        for number in range(first, first + count):
            began = time.monotonic()
            try:
                said = f"mark {write(library, article_id, number)} {number}"
                if number % 5 == 0:
                    library.do(Longer(shared))
                    said += "\nlonger"
            except UserError as error:
                said = f"error {str(error).split(' ')[0]}"
            os.write(pipe, f"{said}\nwaited {time.monotonic() - began:.3f}\n".encode())


class Longer:
    """Adds a letter to the note of a mark, whatever it is by now."""

    def __init__(self, mark_id):
        self._mark_id = mark_id

    def plan(self, situation):
        note = situation.annotation(self._mark_id).note
        return ChangeAnnotation(self._mark_id, note=note + "x", tags=TAGS).plan(situation)


def main(folder, operations, how):
    path = Path(folder) / "library.sqlite"
    article_id = begin(path)
    with Library.open(path) as library:
        shared = write(library, article_id, 0)
        library.do(ChangeAnnotation(shared, note="x"))
    if how == "deferred":
        connection._on_begin.__code__ = (lambda c: c.exec_driver_sql("BEGIN")).__code__
    reading, writing = os.pipe()
    children = []
    for first in (1_000, 5_000):
        child = os.fork()
        if child == 0:
            work(path, article_id, shared, first, int(operations) // 2, writing)
            os._exit(0)
        children.append(child)
    os.close(writing)
    with os.fdopen(reading, "r") as pipe:
        lines = [line.split() for line in pipe]
    for child in children:
        os.waitpid(child, 0)
    acknowledged = {line[1]: int(line[2]) for line in lines if line[0] == "mark"}
    wrong = [what for what in losses(path, acknowledged) if not what.startswith("altered")]
    with Library.open(path) as library:
        (note,) = [mark.note for mark in library.annotations(article_id) if mark.id == shared]
    longer = len([line for line in lines if line[0] == "longer"])
    if len(note) != longer + 1:
        wrong.append(f"{longer} turns, {len(note) - 1} letters")
    found = {
        "marks": len(acknowledged),
        "errors": len([line for line in lines if line[0] == "error"]),
        "longest": max(float(line[1]) for line in lines if line[0] == "waited"),
    }
    print(json.dumps({**found, "turns": longer, "wrong": wrong[:5]}))


if __name__ == "__main__":
    main(*sys.argv[1:])
