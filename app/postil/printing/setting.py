"""What is set on the pages of one article: its flows, in the columns that its options give."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtGui import QTextDocument

from postil.annotated_markdown import HandedOn
from postil.domain.annotation import Annotation, reading_order
from postil.exporters import ExportOptions, NotesPlace
from postil.exporters.looks import Looks
from postil.exporters.neutral import neutral
from postil.exporters.wording import source_parts
from postil.notes import render_notes
from postil.page.furniture import Column
from postil.page.painter import MarkLook
from postil.printing.article import ArticleFlow
from postil.printing.flow import DocumentFlow
from postil.printing.sheet import Sheet, page_style
from postil.printing.words import Told, Writer, write_sections

_NOTE_POINTS = 7.5
_END_POINTS = 9.0
_LANES = 19.0  # mm of bars with their codes beside notes
_WIDE_LANES = 30.0  # mm where the notes stand at the end


class Setting:
    """Makes the flows of one article.

    Args:
        handed_on: what is set.
        options: how.
    """

    def __init__(self, handed_on: HandedOn, options: ExportOptions) -> None:
        self._handed_on = neutral(handed_on) if options.neutral else handed_on
        self._options = options
        self.marks = sorted(self._handed_on.annotations, key=reading_order)
        self.looks = Looks(self._handed_on)
        self.sheet = sheet = Sheet.of(options.paper)
        told = bool(self.marks) and not options.neutral
        self.has_margin = told and options.notes is NotesPlace.MARGIN
        self._has_end = told and not self.has_margin
        beside = lanes = 0.0
        if told:
            lanes = (_LANES if self.has_margin else _WIDE_LANES) * sheet.scale
            beside = sheet.apart + lanes
            if self.has_margin:
                beside += 2 * sheet.apart + sheet.notes
        room = sheet.right - sheet.left
        right = room - (beside or sheet.lone)
        self.text = Column(sheet.numbers, right)
        self.notes_left = sheet.right - sheet.notes
        bars = right + sheet.apart
        self.style = page_style(right - sheet.numbers)
        self._numbers = {mark.id: number for number, mark in enumerate(self.marks, 1)}
        self.told = self._told()
        self.article = ArticleFlow(
            self._handed_on,
            self.style,
            # Not a method of ours: documents in a circle would be freed on any thread.
            partial(_look, self.looks, {} if options.neutral else self._numbers),
            " · ".join(f"\u2068{p}\u2069" for p in source_parts(self._handed_on.article.metadata)),
            self.text,
            Column(bars, bars + lanes),
            f"{len(self.marks)} MW+",
            numbers=options.numbers,
        )

    def note(self, mark: Annotation) -> QTextDocument:
        """Return the note of a mark, as it stands in the margin."""
        writer = Writer(self.style, _NOTE_POINTS, self.sheet.notes)
        writer.note(mark, self.told)
        return writer.finish()

    def after(self) -> DocumentFlow | None:
        """Return what follows the article, or None."""
        writer = Writer(self.style, _END_POINTS, self.text.right - self.text.left)
        if self._has_end:
            writer.heading("Notes")
            for mark in self.marks:
                writer.note(mark, self.told, above=9.0)
        legend = self.looks.in_use(self.marks) if self._options.legend else ()
        write_sections(writer, self._handed_on, self.told.rendered, legend, self.looks)
        document = writer.finish()
        return None if document.isEmpty() else DocumentFlow(document)

    def _told(self) -> Told:
        article = self._handed_on.article
        answers = (answer for _, answer in self._handed_on.answers)
        words = [self._handed_on.note, *answers, *(mark.note for mark in self.marks)]
        places = {}
        if self._options.numbers:
            places = {mark.id: article.number_at(mark.start) for mark in self.marks}
        return Told(
            looks=self.looks,
            numbers=self._numbers,
            rendered=dict(zip(words, render_notes(words), strict=True)),
            places=places,
            with_author=len({mark.author for mark in self.marks}) > 1,
        )


def _look(looks: Looks, numbers: Mapping[str, int], mark: Annotation) -> MarkLook:
    look = looks.of_mark(mark)
    label = f"{numbers[mark.id]} {look.code}".rstrip() if numbers else ""
    return MarkLook(look.fill, look.line_style, label)
