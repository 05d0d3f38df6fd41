"""Marks without a sure place, with their words and the best guesses where they belong.

Guessing compares texts and may take a while, so it runs beside the window; the words of
the marks stand there at once.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from postil.domain.annotation import Annotation
from postil.domain.errors import UserError
from postil.domain.listing import OpenArticle
from postil.domain.plain_note import plain_note
from postil.library import DeleteAnnotations, MoveAnnotation
from postil.ui.desk import Desk
from postil.ui.sidebar.flow_layout import FlowLayout
from postil.ui.sidebar.wording import placement_word, quoted, status_word

if TYPE_CHECKING:
    from postil.anchoring import Place

_SHOWN = 50  # cards; more are only counted
_WORDS = 160  # characters of a quotation or a guess
_GUESSES = 3  # of one mark
_AROUND = 40  # characters shown on either side of a guess
_WORTH_SHOWING = 0.4  # likeness below which only the best guess is shown
_SCRAP = 4  # what has not one part in so many of the quotation's length is no guess
_LIKELY, _POSSIBLE = 0.8, 0.6  # likeness from which a guess is called so

_CARD = "loose_mark"
_SELECTED = "loose_selected"  # the button every card has

Guess = tuple[int, int, float]  # code points of the article's text, likeness


def shortened(text: str) -> str:
    """Return the beginning of a long text."""
    return text if len(text) <= _WORDS else f"{text[:_WORDS].rstrip()}…"


class _Search(QObject):
    """Looks for the places of marks on a worker thread."""

    found = Signal(str, object)  # revision id, dict from mark id to the best guesses

    def __init__(self, opened: OpenArticle, marks: Sequence[Annotation]) -> None:
        super().__init__()
        self._revision = opened.record.revision_id
        self._text = opened.article.text
        self._marks = marks

    def run(self) -> None:
        """Find the best guesses for each mark that has some."""
        from postil.anchoring import TextIndex  # brings a compiled library with it

        index = TextIndex(self._text)
        guesses: dict[str, tuple[Guess, ...]] = {}
        for mark in self._marks:
            anchor = mark.anchor
            whole = index.resolve(
                start=anchor.start,
                end=anchor.end,
                exact=anchor.exact,
                prefix=anchor.prefix,
                suffix=anchor.suffix,
            )
            # What stood around the words may be what changed: then they are looked for alone.
            alone = index.resolve(start=None, end=None, exact=anchor.exact)
            found = (*_places(whole), *_places(alone))
            if best := _best(_at_words(found, self._text, anchor.exact)):
                guesses[mark.id] = best
        self.found.emit(self._revision, guesses)


def _places(place: "Place") -> tuple[Guess, ...]:
    """Return where a mark is or may be."""
    if place.start is not None and place.end is not None:
        return ((place.start, place.end, place.score),)
    return place.guesses


def _at_words(places: Sequence[Guess], text: str, exact: str) -> Iterator[Guess]:
    """Yield the places that are no mere scraps of the words looked for, without loose signs."""
    for first, last, likeness in places:
        at_words = [at for at in range(first, last) if text[at].isalnum()]
        start = at_words[0] if at_words and exact[0].isalnum() else first
        end = at_words[-1] + 1 if at_words and exact[-1].isalnum() else last
        if (end - start) * _SCRAP >= len(exact):
            yield start, end, likeness


def _best(places: Iterable[Guess]) -> tuple[Guess, ...]:
    """Return the likeliest places, each part of the text once; the unlikely only when alone."""
    chosen: list[Guess] = []
    for place in sorted(places, key=lambda guess: -guess[2]):
        is_free = all(place[1] <= other[0] or other[1] <= place[0] for other in chosen)
        if is_free and (not chosen or place[2] >= _WORTH_SHOWING):
            chosen.append(place)
    return tuple(chosen[:_GUESSES])


class LooseMarks(QWidget):
    """Cards of the marks without a sure place.

    Args:
        desk: has the article and the library.
        parent: owns this.
    """

    focused = Signal(QWidget)  # a button has the focus and is to be seen

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("loose_marks")
        self._desk = desk
        self._marks: list[Annotation] = []
        self._guesses: dict[str, tuple[Guess, ...]] = {}
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

    def _take(self, revision_id: str, guesses: dict[str, tuple[Guess, ...]]) -> None:
        opened = self._desk.opened
        if opened is not None and opened.record.revision_id == revision_id:
            self._guesses = guesses
            self._show()

    def take_focus(self, number: int = 0, name: str = _SELECTED) -> None:
        """Give the focus to a button of a card; to the article when no card is left.

        Args:
            number: of the card; beyond the last one it is the last.
            name: of the button; a card without it gives the one it always has.
        """
        items = map(self._column.itemAt, range(self._column.count()))
        widgets = [item.widget() for item in items if item is not None]
        cards = [card for card in widgets if card is not None and card.objectName() == _CARD]
        if not cards:
            self._desk.reading_wanted.emit()
            return
        card = cards[min(number, len(cards) - 1)]
        card.show()  # now, and not with the next layout: a hidden button takes no focus
        button = card.findChild(QPushButton, name) or card.findChild(QPushButton, _SELECTED)
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.focused.emit(button)

    def _focused(self) -> tuple[int, str] | None:
        """Return which card has the focus and which of its buttons."""
        focus = self.window().focusWidget()
        for number in range(self._column.count()):
            item = self._column.itemAt(number)
            card = item.widget() if item else None
            if focus is not None and card is not None and card.isAncestorOf(focus):
                return number, focus.objectName()
        return None

    def _show(self) -> None:
        focused = self._focused()
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
        if focused is not None:  # its button is gone; keys go on from there
            self.take_focus(*focused)

    def _card(self, mark: Annotation) -> QFrame:
        card = QFrame(self)
        card.setObjectName(_CARD)
        column = QVBoxLayout(card)
        names = [self._desk.tags[i].name for i in mark.tags if i in self._desk.tags]
        words = (*names, status_word(mark.status), placement_word(mark.placement))
        heading = " · ".join(word for word in words if word)
        for name, text in (
            ("soft", heading),
            ("loose_quotation", quoted(shortened(mark.anchor.exact))),
            ("loose_note", shortened(plain_note(mark.note))),
        ):
            if text:
                label = QLabel(text, card, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
                label.setObjectName(name)
                column.addWidget(label)
        for guess in self._guesses.get(mark.id, ()):
            self._add_guess(card, column, mark.id, guess)
        buttons = FlowLayout()
        buttons.addWidget(
            self._button(
                card,
                _SELECTED,
                self.tr("Place on Selected Words"),
                lambda: self._place_on_selection(mark.id),
            )
        )
        buttons.addWidget(
            self._button(
                card,
                "loose_delete",
                self.tr("Delete"),
                lambda: self._desk.do(DeleteAnnotations((mark.id,))),
            )
        )
        column.addLayout(buttons)
        card.setAccessibleName(f"{heading}. {quoted(shortened(mark.anchor.exact))}")
        return card

    def _add_guess(
        self, card: QFrame, column: QVBoxLayout, annotation_id: str, guess: Guess
    ) -> None:
        """Add a place that may be the one, with its surroundings and how likely it is."""
        opened = self._desk.opened
        if opened is None:
            return
        start, end, likeness = guess
        words = opened.article.text
        before = words[max(start - _AROUND, 0) : start].rpartition("\n")[2]
        after = words[end : end + _AROUND].partition("\n")[0]
        quotation = f"…{before}{quoted(shortened(words[start:end]))}{after}…"
        text = f"{self._chance(likeness)}: {quotation}"
        label = QLabel(text, card, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        label.setObjectName("loose_guess")
        column.addWidget(label)
        buttons = FlowLayout()
        for name, what, act in (
            ("loose_show", self.tr("Show"), lambda: self._desk.place_wanted.emit(start, end)),
            (
                "loose_place",
                self.tr("Place It Here"),
                lambda: self._desk.do(MoveAnnotation(annotation_id, start, end)),
            ),
        ):
            button = self._button(card, name, what, act)
            button.setAccessibleDescription(text)
            buttons.addWidget(button)
        column.addLayout(buttons)

    def _chance(self, likeness: float) -> str:
        if likeness >= _LIKELY:
            return self.tr("Likely here")
        return self.tr("Perhaps here") if likeness >= _POSSIBLE else self.tr("Hardly here")

    def _place_on_selection(self, annotation_id: str) -> None:
        """Put a mark on the words selected in the article."""
        if self._desk.selected is None:
            self._desk.failed.emit(
                UserError(
                    self.tr("No words are selected"),
                    self.tr("Select in the article the words the mark belongs on."),
                )
            )
            return
        self._desk.do(MoveAnnotation(annotation_id, *self._desk.selected))

    def _button(self, card: QFrame, name: str, text: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, card)
        button.setObjectName(name)
        button.clicked.connect(act)
        return button
