"""The library kept safe while its window is open: backups, a check at the start, the way back.

Copies and checks go through connections of their own on the worker thread; the window waits for
none of them. What fails is told in the banner and stops nothing.
"""

from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from postil.domain import limits
from postil.domain.errors import LibraryBusyError, UserError
from postil.domain.history import Changes
from postil.library.backing_up import Prepared
from postil.library.checking import Finding, check_file, is_damage
from postil.library.recovery import Recovery
from postil.ui.counting import altered_words
from postil.ui.prompts import Prompts
from postil.ui.tasks import Progress, Tasks
from postil.ui.toast import Because, Notices
from postil.ui.waiting import WaitingDesk

_DELAY_MS = 1_500  # after the window is there
_CHANGE_MS = limits.BACKUP_MINUTES * 60 * 1000


class BackupActions(QObject):
    """Makes backups, checks, restores.

    Args:
        desk: what lies open.
        tasks: where files are copied.
        prompts: shows the dialogs.
        notices: where to tell what came of it.
        leave: saves what is being typed; False when that failed.
        window: the dialogs' parent; owns this.
    """

    def __init__(
        self,
        desk: WaitingDesk,
        tasks: Tasks,
        prompts: Prompts,
        notices: Notices,
        leave: Callable[[], bool],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._tasks = tasks
        self._prompts = prompts
        self._notices = notices
        self._leave = leave
        self._window = window
        self._safe = desk.library.safekeeping
        self.waiting = QTimer(self)  # since the first change after a backup
        self.waiting.setSingleShot(True)
        self.waiting.setInterval(_CHANGE_MS)
        self.waiting.timeout.connect(self.back_up)
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.timeout.connect(self._check)
        self._ended_well = True
        self._is_changed = False  # since something was read that may take the library's place
        desk.library_changed.connect(self._note_change)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do that are bound here."""
        return {"backups": self.show}

    def begin(self, delay_ms: int = _DELAY_MS) -> None:
        """Check the library soon: quickly, or everything if the last window did not end well.

        Args:
            delay_ms: the first words and keys come first.
        """
        if self._desk.library.read_only is not None:
            return  # whoever may write looks after it
        with suppress(UserError):  # in use: then a check needs no such note
            self._ended_well = self._safe.begin_session()
        if self._safe.backups.failure is not None:
            self._tell_failure(self._safe.backups.failure)
        self._looking.start(delay_ms)

    def end(self) -> None:
        """Begin nothing more."""
        self._looking.stop()
        self.waiting.stop()

    def _check(self) -> None:
        path = self._desk.library.path
        self._tasks.run(
            self.tr("Checking the library"),
            lambda _progress: check_file(path, whole=not self._ended_well),
            self._tell_findings,
            lambda _error: None,  # it is in use; the next start checks again
        )

    def back_up(self) -> None:
        """Make a backup if anything has changed."""
        backups = self._safe.backups
        self._tasks.run(
            self.tr("Backing up"),
            lambda _progress: backups.make("change"),
            lambda _made: self._notices.banner.clear(Because.NO_BACKUP),
            self._tell_failure,
        )

    def show(self) -> None:
        """Show the backups there are."""
        from postil.ui.dialogs.backups import BackupsDialog, Listed, listed  # not needed to start

        def done(found: Listed) -> None:
            dialog = BackupsDialog(self._safe.backups, found, self._tasks, self._window)
            chosen = dialog.chosen if self._prompts.show(dialog) else None
            dialog.deleteLater()
            if chosen is not None:
                self.restore(chosen.path)

        self._tasks.run(
            self.tr("Reading the backups"),
            lambda _progress: listed(self._safe.backups),
            done,
            self._notices.fail,
        )

    def restore(self, path: Path) -> None:
        """Bring back what is in a backup, and offer the way back.

        What is changed before all is ready has to be in that way back: then it begins again.
        """
        if not self._leave():
            return
        self._is_changed = False

        def prepare(_progress: Progress) -> tuple[ExitStack, Prepared]:
            with ExitStack() as stack:
                prepared = stack.enter_context(self._safe.backups.prepared(path))
                return stack.pop_all(), prepared

        def done(ready: tuple[ExitStack, Prepared]) -> None:
            is_left = self._leave()
            if is_left and not self._is_changed:
                self._desk.patiently(lambda: self._replace(*ready))
                return
            ready[0].close()
            if is_left:
                self.restore(path)

        self._tasks.run(self.tr("Restoring"), prepare, done, self._notices.fail)

    def _replace(self, leftovers: ExitStack, prepared: Prepared) -> None:
        try:
            before = self._safe.replace(prepared)
        except LibraryBusyError:
            raise  # it is tried again
        except UserError:
            leftovers.close()
            raise
        leftovers.close()
        self.waiting.stop()
        if prepared.altered:
            text = self.tr("The backup is restored. {0}").format(altered_words(prepared.altered))
            self._notices.banner.tell(text, grave=True)
        if before is not None:
            self._notices.say(
                self.tr("The backup is restored"),
                self.tr("Undo"),
                lambda: self.restore(before.path),
                is_way_back=True,
            )

    def _note_change(self, changes: Changes) -> None:
        if not changes.edits:
            return
        self._is_changed = True
        if not self.waiting.isActive():
            self.waiting.start()

    def _tell_failure(self, error: UserError) -> None:
        text = self.tr("There is no backup of what changed. {0}").format(error)
        self._notices.banner.tell(text, grave=True, reason=Because.NO_BACKUP)

    def _tell_findings(self, findings: list[Finding]) -> None:
        """Offer to recover what is damaged; tell the rest, which nothing is lost by."""
        if any(map(is_damage, findings)):
            self._rescue()
        elif findings:
            self._notices.say(self.tr("The library was checked: {0}").format(findings[0].what))

    def _rescue(self) -> None:
        """Look at what can be had in place of a damaged library, and offer it."""
        path, keeping = self._desk.library.path, self._safe.backups.keeping

        def prepare(_progress: Progress) -> tuple[ExitStack, Recovery]:
            with ExitStack() as stack:
                recovery = stack.enter_context(Recovery(path, keeping))
                return stack.pop_all(), recovery

        self._leave()
        self._is_changed = False
        self._tasks.run(
            self.tr("Looking at what can be rescued"),
            prepare,
            lambda ready: self._offer(*ready),
            self._notices.fail,
        )

    def _offer(self, leftovers: ExitStack, recovery: Recovery) -> None:
        """Put what is chosen in place; what was changed meanwhile has to be looked at, too."""
        from postil.ui.dialogs.damaged import DamagedDialog  # rarely needed

        is_left = self._leave()
        with leftovers:
            if self._is_changed:
                self._rescue()
                return
            dialog = DamagedDialog(self._desk.library.path, recovery, self._window)
            is_wanted = self._prompts.show(dialog) and is_left
            dialog.deleteLater()
            if is_wanted:
                try:
                    self._safe.exchange(dialog.take)
                except UserError as error:
                    self._notices.fail(error)
        if not is_wanted:
            self._window.close()
