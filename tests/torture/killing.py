"""R1: a writer is killed again and again; prints the figures as JSON.

`python -m torture.killing FOLDER CYCLES SEED honest|hasty`. The hasty writer says that a mark is
kept before it is. Forks, so that a cycle takes a twentieth of a second; needs no more than POSIX.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from postil.library import Library
from torture.writing import begin, losses, write


def work(path, article_id, first, pipe, *, hasty):
    """Write marks for ever, each acknowledged in the pipe."""
    with Library.open(path) as library:
        for number in range(first, first + 10_000):
            if hasty:
                _acknowledge_what_is_planned(library, pipe, number)
                write(library, article_id, number)
            else:
                os.write(pipe, f"{write(library, article_id, number)} {number}\n".encode())


def _acknowledge_what_is_planned(library, pipe, number):
    """Acknowledge the next mark as soon as it has an id: before anything of it is written."""
    carry_out = library._carry_out

    def early(transaction, plan, now):
        for edit in plan.edits:
            if hasattr(edit.after, "anchor"):
                os.write(pipe, f"{edit.after.id} {number}\n".encode())
        library._carry_out = carry_out
        return carry_out(transaction, plan, now)

    library._carry_out = early


def cycle(path, article_id, first, chance, *, hasty):
    """Return the marks that one writer acknowledged before it was killed, number by id."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        work(path, article_id, first, writing, hasty=hasty)
        os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        lines = [pipe.readline()]
        time.sleep(chance.uniform(0, 0.04))
        os.kill(child, signal.SIGKILL)
        lines += pipe.readlines()
    os.waitpid(child, 0)
    assert lines[0], "the writer ended by itself"
    whole = [line.decode().split() for line in lines if line.endswith(b"\n")]
    return {mark: int(number) for mark, number in whole}


def main(folder, cycles, seed, how):
    path = Path(folder) / "library.sqlite"
    article_id = begin(path)
    chance = random.Random(f"{seed} {how}")
    acknowledged, wrong, left = {}, [], 0
    began = time.monotonic()
    for at in range(int(cycles)):
        acknowledged |= cycle(path, article_id, at * 10_000, chance, hasty=how == "hasty")
        journal = Path(f"{path}-journal")
        left += journal.exists() and journal.stat().st_size > 0
        wrong = losses(path, acknowledged)
        if wrong:
            break
    print(
        json.dumps(
            {
                "cycles": at + 1,
                "acknowledged": len(acknowledged),
                "journals": left,
                "wrong": wrong[:5],
                "seconds": round(time.monotonic() - began, 1),
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
