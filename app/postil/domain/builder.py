"""The only way to make an article: block by block, run by run, in reading order.

The builder cleans and normalises what it is given and counts offsets itself, so that an
importer never handles an offset.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

from postil.domain import limits
from postil.domain.article import Article, Block, BlockKind, Metadata, Span, SpanKind
from postil.domain.canonical import (
    BLOCK_BREAK,
    CELL_BREAK,
    LINE_BREAK,
    clean_run,
    normalise,
)
from postil.domain.errors import UserError

_TRIMMED = " \t" + LINE_BREAK


@dataclass(slots=True)
class _OpenBlock:
    """A block in the making: raw runs and the raw offsets of its spans."""

    kind: BlockKind
    level: int
    number: int | None
    runs: list[str] = field(default_factory=list)
    length: int = 0
    open_spans: list[tuple[SpanKind, int, str]] = field(default_factory=list)
    spans: list[tuple[SpanKind, int, int, str]] = field(default_factory=list)

    def add(self, run: str) -> None:
        self.runs.append(run)
        self.length += len(run)


class ArticleBuilder:
    """Builds an `Article`; blocks without a visible character are left out.

    Args:
        metadata: what is known about the article; may be replaced before `finish`.
        max_characters: the length in code points beyond which the text is refused.
    """

    def __init__(
        self,
        metadata: Metadata | None = None,
        *,
        max_characters: int = limits.ARTICLE_CHARACTERS,
    ) -> None:
        self.metadata = metadata or Metadata()
        self._max_characters = max_characters
        self._texts: list[str] = []
        self._blocks: list[Block] = []
        self._spans: list[Span] = []
        self._length = 0
        self._open: _OpenBlock | None = None

    @property
    def block_count(self) -> int:
        """How many blocks have ended and have words in them."""
        return len(self._blocks)

    def begin(self, kind: BlockKind, *, level: int = 0, number: int | None = None) -> Self:
        """Begin a block, ending the one before."""
        self.end()
        if kind is BlockKind.HEADING:
            level = min(max(level, 1), 6)
        elif kind is BlockKind.ITEM:
            level = max(level, 1)
        else:
            level = 0
        self._open = _OpenBlock(kind, level, number if kind is BlockKind.ITEM else None)
        return self

    def text(self, run: str) -> Self:
        """Add words to the open block.

        Line ends become a space, or a line break in preformatted blocks; tabs become a space,
        or four in preformatted blocks.
        """
        block = self._need_open()
        if block.kind is BlockKind.PREFORMATTED:
            block.add(clean_run(run, line_end=LINE_BREAK, tab="    "))
        else:
            block.add(clean_run(run))
        return self

    def line_break(self) -> Self:
        """Break the line inside the open block; in a heading this is a space."""
        block = self._need_open()
        block.add(" " if block.kind is BlockKind.HEADING else LINE_BREAK)
        return self

    def cell_break(self) -> Self:
        """Begin the next cell of the open table row."""
        self._need_open().add(CELL_BREAK)
        return self

    def open_span(self, kind: SpanKind, address: str = "") -> Self:
        """Begin a span at this place of the open block."""
        block = self._need_open()
        block.open_spans.append((kind, block.length, address))
        return self

    def close_span(self) -> Self:
        """End the span that was opened last."""
        block = self._need_open()
        kind, start, address = block.open_spans.pop()
        block.spans.append((kind, start, block.length, address))
        return self

    def block(
        self, kind: BlockKind, text: str, *, level: int = 0, number: int | None = None
    ) -> Self:
        """Add a whole block without spans."""
        return self.begin(kind, level=level, number=number).text(text).end()

    def end(self) -> Self:
        """End the open block, if there is one.

        Raises:
            UserError: the article grew over the limit.
        """
        block, self._open = self._open, None
        if block is None:
            return self
        for kind, start, address in reversed(block.open_spans):
            block.spans.append((kind, start, block.length, address))
        raw = "".join(block.runs)
        text = normalise(raw)
        # The first and last cells of a row may be empty; their tabs stay.
        trimmed = _TRIMMED.replace(CELL_BREAK, "") if block.kind is BlockKind.ROW else _TRIMMED
        lead = len(text) - len(text.lstrip(trimmed))
        stripped = text.strip(trimmed)
        if not stripped.strip():
            return self
        start = self._length + 1 if self._blocks else 0
        end = start + len(stripped)
        if end > self._max_characters:
            raise UserError(
                f"The text is longer than {self._max_characters:,} characters",
                "Take it in in parts.",
            )
        self._texts.append(stripped)
        self._blocks.append(Block(block.kind, start, end, block.level, block.number))
        self._length = end
        self._place_spans(block, raw, text, start - lead, start, end)
        return self

    def finish(self) -> Article:
        """Return the article.

        Raises:
            UserError: there is no text in it, or too much.
        """
        self.end()
        if not self._blocks:
            raise UserError("There is no text in it", "Choose a file or a selection with words.")
        return Article(
            BLOCK_BREAK.join(self._texts), tuple(self._blocks), tuple(self._spans), self.metadata
        )

    def _need_open(self) -> _OpenBlock:
        if self._open is None:
            raise ValueError("no block is open")
        return self._open

    def _place_spans(
        self, block: _OpenBlock, raw: str, text: str, offset: int, start: int, end: int
    ) -> None:
        """Move the block's spans from raw to canonical offsets, in reading order."""
        place = (lambda at: at) if raw == text else _normal_form_offsets(raw)
        placed = []
        for kind, raw_start, raw_end, address in block.spans:
            span_start = min(max(place(raw_start) + offset, start), end)
            span_end = min(max(place(raw_end) + offset, start), end)
            if span_start < span_end:
                placed.append(Span(kind, span_start, span_end, address))
        self._spans.extend(merge_spans(placed))


def _normal_form_offsets(raw: str) -> Callable[[int], int]:
    """Return the function from offsets of `raw` to offsets of its normal form.

    Spaces never join with what stands beside them, so words are normalised one by one. A
    character that is joined across an offset counts as standing before it.
    """
    raw_starts, canonical_starts = [0], [0]
    for word in re.findall(r"[^ ]* |[^ ]+$", raw):
        raw_starts.append(raw_starts[-1] + len(word))
        canonical_starts.append(canonical_starts[-1] + len(normalise(word)))

    def place(at: int) -> int:
        word = bisect_right(raw_starts, at) - 1
        return canonical_starts[word] + len(normalise(raw[raw_starts[word] : at]))

    return place


def merge_spans(spans: list[Span]) -> list[Span]:
    """Return spans in reading order, with touching or overlapping ones of one kind made one.

    Links merge only with links to the same address; of two links that overlap, the later one
    begins where the earlier one ends.
    """
    merged: list[Span] = []
    last: dict[tuple[SpanKind, str], int] = {}
    link_end = 0
    for span in sorted(spans, key=lambda s: (s.start, -s.end, s.kind, s.address)):
        key = (span.kind, span.address)
        index = last.get(key)
        if index is not None and span.start <= merged[index].end:
            joined = merged[index]
            merged[index] = Span(
                joined.kind, joined.start, max(joined.end, span.end), joined.address
            )
        else:
            start = max(span.start, link_end) if span.kind is SpanKind.LINK else span.start
            if start >= span.end:
                continue
            last[key] = len(merged)
            merged.append(Span(span.kind, start, span.end, span.address))
        if span.kind is SpanKind.LINK:
            link_end = max(link_end, span.end)
    return sorted(merged, key=lambda s: (s.start, -s.end, s.kind, s.address))
