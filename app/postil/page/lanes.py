"""Bars in the margin: each mark gets a column where no other bar stands beside it.

Bars that were on the page already keep their columns while it is scrolled, so that nothing
jumps from lane to lane under the reader's eye.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_APART = 1.0  # pixels between two bars in one column


@dataclass(frozen=True, slots=True)
class Bar:
    """The stretch of the margin beside one mark; heights in pixels."""

    mark_id: str
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Packed:
    """Where bars stand."""

    columns: Mapping[str, int]  # by mark id
    left_out: tuple[tuple[float, tuple[str, ...]], ...]  # (height, marks without a column there)


def pack(bars: Iterable[Bar], columns: int, kept: Mapping[str, int]) -> Packed:
    """Return a column for as many bars as there is room for.

    Args:
        bars: in reading order.
        columns: how many there are.
        kept: columns of bars that were shown before, kept where possible.
    """
    taken: list[list[tuple[float, float]]] = [[] for _ in range(columns)]
    placed: dict[str, int] = {}
    waiting = []
    for bar in bars:
        column = kept.get(bar.mark_id, columns)
        if column < columns and _take(taken[column], bar):
            placed[bar.mark_id] = column
        else:
            waiting.append(bar)
    left_out: dict[float, list[str]] = {}
    for bar in waiting:
        for column in range(columns):
            if _take(taken[column], bar):
                placed[bar.mark_id] = column
                break
        else:
            left_out.setdefault(bar.top, []).append(bar.mark_id)
    return Packed(placed, tuple((top, tuple(left_out[top])) for top in sorted(left_out)))


def _take(stretches: list[tuple[float, float]], bar: Bar) -> bool:
    """Take a stretch of a column if it is free; the stretches stand in order, apart."""
    at = bisect_right(stretches, (bar.top, bar.bottom))
    if at and stretches[at - 1][1] + _APART > bar.top:
        return False
    if at < len(stretches) and bar.bottom + _APART > stretches[at][0]:
        return False
    insort(stretches, (bar.top, bar.bottom))
    return True
