"""Building the article from its lines, and finding where the pieces of its marks lie.

Marks travel through the builder as code spans with an address, which real code has not, so
that the one place that counts offsets counts theirs too.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from postil.annotated_markdown.blocks import FoundBlock, find_blocks
from postil.annotated_markdown.escape import is_address
from postil.annotated_markdown.inline_reader import Event, InlineReader, Sign
from postil.annotated_markdown.layout import Said, read_comment
from postil.domain.article import Article, BlockKind, Metadata, SpanKind
from postil.domain.builder import ArticleBuilder

_MARK: Final = "mark:"
_DEEPEST: Final = 20  # marks that a hand has put into marks
Range = tuple[int, int]  # code points of the article


@dataclass(slots=True)
class FoundArticle:
    """The article of a file, with what is known of its marks."""

    article: Article
    ranges: dict[str, Range]  # by class, from the first piece to the last
    references: list[str]  # labels in order
    nameless: dict[str, Range]  # by label: pieces without class right before its reference
    plain: list[Range]  # pieces without class that belong to no reference
    images: int  # left out


@dataclass(slots=True)
class _Nameless:
    """Pieces that have lost their class: each gets a name of its own, runs are remembered."""

    count: int = 0
    first: int = 0  # of the run we are in
    is_last: bool = False  # the last piece had no class
    touches: bool = False  # nothing stood between it and here
    runs: dict[str, tuple[int, int]] = field(default_factory=dict)  # label -> first and last

    def name(self) -> str:
        """Begin a piece; return its name."""
        self.count += 1
        if not self.touches:
            self.first = self.count
        return f"\x00{self.count}"

    def refer(self, label: str) -> None:
        """Meet a reference."""
        if self.touches:
            self.runs.setdefault(label, (self.first, self.count))


class _Reader:
    """Feeds an `ArticleBuilder` with the blocks of a file."""

    def __init__(self, builder: ArticleBuilder, labels: Collection[str], *, is_ours: bool) -> None:
        self._builder = builder
        self._is_ours = is_ours
        self._inline = InlineReader(labels, is_ours)
        self._open: list[tuple[SpanKind | None, list[str]]] = []  # kind or mark, addresses
        self._counts: dict[SpanKind, int] = {}
        self.nameless = _Nameless()
        self.references: list[str] = []

    @property
    def images(self) -> int:
        """How many images were left out."""
        return self._inline.images

    def block(self, found: FoundBlock) -> None:
        """Read one block."""
        events = self._inline.read(found.markdown)
        kind, level, number = _kind(found, events)
        self._open.clear()
        self._counts.clear()
        self._builder.begin(kind, level=level, number=number)
        words: list[str] = []
        for event in events:
            if event.sign is Sign.WORDS:
                words.append(event.value)
                continue
            if event.sign is Sign.CELL and kind is not BlockKind.ROW and not self._is_ours:
                words.append(" ")  # a tab that somebody typed: cells stand in rows alone
                continue
            self._words(words)
            self._take(event)
        self._words(words)
        self._builder.end()

    def _words(self, words: list[str]) -> None:
        """Add words to the block and forget them."""
        if words:
            self._builder.text("".join(words))
            self.nameless.touches = False
            words.clear()

    def _take(self, event: Event) -> None:
        if event.sign is Sign.CELL:
            self._builder.cell_break()
        elif event.sign is Sign.MARK:
            if len(self._open) < _DEEPEST:
                names = list(dict.fromkeys(event.value.split()))
                self.nameless.is_last = not names
                names = names or [self.nameless.name()]
                self._begin(None, [f"{_MARK}{name}" for name in names])
        elif event.sign is Sign.UNMARK:
            self._end(None)
            self.nameless.touches = self.nameless.is_last
        elif event.sign is Sign.REFERENCE:
            self.references.append(event.value)
            self.nameless.refer(event.value)
        elif event.kind is not None:
            self._span(event, event.kind)

    def _span(self, event: Event, kind: SpanKind) -> None:
        """Open or close a span; only the outermost of one kind counts."""
        if event.sign is Sign.OPEN:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            if self._counts[kind] == 1:
                self._begin(kind, [event.value])
        elif self._counts.get(kind):
            self._counts[kind] -= 1
            if not self._counts[kind]:
                self._end(kind)

    def _begin(self, kind: SpanKind | None, addresses: list[str]) -> None:
        for address in addresses:
            self._builder.open_span(kind or SpanKind.CODE, address)
        self._open.append((kind, addresses))

    def _end(self, kind: SpanKind | None) -> None:
        """Close what was opened last of a kind; what was opened since is opened again."""
        depth = len(self._open) - 1
        while depth >= 0 and self._open[depth][0] is not kind:
            depth -= 1
        if depth < 0:
            return
        above = self._open[depth + 1 :]
        for _, addresses in self._open[depth:]:
            for _ in addresses:
                self._builder.close_span()
        del self._open[depth:]
        for other, addresses in above:
            self._begin(other, addresses)


def _kind(found: FoundBlock, events: list[Event]) -> tuple[BlockKind, int, int | None]:
    """Return kind, level and number of a block, from its words too."""
    kind, level, number = found.kind, found.level, found.number
    signs = {event.sign for event in events}
    said = [read_comment(event.value) for event in events if event.sign is Sign.COMMENT]
    known: Said | None = next((comment for comment in said if comment), None)
    if kind is BlockKind.PARAGRAPH:
        if Sign.CAPTION in signs:
            kind = BlockKind.CAPTION
        elif Sign.PREFORMATTED in signs:
            kind = BlockKind.PREFORMATTED
        elif known and known.kind is not BlockKind.ITEM:
            kind = known.kind
        elif Sign.CELL in signs:
            kind = BlockKind.ROW
    elif kind is BlockKind.ITEM and known:
        level = known.level if known.level is not None else level
        number = known.number if known.number is not None else number
    return kind, level, number


def read_article(
    lines: Sequence[str],
    labels: Collection[str],
    metadata: Metadata,
    max_characters: int,
    *,
    is_ours: bool = False,
) -> FoundArticle:
    """Return the article and its marks.

    Args:
        lines: of the article.
        labels: of the footnotes in the file.
        metadata: of the article.
        max_characters: the length in code points beyond which the text is refused.
        is_ours: whether we wrote the file, and people may have been at it since.

    Raises:
        UserError: there is no text, or too much.
    """
    builder = ArticleBuilder(metadata, max_characters=max_characters)
    reader = _Reader(builder, labels, is_ours=is_ours)
    for block in find_blocks(lines):
        reader.block(block)
    article = builder.finish()
    spans = []
    ranges: dict[str, Range] = {}
    for span in article.spans:
        if span.kind is SpanKind.CODE and span.address.startswith(_MARK):
            name = span.address.removeprefix(_MARK)
            start, end = ranges.get(name, (span.start, span.end))
            ranges[name] = (min(start, span.start), max(end, span.end))
        elif span.kind is not SpanKind.LINK or is_address(span.address):
            spans.append(span)
    nameless = {}
    for label, (first, last) in reader.nameless.runs.items():
        run = ranges.get(f"\x00{first}"), ranges.get(f"\x00{last}")
        if run[0] and run[1]:
            nameless[label] = (run[0][0], run[1][1])
    named = {name: found for name, found in ranges.items() if not name.startswith("\x00")}
    runs = [run for label, run in reader.nameless.runs.items() if label not in named]
    referred = {f"\x00{number}" for first, last in runs for number in range(first, last + 1)}
    plain = [ranges[name] for name in ranges if name not in referred and name not in named]
    return FoundArticle(
        replace(article, spans=tuple(spans)),
        named,
        reader.references,
        nameless,
        plain,
        reader.images,
    )
