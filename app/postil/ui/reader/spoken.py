"""What a screen reader is told of marks: which begin, end and hold at the caret, which is active.

WORKAROUND: PySide6 6.11 lets Python install a factory of accessible interfaces, but its
QAccessibleTextInterface has no `attributes`, `selection` or `textAtOffset` (they answer through
pointers), so marks cannot be attributes of the text, and words and lines of an interface of our
own would be looked for in the whole text at each step. Qt's own text interface of the page stays,
with text, caret, selection, words and lines; marks are told as the page's description, which
is read when the focus comes, and as announcements. Remove when the three can be overridden.
"""

from PySide6.QtCore import QObject, QTimer, Signal

from postil.domain.annotation import Annotation, smallest_first
from postil.ui.counting import counted
from postil.ui.desk import Desk
from postil.ui.reader.echo import announce
from postil.ui.reader.mark_menu import names
from postil.ui.reader.page_view import PageView
from postil.ui.sidebar.wording import quoted

_EDGE_WORDS, _EDGE_LETTERS = 3, 40  # told of an end that was moved, at most
_NAMED = 4  # marks named in one sentence; of more the number is told


class Spoken(QObject):
    """Keeps the page's description true and announces what changes at the caret.

    Args:
        desk: what lies open.
        page: where the caret is.
    """

    said = Signal(str)  # what was announced

    def __init__(self, desk: Desk, page: PageView) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._here: dict[str, Annotation] = {}  # marks at the caret, as told last
        self._chosen: Annotation | None = None  # as told last
        self._soon = QTimer(self)  # one key may move the caret and choose a mark
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._tell)
        page.cursorPositionChanged.connect(self._soon.start)
        desk.mark_chosen.connect(self._soon.start)
        desk.marks_changed.connect(self._soon.start)
        desk.article_opened.connect(self._soon.start)

    def _tell(self) -> None:
        marks = self._at_caret()
        here = {mark.id: mark for mark in marks}
        chosen = self._desk.chosen_mark()
        sentence = ""
        if chosen and (self._chosen is None or chosen.id != self._chosen.id):
            sentence = self._about(chosen)
        elif chosen and self._chosen and (told := self._difference(self._chosen, chosen)):
            sentence = told
        elif self._page.shows_caret and here.keys() != self._here.keys():
            left = [mark for name, mark in self._here.items() if name not in here]
            entered = [mark for name, mark in here.items() if name not in self._here]
            sentence = self._change(left, entered)
        self._here, self._chosen = here, chosen
        description = self._description(marks, chosen)
        if description != self._page.accessibleDescription():
            self._page.setAccessibleDescription(description)
        if sentence:
            announce(self._page, sentence)
            self.said.emit(sentence)

    def _at_caret(self) -> list[Annotation]:
        """Return the marks at the caret, the smallest first; without a caret there are none."""
        if self._page.article is None or not self._page.shows_caret:
            return []
        return sorted(self._desk.marks.at(self._page.caret()), key=smallest_first)

    def _change(self, left: list[Annotation], entered: list[Annotation]) -> str:
        """Return what ended and what began as the caret moved."""
        parts = [self.tr("{} ends").format(self._names(left))] if left else []
        begun = [mark for mark in entered if mark.start == self._page.caret()]
        within = [mark for mark in entered if mark not in begun]
        if len(entered) > 1:
            parts.append(self._number(entered))
        elif begun:
            parts.append(self.tr("{} begins").format(self._names(begun)))
        elif within:
            parts.append(self.tr("In {}").format(self._names(within)))
        return ". ".join(parts)

    def _difference(self, before: Annotation, after: Annotation) -> str:
        """Return what keys have just done to the active mark; fields are told where they turn."""
        words = after.anchor.exact.split()
        if before.end != after.end:
            end = " ".join(words[-_EDGE_WORDS:])[-_EDGE_LETTERS:]
            return self.tr("Ends with {}").format(quoted(end))
        if before.start != after.start:
            start = " ".join(words[:_EDGE_WORDS])[:_EDGE_LETTERS]
            return self.tr("Begins with {}").format(quoted(start))
        return names(self._desk, after) if before.tags != after.tags else ""

    def _description(self, marks: list[Annotation], chosen: Annotation | None) -> str:
        """Return what the page says of itself when the focus comes to it."""
        if marks:
            return self._number(marks)
        if chosen:
            return self._about(chosen)
        return self.tr("No mark here") if self._page.shows_caret else ""

    def _number(self, marks: list[Annotation]) -> str:
        return f"{counted(len(marks), '1 mark here', '%n marks here')}: {self._names(marks)}"

    def _about(self, mark: Annotation) -> str:
        return f"{names(self._desk, mark)}: {quoted(mark.anchor.exact)}"

    def _names(self, marks: list[Annotation]) -> str:
        told = [names(self._desk, mark) for mark in marks[:_NAMED]]
        if len(marks) > _NAMED:
            told.append(self.tr("{} more").format(len(marks) - _NAMED))
        return ", ".join(told)
