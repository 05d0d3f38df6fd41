"""Links between marks: made with a dialog, followed with a key."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QWidget

from postil.domain.annotation import Annotation
from postil.library import LinkMarks
from postil.ui.dialogs.link import LinkDialog
from postil.ui.mark_links import MarkLinks
from postil.ui.prompts import Prompts
from postil.ui.sidebar.wording import link_words
from postil.ui.toast import Notices
from postil.ui.waiting import WaitingDesk


class LinkActions(QObject):
    """Makes and follows links.

    Args:
        desk: what lies open.
        prompts: shows the dialog.
        notices: where to say that there is nothing to do it with.
        window: the dialog's and the menu's parent.
    """

    def __init__(
        self, desk: WaitingDesk, prompts: Prompts, notices: Notices, window: QWidget
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._prompts = prompts
        self._notices = notices
        self._window = window
        self._links = MarkLinks(desk, self)
        desk.link_wanted.connect(self.make)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do that are bound here."""
        return {"link-mark": lambda: self.make(self._desk.chosen), "follow-link": self.follow}

    def make(self, annotation_id: str) -> None:
        """Ask what a mark is to another one, and link them."""
        mark = self._desk.marks.get(annotation_id)
        if mark is None:
            self._notices.say(self.tr("Choose a mark first"))
        elif len(self._desk.marks) < 2:
            self._notices.say(self.tr("There is no other mark in this article"))
        else:
            dialog = LinkDialog(self._desk, mark, self._window)
            answer = dialog.answer() if self._prompts.show(dialog) else None
            dialog.deleteLater()
            if answer is not None:
                self._desk.do(LinkMarks(mark.id, *answer))

    def follow(self) -> None:
        """Go to the mark at the other end; of several one is chosen from a menu."""
        mark = self._desk.chosen_mark()
        ends = self._links.of(mark) if mark else []
        if not ends:
            self._notices.say(self.tr("No link goes out from here: choose a mark that has one"))
        elif len(ends) == 1:
            self._go(ends[0].other)
        else:
            menu = QMenu(self._window)
            menu.setObjectName("link_menu")
            for end in ends:
                action = menu.addAction(link_words(end).replace("&", "&&"))
                action.triggered.connect(lambda _on=False, other=end.other: self._go(other))
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(QCursor.pos())
            menu.setActiveAction(menu.actions()[0])

    def _go(self, mark: Annotation) -> None:
        self._desk.choose(mark.id)
        self._desk.place_wanted.emit(mark.start, mark.end)
