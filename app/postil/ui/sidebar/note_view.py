"""A note as it is read: rendered as on the cards, until somebody goes on writing it."""

from math import ceil

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from postil.ui.sidebar.card_look import CardLook
from postil.ui.sidebar.note_rendering import NoteRenderer, note_document, shown_part

_WRITE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_N, Qt.Key.Key_F2)


class NoteView(QTextBrowser):
    """Shows one note. Enter, N and a click ask to write it; links tell where they lead.

    Args:
        name: for screen readers.
        renderer: has the renderings.
        look: fonts and colours of the cards.
        parent: owns this.
    """

    write_asked = Signal()
    link_asked = Signal(str)  # an address in the note was clicked

    def __init__(self, name: str, renderer: NoteRenderer, look: CardLook, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("note_view")
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._renderer = renderer
        self._look = look
        self._note = ""
        self._shown = self.document()
        self.anchorClicked.connect(self._follow)
        renderer.rendered.connect(self._renew)

    def show_note(self, note: str) -> None:
        """Show a note; its rendering follows when it is there."""
        self._note = note
        self._lay_out()

    def set_look(self, look: CardLook) -> None:
        """Take other fonts and colours."""
        self._look = look
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask to write with Enter, N and F2; on a link Enter follows it."""
        is_on_link = bool(self.textCursor().charFormat().anchorHref())
        is_bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _WRITE and is_bare and not is_on_link:
            self.write_asked.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask to write where a click neither follows a link nor ends a selection."""
        is_link = bool(self.anchorAt(event.position().toPoint()))
        super().mouseReleaseEvent(event)
        is_left = event.button() is Qt.MouseButton.LeftButton
        if is_left and not is_link and not self.textCursor().hasSelection():
            self.write_asked.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let go of the link that Tab went to."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.moveCursor(QTextCursor.MoveOperation.Start)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height of the lines."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _renew(self, notes: frozenset[str]) -> None:
        if shown_part(self._note) in notes:
            self._lay_out()

    def _lay_out(self) -> None:
        part = shown_part(self._note)
        document = note_document(part, self._renderer.html(part) if part else None, self._look)
        self.setDocument(document)
        self._shown = document  # the browser itself does not keep it
        self._fit()

    def _fit(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        around = self.height() - self.viewport().height()
        self.setFixedHeight(ceil(self.document().size().height()) + around)

    def _follow(self, url: QUrl) -> None:
        self.link_asked.emit(url.toString())
