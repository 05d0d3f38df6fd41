"""How the marks of a paragraph lie over each other: order of painting, underline lanes, counts.

Worked out paragraph by paragraph and kept, so that scrolling asks only for what is new and
the lanes of a paragraph do not depend on what else is on the screen.
"""

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from postil.domain.annotation import Annotation, smallest_first
from postil.domain.article import Article
from postil.domain.overlaps import underline_lanes
from postil.page.marks import MarkIndex


@dataclass(frozen=True, slots=True)
class Layer:
    """One mark in one paragraph."""

    mark: Annotation
    lane: int  # of its underline, from 0; marks that overlap have different ones
    depth: int  # lanes that the marks it hangs together with take
    copies: int  # marks with this very range; told on the topmost of them, 1 on the others


class Layers:
    """The layers of each paragraph of an article.

    Args:
        article: what lies open.
        marks: its marks; whoever changes them calls `forget`.
    """

    def __init__(self, article: Article, marks: MarkIndex) -> None:
        self._blocks = article.blocks
        self._starts = [block.start for block in article.blocks]
        self._marks = marks
        self._known: dict[int, list[Layer]] = {}

    def of(self, block: int) -> list[Layer]:
        """Return the marks of a block by its index, the longest first: as they are painted."""
        layers = self._known.get(block)
        if layers is None:
            place = self._blocks[block]
            layers = stacked(self._marks.overlapping(place.start, place.end))
            self._known[block] = layers
        return layers

    def forget(self, start: int, end: int) -> None:
        """Drop what is known about the blocks that a range (code points) touches."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        last = bisect_right(self._starts, end)
        for block in [known for known in self._known if first <= known < last]:
            del self._known[block]

    def forget_all(self) -> None:
        """Drop everything that is known."""
        self._known.clear()


def stacked(marks: list[Annotation]) -> list[Layer]:
    """Return layers for marks in reading order, in the order of painting."""
    lanes = underline_lanes(marks)
    counts = Counter((mark.start, mark.end) for mark in marks)
    layers = []
    for mark in sorted(marks, key=smallest_first):  # the topmost copy comes first
        copies = counts.pop((mark.start, mark.end), 1)
        layers.append(Layer(mark, *lanes[mark.id], copies))
    layers.reverse()
    return layers
