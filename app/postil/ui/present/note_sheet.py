"""The note of a mark as a class sees it: large, with the tags and, if wanted, what they mean."""

from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextDocumentFragment,
)
from PySide6.QtWidgets import QWidget

from postil.domain.annotation import Annotation
from postil.domain.tags import Tag
from postil.notes import render_notes
from postil.ui.desk import Desk
from postil.ui.present.panel import Panel
from postil.ui.reader.mark_menu import names
from postil.ui.sidebar.card_look import MARK_INK, CardLook
from postil.ui.sidebar.note_rendering import NoteDocument, NoteRenderer, note_document


class NoteSheet(Panel):
    """Tells of one mark.

    Args:
        desk: knows the tags.
        parent: the window it lies in.
    """

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("presentNote", parent)
        self.setAccessibleName(self.tr("Note"))
        self._desk = desk
        self._mark: Annotation | None = None
        self._look: CardLook | None = None
        self._is_defined = False
        self._renderer = NoteRenderer(render_notes, self)
        self._renderer.rendered.connect(self._on_rendered)

    def expect(self, mark: Annotation) -> None:
        """Have the note of a mark rendered, so that it is there when it is asked for."""
        if mark.note:
            self._renderer.html(mark.note)

    def tell(self, mark: Annotation, look: CardLook, *, is_defined: bool) -> None:
        """Show what is said of a mark.

        Args:
            mark: the mark.
            look: fonts and colours.
            is_defined: tell definitions and telling questions of its tags, too.
        """
        self._mark, self._look, self._is_defined = mark, look, is_defined
        self._fill()

    def _fill(self) -> None:
        mark, look = self._mark, self._look
        assert mark is not None
        assert look is not None
        tags = [tag for tag_id in mark.tags if (tag := self._desk.tags.get(tag_id))]
        page = note_page(
            mark.note,
            self._renderer.html(mark.note) if mark.note else "",
            [(tag, self._desk.fill(tag)) for tag in tags],
            look,
            nothing=(names(self._desk, mark), self.tr("No note")),
            is_defined=self._is_defined,
        )
        self.take(page, look)

    def _on_rendered(self, notes: frozenset[str]) -> None:
        if self.isVisible() and self._mark and self._mark.note in notes:
            self._fill()


def note_page(
    note: str,
    html: str | None,
    tags: list[tuple[Tag, str]],
    look: CardLook,
    *,
    nothing: tuple[str, str],
    is_defined: bool,
) -> QTextDocument:
    """Return what is told of a mark: its tags, its note, and what the tags mean.

    Args:
        note: Markdown.
        html: its rendering, safe, or None.
        tags: with the colours of their groups.
        look: fonts and colours.
        nothing: what is said where there is no tag, and no note.
        is_defined: tell definitions and telling questions.
    """
    document = NoteDocument()
    document.setUndoRedoEnabled(False)
    document.setDefaultFont(look.text)
    soft = QTextCharFormat()
    soft.setForeground(look.colour("text_soft"))
    plain = QTextCharFormat()
    plain.setForeground(look.colour("text"))
    cursor = QTextCursor(document)
    apart = QTextBlockFormat()
    apart.setBottomMargin(2 * look.unit)
    cursor.setBlockFormat(apart)
    for tag, colour in tags:
        cursor.insertText(f"\u00a0{tag.code}\u00a0 {tag.name}\u00a0", _chip(colour))
        cursor.insertText("  ", plain)
    if not tags:
        cursor.insertText(nothing[0], soft)
    cursor.insertBlock(QTextBlockFormat(), plain)
    if note:
        cursor.insertFragment(QTextDocumentFragment(note_document(note, html, look)))
    else:
        cursor.insertText(nothing[1], soft)
    for tag, _ in tags if is_defined else ():
        cursor.insertBlock(_above(look), soft)
        cursor.insertText(tag.definition, soft)
        if tag.question:
            cursor.insertBlock(QTextBlockFormat(), soft)
            asked = QTextCharFormat(soft)
            asked.setFontItalic(True)
            cursor.insertText(tag.question, asked)
    return document


def _chip(colour: str) -> QTextCharFormat:
    chip = QTextCharFormat()
    chip.setBackground(QColor(colour))
    chip.setForeground(QColor(MARK_INK))
    chip.setFontWeight(QFont.Weight.DemiBold)
    return chip


def _above(look: CardLook) -> QTextBlockFormat:
    form = QTextBlockFormat()
    form.setTopMargin(2 * look.unit)
    return form
