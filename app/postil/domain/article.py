"""The article: canonical text, the blocks that tile it and the spans that lie in it.

Offsets are code points of `Article.text`, half open. Importers make articles through
`ArticleBuilder` only, so that the invariants checked here hold by construction.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from postil.domain.canonical import BLOCK_BREAK, text_sha256


class BlockKind(StrEnum):
    """What a block is in the article."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"  # level 1 to 6
    ITEM = "item"  # list item; level is its depth from 1; numbered ones keep their number
    QUOTATION = "quotation"
    ROW = "row"  # table row; cells are joined by a tab
    PREFORMATTED = "preformatted"  # lines are kept, joined by U+2028
    CAPTION = "caption"


class SpanKind(StrEnum):
    """How a run of words inside a block is set."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    LINK = "link"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph-like part of the text."""

    kind: BlockKind
    start: int  # code points
    end: int  # code points; start < end
    level: int = 0  # heading 1-6, item depth from 1, else 0
    number: int | None = None  # of a numbered list item


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words inside one block that is emphasised, strong, linked or code."""

    kind: SpanKind
    start: int  # code points
    end: int  # code points; start < end
    address: str = ""  # of a link: http, https or mailto


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about an article besides its words; every field is one line or empty."""

    title: str = ""
    author: str = ""
    outlet: str = ""
    source: str = ""  # address of the article
    published: str = ""  # ISO 8601 date where it could be read, else as given
    modified: str = ""  # when its words were last changed, as it says itself; like `published`
    retrieved: str = ""  # ISO 8601 time in UTC
    language: str = ""  # BCP 47
    language_guessed: bool = False  # nobody said it: it was made out from the words
    original_sha256: str = ""  # of the bytes it first came from; handed on with the article
    extra: tuple[str, ...] = ()  # front matter lines of other programs, kept as they were

    def filled(self, other: "Metadata") -> "Metadata":
        """Return this with its gaps filled from another; what was said is better than a guess."""
        fields = {name: getattr(self, name) or getattr(other, name) for name in self.__slots__}
        is_better = bool(other.language) and self.language_guessed and not other.language_guessed
        teller = other if is_better or not self.language else self
        fields |= {"language": teller.language, "language_guessed": teller.language_guessed}
        return Metadata(**fields)


@dataclass(frozen=True)
class Article:
    """An article's words and structure, without identity.

    Raises:
        ValueError: the blocks do not tile the text or a span leaves its block.
    """

    text: str
    blocks: tuple[Block, ...]
    spans: tuple[Span, ...] = ()
    metadata: Metadata = field(default_factory=Metadata)

    def __post_init__(self) -> None:
        """Check the tiling, so that no later code has to."""
        at = 0
        for block in self.blocks:
            if block.start != at or block.end <= block.start:
                raise ValueError(f"blocks do not tile the text at {at}")
            if block.end < len(self.text) and self.text[block.end] != BLOCK_BREAK:
                raise ValueError(f"no block break at {block.end}")
            at = block.end + 1
        if at != len(self.text) + 1 or self.text.count(BLOCK_BREAK) != len(self.blocks) - 1:
            raise ValueError("blocks do not cover the text")
        self._check_spans()

    def _check_spans(self) -> None:
        """Check that spans are in reading order and stay inside one block each."""
        at = iter(self.blocks)
        block = next(at)
        for span in self.spans:
            while block.end < span.end and (following := next(at, None)) is not None:
                block = following
            if not block.start <= span.start < span.end <= block.end:
                raise ValueError(f"span {span.start}-{span.end} is not inside one block")

    @cached_property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 of the text in UTF-8: what tells two articles apart."""
        return text_sha256(self.text)

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The printed number of each block, the same in the window and in every export.

        Headings have none, since they have names of their own: their number is 0.
        """
        count = 0
        numbers = []
        for block in self.blocks:
            is_numbered = block.kind is not BlockKind.HEADING
            count += is_numbered
            numbers.append(count if is_numbered else 0)
        return tuple(numbers)

    def block_at(self, position: int) -> int:
        """Return the index of the block that holds a code point (a block break: the one before)."""
        index = bisect_right(self.blocks, position, key=lambda block: block.start) - 1
        return max(index, 0)

    def number_at(self, position: int) -> int:
        """Return the printed number of the block that holds a code point, 0 without one."""
        return self.numbers[self.block_at(position)]

    def block_text(self, block: Block) -> str:
        """Return the words of one block."""
        return self.text[block.start : block.end]


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes an article came from, kept as evidence."""

    data: bytes
    sha256: str
    media_type: str  # such as text/plain
    origin: str  # where it lay: an address, a file name, or "clipboard"
    encoding: str  # of the text in it, or empty
    taken_at: str  # ISO 8601 time in UTC
