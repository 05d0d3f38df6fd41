"""Versions of the open article: a newer file, what changed, an older text, a corrected word."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from postil.domain.listing import Version
from postil.library import AddAnnotation
from postil.settings import Settings
from postil.ui.file_actions import FileActions
from postil.ui.prompts import Prompts
from postil.ui.tasks import Tasks
from postil.ui.toast import Notices
from postil.ui.waiting import WaitingDesk

if TYPE_CHECKING:
    from postil.differences import Difference, Passage
    from postil.ui.dialogs.difference import DifferenceDialog


class VersionActions(QObject):
    """Does what the menu and the article tab offer with versions.

    Args:
        desk: what lies open.
        files: reads a newer file.
        tasks: where texts are compared.
        prompts: asks for a file, shows the dialogs.
        notices: where to tell what came of it.
        settings: keeps the folder last used.
        window: the dialogs' parent.
    """

    def __init__(
        self,
        desk: WaitingDesk,
        files: FileActions,
        tasks: Tasks,
        prompts: Prompts,
        notices: Notices,
        settings: Settings,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._files = files
        self._tasks = tasks
        self._prompts = prompts
        self._notices = notices
        self._settings = settings
        self._window = window
        self._reading_at = 0
        desk.reading_at.connect(self._note_place)
        desk.difference_wanted.connect(self.show_difference)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do that are bound here."""
        return {
            "new-version": self.take_in,
            "what-changed": self.show_difference,
            "correct-text": self.correct,
        }

    def take_in(self) -> None:
        """Ask for a file with a newer text of the open article."""
        opened = self._desk.opened
        if opened is None:
            self._notices.say(self.tr("Open an article first"))
            return
        folder = Path(self._settings.get("files/open-folder", str(Path.home())))
        title = self.tr("New version of {0}").format(opened.record.metadata.title)
        paths = self._prompts.open_files(title, folder, self.tr("All files (*)"))
        if paths:
            self._settings.set("files/open-folder", str(paths[0].parent))
            self._files.take_version(paths[0], opened.id)

    def show_difference(self, version_id: str = "") -> None:
        """Show what changed since a version of the open article, or since the one before."""
        opened = self._desk.opened
        versions = self._desk.library.versions(opened.id) if opened else []
        if len(versions) < 2:
            self._notices.say(self.tr("The article has had no other text"))
            return
        earlier = next((v for v in versions[1:] if v.id == version_id), versions[1])
        from postil.ui.dialogs.difference import DifferenceDialog

        dialog = DifferenceDialog(versions, earlier, self._compare, self._window)
        dialog.mark_wanted.connect(lambda *told: self._mark(dialog, versions[0], *told))
        self._prompts.show(dialog)
        dialog.deleteLater()

    def correct(self) -> None:
        """Ask for other words of the paragraph with the selection, the mark or the caret."""
        opened = self._desk.opened
        if opened is None:
            self._notices.say(self.tr("Open an article first"))
            return
        from postil.library.correcting import CorrectText
        from postil.ui.dialogs.correct_text import CorrectTextDialog

        dialog = CorrectTextDialog(opened.article, self._position(), self._window)
        if self._prompts.show(dialog):
            self._desk.do(
                CorrectText(
                    opened.id,
                    opened.record.revision_id,
                    dialog.first,
                    dialog.count,
                    dialog.text(),
                )
            )
        dialog.deleteLater()

    def _position(self) -> int:
        """Return where the person is in the text."""
        chosen = self._desk.chosen_mark()
        if self._desk.selected is not None:
            return self._desk.selected[0]
        return chosen.start if chosen else self._reading_at

    def _note_place(self, position: int) -> None:
        self._reading_at = position

    def _compare(
        self, earlier: Version, later: Version, then: Callable[["Difference"], None]
    ) -> None:
        library = self._desk.library
        before = library.version_text(earlier.id).text
        after = library.version_text(later.id).text

        def work(_progress: object) -> "Difference":
            from postil.differences import compare  # not needed to start

            return compare(before, after)

        self._tasks.run(self.tr("Comparing"), work, then, self._notices.fail)

    def _mark(
        self,
        dialog: "DifferenceDialog",
        current: Version,
        difference: "Difference",
        passage: "Passage",
        earlier: Version,
    ) -> None:
        """Mark the words of a change, or those around the gap it left."""
        from postil.differences import words_at
        from postil.ui.versions_words import prepared_note

        opened = self._desk.opened
        if opened is None or opened.record.revision_id != current.id:
            return
        start, end = words_at(difference.after, passage.after)
        note = prepared_note(difference, passage, earlier)
        if self._desk.do(AddAnnotation(opened.id, start, end, note=note)):
            dialog.tell_marked()
