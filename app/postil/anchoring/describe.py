"""From a range to an anchor: the position, the words and what stands around them."""

from postil.domain.annotation import Anchor
from postil.domain.canonical import BLOCK_BREAK

CONTEXT = 32  # code points kept before and after the marked words


def describe(text: str, start: int, end: int) -> Anchor:
    """Return the anchor of a range, trimmed of block breaks at both ends.

    Args:
        text: the canonical text of the article.
        start: first code point of the range.
        end: code point after the range.

    Raises:
        ValueError: the range is outside the text or has nothing but block breaks in it.
    """
    trimmed = trim(text, start, end)
    if trimmed is None:
        raise ValueError(f"no words in {start}-{end} of {len(text)} characters")
    start, end = trimmed
    return Anchor(
        start,
        end,
        text[start:end],
        text[max(start - CONTEXT, 0) : start],
        text[end : end + CONTEXT],
    )


def trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the range without block breaks at its ends; None when nothing is left of it."""
    if not 0 <= start < end <= len(text):
        return None
    words = text[start:end]
    start += len(words) - len(words.lstrip(BLOCK_BREAK))
    end -= len(words) - len(words.rstrip(BLOCK_BREAK))
    return (start, end) if start < end else None
