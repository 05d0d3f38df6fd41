"""The note on the whole article, and its guiding questions with answers.

What is written shows rendered until somebody goes on writing. What is typed is a draft soon
after each key and one step when the field is left.
"""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from postil.domain.canonical import clean_note
from postil.domain.errors import UserError
from postil.library import WriteOnArticle, draft_key
from postil.ui.desk import Desk
from postil.ui.sidebar.card_look import card_look
from postil.ui.sidebar.note_edit import NoteEdit
from postil.ui.sidebar.note_rendering import NoteRenderer, Render
from postil.ui.sidebar.note_saving import NoteSaver
from postil.ui.sidebar.note_view import NoteView
from postil.ui.theme import Theme

_QUESTIONS = "reading_questions"  # the codebook whose questions are about a whole article


class WholeNote(NoteEdit):
    """A field for one text on the whole article.

    Args:
        question: tag id of the question it answers; empty for the note.
        name: for screen readers.
        parent: owns it.
    """

    def __init__(self, question: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("article_note")
        self.setAccessibleName(name)
        self.question = question
        self.stored = ""

    @property
    def is_changed(self) -> bool:
        """Whether something was typed that is not kept yet."""
        return clean_note(self.toPlainText()) != self.stored

    def show_text(self, stored: str, draft: str | None) -> None:
        """Show what is kept, or what was being typed, unless the person is just typing."""
        if not (self.hasFocus() and self.is_changed):
            self.stored = stored
            self.begin(stored if draft is None else draft)


class ArticleNotes(QWidget):
    """The fields, and a menu of the questions that have no answer yet.

    Args:
        desk: has the article.
        theme: has the colours.
        render: turns notes into safe HTML; called on a worker thread.
        parent: owns this.
    """

    link_asked = Signal(str)  # an address in a note was clicked

    def __init__(self, desk: Desk, theme: Theme, render: Render, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("article_notes")
        self._desk = desk
        self._renderer = NoteRenderer(render, self)
        self._look = card_look(self.font(), theme)
        self._article_id = ""
        self._picked: list[str] = []  # questions that were opened and not answered yet
        self._fields: dict[str, WholeNote] = {}
        self._views: dict[str, NoteView] = {}
        self._labels: dict[str, QLabel] = {}
        self.saver = NoteSaver(desk, self)
        heading = QLabel(self.tr("Note on the whole"), self)
        heading.setObjectName("section")
        self._ask = QToolButton(self)
        self._ask.setObjectName("ask_question")
        self._ask.setText(self.tr("Answer a question") + " ▾")
        self._ask.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._ask.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(self._ask)
        menu.aboutToShow.connect(partial(self._fill, menu))
        self._ask.setMenu(menu)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(heading)
        self._column.addWidget(self._ask, 0, Qt.AlignmentFlag.AlignLeft)
        self.note = self._add("", self.tr("Note on the whole article"))

    def set_theme(self, theme: Theme, family: str) -> None:
        """Take other colours, and another family of fonts for quotations."""
        self._look = card_look(self.font(), theme, family)
        for view in self._views.values():
            view.set_look(self._look)

    def answer(self, question: str) -> WholeNote | None:
        """Return the field of a question, if it is open."""
        return self._fields.get(question)

    def write(self, question: str) -> None:
        """Open the field of a question, or of the note, and go there."""
        self.renew()
        field = self._fields.get(question)
        if field is None:
            self._open(question)
        else:
            self._write(field)

    def save(self) -> None:
        """Keep what was typed, each text as one step of the article it was typed for."""
        for field in self._fields.values():
            field.commit()
        changed = [field for field in self._fields.values() if field.is_changed]
        if not self._article_id or not changed:
            return
        if not self._is_there():
            self.saver.flush()
            return
        for field in changed:
            text, stored = field.toPlainText(), field.stored
            field.stored = clean_note(text)
            change = WriteOnArticle(self._article_id, text, field.question, stored)
            if not self.saver.save(change, self._key(field), text):
                field.stored = stored

    def _is_there(self) -> bool:
        """Return False when the article was deleted with all that was written on it."""
        try:
            return self._desk.library.has_article(self._article_id)
        except UserError:
            return True  # nobody knows; the change waits or is refused

    def view(self, question: str) -> NoteView:
        """Return what shows the answer to a question, or the note, while nobody writes it."""
        return self._views[question]

    def renew(self) -> None:
        """Show what is written on the open article."""
        opened = self._desk.opened
        article_id = opened.id if opened else ""
        if article_id != self._article_id:
            self._article_id = article_id
            self._picked.clear()
        answers = dict(opened.record.answers) if opened else {}
        shown = {"": opened.record.note if opened else ""} | answers
        shown |= {question: "" for question in self._picked if question not in shown}
        for question in set(self._fields) - set(shown):
            parts = (self._fields, self._views, self._labels)
            for widget in [part.pop(question) for part in parts]:
                widget.hide()
                widget.deleteLater()
        for question, text in shown.items():
            field = self._fields.get(question) or self._add(question, self._words(question))
            field.show_text(text, self._draft(question))
            field.setReadOnly(self._desk.library.read_only is not None)
            self._views[question].show_note(text)
            self._turn(field)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep a text when its field is left; show it as it is read when nothing else is asked."""
        if event.type() == QEvent.Type.FocusOut:
            self.save()
            if isinstance(watched, WholeNote):
                self._turn(watched)
        return False

    def _turn(self, field: WholeNote) -> None:
        """Show a text as it is written while it is, or is not kept, or is none; else rendered."""
        is_written = self.window().focusWidget() is field or field.is_changed or not field.stored
        field.setVisible(is_written)
        self._views[field.question].setVisible(not is_written)

    def _write(self, field: WholeNote) -> None:
        field.show()
        field.setFocus()
        self._turn(field)

    def _leave(self, field: WholeNote) -> None:
        """Keep a text and stay at it, as it is read."""
        self.save()
        if field.stored and not field.is_changed:
            self._views[field.question].show()
            self._views[field.question].setFocus()
            self._turn(field)

    def _add(self, question: str, name: str) -> WholeNote:
        field = WholeNote(question, name, self)
        field.typed.connect(partial(self._typed, field))
        field.left.connect(partial(self._leave, field))
        view = NoteView(name, self._renderer, self._look, self)
        view.hide()
        view.write_asked.connect(partial(self._write, field))
        view.link_asked.connect(self.link_asked)
        field.installEventFilter(self)
        place = self._column.count() - 1  # above the button
        if question:
            label = QLabel(name, self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
            label.setObjectName("article_question")
            label.setBuddy(field)
            self._labels[question] = label
            self._column.insertWidget(place, label)
            place += 1
        self._column.insertWidget(place, field)
        self._column.insertWidget(place, view)
        self._fields[question], self._views[question] = field, view
        return field

    def _words(self, question: str) -> str:
        tag = self._desk.tags.get(question)
        return (tag.question or tag.name) if tag else question

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        for tag in self._desk.tags.values():
            if tag.codebook_id == _QUESTIONS and tag.id not in self._fields:
                action = menu.addAction((tag.question or tag.name).replace("&", "&&"))
                action.triggered.connect(partial(self._open, tag.id))
        if menu.isEmpty():
            menu.addAction(self.tr("All questions are open")).setEnabled(False)

    def _open(self, question: str, *_: bool) -> None:
        self.save()
        self._picked.append(question)
        self.renew()
        self._fields[question].show()  # a layout shows what is new to it too late for the focus
        self._fields[question].setFocus()

    def _draft(self, question: str) -> str | None:
        if not self._article_id:
            return None
        key = draft_key(self._article_id, question)
        waiting = self.saver.waiting_text(key)
        if waiting is not None:
            return waiting
        try:
            return self._desk.library.drafts.text(key)
        except UserError as error:
            self._desk.failed.emit(error)
            return None

    def _typed(self, field: WholeNote) -> None:
        if self._article_id:
            self.saver.typed(self._key(field), field.draft())

    def _key(self, field: WholeNote) -> str:
        return draft_key(self._article_id, field.question)
