"""The article's words as HTML, block by block: spans, the pieces of marks and the references.

A piece lies in one element for each mark over it, the longest outermost, so that the tint
of the shortest is seen, as in the window, and each mark keeps an underline of its own.
"""

import html
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from postil.annotated_markdown.pieces import Cut, cut, spans_of
from postil.domain.article import Article, Block, BlockKind, Span, SpanKind
from postil.domain.canonical import CELL_BREAK, LINE_BREAK

_ELEMENTS = {SpanKind.EMPHASIS: "em", SpanKind.STRONG: "strong", SpanKind.CODE: "code"}
_GROUPED = {BlockKind.ITEM, BlockKind.QUOTATION, BlockKind.ROW}

# Start and end in code points, what stands before and after, the link around it.
_Run = tuple[int, int, tuple[str, str], Span | None]


@dataclass(frozen=True, slots=True)
class Row:
    """Blocks that stand together: a paragraph, a heading, or a whole list, table or quotation."""

    first: int  # index of its first block
    html: str


def escaped(text: str) -> str:
    """Return words as HTML has them, between tags and in attributes."""
    return html.escape(text).replace(LINE_BREAK, "<br>")


def rows(
    article: Article,
    ranges: Sequence[tuple[int, int]],
    piece: Callable[[tuple[str, ...]], tuple[str, str]],
    references: Mapping[str, str],
    *,
    numbers: bool,
) -> Iterator[Row]:
    """Yield the article's blocks as HTML.

    Args:
        article: the article.
        ranges: of the marks in reading order, in code points; none begins or ends at a break.
        piece: gives what stands before and after words that lie in these marks, by label.
        references: what stands where a mark ends, by label.
        numbers: whether paragraphs have theirs.
    """
    spans = spans_of(article)
    links = [span for span in spans if span.kind is SpanKind.LINK]
    inline = _Inline(article, lru_cache(maxsize=16)(piece), references)
    cells: list[list[str]] = []
    first = 0
    for block, done in zip(article.blocks, cut(article, links, ranges), strict=True):
        last = first
        while last < len(spans) and spans[last].end <= block.end:
            last += 1
        cells.append(inline.cells(block, spans[first:last], done))
        first = last
    printed = article.numbers if numbers else (0,) * len(cells)
    for indices in _together(article.blocks):
        blocks = [_Block(article.blocks[i], cells[i], _number(printed[i])) for i in indices]
        yield Row(indices[0], _row(blocks))


def _together(blocks: Sequence[Block]) -> Iterator[list[int]]:
    """Yield the indices of blocks that stand together."""

    def key(index: int) -> tuple[BlockKind, int]:
        kind = blocks[index].kind
        return kind, -1 if kind in _GROUPED else index

    for _, run in groupby(range(len(blocks)), key):
        yield list(run)


