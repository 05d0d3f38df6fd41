"""R4: the n-th thing asked of the disk fails; prints the figures as JSON.

`python -m torture.faults FOLDER MOST SEED honest|deaf`. Once with a fault that is over at
once, once with one that stays until the command was refused.
The deaf one takes a refusal for a yes.
"""

import json
import random
import sqlite3
import sys
from pathlib import Path

from postil.domain.errors import UserError
from postil.library import Library
from torture.vfs import Between
from torture.writing import begin, losses, write

_CODES = {
    "create": (sqlite3.SQLITE_CANTOPEN,),
    "write": (sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_FULL),
    "truncate": (sqlite3.SQLITE_IOERR_TRUNCATE,),
    "sync": (sqlite3.SQLITE_IOERR_FSYNC,),
    "sync folder": (sqlite3.SQLITE_IOERR_DIR_FSYNC,),
    "delete": (sqlite3.SQLITE_IOERR_DELETE,),
}


class Fault:
    """Lets the n-th event from now fail, and those after it if it stays."""

    def __init__(self, chance):
        self._chance = chance
        self._left = 0
        self._stays = False
        self.met = False

    def arm(self, number, *, stays):
        self._left, self._stays, self.met = number, stays, False

    def disarm(self):
        self._left, self._stays = 0, False

    def __call__(self, event):
        if self._left > 0:
            self._left -= 1
            if self._left == 0 or (self._stays and self.met):
                self.met = True
                self._left = int(self._stays)
                return self._chance.choice(_CODES[event.kind])
        return 0


def main(folder, most, seed, how):
    path = Path(folder) / "library.sqlite"
    fault = Fault(random.Random(f"{seed} {how}"))
    Between(fault)
    article_id = begin(path)
    acknowledged, refused, wrong, number = {}, 0, [], 0
    library = Library.open(path)
    for stays in (False, True):
        for at in range(1, int(most) + 1):
            number += 1
            fault.arm(at, stays=stays)
            try:
                acknowledged[write(library, article_id, number)] = number
            except UserError:
                refused += 1
                if how == "deaf":
                    acknowledged[f"taken for a yes {number}"] = number
            was_met = fault.met
            fault.disarm()
            before = len(acknowledged)
            number += 1
            acknowledged[write(library, article_id, number)] = number  # goes on at once
            assert len(acknowledged) > before
            wrong += [f"{what} (event {at})" for what in losses(path, acknowledged)]
            if wrong:
                break
            if not was_met:
                break  # a command asks no more of the disk than this
    marks = len(library.annotations(article_id))
    library.close()
    found = {"faults": number // 2, "last": at, "refused": refused, "wrong": wrong[:5]}
    print(json.dumps({**found, "acknowledged": len(acknowledged), "marks": marks}))


if __name__ == "__main__":
    main(*sys.argv[1:])
