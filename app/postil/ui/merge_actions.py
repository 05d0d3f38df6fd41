"""Work of others into the library: a look at it, the merge in one step, and the report."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from postil.domain.errors import UserError
from postil.settings import Settings
from postil.ui.prompts import Prompts
from postil.ui.room import fit_screen
from postil.ui.tasks import Tasks
from postil.ui.toast import Notices
from postil.ui.waiting import WaitingDesk

if TYPE_CHECKING:
    from postil.importers.returned import Refused
    from postil.library.handing_in import HandIn


class MergeActions(QObject):
    """Merges files.

    Args:
        desk: what lies open.
        tasks: where files are read.
        prompts: asks for files, shows the dialog.
        notices: where to tell what came of it.
        settings: keeps the folder last used.
        window: the dialogs' parent.
    """

    def __init__(
        self,
        desk: WaitingDesk,
        tasks: Tasks,
        prompts: Prompts,
        notices: Notices,
        settings: Settings,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._tasks = tasks
        self._prompts = prompts
        self._notices = notices
        self._settings = settings
        self._window = window

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do that are bound here."""
        return {"merge": self.merge}

    def merge(self, paths: Sequence[Path] = ()) -> None:
        """Show what files would bring, and merge them.

        Args:
            paths: the files; without any they are asked for.
        """
        from postil.ui.dialogs.merge import MergeDialog  # not needed to start

        dialog = MergeDialog(
            self._desk.library, self._prompts, self._tasks, self._settings, self._window
        )
        if paths:
            dialog.read(paths)
        else:
            dialog.ask_for_files()
        if self._prompts.show(dialog):
            command, refused = dialog.command, list(dialog.refused)
            self._back_up(lambda: self._carry_out(command, refused))
        dialog.deleteLater()

    def _back_up(self, then: Callable[[], object]) -> None:
        """Make a backup if anything has changed, then merge; without one, too, but it is told."""
        backups = self._desk.library.safekeeping.backups

        def merge(failure: UserError | None) -> None:
            if failure is not None:
                self._notices.fail(failure)
            self._desk.patiently(then)

        self._tasks.run(
            self.tr("Backing up"),
            lambda _progress: backups.try_to_make("merge"),
            merge,
            self._notices.fail,
        )

    def _carry_out(self, command: "HandIn", refused: "list[Refused]") -> None:
        from postil.ui.dialogs.merge_report import MergeReport
        from postil.ui.merge_words import counts

        changes = self._desk.library.do(command)
        merged = command.merged
        if self._desk.opened is None and merged.files:
            self._desk.open_article(merged.files[0].article_id)
        text = counts(merged, len(refused))
        if changes.edits:
            self._notices.say(text, self.tr("Undo"), self._undo)
        else:
            self._notices.say(self.tr("Nothing new: {0}").format(text))
        report = MergeReport(self._desk, merged, refused, self._window)
        fit_screen(report)
        report.show()

    def _undo(self) -> None:
        self._desk.patiently(self._desk.library.undo)
