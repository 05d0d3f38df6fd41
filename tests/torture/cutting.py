"""R2: the power fails while marks are written and files exported; prints the figures as JSON.

`python -m torture.cutting FOLDER COMMITS STATES SEED durable|careless vfs|strace`. What is asked of
the disk is recorded; then the power fails at places left to chance, see `power`. `vfs` records
what SQLite asks, `strace` what the whole program asks of the system.
"""

import json
import random
import sys
import time
from pathlib import Path

from postil.files import write_atomically
from postil.library import Library
from postil.store import connection
from torture import tracing
from torture.power import Disk, put
from torture.vfs import Between, Event
from torture.writing import begin, losses, write

_EXPORT_EVERY = 10
_TRACED = "import sys; from torture.cutting import produce, say; produce(*sys.argv[1:], say)"


def produce(path, article_id, commits, how, said):
    """Write marks and export files, and say of each that it is done."""
    path = Path(path)
    if how == "careless":
        connection._PRAGMAS = tuple(
            pragma.replace("synchronous=EXTRA", "synchronous=NORMAL")
            for pragma in connection._PRAGMAS
        )
    with Library.open(path) as library:
        for number in range(int(commits)):
            said(f"{write(library, article_id, number)} {number}")
            if number % _EXPORT_EVERY == 0:
                _export(path.with_name("export.md"), _exported(number), how)
                said(f"export {number}")


def say(line):
    """Say it in one piece on standard output, where strace sees it."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _export(path, data, how):
    if how == "careless":
        path.write_bytes(data)
    else:
        write_atomically(path, data, overwrite=True)


def _exported(number):
    return b"export %d\n" % number * 400


def record(path, commits, how, recorder):
    """Return what was on the disk before, and everything asked of it and said since."""
    article_id = begin(path)
    before = {str(found): found.read_bytes() for found in path.parent.iterdir()}
    if recorder == "strace":
        log = path.parent.with_name("trace")
        arguments = (str(path), article_id, str(commits), how)
        return before, tracing.record(_TRACED, path.parent, log, *arguments)
    events = []

    def note_down(event):
        events.append(event)
        return 0

    Between(note_down)
    produce(path, article_id, commits, how, lambda line: events.append(Event("said", line)))
    return before, events


def main(folder, commits, states, seed, how, recorder):
    former, after = Path(folder) / "before", Path(folder) / "after"
    former.mkdir()
    after.mkdir()
    before, events = record(former / "library.sqlite", commits, how, recorder)
    chance = random.Random(f"{seed} {how}")
    cuts = sorted(chance.randrange(1, len(events) + 1) for _ in range(int(states)))
    disk, acknowledged, exported, at, wrong = Disk(before), {}, None, 0, []
    began = time.monotonic()
    for cut in cuts:
        for event in events[at:cut]:
            what, _, number = event.path.rpartition(" ")
            if event.kind != "said":
                disk.take(event)
            elif what == "export":
                exported = int(number)
            else:
                acknowledged[what] = int(number)
        at = cut
        put(disk.after_the_cut(chance), former, after)
        wrong += losses(after / "library.sqlite", acknowledged)[:1]
        if recorder == "strace":
            wrong += _export_losses(after / "export.md", exported)
    _tell(events, cuts, wrong, began)


def _export_losses(path, exported):
    """Return what is wrong with the file that was exported over and over."""
    data = path.read_bytes() if path.exists() else b""
    words = data.split(b"\n", 1)[0].split()
    number = int(words[1]) if len(words) == 2 and words[1].isdigit() else -1
    if exported is None and not path.exists():
        return []
    if data != _exported(number):
        return ["export: partial"]
    return ["export: an older one"] if exported is not None and number < exported else []


def _tell(events, cuts, wrong, began):
    kinds = ("lost", "corrupt", "export")
    counts = {kind: len([what for what in wrong if what.startswith(kind)]) for kind in kinds}
    others = [what for what in wrong if not what.startswith(kinds)]
    commits = len([e for e in events if e.kind == "said" and not e.path.startswith("export")])
    seconds = round(time.monotonic() - began, 1)
    found = {"states": len(cuts), "commits": commits, "events": len(events), "seconds": seconds}
    print(json.dumps({**found, **counts, "otherwise": others[:5]}))


if __name__ == "__main__":
    main(*sys.argv[1:])
