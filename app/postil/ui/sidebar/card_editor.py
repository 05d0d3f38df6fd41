"""Editing a mark in the place of its card: tags, note, voice, confidence and status.

What is typed is a draft at once; leaving makes one step of everything that is different.
Changes from elsewhere come in for the fields that were not touched here.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from postil.domain import limits
from postil.domain.annotation import Annotation, Confidence, Status, Voice
from postil.domain.canonical import clean_note
from postil.domain.errors import UserError
from postil.library import ChangeAnnotation
from postil.ui.desk import Desk
from postil.ui.sidebar.card_layout import height_of, lay_out_quotation
from postil.ui.sidebar.card_look import CardLook
from postil.ui.sidebar.card_painting import CardState, paint_frame
from postil.ui.sidebar.card_words import CardWords
from postil.ui.sidebar.flow_layout import FlowLayout
from postil.ui.sidebar.link_rows import LinkRows
from postil.ui.sidebar.note_edit import NoteEdit
from postil.ui.sidebar.note_saving import NoteSaver
from postil.ui.sidebar.tag_chips import TagChips
from postil.ui.sidebar.wording import confidence_word, star_word, status_word, voice_word

V = TypeVar("V")


class QuoteLabel(QWidget):
    """A quotation as cards paint it."""

    def __init__(self, text: str, look: CardLook, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = text
        self._look = look
        self._layout = lay_out_quotation(text, look.quote, 1_000)
        self._width = 0
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(text)

    def set_look(self, look: CardLook) -> None:
        """Paint with other fonts and colours."""
        self._look, self._width = look, 0
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Return True: words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines at a width."""
        if width != self._width:
            self._width = width
            self._layout = lay_out_quotation(self._text, self._look.quote, width)
        return height_of(self._layout)

    def sizeHint(self) -> QSize:
        """Return the size of one line."""
        return QSize(20 * self._look.unit, self.heightForWidth(max(1, self.width())))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the lines."""
        self.heightForWidth(self.width())
        painter = QPainter(self)
        painter.setPen(self._look.colour("text"))
        self._layout.draw(painter, QPoint(0, 0))


class ChoiceButton(QToolButton, Generic[V]):
    """One of a few values, shown as its word; the others are in a menu."""

    def __init__(self, label: str, values: Sequence[tuple[V, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._label = label
        self._words = dict(values)
        self._value = values[0][0]
        self.setToolTip(label)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._menu = QMenu(self)
        self._menu.setAccessibleName(label)
        self.setMenu(self._menu)
        for value, word in values:
            action = self._menu.addAction(word or self.tr("Not said"))
            action.triggered.connect(partial(self.show_value, value))
        self.show_value(self._value)

    def value(self) -> V:
        """Return the value shown."""
        return self._value

    def show_value(self, value: V, *_: bool) -> None:
        """Show a value."""
        self._value = value
        word = self._words[value]
        self.setText(f"{word or self._label} ▾")
        self.setAccessibleName(f"{self._label}: {word or self.tr('not said')}")
        self.setProperty("isSet", bool(word))
        self.style().unpolish(self)
        self.style().polish(self)


class CardEditor(QFrame):
    """Edits one mark.

    Args:
        desk: has the tags and the library.
        words: describes tags as cards do.
        look: fonts, distances and colours.
        saver: keeps what is typed.
        annotation: the mark.
    """

    left = Signal()  # the person is done here
    link_followed = Signal(str)  # go to this mark
    grown = Signal()  # it needs another height

    def __init__(
        self, desk: Desk, words: CardWords, look: CardLook, saver: NoteSaver, annotation: Annotation
    ) -> None:
        super().__init__()
        self.setObjectName("card_editor")
        self.setAccessibleName(self.tr("Mark being edited"))
        self._desk = desk
        self._look = look
        self._saver = saver
        self._base = annotation
        self.tags = TagChips(desk, look, words.tag, self)
        self.note = NoteEdit(self)
        self.voice = ChoiceButton(
            self.tr("Voice"), [(value, voice_word(value)) for value in Voice], self
        )
        self.confidence = ChoiceButton(
            self.tr("Confidence"), [(value, confidence_word(value)) for value in Confidence], self
        )
        self.status = ChoiceButton(
            self.tr("Status"), [(value, status_word(value)) for value in Status], self
        )
        self.star = ChoiceButton(
            self.tr("Star"), [(value, star_word(value)) for value in (False, True)], self
        )
        self.star.setObjectName("star")
        self.voice.setObjectName("voice")
        self.confidence.setObjectName("confidence")
        self.status.setObjectName("status")
        self.links = LinkRows(desk, words, self)
        self._link = QPushButton(self.tr("Link to…"), self)
        self._link.setObjectName("link_to")
        self._link.setAutoDefault(False)
        self._link.clicked.connect(lambda: desk.link_wanted.emit(self._base.id))
        self._template = QPushButton(self.tr("Template…"), self)
        self._template.setObjectName("note_template")
        self._template.setToolTip(self.tr("Put fields into the note, such as those of a check"))
        self._template.setAutoDefault(False)
        self._template.clicked.connect(desk.template_wanted)
        self._remark = QLabel(self, wordWrap=True)
        self._remark.setObjectName("editor_remark")
        self._discard = QPushButton(self.tr("Discard"), self)
        self._discard.setObjectName("discard_draft")
        self._discard.clicked.connect(self._discard_draft)
        self._set_out(annotation)
        self._show(annotation)
        self.links.followed.connect(self.link_followed)
        self.note.typed.connect(self._typed)
        self.note.left.connect(self.left)
        self.tags.left.connect(self.left)
        self.note.filled.connect(self._say_full)
        self.note.installEventFilter(self)
        # A click between the fields must not give the focus to the list: that would leave.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.note)

    def set_look(self, look: CardLook) -> None:
        """Take other fonts and colours while it is open."""
        self._look = look
        self._quote.set_look(look)
        self.tags.set_look(look)
        self.update()

    @property
    def annotation_id(self) -> str:
        """Id of the mark that is edited."""
        return self._base.id

    @property
    def article_id(self) -> str:
        """Id of its article."""
        return self._base.article_id

    def change(self) -> ChangeAnnotation | None:
        """Return what is different from the mark, or None."""
        tags, note, base = self.tags.ids(), clean_note(self.note.toPlainText()), self._base
        change = ChangeAnnotation(
            base.id,
            tags=_other(tags, base.tags),
            note=note if self._has_draft else _other(note, base.note),
            voice=_other(self.voice.value(), base.voice),
            confidence=_other(self.confidence.value(), base.confidence),
            status=_other(self.status.value(), base.status),
            starred=_other(self.star.value(), base.starred),
        )
        if change == ChangeAnnotation(base.id):
            return None
        return change if change.note is None else replace(change, based_on=base.note)

    def save(self) -> bool:
        """Make one step of what is different; False when it was refused and is kept as a draft."""
        self.note.commit()
        change = self.change()
        return change is None or self._saver.save(change, self._base.id, change.note)

    def follow(self, annotation: Annotation) -> None:
        """Take over what changed elsewhere in fields that were not touched here."""
        base = self._base
        untouched = clean_note(self.note.toPlainText()) == base.note
        self._base = annotation if untouched else replace(annotation, note=base.note)
        if untouched and annotation.note != base.note:
            self.note.begin(annotation.note)
        if self.tags.ids() == base.tags != annotation.tags:
            self.tags.show_tags(annotation.tags)
        _follow_box(self.voice, base.voice, annotation.voice)
        _follow_box(self.confidence, base.confidence, annotation.confidence)
        _follow_box(self.status, base.status, annotation.status)
        _follow_box(self.star, base.starred, annotation.starred)
        self.links.show_links(annotation)

    def event(self, event: QEvent) -> bool:
        """Tell the list when another height is needed."""
        if event.type() == QEvent.Type.LayoutRequest:
            handled = super().event(event)
            self.grown.emit()
            return handled
        return super().event(event)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Write the draft when the note loses the focus."""
        if event.type() == QEvent.Type.FocusOut:
            self._saver.flush()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape or Ctrl+Enter, from wherever the focus is."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape or (control and enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's own
        """Go from field to field; past the last or before the first the person is done here."""
        widget: QWidget | None = self.focusWidget() or self
        while widget is not None:
            widget = widget.nextInFocusChain() if forward else widget.previousInFocusChain()
            if widget is None or not self.isAncestorOf(widget):
                break
            if widget.isVisibleTo(self) and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                return super().focusNextPrevChild(forward)
        self.left.emit()
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep the press: what is below is the list."""
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the card around the fields."""
        state = CardState(is_chosen=True)
        painter = QPainter(self)
        paint_frame(painter, self.rect(), self._look, self._desk.colour(self._base), state)

    def _set_out(self, annotation: Annotation) -> None:
        look = self._look
        column = QVBoxLayout(self)
        column.setContentsMargins(look.bar + look.padding, look.padding, look.padding, look.padding)
        column.setSpacing(look.unit + look.unit // 2)
        column.addWidget(self.tags)
        self._quote = QuoteLabel(annotation.anchor.exact, look, self)
        column.addWidget(self._quote)
        remark = QHBoxLayout()
        remark.addWidget(self._remark, 1)
        remark.addWidget(self._discard)
        column.addLayout(remark)
        column.addWidget(self.note)
        boxes = FlowLayout(spacing=look.unit)
        for box in (
            self.voice,
            self.confidence,
            self.status,
            self.star,
            self._template,
            self._link,
        ):
            boxes.addWidget(box)
        column.addLayout(boxes)
        column.addWidget(self.links)

    def _show(self, annotation: Annotation) -> None:
        waiting = self._saver.waiting_text(annotation.id)
        draft = waiting if waiting is not None else self._stored_draft()
        self._has_draft = draft is not None
        self.tags.show_tags(annotation.tags)
        self.voice.show_value(annotation.voice)
        self.confidence.show_value(annotation.confidence)
        self.status.show_value(annotation.status)
        self.star.show_value(annotation.starred)
        self.links.show_links(annotation)
        is_recovered = draft is not None and clean_note(draft) != annotation.note
        self.note.begin(draft if draft is not None and is_recovered else annotation.note)
        self._remark.setText(self.tr("What was typed here before and not saved is back."))
        self._remark.setVisible(is_recovered)
        self._discard.setVisible(is_recovered)

    def _stored_draft(self) -> str | None:
        try:
            return self._desk.library.drafts.text(self._base.id)
        except UserError as error:
            self._desk.failed.emit(error)
            return None

    def _discard_draft(self) -> None:
        self._remark.hide()
        self._discard.hide()
        self.note.begin(self._base.note)
        self._saver.typed(self._base.id, self._base.note)
        self.note.setFocus()

    def _typed(self) -> None:
        if self._discard.isHidden():  # what was told of a full note is over
            self._remark.hide()
        self._has_draft = True
        self._saver.typed(self._base.id, self.note.draft())

    def _say_full(self) -> None:
        self._remark.setText(
            self.tr("A note can have {0} characters; the rest was left out.").replace(
                "{0}", f"{limits.NOTE_CHARACTERS:,}"
            )
        )
        self._remark.show()


def _other(value: V, base: V) -> V | None:
    """Return `value` where it is not `base`."""
    return value if value != base else None


def _follow_box(box: ChoiceButton[V], before: V, after: V) -> None:
    if box.value() == before:
        box.show_value(after)
