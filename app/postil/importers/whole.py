"""All that was read from a file, block by block, and what of it is the article.

The child hands it out where somebody wants to choose: the blocks round the article of a page
beside those in it, or the chapters of a book. An article is then put together from any of
them, without another look at the foreign bytes.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from postil.annotated_markdown import ParsedMark
from postil.domain.article import Article, Block, Metadata, Span
from postil.domain.canonical import BLOCK_BREAK

Marks = tuple[ParsedMark, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """Some blocks of a book."""

    title: str  # one line, or empty
    start: int  # its first block
    end: int  # the block after its last


@dataclass(frozen=True, slots=True)
class Whole:
    """All blocks of a file, in order."""

    article: Article  # made of all of them
    kept: tuple[bool, ...]  # of each block: whether the reader takes it for the article's
    marks: Marks = ()  # that came along; their pieces are ranges of this article
    chapters: tuple[Chapter, ...] = ()  # of a book


@dataclass(frozen=True, slots=True)
class Cut:
    """A place where what was left out goes on: how many blocks of each kind came before."""

    beside: int
    article: int


def interleaved(
    article: tuple[Article, Marks], beside: tuple[Article, Marks], cuts: Sequence[Cut]
) -> Whole:
    """Return an article and what stands round and in it as the page has them, in order.

    Args:
        article: what is kept.
        beside: what is left out.
        cuts: in order, the first one before everything.
    """
    order: list[tuple[bool, int]] = []  # is it kept, and which block of its kind
    ends = [*(cut.beside for cut in cuts[1:]), len(beside[0].blocks)]
    taken = 0
    for cut, end in zip(cuts, ends, strict=True):
        order += [(True, at) for at in range(taken, cut.article)]
        order += [(False, at) for at in range(cut.beside, end)]
        taken = max(taken, cut.article)
    order += [(True, at) for at in range(taken, len(article[0].blocks))]
    parts = [(article[0] if kept else beside[0], at) for kept, at in order]
    whole = _put_together(parts, article[0].metadata)
    marks: list[ParsedMark] = []
    for kept, (former, own) in ((True, article), (False, beside)):
        now = [block for block, at in zip(whole.blocks, order, strict=True) if at[0] is kept]
        marks += _moved(own, former.blocks, now, whole.text)
    marks.sort(key=lambda mark: mark.pieces or (0, 0))
    return Whole(whole, tuple(kept for kept, _ in order), tuple(marks))


def part_of(whole: Whole, wanted: Sequence[bool], metadata: Metadata) -> tuple[Article, Marks]:
    """Return the article made of some blocks, and the marks in them.

    Args:
        whole: has the blocks.
        wanted: whether each of them is wanted; at least one is.
        metadata: of the article.
    """
    chosen = [at for at, one in enumerate(wanted) if one]
    article = _put_together([(whole.article, at) for at in chosen], metadata)
    former = [whole.article.blocks[at] for at in chosen]
    return article, tuple(_moved(whole.marks, former, article.blocks, article.text))


def _put_together(parts: Sequence[tuple[Article, int]], metadata: Metadata) -> Article:
    """Return the article of these blocks of other articles, in this order."""
    texts: list[str] = []
    blocks: list[Block] = []
    spans: list[Span] = []
    at = 0
    for article, number in parts:
        block = article.blocks[number]
        by = at - block.start
        texts.append(article.block_text(block))
        blocks.append(replace(block, start=at, end=block.end + by))
        first = bisect_left(article.spans, block.start, key=lambda span: span.start)
        last = bisect_left(article.spans, block.end, lo=first, key=lambda span: span.start)
        spans += [
            replace(span, start=span.start + by, end=span.end + by)
            for span in article.spans[first:last]
        ]
        at = block.end + by + 1
    return Article(BLOCK_BREAK.join(texts), tuple(blocks), tuple(spans), metadata)


def _moved(
    marks: Sequence[ParsedMark], former: Sequence[Block], now: Sequence[Block], text: str
) -> list[ParsedMark]:
    """Return marks where their words stand now; those of whose words nothing is there are gone.

    Args:
        marks: with pieces in the former text.
        former: the blocks that are there still, as they were.
        now: the same blocks as they are.
        text: in which they are now.
    """
    found = []
    for parsed in marks:
        if parsed.pieces is None:
            continue
        start, end = parsed.pieces
        first = bisect_right(former, start, key=lambda block: block.end)
        last = bisect_left(former, end, key=lambda block: block.start) - 1
        if first > last:
            continue
        start = now[first].start + max(start - former[first].start, 0)
        end = now[last].start + min(end, former[last].end) - former[last].start
        mark = replace(parsed.mark, exact=text[start:end])
        found.append(replace(parsed, mark=mark, pieces=(start, end)))
    return found
