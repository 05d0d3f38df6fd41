"""Ends of a range on the edges of words: an approximate place must not cut a word in two."""

import unicodedata
from collections.abc import Iterator
from itertools import product

from postil.anchoring.quotation import Quotation

_LONGEST = 24  # letters; what goes on longer is a script without spaces, and stays as it is


def on_word_edges(
    quotation: Quotation, text: str, start: int, end: int
) -> Iterator[tuple[int, int]]:
    """Yield the ranges nearest to a range that cut no word the quotation does not cut.

    Args:
        quotation: tells whether its own ends cut words.
        text: the text the range is in.
        start: first code point.
        end: code point after the range.
    """
    cuts_first = _cuts(quotation.prefix + quotation.exact, len(quotation.prefix))
    cuts_last = _cuts(quotation.exact + quotation.suffix, len(quotation.exact))
    starts = (start,) if cuts_first else _edges(text, start)
    ends = (end,) if cuts_last else _edges(text, end)
    for first, last in product(starts, ends):
        if first < last:
            yield first, last


def _edges(text: str, at: int) -> tuple[int, ...]:
    """Return both edges of the word that an offset cuts, or the offset if it cuts none."""
    if not _cuts(text, at):
        return (at,)
    left = right = at
    while left > 0 and _is_letter(text[left - 1]) and at - left < _LONGEST:
        left -= 1
    while right < len(text) and _is_letter(text[right]) and right - at < _LONGEST:
        right += 1
    return (left, right) if right - left < _LONGEST else (at,)


def _cuts(text: str, at: int) -> bool:
    return 0 < at < len(text) and _is_letter(text[at - 1]) and _is_letter(text[at])


def _is_letter(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character).startswith("M")
