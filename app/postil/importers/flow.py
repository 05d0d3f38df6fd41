"""Marked-up words in reading order, poured into an `ArticleBuilder`.

Spaces collapse as on a page, blocks begin with their first word, spans reopen in the next
block, and marks keep their ranges. What reads a tree of markup says only what it meets.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from postil.annotated_markdown import ParsedMark
from postil.domain import limits
from postil.domain.annotation import IncomingMark
from postil.domain.article import Article, BlockKind, Metadata, Span, SpanKind
from postil.domain.builder import ArticleBuilder
from postil.domain.canonical import clean_note, clean_run
from postil.domain.errors import UserError

_SPACES = re.compile(" +")
# Marks travel through the builder as code with an address that no file can write.
_MARK: Final = "\x00"
# In these an empty line between words, written as two breaks, begins a new block.
_PARTED_BY_BREAKS: Final = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTATION})


@dataclass(slots=True)
class _Place:
    """What the next block will be."""

    kind: BlockKind
    level: int = 0
    number: int | None = None
    is_used: bool = False


@dataclass(slots=True)
class _Inline:
    """A span or mark that is open in the markup, and whether it is in the block."""

    kind: SpanKind
    address: str
    is_open: bool = False


@dataclass(slots=True)
class _MarkInMaking:
    notes: list[str] = field(default_factory=list)


class Flow:
    """Takes what a page says, in order, and gives the article.

    Args:
        max_characters: the length in code points beyond which the text is refused.
    """

    def __init__(self, max_characters: int = limits.ARTICLE_CHARACTERS) -> None:
        self._builder = ArticleBuilder(max_characters=max_characters)
        self._places = [_Place(BlockKind.PARAGRAPH)]
        self._inlines: list[_Inline] = []
        self._marks: list[_MarkInMaking] = []
        self._open_marks: list[int] = []
        self._ended_mark: int | None = None  # a mark with no word after it yet
        self._is_open = False
        self._space = False
        self._breaks = 0
        self._cells = 0

    # Blocks

    def enter(self, kind: BlockKind, *, level: int = 0, number: int | None = None) -> None:
        """Say what the blocks from here to `leave` are."""
        self.part()
        place = self._places[-1]
        self._places.append(
            place if place.kind is BlockKind.ROW else _Place(kind, level=level, number=number)
        )

    def leave(self) -> None:
        """End what `enter` began."""
        self.part()
        row = self._places.pop()
        if row.kind is BlockKind.ROW and self._places[-1] is not row:
            self._end_block()

    def part(self) -> None:
        """Part what comes from what was: a new block, or a new line in a table cell."""
        if self._places[-1].kind is BlockKind.ROW:
            self._breaks = max(self._breaks, 1)
        else:
            self._end_block()

    def cell(self, span: int = 1) -> None:
        """Begin the next cell of a table row, so many columns on."""
        self._cells += span
        self._breaks = 0
        self._space = False

    @property
    def count(self) -> int:
        """How many blocks have begun."""
        return self._builder.block_count + self._is_open

    # Words

    def text(self, run: str) -> None:
        """Add words; runs of spaces and line ends count as one space."""
        if self._places[-1].kind is BlockKind.PREFORMATTED:
            self._verbatim(run)
            return
        run = clean_run(run)
        words = _SPACES.sub(" ", run).strip(" ")
        if not words:
            self._space = self._space or bool(run)
            return
        self._space = self._space or run.startswith(" ")
        self._add(words)
        self._space = run.endswith(" ")

    def line_break(self) -> None:
        """Break the line; two breaks in a paragraph begin a new one."""
        if self._places[-1].kind is BlockKind.PREFORMATTED:
            self._verbatim("\n")
            return
        self._breaks += 1
        self._space = False

    # Spans and marks

    def open_span(self, kind: SpanKind, address: str = "") -> bool:
        """Begin a span; False where the words are already in one of its kind."""
        if any(
            inline.kind is kind and not inline.address.startswith(_MARK) for inline in self._inlines
        ):
            return False
        self._inlines.append(_Inline(kind, address))
        return True

    def open_mark(self) -> None:
        """Begin a mark.

        Raises:
            UserError: there are too many.
        """
        if len(self._marks) >= limits.MARKS_PER_FILE:
            raise UserError(
                f"There are more than {limits.MARKS_PER_FILE:,} marks in it", "Split the file."
            )
        self._open_marks.append(len(self._marks))
        self._inlines.append(_Inline(SpanKind.CODE, f"{_MARK}{len(self._marks)}"))
        self._marks.append(_MarkInMaking())

    def close(self) -> None:
        """End the span or mark that was begun last."""
        inline = self._inlines.pop()
        if inline.is_open:
            self._builder.close_span()
        if inline.address.startswith(_MARK):
            ended = self._open_marks.pop()
            if inline.is_open:
                self._ended_mark = ended

    def note_mark(self, note: str) -> bool:
        """Give a note to the mark that is open or has just ended; False if there is none."""
        mark = self._open_marks[-1] if self._open_marks else self._ended_mark
        if mark is None:
            return False
        self._marks[mark].notes.append(note)
        return True

    # The article

    def finish(self, metadata: Metadata) -> tuple[Article, tuple[ParsedMark, ...]]:
        """Return the article and its marks, in reading order.

        Raises:
            UserError: there are no words in it, or too many.
        """
        self._builder.metadata = metadata
        built = self._builder.finish()
        ranges: dict[int, tuple[int, int]] = {}
        spans: list[Span] = []
        for span in built.spans:
            if not span.address.startswith(_MARK):
                spans.append(span)
                continue
            number = int(span.address[1:])
            start, end = ranges.get(number, (span.start, span.end))
            ranges[number] = (min(start, span.start), max(end, span.end))
        article = Article(built.text, built.blocks, tuple(spans), metadata)
        placed = sorted(ranges.items(), key=lambda item: (item[1][0], -item[1][1]))
        return article, tuple(self._mark(article, number, at) for number, at in placed)

    def _mark(self, article: Article, number: int, at: tuple[int, int]) -> ParsedMark:
        note = clean_note("\n\n".join(self._marks[number].notes))[: limits.NOTE_CHARACTERS]
        mark = IncomingMark(exact=article.text[at[0] : at[1]], note=note)
        return ParsedMark(mark=mark, pieces=at, tag_names=())

    # Inside

    def _verbatim(self, run: str) -> None:
        if run.strip() or self._is_open:
            self._settle()
            self._builder.text(run)
            self._ended_mark = None

    def _add(self, words: str) -> None:
        self._settle()
        self._builder.text(words)
        self._ended_mark = None

    def _settle(self) -> None:
        """Write what stands between the last word and the next, and open what is due."""
        place = self._places[-1]
        if self._breaks > 1 and place.kind in _PARTED_BY_BREAKS:
            self._end_block()
        if not self._is_open:
            self._begin_block(place)
        elif self._cells:
            for _ in range(self._cells):
                self._builder.cell_break()
        elif self._breaks:
            self._builder.line_break()
        elif self._space:
            self._builder.text(" ")
        self._cells = self._breaks = 0
        self._space = False
        for inline in self._inlines:
            if not inline.is_open:
                self._builder.open_span(inline.kind, inline.address)
                inline.is_open = True

    def _begin_block(self, place: _Place) -> None:
        kind = place.kind
        if kind is BlockKind.ITEM and place.is_used:
            kind = BlockKind.PARAGRAPH  # what else stands in a list item
        place.is_used = True
        self._builder.begin(kind, level=place.level, number=place.number)
        self._is_open = True

    def _end_block(self) -> None:
        self._builder.end()
        self._is_open = False
        self._space = False
        self._breaks = self._cells = 0
        self._ended_mark = None
        for inline in self._inlines:
            inline.is_open = False
