"""The field a note is typed in: plain text that grows with what is in it.

Where the note has fields, Tab goes from one to the next before it leaves.
"""

import re

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QResizeEvent,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from postil.domain import limits
from postil.domain.note_fields import note_fields
from postil.ui.line_edit import holds_files

_LEAST_LINES = 3
_MOST_LINES = 16  # then the field scrolls by itself
_LONG_WORD = re.compile(r"\S{5000}")  # from here on breaking at words takes Qt seconds


class NoteEdit(QPlainTextEdit):
    """Plain text with a limit; Escape and Ctrl+Enter leave it."""

    left = Signal()  # the person is done
    typed = Signal()  # the text is another one, or what an input method holds
    filled = Signal()  # something did not go in, for the note is full

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("note_editor")
        self.setAccessibleName(self.tr("Note"))
        self.setPlaceholderText(self.tr("Note, in Markdown"))
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self.textChanged.connect(self._changed)
        self._text = ""
        self._grow()

    def begin(self, note: str) -> None:
        """Show a note; what is undone later ends here."""
        self._choose_wrapping(note)
        self._text = note
        self.setPlainText(note)
        self.moveCursor(self.textCursor().MoveOperation.End)

    def put_in(self, note: str) -> None:
        """Add Markdown below what is there, and go into the first of its fields."""
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        self.setTextCursor(cursor)  # what was selected stays
        is_bare = not self.toPlainText().strip()
        added = note if is_bare else f"\n\n{note}"
        if len(added) > self._room():
            self.filled.emit()
            return
        first = cursor.blockNumber() + (0 if is_bare else 2)
        cursor.insertText(added)
        self._go_to(next((last for line, last in self._field_lines() if line >= first), None))

    def draft(self) -> str:
        """Return the text with what an input method holds and has not committed."""
        text, cursor = self.toPlainText(), self.textCursor()
        held = cursor.block().layout().preeditAreaText()
        if not held:
            return text
        units = text.encode("utf-16-le", "surrogatepass")  # Qt counts these
        place = 2 * (cursor.block().position() + cursor.block().layout().preeditAreaPosition())
        both = units[:place] + held.encode("utf-16-le", "surrogatepass") + units[place:]
        return both.decode("utf-16-le", "replace")

    def commit(self) -> None:
        """Take what an input method holds into the text."""
        QGuiApplication.inputMethod().commit()
        held = self.textCursor().block().layout().preeditAreaText()
        if held:
            event = QInputMethodEvent()
            event.setCommitString(held)
            QApplication.sendEvent(self, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape or Ctrl+Enter; type otherwise."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape or (
            control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self.left.emit()
        elif not control and event.text() >= " " and self._room() < len(event.text()):
            self.filled.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's own
        """Go to the field after this one or before it; past them to other widgets.

        What stands in it on one line is selected, so that typing replaces it.
        """
        here, lines = self.textCursor().blockNumber(), self._field_lines()
        if forward:
            wanted = next((last for first, last in lines if first > here), None)
        else:
            wanted = next((last for _, last in reversed(lines) if last < here), None)
        if not self._go_to(wanted):
            return super().focusNextPrevChild(forward)
        self._select_value()
        return True

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take text; files belong to the window."""
        return source.hasText() and not holds_files(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste as plain text, as much as the note can hold."""
        self._choose_wrapping(source.text())
        room = self._room()
        self.insertPlainText(source.text()[:room])
        if len(source.text()) > room:
            self.filled.emit()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take what an input method gives, as much as the note can hold."""
        room = self._room()
        if len(event.commitString()) > room:
            event.setCommitString(event.commitString()[:room])
            self.filled.emit()
        super().inputMethodEvent(event)
        if event.preeditString():
            self.typed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Grow when a narrower field needs more lines; Qt does not always tell."""
        super().resizeEvent(event)
        self._grow()

    def _field_lines(self) -> list[tuple[int, int]]:
        """Return the first and the last line of each field."""
        text = self.toPlainText()
        return [
            (text.count("\n", 0, one.start), text.count("\n", 0, one.end))
            for one in note_fields(text)
        ]

    def _select_value(self) -> None:
        """Select what stands in the field whose end the caret is at, if it is on one line."""
        cursor = self.textCursor()
        line = cursor.block().text()
        value = next((one.value for one in note_fields(line)), "")
        before = line[: line.rindex(value)].encode("utf-16-le", "surrogatepass")
        cursor.setPosition(cursor.block().position() + len(before) // 2)  # Qt's units
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def _go_to(self, line: int | None) -> bool:
        """Put the caret at the end of a line, if there is one."""
        if line is None:
            return False
        cursor = QTextCursor(self.document().findBlockByNumber(line))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        self.setTextCursor(cursor)
        return True

    def _changed(self) -> None:
        text = self.toPlainText()
        if text != self._text:
            self._text = text
            self.typed.emit()

    def _room(self) -> int:
        """Return how many characters still go in, those that are selected among them."""
        used = self.document().characterCount() - 1  # Qt counts the end of the last paragraph
        return max(0, limits.NOTE_CHARACTERS - used + len(self.textCursor().selectedText()))

    def _choose_wrapping(self, text: str) -> None:
        if _LONG_WORD.search(text):
            self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)

    def _grow(self) -> None:
        """Take the height of the text, between the least and the most."""
        line = QFontMetrics(self.font()).lineSpacing()
        most = _MOST_LINES * line
        height = 0.0
        block = self.document().begin()
        while block.isValid() and height <= most:
            height += self.blockBoundingRect(block).height()
            block = block.next()
        bars = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            bars.ScrollBarAlwaysOff if height <= most else bars.ScrollBarAsNeeded
        )
        around = 2 * (self.document().documentMargin() + self.frameWidth()) + line // 4
        self.setFixedHeight(round(min(max(height, _LEAST_LINES * line), most) + around))
