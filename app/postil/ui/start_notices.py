"""What is told at the start, one thing after the other: how the library is open, what was kept.

It stands in a banner of its own, which nothing that happens later takes away.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from postil.domain.errors import UserError
from postil.library.drafts import KeptDraft
from postil.ui.counting import counted
from postil.ui.desk import Desk
from postil.ui.toast import Banner, Notices

_CHARACTERS = 60  # of a text that was kept


@dataclass(frozen=True)
class StartReport:
    """What whoever starts the window knows.

    Args:
        insist: holds a library that may be held elsewhere, or raises `UserError`; None where
            that would not help.
        fault: what an earlier run said when it was ended by a fault; empty for none.
    """

    insist: Callable[[], None] | None = None
    fault: str = ""


class StartNotices(QObject):
    """Tells what there is to tell.

    Args:
        desk: goes to what was kept.
        banner: where it is told.
        notices: tells what was done with it.
        window: parent of what is shown; owns this.
    """

    whole_wanted = Signal(str)  # write on the whole article, the answer to this question
    loose_wanted = Signal()  # show the marks without a sure place

    def __init__(self, desk: Desk, banner: Banner, notices: Notices, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._banner = banner
        self._notices = notices
        self._window = window
        self._report = StartReport()
        self._drafts: list[KeptDraft] = []
        banner.closed.connect(self._pass_on)

    def begin(self, report: StartReport) -> None:
        """Tell the first thing, if there is any."""
        self._report = report
        self._look()

    def _look(self) -> None:
        """See what was being typed when the program ended, and tell the first thing there is."""
        library = self._desk.library
        try:
            self._drafts = library.drafts.kept() if library.read_only is None else []
        except UserError as error:
            self._desk.failed.emit(error)
        self._tell()

    def _tell(self) -> None:
        read_only = self._desk.library.read_only
        if read_only is not None:
            self._tell_read_only(read_only)
        elif self._drafts:
            self._tell_draft(self._drafts[0], len(self._drafts) - 1)
        elif self._report.fault:
            self._banner.tell(
                self.tr("Postil was ended by a fault when it ran last. What was saved is there."),
                actions=((self.tr("Show Report"), self._show_report),),
            )
        else:
            self._banner.hide()

    def _pass_on(self) -> None:
        """Go on to the next thing; what was kept stays kept, and is told at the next start."""
        if self._desk.library.read_only is not None:
            return
        if self._drafts:
            del self._drafts[0]
        else:
            self._report = StartReport()
        self._tell()

    def _tell_read_only(self, why: UserError) -> None:
        insist = ((self.tr("Open Anyway"), self._insist),) if self._report.insist else ()
        words = self.tr("You can read, search and export; nothing can be changed.")
        self._banner.tell(f"{why} {words}", actions=insist)

    def _insist(self) -> None:
        assert self._report.insist is not None
        try:
            self._report.insist()
            self._desk.allow_writing()
        except UserError as error:
            self._notices.fail(error)
            return
        self._notices.say(self.tr("The library can be changed now"))
        self._look()

    def _tell_draft(self, draft: KeptDraft, more: int) -> None:
        words = _shortened(draft.text)
        if draft.article_id:
            text = self.tr(
                "A note that was being written when Postil ended is kept: “{0}” in “{1}”."
            )
        else:
            text = self.tr(
                "A note that was being written when Postil ended is kept: “{0}”."
                " What it was about was deleted."
            )
        text = text.replace("{1}", draft.title).replace("{0}", words)
        if more:
            text += " " + counted(more, "There is 1 more.", "There are %n more.")
        going = ((self.tr("Go to It"), partial(self._go_to, draft)),) if draft.article_id else ()
        self._banner.tell(
            text,
            actions=(
                *going,
                (self.tr("Copy"), partial(self._copy, draft)),
                (self.tr("Discard"), partial(self._discard, draft)),
            ),
        )

    def _go_to(self, draft: KeptDraft) -> None:
        """Open the place with the text in it, as it was typed."""
        opened = self._desk.opened
        if opened is None or opened.id != draft.article_id:
            self._desk.open_article(draft.article_id)
        if not draft.annotation_id:
            self.whole_wanted.emit(draft.question)
        elif self._desk.marks.get(draft.annotation_id) is not None:
            self._desk.edit_wanted.emit(draft.annotation_id)
        else:  # the mark has no place to write at now; the text can still be copied
            self.loose_wanted.emit()
            return
        self._pass_on()

    def _copy(self, draft: KeptDraft) -> None:
        QGuiApplication.clipboard().setText(draft.text)
        self._notices.say(self.tr("Copied the note"))

    def _discard(self, draft: KeptDraft) -> None:
        drafts = self._desk.library.drafts
        self._desk.patiently(partial(drafts.drop, draft.key))
        self._pass_on()
        self._notices.say(
            self.tr("Discarded “{0}”").replace("{0}", _shortened(draft.text)),
            self.tr("Undo"),
            lambda: self._bring_back(draft),
        )

    def _bring_back(self, draft: KeptDraft) -> None:
        self._desk.patiently(partial(self._desk.library.drafts.keep, draft.key, draft.text))
        self._drafts.insert(0, draft)
        self._tell()

    def _show_report(self) -> None:
        from postil.ui.dialogs.mistake import MistakeDialog  # hardly ever needed

        dialog = MistakeDialog(self._report.fault, self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        self._pass_on()


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _CHARACTERS else words[: _CHARACTERS - 1].rstrip() + "…"
