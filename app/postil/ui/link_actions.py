"""Links between marks, also across articles: made with a dialog, followed with a key."""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QWidget

from postil.library import LinkMarks
from postil.ui.dialogs.link import LinkDialog
from postil.ui.mark_links import MarkLinks
from postil.ui.prompts import Prompts
from postil.ui.sidebar.wording import link_words
from postil.ui.toast import Notices
from postil.ui.waiting import WaitingDesk

_LATELY = 30  # marks that are offered as the other end


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
        self._recent: deque[str] = deque(maxlen=_LATELY)  # marks that were chosen, newest first
        desk.link_wanted.connect(self.make)
        desk.follow_wanted.connect(self.follow)
        desk.mark_wanted.connect(self.go_to)
        desk.mark_chosen.connect(self._note)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do that are bound here."""
        return {"link-mark": lambda: self.make(self._desk.chosen), "follow-link": self.follow}

    def make(self, annotation_id: str) -> None:
        """Ask what a mark is to another one, and link them."""
        mark = self._desk.marks.get(annotation_id)
        if mark is None:
            self._notices.say(self.tr("Choose a mark first"))
        elif len(self._desk.marks) < 2 and not self._has_others(mark.article_id):
            self._notices.say(self.tr("There is no other mark in the library"))
        else:
            dialog = LinkDialog(self._desk, mark, tuple(self._recent), self._window)
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
            self.go_to(ends[0].other_id)
        else:
            menu = QMenu(self._window)
            menu.setObjectName("link_menu")
            for end in ends:
                action = menu.addAction(link_words(end).replace("&", "&&"))
                action.triggered.connect(lambda _on=False, other=end.other_id: self.go_to(other))
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(QCursor.pos())
            menu.setActiveAction(menu.actions()[0])

    def go_to(self, annotation_id: str) -> None:
        """Go to a mark in whichever article it is; Go Back leads here again."""
        row = self._desk.library.linking.marks((annotation_id,)).get(annotation_id)
        if row is None:
            self._notices.say(
                self.tr("This mark is not in the library; if it was deleted, the history has it")
            )
            return
        if self._desk.opened is None or self._desk.opened.id != row.article_id:
            self._desk.open_article(row.article_id)
        if row.placement.is_placed:
            self._desk.choose(row.id)
            self._desk.place_wanted.emit(row.start, row.end)
        else:
            self._notices.say(self.tr("This mark has no sure place; the Article tab lists it"))

    def _has_others(self, article_id: str) -> bool:
        return bool(self._desk.library.linking.targets("", article_id, 1))

    def _note(self, annotation_id: str) -> None:
        """Remember which marks were looked at."""
        if annotation_id:
            if annotation_id in self._recent:
                self._recent.remove(annotation_id)
            self._recent.appendleft(annotation_id)
