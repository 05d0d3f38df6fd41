"""Python's garbage is looked for on the GUI thread and on no other.

Else whichever thread makes objects looks for it. Widgets in a circle, a dialog and what it is
connected to, would be freed beside the thread they belong to, which stops no timer of theirs and
may take the program with it.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_EVERY_MS: Final = 1_000


class GarbageCollector(QObject):
    """Takes the place of Python's own, which it ends, until the program ends.

    Args:
        parent: owns this; on the GUI thread.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self)
        timer.timeout.connect(self._look)
        timer.start(_EVERY_MS)

    def _look(self) -> None:
        """Collect the oldest generation that is due by Python's own measure."""
        due = [
            generation
            for generation, (count, most) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if count > most > 0
        ]
        if due:
            gc.collect(due[-1])
