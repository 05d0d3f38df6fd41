"""One block cut into sentences that tile it, by language; asked again, it is not cut again."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from postil.domain.article import Article
from postil.sentences import by_language, by_punctuation

# A line or a cell is never the middle of a sentence: U+2028 ends the one, a tab the other.
_PART = re.compile("[^\t\u2028]+[\t\u2028]*|[\t\u2028]+")
# pysbd looks at a text again for each abbreviation in it; what is longer would be waited for.
_BLOCK_CHARACTERS: Final = 10_000
_BLOCKS_KEPT: Final = 512


@lru_cache(maxsize=_BLOCKS_KEPT)
def sentences_in(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Return the sentences of one block.

    Args:
        text: of the block, without line feeds.
        language: BCP 47, or empty where it is not known.

    Returns:
        (start, end) of each, code points of `text`, half open. They tile the text: what is
        blank between two belongs to the former.
    """
    if not text:
        return ()
    starts = dict.fromkeys(_starts(text, language))
    return tuple(zip(starts, [*starts, len(text)][1:], strict=True))


def _starts(text: str, language: str) -> Iterator[int]:
    """Yield where sentences begin, the first at 0."""
    find: Callable[[str], Iterator[int]] = by_punctuation.starts
    if len(text) <= _BLOCK_CHARACTERS and by_language.knows(language):
        find = by_language.finder(language)
    for part in _PART.finditer(text):
        for start in find(part[0]):
            yield part.start() + start


def sentences_at(article: Article, position: int) -> tuple[tuple[int, int], ...]:
    """Return the sentences of the block that holds a position, all in code points of the article.

    A block break belongs to the block before it.
    """
    block = article.blocks[article.block_at(position)]
    found = sentences_in(article.block_text(block), article.metadata.language)
    return tuple((block.start + start, block.start + end) for start, end in found)


def number_in(article: Article, position: int) -> int:
    """Return which sentence of its block holds a position (code points), from 1."""
    starts = [start for start, _ in sentences_at(article, position)]
    return max(bisect_right(starts, position), 1)
