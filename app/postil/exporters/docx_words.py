"""The words of a Word document: runs cut where anything begins or ends, and the comments.

A comment's range begins before the first run of its mark and ends after the last one,
wherever these stand, so that marks may cross each other and the borders of blocks.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from postil.annotated_markdown import HandedOn
from postil.domain.annotation import Annotation, reading_order
from postil.domain.article import Span, SpanKind
from postil.domain.canonical import LINE_BREAK
from postil.domain.colours import INK, readable_fill
from postil.domain.direction import runs_leftwards
from postil.domain.tags import LineStyle
from postil.exporters.docx_comments import Comments
from postil.exporters.docx_elements import Element, element, words

if TYPE_CHECKING:
    from docx.document import Document

_PLAIN = "#DDDDDD"  # of a mark without a known tag
_UNDERLINES = {
    LineStyle.SOLID: "single",
    LineStyle.DASH: "dash",
    LineStyle.DOT: "dotted",
    LineStyle.DASHDOT: "dotDash",
    LineStyle.WAVE: "wave",
}


class Words:
    """Puts stretches of an article into paragraphs, in reading order.

    Args:
        document: takes the comments and the addresses of links.
        handed_on: the article with its marks.
    """

    def __init__(self, document: "Document", handed_on: HandedOn) -> None:
        self._document = document
        self._handed_on = handed_on
        self._text = handed_on.article.text
        self._spans = handed_on.article.spans
        self._next_span = 0
        marks = sorted(handed_on.annotations, key=reading_order)
        self._comments = Comments(document, handed_on, marks)
        self._starting: dict[int, list[Annotation]] = defaultdict(list)
        self._ending: dict[int, list[Annotation]] = defaultdict(list)
        for mark in marks:
            self._starting[mark.start].append(mark)
            self._ending[mark.end].append(mark)
        self._edges = sorted({*self._starting, *self._ending})
        self._open: list[Annotation] = []  # marks the place lies in; the innermost is last
        self._addresses: dict[str, str] = {}  # of links, and their ids in the document
        self.overlapping: set[str] = set()  # ids of marks that share words with another

    def add(self, paragraph: Element, start: int, end: int, *, leftwards: bool) -> None:
        """Add the words of one block or cell, with the ends of marks in and at it."""
        is_first = start == 0
        if is_first:
            self._comments.begin_whole(paragraph)
        spans = self._spans_in(start, end)
        inside = self._edges[bisect_left(self._edges, start) : bisect_right(self._edges, end)]
        borders = {start, end, *inside, *(p for s in spans for p in (s.start, s.end))}
        places = sorted(borders)
        parent, link = paragraph, None
        for place, following in pairwise([*places, end]):
            covering = [s for s in spans if s.start <= place < s.end] if place < end else []
            here = next((s for s in covering if s.kind is SpanKind.LINK), None)
            if here is not link:
                link = here
                parent = self._link(paragraph, here) if here else paragraph
            self._turn(parent, place)
            if place < following:
                parent.append(self._run(place, following, covering, leftwards=leftwards))
        if is_first:
            self._comments.end_whole(paragraph)

    def finish(self) -> None:
        """Write the comments, once all words are there."""
        self._comments.write()

    def _spans_in(self, start: int, end: int) -> list[Span]:
        """Return the spans of a stretch; called in reading order."""
        while self._next_span < len(self._spans) and self._spans[self._next_span].end <= start:
            self._next_span += 1
        found = []
        for span in self._spans[self._next_span :]:
            if span.start >= end:
                break
            found.append(span)
        return [
            Span(s.kind, max(s.start, start), min(s.end, end), s.address)
            for s in found
            if s.end > start
        ]

    def _turn(self, parent: Element, place: int) -> None:
        """End and begin the marks that end and begin at a place."""
        for mark in self._ending.get(place, ()):
            self._open.remove(mark)
            self._comments.end(parent, mark)
        for mark in self._starting.get(place, ()):
            self._open.append(mark)
            self._comments.begin(parent, mark)
        if len(self._open) > 1:
            self.overlapping.update(mark.id for mark in self._open)

    def _link(self, paragraph: Element, span: Span) -> Element:
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.oxml.ns import qn

        address = span.address
        if address not in self._addresses:
            self._addresses[address] = self._document.part.relate_to(
                address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
        link = element("w:hyperlink")
        link.set(qn("r:id"), self._addresses[address])
        paragraph.append(link)
        return link

    def _run(self, start: int, end: int, spans: list[Span], *, leftwards: bool) -> Element:
        """Return some words with all that is set in them."""
        run = element("w:r")
        about = self._setting({span.kind for span in spans})
        text = self._text[start:end]
        if runs_leftwards(text) or (leftwards and not any(map(str.isalnum, text))):
            about.append(element("w:rtl"))
        if len(about):
            run.append(about)
        for number, line in enumerate(text.split(LINE_BREAK)):
            if number:
                run.append(element("w:br"))
            if line:
                run.append(words(line))
        return run

    def _setting(self, kinds: set[SpanKind]) -> Element:
        """Return the properties of a run, in the order the schema wants."""
        about = element("w:rPr")
        style = "VerbatimChar" if SpanKind.CODE in kinds else ""
        if style := style or ("Hyperlink" if SpanKind.LINK in kinds else ""):
            about.append(element("w:rStyle", val=style))
        if SpanKind.STRONG in kinds:
            about.append(element("w:b"))
        if SpanKind.EMPHASIS in kinds:
            about.append(element("w:i"))
        if self._open:
            tag_id = next(iter(self._open[-1].tags), "")
            tag, group = self._handed_on.tags.get(tag_id), self._handed_on.groups.get(tag_id)
            fill = readable_fill(group.colour if group else _PLAIN)
            line = tag.line_style if tag else LineStyle.SOLID
            about.append(element("w:color", val=INK.removeprefix("#")))  # also of a link
            about.append(element("w:u", val=_UNDERLINES[line]))
            about.append(element("w:shd", val="clear", color="auto", fill=fill.removeprefix("#")))
        elif SpanKind.LINK in kinds:
            about.append(element("w:u", val="single"))
        return about
