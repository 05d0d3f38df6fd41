"""Possible duplicates looked for while the window goes on: a little work between two events."""

from collections.abc import Iterator
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

from postil.domain.errors import UserError
from postil.ui.desk import Desk

_SLICE = 0.008  # seconds: half a frame


class Looking(QObject):
    """Looks through all articles once.

    Args:
        desk: has the library; is told what failed.
        parent: owns this.
    """

    done = Signal()  # the library knows its duplicates
    failed = Signal()  # and has said so

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._steps: Iterator[None] | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._go_on)

    @property
    def is_busy(self) -> bool:
        """Whether it is looking."""
        return self._steps is not None

    def begin(self) -> None:
        """Look, unless it does already."""
        if self._steps is None:
            self._steps = self._desk.library.shelving.look_for_duplicates()
            self._soon.start()

    def stop(self) -> None:
        """Look no further."""
        self._soon.stop()
        self._steps = None

    def _go_on(self) -> None:
        if self._steps is None:
            return
        end = monotonic() + _SLICE
        try:
            while monotonic() < end:
                next(self._steps)
        except StopIteration:
            self._steps = None
            self.done.emit()
        except UserError as error:
            self._steps = None
            self._desk.failed.emit(error)
            self.failed.emit()
        else:
            self._soon.start()
