"""The words that stand beside or behind the article: notes, answers, tags, source.

Written with a cursor into documents that load nothing; the Markdown in them comes as the
safe HTML that `notes` makes of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from postil.annotated_markdown import HandedOn
from postil.domain.annotation import Annotation
from postil.domain.colours import INK, edge_colour
from postil.domain.tags import LineStyle
from postil.exporters.looks import Look, Looks
from postil.exporters.wording import PLAIN_MARK, quoted, relation_words, said
from postil.page.document import PageDocument
from postil.page.style import PageStyle
from postil.page.type_face import Metrics, has_italics
from postil.printing.flow import HOLDS

_LINES: Final = {
    LineStyle.SOLID: QTextCharFormat.UnderlineStyle.SingleUnderline,
    LineStyle.DASH: QTextCharFormat.UnderlineStyle.DashUnderline,
    LineStyle.DOT: QTextCharFormat.UnderlineStyle.DotLine,
    LineStyle.DASHDOT: QTextCharFormat.UnderlineStyle.DashDotLine,
    # Qt's waves are pictures, different ones on each thread.
    LineStyle.WAVE: QTextCharFormat.UnderlineStyle.NoUnderline,
}
_KEEPING_THE_ANCHOR: Final = QTextCursor.MoveMode.KeepAnchor
_INDENT: Final = 14.0  # pixels of lists and quotations
_GAP: Final = 2.0  # pixels between the parts of a note


@dataclass(frozen=True, slots=True)
class Told:
    """What notes are made of, besides the marks."""

    looks: Looks
    numbers: Mapping[str, int]  # of the marks by id
    rendered: Mapping[str, str]  # HTML of the notes by their Markdown
    places: Mapping[str, int]  # printed numbers of paragraphs by mark id; empty if not printed
    with_author: bool  # marks are by several people


class Writer:
    """Writes one document.

    Args:
        style: the look of the page.
        points: size of the letters.
        width: of the column, in pixels.
    """

    def __init__(self, style: PageStyle, points: float, width: float) -> None:
        self._style = style
        self.document: QTextDocument = PageDocument()
        self.document.setUndoRedoEnabled(False)
        self.document.setDocumentMargin(0)
        font = QFont(Metrics.of(style).small)
        font.setPointSizeF(points)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        self.document.setDefaultFont(font)
        self.document.setUseDesignMetrics(True)
        self.document.setIndentWidth(_INDENT)
        self.document.setDefaultStyleSheet(
            "h1, h2, h3, h4, h5, h6 { font-size: medium; } a { color: #111111; }"
            "p, ul, ol, blockquote, pre { margin-top: 2px; margin-bottom: 2px; }"
        )
        self.document.setTextWidth(width)
        self._cursor = QTextCursor(self.document)
        self._cursor.beginEditBlock()
        self._points = points
        self._is_empty = True

    def finish(self) -> QTextDocument:
        """Return the document."""
        self._set_upright()
        self._cursor.endEditBlock()
        return self.document

    def heading(self, words: str, level: int = 2) -> None:
        """Write a heading."""
        letters = self._letters(bold=True, points=self._points * (1.35 if level == 2 else 1.0))
        self._begin(above=14.0 if level == 2 else 6.0, letters=letters, level=level)
        self._cursor.insertText(words, letters)

    def markdown(self, html: str) -> None:
        """Write what `notes` has made of somebody's Markdown."""
        self._begin(above=_GAP)
        self._cursor.insertHtml(html.strip())

    def question(self, number: int, words: str) -> None:
        """Write a question that is put to the reader."""
        self._begin(above=5.0)
        self._cursor.insertText(f"{number}. {words}", self._letters())

    def soft(self, words: str, above: float = _GAP) -> None:
        """Write words of less weight."""
        self._begin(above=above)
        self._cursor.insertText(words, self._letters(soft=True))

    def tag(self, look: Look, name: str, definition: str) -> None:
        """Write a tag with its definition."""
        self._begin(above=6.0, holds=bool(definition))
        self._code(look)
        self._cursor.insertText(name, self._letters(bold=True))
        if definition:
            self._begin(above=1.0)
            self._cursor.insertText(definition, self._letters())

    def note(self, mark: Annotation, told: Told, above: float = 0.0) -> None:
        """Write what is said of a mark."""
        self._begin(above=above, holds=True)
        self._cursor.insertText(f"{told.numbers[mark.id]} ", self._letters(soft=True))
        for index, tag_id in enumerate(mark.tags):
            if index:
                self._cursor.insertText(", ", self._letters())
            self._code(told.looks.of_tag(tag_id))
            self._cursor.insertText(told.looks.name(tag_id), self._letters(bold=True))
        if not mark.tags:
            self._code(told.looks.of_tag(""))
            self._cursor.insertText(PLAIN_MARK, self._letters(bold=True))
        if place := told.places.get(mark.id, 0):
            self._cursor.insertText(f" ¶{place}", self._letters(soft=True))
        self._begin(above=_GAP)
        self._cursor.insertText(quoted(mark.anchor.exact), self._letters(italic=True))
        if html := told.rendered[mark.note]:
            self.markdown(html)
        remarks = [*said(mark, with_author=told.with_author), *_links(mark, told.numbers)]
        if remarks:
            self.soft(" · ".join(remarks))

    def _set_upright(self) -> None:
        """Take the italics from words whose script has none, in quotations and in Markdown."""
        if has_italics(self.document.toPlainText()):
            return
        upright = QTextCharFormat()
        upright.setFontItalic(False)
        cursor = QTextCursor(self.document)
        block = self.document.begin()
        while block.isValid():
            slanted = [run for run in block.textFormats() if run.format.fontItalic()]
            for run in slanted:
                cursor.setPosition(block.position() + run.start)
                cursor.setPosition(cursor.position() + run.length, _KEEPING_THE_ANCHOR)
                if not has_italics(cursor.selectedText()):
                    cursor.mergeCharFormat(upright)
            block = block.next()

    def _begin(
        self,
        above: float,
        letters: QTextCharFormat | None = None,
        level: int = 0,
        *,
        holds: bool = False,
    ) -> None:
        block = QTextBlockFormat()
        block.setHeadingLevel(level)
        if self._is_empty:
            self._cursor.setBlockFormat(block)
            self._cursor.setBlockCharFormat(letters or self._letters())
            self._is_empty = False
        else:
            block.setTopMargin(above)
            self._cursor.movePosition(QTextCursor.MoveOperation.End)
            self._cursor.insertBlock(block, letters or self._letters())
        self._cursor.block().setUserState(HOLDS if holds else 0)

    def _code(self, look: Look) -> None:
        """Write the code of a tag on its tint, over its line."""
        letters = self._letters(bold=True)
        letters.setBackground(QColor(look.fill))
        letters.setForeground(QColor(INK))
        letters.setUnderlineStyle(_LINES[look.line_style])
        letters.setUnderlineColor(QColor(edge_colour(look.fill, self._style.paper)))
        self._cursor.insertText(f"\u00a0{look.code or '–'}\u00a0", letters)
        self._cursor.insertText(" ", self._letters())

    def _letters(
        self, *, bold: bool = False, italic: bool = False, soft: bool = False, points: float = 0
    ) -> QTextCharFormat:
        letters = QTextCharFormat()
        letters.setForeground(QColor(self._style.ink_soft if soft else self._style.ink))
        letters.setFontPointSize(points or self._points)
        letters.setFontWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        letters.setFontItalic(italic)
        return letters


