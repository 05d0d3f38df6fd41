"""Keeping what is typed: a draft soon after each key, one step when the editor is left.

Changes go through the desk, which lets them wait while another process holds the library.
Drafts wait here and are tried again until they are written; nothing typed is dropped.
"""

from PySide6.QtCore import QObject, QTimer

from postil.domain.annotation import Annotation
from postil.domain.errors import UserError
from postil.domain.history import Changes
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
        self._waiting: dict[str, str] = {}  # mark id -> the note of a change the desk lets wait
        self._soon = QTimer(self, singleShot=True, interval=_DRAFT_MS)
        self._soon.timeout.connect(self.flush)
        self._again = QTimer(self, singleShot=True, interval=_RETRY_MS)
        self._again.timeout.connect(self._retry)
        desk.marks_changed.connect(self._arrived)

    @property
    def is_waiting(self) -> bool:
        """Whether something is not written yet."""
        return bool(self._drafts or self._waiting)

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
        """Make a step of a change, now or when the desk can.

        Returns:
            False when the change was refused; the note is then kept as a draft.
        """
        refusals: list[UserError] = []
        connection = self._desk.failed.connect(refusals.append)
        try:
            done = self._desk.do(change)
        finally:
            self._desk.failed.disconnect(connection)
        if refusals:
            self.flush()
            return False
        draft = self._drafts.pop(change.annotation_id, None)
        if done is None:
            note = draft if change.note is None else change.note
            if note is not None:
                self._waiting[change.annotation_id] = note
        return True

    def waiting_note(self, annotation_id: str) -> str | None:
        """Return a note of this mark that is not written yet."""
        return self._drafts.get(annotation_id, self._waiting.get(annotation_id))

    def _arrived(self, changes: Changes) -> None:
        """Forget the notes of changes that no longer wait."""
        for edit in changes.edits if self._waiting else ():
            record = edit.after or edit.before
            if isinstance(record, Annotation):
                self._waiting.pop(record.id, None)

    def _write_drafts(self) -> None:
        while self._drafts:
            annotation_id, note = next(iter(self._drafts.items()))
            self._desk.library.keep_draft(annotation_id, note)
            del self._drafts[annotation_id]

    def _retry(self) -> None:
        try:
            self._write_drafts()
        except UserError:  # told when it happened first
            self._again.start()