class _Inline:
    """Turns the words of blocks into HTML; see `rows` for the arguments."""

    def __init__(
        self,
        article: Article,
        piece: Callable[[tuple[str, ...]], tuple[str, str]],
        references: Mapping[str, str],
    ) -> None:
        self._text = article.text
        self._piece = piece
        self._references = references

    def cells(self, block: Block, spans: Sequence[Span], done: Cut) -> list[str]:
        """Return the cells of a row; of any other block, the one piece it is."""
        if not spans and not done.pieces and not done.references:
            text = self._text[block.start : block.end]
            return [escaped(cell) for cell in text.split(CELL_BREAK)]
        cells, parts = [], []
        link: Span | None = None
        references = deque(done.references)
        for start, end, (opening, closing), inside in self._runs(block, spans, done):
            is_border = self._text[start:end] == CELL_BREAK and block.kind is BlockKind.ROW
            if link is not None and (is_border or link is not inside):
                parts.append("</a>")
                link = None
            while references and references[0][0] <= start:
                parts.append(self._references[references.popleft()[1]])
            if is_border:
                cells.append("".join(parts))
                parts = []
                continue
            if inside is not None and link is None:
                parts.append(f'<a href="{html.escape(inside.address)}" rel="noreferrer">')
                link = inside
            parts += (opening, escaped(self._text[start:end]), closing)
        if link is not None:
            parts.append("</a>")
        parts += (self._references[label] for _, label in references)
        return [*cells, "".join(parts)]

    def _runs(self, block: Block, spans: Sequence[Span], done: Cut) -> Iterator[_Run]:
        """Yield the stretches of a block on which nothing changes."""
        borders = {block.start, block.end}
        borders.update(edge for start, end, _ in done.pieces for edge in (start, end))
        borders.update(edge for span in spans for edge in (span.start, span.end))
        borders.update(place for place, _ in done.references)
        if block.kind is BlockKind.ROW:
            for at in range(block.start, block.end):
                if self._text[at] == CELL_BREAK:
                    borders.update((at, at + 1))
        pieces, waiting, active = deque(done.pieces), deque(spans), list[Span]()
        for start, end in pairwise(sorted(borders)):
            active = [span for span in active if span.end > start]
            while waiting and waiting[0].start <= start:
                active.append(waiting.popleft())
            while pieces and pieces[0][1] <= start:
                pieces.popleft()
            before, after, link = "", "", None
            if pieces and pieces[0][0] <= start:
                before, after = self._piece(tuple(pieces[0][2].split(" ")))
            for span in active:
                if span.kind is SpanKind.LINK:
                    link = span
                else:
                    name = _ELEMENTS[span.kind]
                    before, after = f"{before}<{name}>", f"</{name}>{after}"
            yield start, end, (before, after), link


@dataclass(frozen=True, slots=True)
class _Block:
    """One block, ready to be put into its element."""

    block: Block
    cells: list[str]
    number: str

    @property
    def words(self) -> str:
        return self.number + "".join(self.cells)


def _number(number: int) -> str:
    return f'<span class="n" id="p{number}">{number}</span>' if number else ""


def _row(blocks: list[_Block]) -> str:
    one = blocks[0]
    match one.block.kind:
        case BlockKind.HEADING:
            return f'<h{one.block.level} dir="auto">{one.words}</h{one.block.level}>'
        case BlockKind.ITEM:
            return _list(blocks)
        case BlockKind.QUOTATION:
            return "".join(
                ["<blockquote>", *(f'<p dir="auto">{b.words}</p>' for b in blocks), "</blockquote>"]
            )
        case BlockKind.ROW:
            return "".join(["<table>", *map(_table_row, blocks), "</table>"])
        case BlockKind.PREFORMATTED:
            return f'<pre dir="auto">{one.words}</pre>'
        case BlockKind.CAPTION:
            return f'<p class="caption" dir="auto">{one.words}</p>'
    return f'<p dir="auto">{one.words}</p>'


def _table_row(row: _Block) -> str:
    cells = [row.number + row.cells[0], *row.cells[1:]]
    return "".join(["<tr>", *(f'<td dir="auto">{cell}</td>' for cell in cells), "</tr>"])


def _list(items: list[_Block]) -> str:
    """Return a list with the lists in it; a level that is passed over is an item of its own."""
    parts: list[str] = []
    open_: list[str] = []
    for item in items:
        level = max(item.block.level, 1)
        name = "ul" if item.block.number is None else "ol"
        while len(open_) > level or (len(open_) == level and open_[-1] != name):
            parts.append(f"</li></{open_.pop()}>")
        if len(open_) == level:
            parts.append("</li>")
        while len(open_) < level:
            open_.append(name)
            parts.append(f"<{name}>")
            if len(open_) < level:
                parts.append('<li class="bare">')
        value = "" if item.block.number is None else f' value="{item.block.number}"'
        parts.append(f'<li{value} dir="auto">{item.words}')
    parts += [f"</li></{name}>" for name in reversed(open_)]
    return "".join(parts)
