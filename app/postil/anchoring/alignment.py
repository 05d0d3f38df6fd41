"""Approximate comparison of strings, through edlib.

edlib compares bytes; a code point is told by its low byte. Two characters that share it
count as alike here, which moves a similarity a little and an offset not at all: one byte is
one code point. Whether words are really the same is asked of the text itself.
"""

import re

import edlib

from postil.anchoring.quotation import Quotation

LONG = 2048  # code points beyond which a quotation is found by its two ends
EDGE = 512  # code points of such an end

_STEPS = re.compile(r"(\d+)([=XID])")


def codes(text: str) -> bytes:
    """Return one byte for each code point."""
    return text.encode("utf-32-le", "surrogatepass")[::4]


def similarity(one: bytes, other: bytes) -> float:
    """Return how alike two strings are, from 0 to 1: 1 less the edits per character."""
    longer = max(len(one), len(other))
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    distance: int = edlib.align(one, other, mode="NW", task="distance")["editDistance"]
    return 1 - distance / longer


def beginning(one: bytes, other: bytes) -> float:
    """Return how alike a string is to the beginning of another, however that goes on."""
    if not one or not other:
        return 0.0
    if other.startswith(one):
        return 1.0
    distance: int = edlib.align(one, other, mode="SHW", task="distance")["editDistance"]
    return 1 - distance / len(one)


def fit(quotation: Quotation, text: bytes, low: int, high: int) -> tuple[int, int] | None:
    """Return where the quotation lies best between two offsets of the text.

    Prefix and suffix take part, so that edited words at the ends find their place.

    Args:
        quotation: what to look for.
        text: the codes of the text.
        low: first code point of the window.
        high: code point after the window.

    Returns:
        A range, or None when nothing of the words is there.
    """
    exact, prefix, suffix = codes(quotation.exact), codes(quotation.prefix), codes(quotation.suffix)
    if len(exact) <= LONG:
        start, end = _lay(prefix + exact + suffix, len(prefix), len(exact), text, low, high)
    else:
        start, _ = _lay(prefix + exact[:EDGE], len(prefix), EDGE, text, low, high)
        rest = len(exact) - EDGE
        _, end = _lay(
            exact[-EDGE:] + suffix, 0, EDGE, text, start + rest // 2, start + 2 * rest + 2 * EDGE
        )
    return (start, end) if start < end <= len(text) else None


def _lay(
    needle: bytes, offset: int, length: int, text: bytes, low: int, high: int
) -> tuple[int, int]:
    """Return where a part of the needle comes to lie in its best place in the window."""
    window = text[low:high]
    if not window:
        return low, low
    result = edlib.align(needle, window, mode="HW", task="path")
    at, of_needle = low + result["locations"][0][0], 0
    start = end = at
    for count, step in _STEPS.findall(result["cigar"]):
        run = int(count)
        if step == "D":  # only in the text: at an edge of the part it stays outside
            at += run
            continue
        advance = 0 if step == "I" else 1  # only in the needle: takes no room in the text
        if of_needle <= offset < of_needle + run:
            start = at + advance * (offset - of_needle)
        if of_needle < offset + length <= of_needle + run:
            end = at + advance * (offset + length - of_needle)
        at += advance * run
        of_needle += run
    return start, end
