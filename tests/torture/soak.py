"""R22, by hand: hours at the window, with the memory and the handles it holds.

`PYTHONPATH=app:tests QT_QPA_PLATFORM=offscreen .venv/bin/python -m torture.soak --minutes 120`
"""

import argparse
import gc
import random
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from torture.window import Hand, Window, _any_article

_ARTICLES = 40
_EVENTS = 200


def held():
    """Return the megabytes and the open files of this process, as Linux counts them."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 1e6, len(list(Path("/proc/self/fd").iterdir()))


def slope(points):
    """Return by how much a quantity grows in an hour: the straight line through its points."""
    hours = [at / 3_600 for at, _ in points]
    middle, mean = sum(hours) / len(hours), sum(y for _, y in points) / len(points)
    spread = sum((x - middle) ** 2 for x in hours)
    return sum((x - middle) * (y - mean) for x, (_, y) in zip(hours, points, strict=True)) / spread


def take_back(library, step):
    """Undo all that was done since a step, so that the library is as large as before."""
    while (last := library.undo_step()) is not None and last.id > step.id:
        library.undo()


def clear_away(window):
    """Close what the hand left open beside the window, as people do, and let it be freed.

    What is to be deleted later waits for the event loop of a program, which is not one here.
    """
    for other in QApplication.topLevelWidgets():
        if other is not window.window and other.isVisible():
            other.close()
    window.application.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    with tempfile.TemporaryDirectory() as folder:
        window = Window(Path(folder), chance)
        ids = [window.open(_any_article(chance, number)) for number in range(_ARTICLES)]
        step = window.library.undo_step()
        began, points = time.monotonic(), []
        print(f"seed {asked.seed}; minutes, MB, open files, faults")
        while (now := time.monotonic() - began) < asked.minutes * 60:
            window.window.desk.open_article(chance.choice(ids))
            Hand(window, _EVENTS).run()
            take_back(window.library, step)
            clear_away(window)
            memory, files = held()
            points.append((now, memory))
            print(f"{now / 60:6.1f} {memory:7.1f} {files:4d} {len(window.wrong)}", flush=True)
        late = points[len(points) // 4 :]  # the first quarter fills caches
        growth = f"{slope(late):.1f} MB an hour, {files} open files [seed {asked.seed}]"
        print(f"R22 {growth}; wrong: {window.wrong[:5] or 'nothing'}")
        window.close()
    return 1 if window.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
