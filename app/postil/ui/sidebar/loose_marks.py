"""Marks without a sure place, with their words and the best guess where they belong.

Guessing compares texts and may take a while, so it runs beside the window; the words of
the marks stand there at once.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from postil.domain.annotation import Annotation
from postil.domain.listing import OpenArticle
from postil.library import DeleteAnnotations, MoveAnnotation
from postil.ui.desk import Desk
from postil.ui.sidebar.flow_layout import FlowLayout
from postil.ui.sidebar.wording import placement_word, quoted

_SHOWN = 50  # cards; more are only counted
_WORDS = 160  # characters of a quotation or a guess

Guess = tuple[int, int]  # code points of the article's text


def shortened(text: str) -> str:
    """Return the beginning of a long text."""
    return text if len(text) <= _WORDS else f"{text[:_WORDS].rstrip()}…"


class _Search(QObject):
    """Looks for the places of marks on a worker thread."""

    found = Signal(str, object)  # revision id, dict from mark id to the best guess

    def __init__(self, opened: OpenArticle, marks: Sequence[Annotation]) -> None:
        super().__init__()
        self._revision = opened.record.revision_id
        self._text = opened.article.text
        self._marks = marks

    def run(self) -> None:
        """Find the best guess for each mark that has one."""
        from postil.anchoring import TextIndex  # brings a compiled library with it

        index = TextIndex(self._text)
        guesses: dict[str, Guess] = {}
        for mark in self._marks:
            anchor = mark.anchor
            place = index.resolve(
                start=anchor.start,
                end=anchor.end,
                exact=anchor.exact,
                prefix=anchor.prefix,
                suffix=anchor.suffix,
            )
            if place.start is not None and place.end is not None:
                guesses[mark.id] = (place.start, place.end)
            elif place.guesses:
                start, end, _score = max(place.guesses, key=lambda guess: guess[2])
                guesses[mark.id] = (start, end)
        self.found.emit(self._revision, guesses)


class LooseMarks(QWidget):
    """Cards of the marks without a sure place.

    Args:
        desk: has the article and the library.
        parent: owns this.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("loose_marks")
        self._desk = desk
        self._marks: list[Annotation] = []
        self._guesses: dict[str, Guess] = {}
        self._search: _Search | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def renew(self) -> None:
        """Show the marks that have no sure place now, and look for their places."""
        opened = self._desk.opened
        self._marks = self._desk.library.loose_marks(opened.id) if opened else []
        self._guesses = {}
        self._show()
        if opened is not None and self._marks:
            self._search = _Search(opened, self._marks[:_SHOWN])
            self._search.found.connect(self._take, Qt.ConnectionType.QueuedConnection)
            QThreadPool.globalInstance().start(self._search.run)

    def _take(self, revision_id: str, guesses: dict[str, Guess]) -> None:
        opened = self._desk.opened
        if opened is not None and opened.record.revision_id == revision_id:
            self._guesses = guesses
            self._show()

    def _show(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            card = item.widget()
            if card is not None:
                card.hide()
                card.deleteLater()
        for mark in self._marks[:_SHOWN]:
            self._column.addWidget(self._card(mark))
        if len(self._marks) > _SHOWN:
            more = self.tr("… and {0} more").replace("{0}", f"{len(self._marks) - _SHOWN:,}")
            self._column.addWidget(QLabel(more, self))
        self.setVisible(bool(self._marks))

    def _card(self, mark: Annotation) -> QFrame:
        card = QFrame(self)
        card.setObjectName("loose_mark")
        column = QVBoxLayout(card)
        names = [self._desk.tags[i].name for i in mark.tags if i in self._desk.tags]
        heading = " · ".join([*names, placement_word(mark.placement)])
        for name, text in (
            ("soft", heading),
            ("loose_quotation", quoted(shortened(mark.anchor.exact))),
            ("loose_note", shortened(mark.note)),
        ):
            if text:
                label = QLabel(text, card, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
                label.setObjectName(name)
                column.addWidget(label)
        buttons = FlowLayout()
        guess = self._guesses.get(mark.id)
        if guess is not None and self._desk.opened is not None:
            words = shortened(self._desk.opened.article.text[slice(*guess)])
            text = self.tr("Perhaps here: {0}").replace("{0}", quoted(words))
            label = QLabel(text, card, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
            label.setObjectName("loose_guess")
            column.addWidget(label)
            buttons.addWidget(self._button(card, "loose_show", self.tr("Show"), mark.id))
            buttons.addWidget(self._button(card, "loose_place", self.tr("Place it here"), mark.id))
        buttons.addWidget(self._button(card, "loose_delete", self.tr("Delete"), mark.id))
        column.addLayout(buttons)
        card.setAccessibleName(f"{heading}. {quoted(shortened(mark.anchor.exact))}")
        return card

    def _button(self, card: QFrame, name: str, text: str, annotation_id: str) -> QPushButton:
        button = QPushButton(text, card)
        button.setObjectName(name)
        button.clicked.connect(lambda: self._press(name, annotation_id))
        return button

    def _press(self, name: str, annotation_id: str) -> None:
        if name == "loose_delete":
            self._desk.do(DeleteAnnotations((annotation_id,)))
            return
        start, end = self._guesses[annotation_id]
        if name == "loose_place":
            self._desk.do(MoveAnnotation(annotation_id, start, end))
        else:
            self._desk.place_wanted.emit(start, end)
