"""The note on the whole article, and its guiding questions with answers.

What is typed is a draft soon after each key and one step when the field is left.
"""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from postil.domain.canonical import clean_note
from postil.domain.errors import UserError
from postil.library import WriteOnArticle, draft_key
from postil.ui.desk import Desk
from postil.ui.sidebar.note_edit import NoteEdit

_QUESTIONS = "reading_questions"  # the codebook whose questions are about a whole article
_DRAFT_MS = 400  # after the last key


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
        was_changed = self.is_changed
        self.stored = stored
        if not (self.hasFocus() and was_changed):
            self.begin(stored if draft is None else draft)


class ArticleNotes(QWidget):
    """The fields, and a menu of the questions that have no answer yet.

    Args:
        desk: has the article.
        parent: owns this.
    """

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("article_notes")
        self._desk = desk
        self._article_id = ""
        self._picked: list[str] = []  # questions that were opened and not answered yet
        self._fields: dict[str, WholeNote] = {}
        self._labels: dict[str, QLabel] = {}
        self._soon = QTimer(self, singleShot=True, interval=_DRAFT_MS)
        self._soon.timeout.connect(self._keep_drafts)
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

    def answer(self, question: str) -> WholeNote | None:
        """Return the field of a question, if it is open."""
        return self._fields.get(question)

    def save(self) -> None:
        """Keep what was typed, each text as one step of the article it was typed for."""
        self._soon.stop()
        changed = [field for field in self._fields.values() if field.is_changed]
        if not self._article_id or not changed:
            return
        try:
            self._desk.library.article(self._article_id)
        except UserError:  # it was deleted with all that was written on it
            return
        for field in changed:
            field.commit()
            text = field.toPlainText()
            field.stored = clean_note(text)
            self._desk.do(WriteOnArticle(self._article_id, text, field.question))

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
            for widget in (self._fields.pop(question), self._labels.pop(question)):
                widget.hide()
                widget.deleteLater()
        for question, text in shown.items():
            field = self._fields.get(question) or self._add(question, self._words(question))
            field.show_text(text, self._draft(question))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keep a text when its field is left."""
        if event.type() == QEvent.Type.FocusOut:
            self.save()
        return False

    def _add(self, question: str, name: str) -> WholeNote:
        field = WholeNote(question, name, self)
        field.typed.connect(self._soon.start)
        field.left.connect(self.save)
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
        self._fields[question] = field
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
        try:
            return self._desk.library.draft(draft_key(self._article_id, question))
        except UserError as error:
            self._desk.failed.emit(error)
            return None

    def _keep_drafts(self) -> None:
        for field in self._fields.values():
            if field.is_changed:
                key = draft_key(self._article_id, field.question)
                try:
                    self._desk.library.keep_draft(key, field.toPlainText())
                except UserError:  # busy or full: it is tried again, and saved when it is left
                    self._soon.start()
