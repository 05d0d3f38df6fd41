"""All marks, opened in the middle of the window when they are first wanted."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from postil.ui.centre import Centre
from postil.ui.desk import Desk
from postil.ui.prompts import Prompts
from postil.ui.theme import Appearance
from postil.ui.toast import Notices

if TYPE_CHECKING:
    from postil.ui.overview.view import OverviewView


class OverviewActions(QObject):
    """Shows all marks and comes back from them.

    Args:
        desk: what lies open.
        centre: where they are shown.
        appearance: tells of themes.
        prompts: asks for files and new tags.
        notices: where to tell what was done.
        parent: owns this.
    """

    def __init__(
        self,
        desk: Desk,
        centre: Centre,
        appearance: Appearance,
        prompts: Prompts,
        notices: Notices,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._centre, self._appearance = desk, centre, appearance
        self._prompts, self._notices = prompts, notices
        self.view: OverviewView | None = None
        desk.article_opened.connect(centre.show_page)
        desk.place_wanted.connect(lambda *_: centre.show_page())
        desk.reading_wanted.connect(centre.show_page)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do that are bound here."""
        return {"all-marks": self.turn}

    def turn(self) -> None:
        """Show all marks, or the article again."""
        if self.view is not None and self._centre.currentWidget() is self.view:
            self._leave()
            return
        if self.view is None:
            self.view = self._make()
        self._centre.show_part(self.view)

    def _make(self) -> "OverviewView":
        from postil.ui.overview.view import OverviewView  # when it is first wanted

        view = OverviewView(self._desk, self._appearance.theme, self._prompts, self._notices)
        view.left.connect(self._leave)
        self._appearance.changed.connect(view.set_theme)
        return view

    def _leave(self) -> None:
        self._centre.show_page(with_focus=True)
