"""Equal runs of two sequences, in time that grows with their length and not with its square.

What stands just once on either side holds the two together; only short stretches between
such places are compared in full.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher

_FULL = 60_000  # pairs of items that are compared in full
_DEPTH = 12  # how often a stretch is searched again for what is unique in it

Match = tuple[int, int, int]  # where in one, where in the other, how many items


def matches(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[Match]:
    """Return the runs that two sequences share, in order; touching runs are one."""
    joined: list[Match] = []
    for at, there, length in _between(one, other, (0, len(one), 0, len(other)), _DEPTH):
        if joined:
            i, j, n = joined[-1]
            if (i + n, j + n) == (at, there):
                joined[-1] = (i, j, n + length)
                continue
        joined.append((at, there, length))
    return joined


def _between(
    one: Sequence[Hashable],
    other: Sequence[Hashable],
    stretch: tuple[int, int, int, int],
    depth: int,
) -> Iterator[Match]:
    """Yield the shared runs of one[a:b] and other[c:d] in order."""
    a, b, c, d = stretch
    head = 0
    while a + head < b and c + head < d and one[a + head] == other[c + head]:
        head += 1
    if head:
        yield a, c, head
    a, c = a + head, c + head
    tail = 0
    while b - tail > a and d - tail > c and one[b - tail - 1] == other[d - tail - 1]:
        tail += 1
    b, d = b - tail, d - tail
    if a < b and c < d:
        yield from _within(one, other, (a, b, c, d), depth)
    if tail:
        yield b, d, tail


def _within(
    one: Sequence[Hashable],
    other: Sequence[Hashable],
    stretch: tuple[int, int, int, int],
    depth: int,
) -> Iterator[Match]:
    a, b, c, d = stretch
    anchors = _anchors(one, other, stretch) if depth else []
    if anchors:
        for i, j in (*anchors, (b, d)):
            yield from _between(one, other, (a, i, c, j), depth - 1)
            if i < b:
                yield i, j, 1
            a, c = i + 1, j + 1
    elif (b - a) * (d - c) <= _FULL:
        matcher = SequenceMatcher(None, one[a:b], other[c:d], autojunk=False)
        for i, j, length in matcher.get_matching_blocks():
            if length:
                yield a + i, c + j, length


def _anchors(
    one: Sequence[Hashable], other: Sequence[Hashable], stretch: tuple[int, int, int, int]
) -> list[tuple[int, int]]:
    """Return the longest row of items that are unique on both sides and in the same order."""
    a, b, c, d = stretch
    counts, theirs = Counter(one[a:b]), Counter(other[c:d])
    places = {other[j]: j for j in range(c, d) if theirs[other[j]] == 1}
    pairs = [(i, places[one[i]]) for i in range(a, b) if counts[one[i]] == 1 and one[i] in places]
    ends: list[int] = []  # smallest last place of a row of each length
    rows: list[int] = []  # which pair that is
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        before.append(rows[length - 1] if length else -1)
        ends[length : length + 1] = [j]
        rows[length : length + 1] = [number]
    chosen = []
    number = rows[-1] if rows else -1
    while number >= 0:
        chosen.append(pairs[number])
        number = before[number]
    return chosen[::-1]
