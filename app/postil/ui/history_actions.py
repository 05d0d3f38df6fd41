"""Undo and redo, one step or many; the window of the history; restore points."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from postil.domain.history import Changes
from postil.domain.listing import RestorePoint
from postil.library import RestoreDeleted
from postil.ui.actions import Actions
from postil.ui.counting import counted
from postil.ui.prompts import Prompts
from postil.ui.room import fit_screen
from postil.ui.theme import Appearance
from postil.ui.toast import Notices
from postil.ui.waiting import WaitingDesk

if TYPE_CHECKING:
    from postil.ui.history.window import HistoryWindow


class HistoryActions(QObject):
    """Goes through the history.

    Args:
        desk: what lies open.
        actions: Undo and Redo, whose keys hold in the window of the history too.
        show_changed: shows what an undo or redo changed.
        settle: saves what is being typed, before a jump takes the ground from under it.
        appearance: tells of themes.
        prompts: asks for the names of restore points.
        notices: where to tell what was done.
        window: the parent of the history's.
    """

    def __init__(
        self,
        desk: WaitingDesk,
        actions: Actions,
        show_changed: Callable[[Changes | None], None],
        settle: Callable[[], object],
        appearance: Appearance,
        prompts: Prompts,
        notices: Notices,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._actions = actions
        self._show_changed = show_changed
        self._settle = settle
        self._appearance = appearance
        self._prompts = prompts
        self._notices = notices
        self._parent = window
        self.window: HistoryWindow | None = None
        desk.library_changed.connect(self._renew)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do that are bound here."""
        return {"history": self.show, "save": self.save}

    def show(self) -> None:
        """Open the window of the history, or bring it to the front."""
        if self.window is None:
            self.window = self._make()
            fit_screen(self.window)
        if not self.window.isVisible():
            self.window.filter.clear()
            self._renew(shown=True)
        self.window.show()
        self.window.activateWindow()
        self.window.filter.setFocus()

    def save(self) -> None:
        """Set a restore point and say that all is saved, for everything is, or that it waits."""
        self._desk.try_again()
        if self._desk.waiting:
            self._notices.say(self.tr("The library is in use; your changes wait to be saved"))
        else:
            self._desk.patiently(self._set_point)

    def go_to(self, step_id: int) -> None:
        """Undo or redo until a step is the last one done; 0 undoes all of them."""
        self._settle()
        self._desk.patiently(lambda: self._walk(step_id, None))

    # --- inside ---

    def _make(self) -> "HistoryWindow":
        from postil.ui.history.window import HistoryWindow  # when it is first wanted

        window = HistoryWindow(self._appearance.theme, self._parent)
        window.addActions([self._actions[i] for i in ("undo", "redo", "save")])
        window.go_wanted.connect(self.go_to)
        window.restore_wanted.connect(lambda step_id: self._desk.do(RestoreDeleted(step_id)))
        window.name_wanted.connect(self._name)
        self._appearance.changed.connect(window.set_theme)
        return window

    def _renew(self, *_: Changes, shown: bool = False) -> None:
        """Show the history as it is now, if it is looked at."""
        if self.window is not None and isValid(self.window) and (shown or self.window.isVisible()):
            self._desk.patiently(self._read)

    def _read(self) -> None:
        if self.window is not None and isValid(self.window):
            self.window.show_rows(self._desk.library.history.rows())

    def _walk(self, goal: int, only_from: int | None) -> None:
        changes = self._desk.library.history.go_to(goal, only_from=only_from)
        if changes is None or changes.jump is None:
            if only_from is not None:
                self._desk.library.refresh()
                self._notices.say(self.tr("Something else was done since; the history lists it"))
            return
        self._show_changed(changes)
        left, steps = changes.jump.left, changes.jump.steps
        said = (
            counted(steps, "Went back 1 step", "Went back %n steps")
            if changes.reverted
            else counted(steps, "Went forward 1 step", "Went forward %n steps")
        )
        self._notices.say(
            said,
            self.tr("Undo"),
            lambda: self._desk.patiently(lambda: self._walk(left, goal)),
        )

    def _set_point(self) -> None:
        point = self._desk.library.history.set_point()
        said = self.tr("Saved. Postil saves every change at once.")
        if point is None:
            self._notices.say(said)
            return
        said = self.tr("Saved, with a restore point. Postil saves every change at once.")
        self._notices.say(said, self.tr("Name…"), lambda: self._name(point))
        self._renew()

    def _name(self, point: RestorePoint) -> None:
        """Ask what a restore point is to be called."""
        name = self._prompts.text(
            self.tr("Restore point"), self.tr("Name, or nothing:"), point.name
        )
        if name is None:
            return
        self._desk.patiently(lambda: self._desk.library.history.name_point(point.step_id, name))
        self._renew()
