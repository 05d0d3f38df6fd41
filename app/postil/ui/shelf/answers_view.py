"""The list of answers to a search; what is chosen in it opens at its place, words shown."""

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QListView

from postil.domain.errors import UserError
from postil.domain.found import Hit
from postil.domain.history import Changes
from postil.search.locating import ranges
from postil.ui.desk import Desk
from postil.ui.shelf.answer_delegate import AnswerDelegate
from postil.ui.shelf.answers import ANSWER, Answer, Answers
from postil.ui.theme import Theme

_AGAIN_MS = 300  # after a change of the library, before it is searched again
_AROUND = 100_000  # code points around a hit in which its words are shown


class AnswersView(QListView):
    """Shows what was found.

    Args:
        desk: opens articles, and tells of changes.
        theme: colours.
        within: tells to which articles the search is narrowed; None: to all.
    """

    def __init__(
        self, desk: Desk, theme: Theme, within: Callable[[], frozenset[str] | None]
    ) -> None:
        super().__init__()
        self._desk = desk
        self._text = ""
        self._opening = False
        self._shown = ("", "")  # article and revision in which words are shown; empty: in none
        self._middle = 0  # code point around which they are
        self._within = within
        self.answers = Answers(desk.library, self)
        self._delegate = AnswerDelegate(self.answers, theme, self)
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._again.timeout.connect(self._search_again)
        self.setObjectName("shelfAnswers")
        self.setAccessibleName(self.tr("Answers"))
        self.setModel(self.answers)
        self.setItemDelegate(self._delegate)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(self.open)
        self.activated.connect(self.open)
        desk.library_changed.connect(self._follow)
        desk.article_opened.connect(self._on_article)

    def look_for(self, text: str) -> None:
        """Search for what is being typed; an empty text clears the list and the words shown."""
        self._text = text
        self._search()
        if not text.strip():
            self._hide_words()

    def open_first(self) -> None:
        """Open the first answer at its first hit, and go there."""
        row = min(1, self.answers.rowCount() - 1)
        if row >= 0:
            first: Answer = self.answers.index(row).data(ANSWER)
            index = self.answers.index(row if first.hit else 0)
            self.setCurrentIndex(index)
            self.open(index)

    def enter(self) -> None:
        """Take the focus, at the first answer if at none."""
        if not self.currentIndex().isValid():
            index = self.answers.index(0)
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self, index: QModelIndex) -> None:
        """Open an article, at the place if the answer is a hit."""
        answer: Answer = index.data(ANSWER)
        opened = self._desk.opened
        if opened is None or opened.id != answer.row.id:
            self._opening = True
            self._desk.open_article(answer.row.id)
            self._opening = False
        self._go_to(answer.hit)

    def chosen(self) -> str:
        """Return the id of the article in which the current answer is, or nothing."""
        index = self.currentIndex()
        return index.data(ANSWER).row.id if index.isValid() else ""

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._delegate.theme = theme
        self.viewport().update()

    def _go_to(self, hit: Hit | None) -> None:
        """Show the words of the query around a hit, and go to it."""
        self._middle = hit.start if hit else 0
        self._show_words()
        if self._desk.opened and hit and hit.end:
            if hit.annotation_id:
                self._desk.choose(hit.annotation_id)
            self._desk.place_wanted.emit(hit.start, hit.end)

    def _show_words(self) -> None:
        """Show the words of the query in the open article."""
        opened = self._desk.opened
        if opened is None:
            return
        first = max(0, self._middle - _AROUND)
        piece = opened.article.text[first : self._middle + _AROUND]
        found = ranges(piece, self.answers.found.query.wanted)
        self._shown = (opened.id, opened.record.revision_id)
        self._desk.words_shown.emit([(first + start, first + end) for start, end in found])

    def _hide_words(self) -> None:
        self._shown = ("", "")
        self._desk.words_shown.emit([])

    def _on_article(self) -> None:
        """Leave nothing of a search on an article that was opened otherwise.

        One that was only read again keeps its words, whoever found them.
        """
        opened = self._desk.opened
        article_id, revision_id = self._shown
        if self._opening or not article_id:
            return
        if opened is None or opened.id != article_id:
            self._hide_words()
        elif opened.record.revision_id != revision_id:
            self._show_words()

    def _follow(self, _changes: Changes) -> None:
        if self._text.strip():
            self._again.start()

    def _search_again(self) -> None:
        """Search the changed library; the answer that was chosen stays chosen."""
        kept: Answer | None = self.currentIndex().data(ANSWER)
        self._search()
        if kept is None:
            return
        for index in map(self.answers.index, range(self.answers.rowCount())):
            answer: Answer = index.data(ANSWER)
            if answer.row.id == kept.row.id and answer.hit == kept.hit:
                self.setCurrentIndex(index)
                return

    def _search(self) -> None:
        self._again.stop()
        try:
            self.answers.look_for(self._text, self._within())
        except UserError as error:
            self._desk.failed.emit(error)
