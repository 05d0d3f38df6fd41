"""Sheets that lie over the page: one document in large letters, scrolled if it is long."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QTextEdit, QWidget

from postil.ui.present.keys import rows
from postil.ui.sidebar.card_look import CardLook
from postil.ui.sidebar.note_rendering import NoteDocument

_FRAME = 2  # pixels
_HIGH = 100_000  # pixels


class Panel(QTextEdit):
    """A sheet with a document that nobody edits.

    Args:
        name: the object's name.
        parent: the window it lies in.
    """

    resized = Signal()  # another document may want another height

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setReadOnly(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._shown: QTextDocument | None = None
        self.hide()

    def take(self, document: QTextDocument, look: CardLook) -> None:
        """Show a document from its beginning."""
        document.setDocumentMargin(3 * look.unit)
        document.setParent(self)
        self.setDocument(document)
        if self._shown is not None:
            self._shown.deleteLater()
        self._shown = document
        card, border = look.colour("card").name(), look.colour("card_border").name()
        self.setStyleSheet(
            f"#{self.objectName()} {{ background: {card}; border: {_FRAME}px solid {border};"
            f" border-radius: {2 * look.unit}px; color: {look.colour('text').name()} }}"
        )
        self.verticalScrollBar().setValue(0)
        self.resized.emit()

    def wanted_height(self, width: int) -> int:
        """Return how high the sheet must be to show all of itself in this width, pixels."""
        self.resize(width, _HIGH)  # no scroll bar takes from the width
        return round(self.document().size().height()) + 2 * _FRAME + 2

    def scroll_lines(self, *, down: bool) -> bool:
        """Scroll by some lines; returns whether there was anything to scroll."""
        bar = self.verticalScrollBar()
        before = bar.value()
        step = self.viewport().height() // 2
        bar.setValue(before + step if down else before - step)
        return bar.value() != before


def keys_page(title: str, look: CardLook) -> QTextDocument:
    """Return the card of keys."""
    document = NoteDocument()
    document.setDefaultFont(look.text)
    gap = 2 * look.unit
    lines = "".join(
        f'<tr><td style="padding-right: {2 * gap}px; white-space: nowrap"><b>{escape(keys)}</b>'
        f"</td><td>{escape(text)}</td></tr>"
        for keys, text in rows()
    )
    document.setHtml(f"<p><b>{escape(title)}</b></p><table cellpadding='2'>{lines}</table>")
    return document
