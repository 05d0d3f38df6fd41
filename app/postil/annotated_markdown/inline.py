"""Writing the words of one block with their spans, marks and references.

A span is written in Markdown where every reader sees where it begins and ends, and as an
element everywhere else: inside marks, where it crosses a mark or another span, and where
letters stand too close. What crosses is closed and opened again; reading makes it one.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from postil.annotated_markdown.escape import escape, escape_address, specials, table
from postil.annotated_markdown.pieces import Cut
from postil.domain.article import Block, Span, SpanKind
from postil.domain.canonical import CELL_BREAK, LINE_BREAK

# What may stand before and after emphasised words for its asterisks to be seen by all readers.
_OPENING: Final = '(“‘"—'
_CLOSING: Final = '.,;:!?)”’"…—'
_SPACES: Final = f" {LINE_BREAK}"
# Code that is the same between ticks in all readers: Python-Markdown looks for tags first.
_PLAIN_CODE = re.compile(r"[\w.,:;/()=+*#@!?'\"{}\[\]-]+(?: [\w.,:;/()=+*#@!?'\"{}\[\]-]+)*")
# Which of two that begin and end together is outside; marks have 0.
_RANKS: Final = {SpanKind.STRONG: 1, SpanKind.EMPHASIS: 2, SpanKind.LINK: 3, SpanKind.CODE: 4}
_MARKDOWN: Final = {SpanKind.STRONG: "**", SpanKind.EMPHASIS: "*", SpanKind.CODE: "`"}
_ELEMENTS: Final = {SpanKind.STRONG: "strong", SpanKind.EMPHASIS: "em", SpanKind.CODE: "code"}


@dataclass(frozen=True, slots=True)
class _Element:
    """Something to open and close; offsets are code points of the block."""

    start: int
    end: int
    rank: int
    opening: str
    closing: str
    markdown: SpanKind | None = None  # set if it is written in Markdown

    @property
    def order(self) -> tuple[int, int]:
        """Sort key among those that open together: the longer outside."""
        return (-self.end, self.rank)


def write_inline(
    text: str, block: Block, spans: Sequence[Span], cut: Cut, *, line_break: str, enclosed: bool
) -> str:
    """Return the words of a block as Markdown.

    Args:
        text: the words of the block.
        block: the block; spans and cut have offsets of the article.
        spans: that lie in it, in reading order.
        cut: what marks do in it.
        line_break: what a line break is written as.
        enclosed: whether the whole block stands inside an element.
    """
    if not spans and not cut.pieces and not cut.references:
        return escape(text, entities=enclosed, line_break=line_break)
    marks = [
        _Element(start - block.start, end - block.start, 0, _opening(names), "</mark>")
        for start, end, names in cut.pieces
    ]
    elements = [*marks, *_spans(text, block.start, spans, marks, enclosed=enclosed)]
    references: dict[int, str] = {}
    for position, label in cut.references:
        at = position - block.start
        references[at] = f"{references.get(at, '')}[^{label}]"
    return _Writer(text, line_break, enclosed=enclosed).write(elements, references)


def _opening(names: str) -> str:
    return f'<mark class="{names}">' if names else "<mark>"


class _Writer:
    """Writes words, opening and closing elements on the way."""

    def __init__(self, text: str, line_break: str, *, enclosed: bool) -> None:
        self._text = text
        self._specials = specials(text)
        self._markdown = table(entities=False, line_break=line_break)
        self._entities = table(entities=True, line_break=line_break)
        self._enclosed = enclosed
        self._out: list[str] = []
        self._at = 0  # what has been written of the text
        self._next = 0  # of the specials
        self._open: list[_Element] = []

    def write(self, elements: list[_Element], references: dict[int, str]) -> str:
        """Return the text with its elements and references."""
        elements.sort(key=lambda element: (element.start, *element.order))
        places = {element.start for element in elements} | {element.end for element in elements}
        following = 0
        for place in sorted(places.union(references)):
            self._words(place)
            opening = self._close(place)
            if place in references:
                self._out.append(references[place])
            while following < len(elements) and elements[following].start == place:
                opening.append(elements[following])
                following += 1
            for element in sorted(opening, key=lambda element: element.order):
                self._begin(element)
        self._words(len(self._text))
        return "".join(self._out)

    def _close(self, place: int) -> list[_Element]:
        """Close what ends here and what is inside it; return what must be opened again."""
        depth = next((i for i, el in enumerate(self._open) if el.end == place), len(self._open))
        closed = self._open[depth:]
        del self._open[depth:]
        self._out += (element.closing for element in reversed(closed))
        return [element for element in closed if element.end > place]

    def _begin(self, element: _Element) -> None:
        if element.markdown is SpanKind.LINK and self._out and self._out[-1].endswith("!"):
            self._out[-1] = f"{self._out[-1][:-1]}{self._markdown['!']}"
        self._out.append(element.opening)
        self._open.append(element)
        if element.markdown is SpanKind.CODE:
            self._out.append(self._text[self._at : element.end])
            self._skip(element.end)

    def _skip(self, end: int) -> None:
        self._at = end
        while self._next < len(self._specials) and self._specials[self._next][0] < end:
            self._next += 1

    def _words(self, end: int) -> None:
        """Write the words up to a place."""
        if end == self._at:
            return
        inside = self._enclosed or bool(self._open)
        replacements = self._entities if inside else self._markdown
        pieces: list[str] = []
        first = self._text[self._at]
        if self._out and (first == "@" or (first == "(" and self._out[-1].endswith("]"))):
            pieces.append(replacements[first])
            self._skip(self._at + 1)
        while self._next < len(self._specials) and self._specials[self._next][0] < end:
            place, key = self._specials[self._next]
            pieces += (self._text[self._at : place], replacements[key])
            self._at = place + 1
            self._next += 1
        pieces.append(self._text[self._at : end])
        self._at = end
        words = "".join(pieces)
        if any(element.markdown is SpanKind.LINK for element in self._open):
            words = words.replace("]", "&#93;")  # it would end the link
        self._out.append(words)


def _spans(
    text: str, base: int, spans: Sequence[Span], marks: list[_Element], *, enclosed: bool
) -> Iterator[_Element]:
    """Yield the spans of a block, in Markdown where that is safe."""
    moved = sorted(
        (Span(span.kind, span.start - base, span.end - base, span.address) for span in spans),
        key=lambda span: (span.start, -span.end, _RANKS[span.kind]),
    )
    emphasised = [span for span in moved if span.kind in (SpanKind.STRONG, SpanKind.EMPHASIS)]
    edges = {span.start for span in emphasised} & {span.end for span in emphasised}
    for group, crosses in _groups(moved):
        around: list[_Element] = []
        for index, span in enumerate(group):
            while around and around[-1].end <= span.start:
                around.pop()
            is_last = index + 1 == len(group) or group[index + 1].start >= span.end
            safe = (
                not (crosses or enclosed)
                and (not around or _may_hold(around[-1].markdown, span.kind))
                and not _is_marked(span.start, span.end, marks)
                and _is_safe(text, span, edges, is_innermost=is_last)
            )
            element = _element(span, markdown=safe)
            around.append(element)
            yield element


def _groups(spans: Sequence[Span]) -> Iterator[tuple[list[Span], bool]]:
    """Yield the spans that overlap each other, and whether any two of them cross."""
    group: list[Span] = []
    ends: list[int] = []  # of the spans around the present one
    crosses = False
    for span in spans:
        while ends and ends[-1] <= span.start:
            ends.pop()
        if group and not ends:
            yield group, crosses
            group, crosses = [], False
        crosses = crosses or bool(ends and ends[-1] < span.end)
        group.append(span)
        ends.append(span.end)
    if group:
        yield group, crosses


def _may_hold(outer: SpanKind | None, inner: SpanKind) -> bool:
    """Return whether Markdown inside this Markdown is read alike by all."""
    if outer is SpanKind.LINK:
        return inner is SpanKind.CODE
    return outer is not None and inner in (SpanKind.LINK, SpanKind.CODE)


def _is_safe(text: str, span: Span, edges: set[int], *, is_innermost: bool) -> bool:
    """Return whether all readers see where this span begins and ends in Markdown."""
    words = text[span.start : span.end]
    if LINE_BREAK in words or CELL_BREAK in words:
        return False
    before = text[span.start - 1] if span.start else " "
    after = text[span.end] if span.end < len(text) else " "
    if span.kind is SpanKind.LINK:
        return True
    if span.kind is SpanKind.CODE:
        alone = before not in "\\`" and after != "`"
        return is_innermost and alone and _PLAIN_CODE.fullmatch(words) is not None
    if span.start in edges or span.end in edges or words[0].isspace() or words[-1].isspace():
        return False
    if before in _SPACES and after in _SPACES:
        return True
    return (
        words[0].isalnum()
        and words[-1].isalnum()
        and before in _SPACES + _OPENING
        and after in _SPACES + _CLOSING
    )


def _element(span: Span, *, markdown: bool) -> _Element:
    rank = _RANKS[span.kind]
    if span.kind is SpanKind.LINK:
        address = escape_address(span.address)
        opening, closing = ("[", f"]({address})") if markdown else (f'<a href="{address}">', "</a>")
    elif markdown:
        opening = closing = _MARKDOWN[span.kind]
    else:
        name = _ELEMENTS[span.kind]
        opening, closing = f"<{name}>", f"</{name}>"
    return _Element(span.start, span.end, rank, opening, closing, span.kind if markdown else None)


def _is_marked(start: int, end: int, marks: list[_Element]) -> bool:
    index = bisect_left(marks, end, key=lambda mark: mark.start) - 1
    return index >= 0 and marks[index].end > start
