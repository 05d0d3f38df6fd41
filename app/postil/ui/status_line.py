"""Keeps the status bar true: what the desk tells, put into the line at the bottom."""

from PySide6.QtCore import QObject

from postil.domain.history import Changes
from postil.page.numbers import paragraph_numbers
from postil.sentences import number_in
from postil.ui.status import Status
from postil.ui.waiting import WaitingDesk


class StatusLine(QObject):
    """Follows the desk.

    Args:
        desk: what lies open.
        status: the line.
    """

    def __init__(self, desk: WaitingDesk, status: Status) -> None:
        super().__init__(status)
        self._desk = desk
        self._status = status
        self._starts: list[int] = []  # code points where the numbered blocks begin
        self._loose = 0
        self._place = 0  # code point at the top of the reader
        desk.article_opened.connect(self._open)
        desk.marks_changed.connect(self._count)
        desk.reading_at.connect(self._show_place)
        desk.words_selected.connect(self._show_selected)
        desk.waiting_changed.connect(status.show_saved)
        status.show_saved(desk.waiting)
        self._open()

    def _open(self) -> None:
        opened = self._desk.opened
        self._starts = []
        self._loose = 0
        if opened is None:
            self._status.marks.setText("")
        else:
            numbers = paragraph_numbers(opened.article)
            blocks = zip(opened.article.blocks, numbers, strict=True)
            self._starts = [block.start for block, number in blocks if number is not None]
            self._loose = len(self._desk.library.loose_marks(opened.id))
            self._status.show_marks(len(self._desk.marks), self._loose)
        self._show_place(0)

    def _count(self, changes: Changes) -> None:
        """Count again; placed marks are counted as they come, loose ones from the changes."""
        opened = self._desk.opened
        if opened is None:
            return
        for before, after in changes.annotations(opened.id):
            self._loose += bool(after and not after.placement.is_placed)
            self._loose -= bool(before and not before.placement.is_placed)
        self._status.show_marks(len(self._desk.marks), self._loose)

    def _show_place(self, position: int) -> None:
        self._place = position
        self._show_selected()

    def _show_selected(self) -> None:
        """Show the paragraph and the sentence where words are selected, or what is read."""
        opened, selected = self._desk.opened, self._desk.selected
        if opened is None or selected is None:
            self._status.show_place(self._place, self._starts)
            return
        start = selected[0]
        is_numbered = bool(opened.article.number_at(start))
        sentence = number_in(opened.article, start) if is_numbered else 0
        self._status.show_place(start, self._starts, sentence)
