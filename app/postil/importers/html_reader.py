"""The reader of pages: a tree is read from top to bottom into blocks and spans.

Kept are headings, paragraphs, lists, quotations, tables as rows, captions, preformatted
text, emphasis, links, code and marks. All else gives its words, or nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from postil.domain import limits
from postil.domain.article import BlockKind, SpanKind
from postil.domain.canonical import clean_run
from postil.importers.addresses import safe_address
from postil.importers.crossing import LARGEST_NUMBER
from postil.importers.flow import Flow
from postil.importers.html_tree import HEADINGS, Element, Survey, walk

NOTE_ATTRIBUTE: Final = "data-postil-note"  # a comment on the mark before or around it
_BLOCKS: Final = frozenset(
    {
        "address", "article", "aside", "body", "center", "dd", "details", "div", "dl", "dt",
        "fieldset", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend",
        "main", "p", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th",
        "thead", "tr",
    }
)  # fmt: skip
_LISTS: Final = frozenset({"dir", "menu", "ol", "ul"})
_PLACES: Final = {
    "blockquote": BlockKind.QUOTATION,
    "caption": BlockKind.CAPTION,
    "figcaption": BlockKind.CAPTION,
    "listing": BlockKind.PREFORMATTED,
    "pre": BlockKind.PREFORMATTED,
    "xmp": BlockKind.PREFORMATTED,
}
_SPANS: Final = {
    "b": SpanKind.STRONG,
    "code": SpanKind.CODE,
    "em": SpanKind.EMPHASIS,
    "i": SpanKind.EMPHASIS,
    "kbd": SpanKind.CODE,
    "samp": SpanKind.CODE,
    "strong": SpanKind.STRONG,
    "tt": SpanKind.CODE,
}
_BLOCK_STYLE: Final = re.compile(
    r"display\s*:\s*(?:block|flex|grid|list-item|table)\b", re.IGNORECASE
)
_LIST_DEPTH: Final = 20  # deeper items count as this deep
_NUMBER = re.compile(r"\s*([+-]?\d{1,9})")


@dataclass(slots=True)
class _List:
    """A list that is open, and the number of its next item."""

    is_numbered: bool
    next_number: int = 1


@dataclass(slots=True)
class _Table:
    """A table that is read row by row."""

    cells: int = 0  # in the whole table
    row_cells: int = 0  # in the row so far


@dataclass
class Reader:
    """Reads one tree into a flow."""

    flow: Flow
    seen: Survey
    base: str
    notes: Mapping[str, str]
    images: int = 0
    loose_comments: int = 0  # that belong to no marked words
    is_deep: bool = False
    has_large_table: bool = False
    chapters: Mapping[Element, str] = field(default_factory=dict)  # titles of those to be told
    begun: list[tuple[str, int]] = field(default_factory=list)  # title and first block of each
    _ends: list[tuple[str, ...]] = field(default_factory=list)
    _lists: list[_List] = field(default_factory=list)
    _tables: list[_Table] = field(default_factory=list)
    _noted: set[str] = field(default_factory=set)  # footnotes that became notes of marks
    _shown: set[str] = field(default_factory=set)  # footnotes that are referenced from words

    def read(self, root: Element) -> None:
        """Read everything in an element."""
        for event, element, tag in walk(root):
            self.step(event, element, tag)
            if event != "start" and element is not root and element.tail:
                self.flow.text(element.tail)

    def step(self, event: str, element: Element, tag: str) -> None:
        """Read one step of a walk: an element's start with the words there, or its end."""
        if event == "start":
            self._start(element, tag)
            if element.text:
                self.flow.text(element.text)
        elif event == "end":
            self._end()
        elif tag in ("img", "picture"):
            self.images += 1

    def remarks(self) -> list[str]:
        """Return what could not be taken as it was, in sentences."""
        remarks = []
        if self.images:
            remarks.append(
                "1 image was left out."
                if self.images == 1
                else f"{self.images:,} images were left out."
            )
        if self.loose_comments:
            remarks.append(
                f"Comments that belong to no marked words were left out: {self.loose_comments:,}."
            )
        if self.is_deep:
            remarks.append(
                f"Elements nested deeper than {limits.MARKUP_DEPTH} were taken as plain words."
            )
        if self.has_large_table:
            remarks.append(
                f"A table has more than {limits.TABLE_CELLS:,} cells;"
                " the others were taken as paragraphs."
            )
        return remarks

    # An element's start puts on the stack what its end has to undo.

    def _start(self, element: Element, tag: str) -> None:
        if len(self._ends) >= limits.MARKUP_DEPTH:
            self.is_deep = True
            self._ends.append(())
            if tag in _BLOCKS or tag in HEADINGS or tag == "li":
                self.flow.part()
            return
        if element in self.chapters:
            self.flow.part()
            self.begun.append((self.chapters[element], self.flow.count))
        self._ends.append(self._enter(element, tag))

    def _enter(self, element: Element, tag: str) -> tuple[str, ...]:
        """Begin an element; return what is to be done at its end, in order."""
        if tag in _SPANS or tag in ("a", "mark", "q"):
            return self._enter_inline(element, tag)
        if tag == "br":
            self.flow.line_break()
        elif tag == "span":
            comment = element.get(NOTE_ATTRIBUTE)
            if comment and not self.flow.note_mark(comment):
                self.loose_comments += 1
            if _BLOCK_STYLE.search(element.get("style") or ""):
                self.flow.part()
                return ("part",)
        elif tag in HEADINGS:
            self.flow.enter(BlockKind.HEADING, level=int(tag[1]))
            return ("leave",)
        elif tag in _PLACES:
            self.flow.enter(_PLACES[tag])
            return ("leave",)
        elif tag in _LISTS:
            return self._enter_list(element, tag)
        elif tag == "li":
            return self._enter_item(element)
        elif tag in ("table", "tr", "td", "th"):
            return self._enter_table_part(element, tag)
        elif tag in _BLOCKS:
            self.flow.part()
            return ("part",)
        return ()

    def _enter_inline(self, element: Element, tag: str) -> tuple[str, ...]:
        if tag == "mark":
            self.flow.open_mark()
            return ("close",)
        if tag == "q":
            self.flow.text("“")
            return ("unquote",)
        if tag == "a":
            if "footnote-ref" in (element.get("class") or "") and self._refer(element):
                return ()
            address = safe_address(element.get("href") or "", self.base)
            is_link = bool(address) and self.flow.open_span(SpanKind.LINK, address)
            return ("close",) if is_link else ()
        return ("close",) if self.flow.open_span(_SPANS[tag]) else ()

    def _refer(self, reference: Element) -> bool:
        """Make a footnote the note of the mark it belongs to, or show its label in brackets."""
        label = (reference.get("href") or "").removeprefix("#fn:")
        if label not in self.notes:
            return False
        if self.flow.note_mark(self.notes[label]):
            self._noted.add(label)
            reference.text = None
        else:
            self._shown.add(label)
            reference.text = clean_run(f"[{label}]")
        return True

    def _enter_footnote(self, element: Element, label: str) -> tuple[str, ...]:
        """Begin the words of a footnote, which come after all references."""
        if label in self._noted and label not in self._shown:
            for inside in element:
                inside.set("hidden", "")
            element.text = None
        else:
            first = element[0] if len(element) else element
            first.text = clean_run(f"[{label}] {first.text or ''}")  # lxml takes no controls
        self.flow.part()
        return ("part",)

    def _enter_list(self, element: Element, tag: str) -> tuple[str, ...]:
        start = _integer(element.get("start"))
        self._lists.append(_List(tag == "ol", 1 if start is None else start))
        self.flow.part()
        return ("part", "end list")

    def _enter_item(self, element: Element) -> tuple[str, ...]:
        label = (element.get("id") or "").removeprefix("fn:")
        if label in self.notes:
            return self._enter_footnote(element, label)
        if not self._lists:  # an item without a list is a bulleted one
            self.flow.enter(BlockKind.ITEM, level=1)
            return ("leave",)
        innermost = self._lists[-1]
        value = _integer(element.get("value"))
        number = innermost.next_number if value is None else value
        innermost.next_number = number + 1
        self.flow.enter(
            BlockKind.ITEM,
            level=min(len(self._lists), _LIST_DEPTH),
            number=min(max(number, 0), LARGEST_NUMBER) if innermost.is_numbered else None,
        )
        return ("leave",)

    def _enter_table_part(self, element: Element, tag: str) -> tuple[str, ...]:
        self.flow.part()
        if tag == "table":
            if element in self.seen.layout_tables:
                return ("part",)
            self._tables.append(_Table())
            return ("part", "end table")
        if not self._tables:
            return ("part",)
        table = self._tables[-1]
        if tag == "tr":
            table.row_cells = 0
            self.flow.enter(
                BlockKind.ROW if table.cells < limits.TABLE_CELLS else BlockKind.PARAGRAPH
            )
            return ("leave",)
        span = min(max(_integer(element.get("colspan")) or 1, 1), limits.CELL_SPAN)
        if table.cells + span > limits.TABLE_CELLS:
            self.has_large_table = True
            table.cells = limits.TABLE_CELLS
            self.flow.part()
            return ("part",)
        if table.row_cells:
            self.flow.cell(table.row_cells)
        table.cells += span
        table.row_cells = span
        return ()

    def _end(self) -> None:
        for action in self._ends.pop():
            match action:
                case "leave":
                    self.flow.leave()
                case "close":
                    self.flow.close()
                case "part":
                    self.flow.part()
                case "unquote":
                    self.flow.text("”")
                case "end list":
                    self._lists.pop()
                case "end table":
                    self._tables.pop()


def _integer(value: str | None) -> int | None:
    found = _NUMBER.match(value or "")
    return int(found[1]) if found else None