def write_sections(
    writer: Writer,
    handed_on: HandedOn,
    rendered: Mapping[str, str],
    legend: Iterable[str],
    looks: Looks,
) -> None:
    """Write what follows the article and its notes.

    Args:
        writer: where to.
        handed_on: the article.
        rendered: HTML of its note and answers by their Markdown.
        legend: ids of tags to explain.
        looks: tells how tags look.
    """
    if note := rendered.get(handed_on.note):
        writer.heading("Note on the article")
        writer.markdown(note)
    if handed_on.answers:
        writer.heading("Questions")
    for tag_id, answer in handed_on.answers:
        writer.heading(handed_on.questions.get(tag_id, "") or looks.name(tag_id), level=3)
        if html := rendered[answer]:
            writer.markdown(html)
    if handed_on.prompts:
        writer.heading("Questions")
    for number, question in enumerate(handed_on.prompts, 1):
        writer.question(number, question)
    legend = list(legend)
    if legend:
        writer.heading("Tags")
    for tag_id in legend:
        tag = looks.tag(tag_id)
        writer.tag(looks.of_tag(tag_id), looks.name(tag_id), tag.definition if tag else "")
    if source := handed_on.article.metadata.source:
        writer.soft(f"Source: {source}", above=14.0)
    if handed_on.practice:
        writer.soft(f"Practice copy and key: {handed_on.practice}")


def _links(mark: Annotation, numbers: Mapping[str, int]) -> Iterable[str]:
    for link in mark.links:
        if link.target in numbers:
            yield f"{relation_words(link.relation)} {numbers[link.target]}"
