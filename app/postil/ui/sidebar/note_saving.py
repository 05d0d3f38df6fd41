"""Keeping what is typed: a draft soon after each key, one step when the editor is left.

When another process holds the library, nothing is dropped: drafts and changes wait here
and are tried again until they are written.
"""

from PySide6.QtCore import QObject, QTimer

from postil.domain.errors import LibraryBusyError, UserError
from postil.library import ChangeAnnotation
from postil.ui.desk import Desk

_DRAFT_MS = 400  # after the last key
_RETRY_MS = 1_000


class NoteSaver(QObject):
    """Writes drafts and changes of marks.

    Args:
        desk: has the library, and shows what went wrong.
        parent: owns this.
    """

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._drafts: dict[str, str] = {}  # mark id -> what is not written yet
        self._changes: list[ChangeAnnotation] = []
        self._soon = QTimer(self, singleShot=True, interval=_DRAFT_MS)
        self._soon.timeout.connect(self.flush)
        self._again = QTimer(self, singleShot=True, interval=_RETRY_MS)
        self._again.timeout.connect(self._retry)

    @property
    def is_waiting(self) -> bool:
        """Whether something is not written yet."""
        return bool(self._drafts or self._changes)

    def typed(self, annotation_id: str, note: str) -> None:
        """Keep `note` as a draft within half a second."""
        self._drafts[annotation_id] = note
        self._soon.start()

    def flush(self) -> None:
        """Write all drafts now."""
        self._soon.stop()
        try:
            self._write_drafts()
        except UserError as error:
            self._desk.failed.emit(error)
            self._again.start()

    def save(self, change: ChangeAnnotation) -> bool:
        """Make a step of a change; where the library is held by others it is made later.

        Returns:
            False when the change was refused; the note is then kept as a draft.
        """
        try:
            self._do(change)
        except LibraryBusyError as error:
            self._changes.append(change)
            self._desk.failed.emit(error)
            self._again.start()
        except UserError as error:
            self.flush()
            self._desk.failed.emit(error)
            return False
        return True

    def waiting_note(self, annotation_id: str) -> str | None:
        """Return a note of this mark that is not written yet."""
        for change in reversed(self._changes):
            if change.annotation_id == annotation_id and change.note is not None:
                return change.note
        return self._drafts.get(annotation_id)

    def _write_drafts(self) -> None:
        while self._drafts:
            annotation_id, note = next(iter(self._drafts.items()))
            self._desk.library.keep_draft(annotation_id, note)
            del self._drafts[annotation_id]

    def _do(self, change: ChangeAnnotation) -> None:
        self._desk.library.do(change)
        if change.note is not None:
            self._drafts.pop(change.annotation_id, None)

    def _retry(self) -> None:
        try:
            while self._changes:
                self._retry_change(self._changes[0])
                self._changes.pop(0)
            self._write_drafts()
        except UserError:  # told when it happened first
            self._again.start()

    def _retry_change(self, change: ChangeAnnotation) -> None:
        try:
            self._do(change)
        except LibraryBusyError:
            raise
        except UserError as error:  # nobody can make it any more: the mark is gone, say
            self._desk.failed.emit(error)
