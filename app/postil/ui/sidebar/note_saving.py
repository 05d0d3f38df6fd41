"""Keeping what is typed: a draft soon after a key, one step when the editor is left.

Changes go through the desk, which lets them wait while another process holds the library.
Drafts wait here and are tried again until they are written; nothing typed is dropped.
"""

from PySide6.QtCore import QObject, QTimer

from postil.domain.annotation import Annotation
from postil.domain.errors import UserError
from postil.domain.history import ArticleRecord, Changes
from postil.library import Command, draft_key
from postil.ui.desk import Desk

_DRAFT_MS = 400  # after the first key that is not kept, however fast the next ones come
_RETRY_MS = 1_000


class NoteSaver(QObject):
    """Writes drafts and what becomes of them; each has a key, that of a note is its mark's id.

    Args:
        desk: has the library, and shows what went wrong.
        parent: owns this.
    """

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._drafts: dict[str, str] = {}  # by key, what is not written yet
        self._waiting: dict[str, str] = {}  # by key, the text of a change the desk lets wait
        self._soon = QTimer(self, singleShot=True, interval=_DRAFT_MS)
        self._soon.timeout.connect(self.flush)
        self._again = QTimer(self, singleShot=True, interval=_RETRY_MS)
        self._again.timeout.connect(self._retry)
        desk.library_changed.connect(self._arrived)

    @property
    def is_waiting(self) -> bool:
        """Whether something is not written yet."""
        return bool(self._drafts or self._waiting)

    def typed(self, key: str, text: str) -> None:
        """Keep `text` as a draft within half a second."""
        self._drafts[key] = text
        if not self._soon.isActive():
            self._soon.start()

    def flush(self) -> None:
        """Write all drafts now."""
        self._soon.stop()
        try:
            self._write_drafts()
        except UserError as error:
            self._desk.failed.emit(error)
            self._again.start()

    def save(self, change: Command, key: str, text: str | None = None) -> bool:
        """Make a step of a change, now or when the desk can.

        Args:
            change: keeps what was typed, and perhaps more.
            key: of the draft that ends with it.
            text: what is kept of it; None when it is no other one.

        Returns:
            False when the change was refused; the text is then kept as a draft.
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
        draft = self._drafts.pop(key, None)
        if done is None and (text := draft if text is None else text) is not None:
            self._waiting[key] = text
        return True

    def waiting_text(self, key: str) -> str | None:
        """Return a text that is not written yet."""
        return self._drafts.get(key, self._waiting.get(key))

    def _arrived(self, changes: Changes) -> None:
        """Forget the notes of changes that no longer wait."""
        for edit in changes.edits if self._waiting else ():
            record = edit.after or edit.before
            if isinstance(record, ArticleRecord):
                for key in [k for k in self._waiting if k.startswith(draft_key(record.id))]:
                    del self._waiting[key]
            elif isinstance(record, Annotation):
                self._waiting.pop(record.id, None)

    def _write_drafts(self) -> None:
        while self._drafts:
            key, text = next(iter(self._drafts.items()))
            self._desk.library.drafts.keep(key, text)
            del self._drafts[key]

    def _retry(self) -> None:
        try:
            self._write_drafts()
        except UserError:  # told when it happened first
            self._again.start()
