"""How well a place fits a quotation, and how it ranks against others.

The likeness speaks of words alone and is held against a floor. The rank adds how near the
place is to where the words are expected: among equal passages position decides, but it never
makes a poor likeness good.
"""

import math
from dataclasses import dataclass

from postil.anchoring.alignment import EDGE, LONG, beginning, codes, similarity
from postil.anchoring.describe import CONTEXT
from postil.anchoring.quotation import Quotation

_CONTEXT_WEIGHT = 0.5  # a character of context against one of the words
_CHANCE = 0.35  # unrelated text is about so alike; that counts as nothing
_NEARNESS = 0.25  # what the expected place itself adds to a likeness
_STEP = 30  # code points; nearness falls with the logarithm of the distance in these
_CARRIED = 300  # code points from a carried place at which its nearness is half gone
_REACH = 3 * CONTEXT // 2  # code points looked at on either side


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may be the one."""

    start: int  # code points
    end: int
    words: float  # likeness of the words alone, 0 to 1
    context: float  # likeness of what stands around them, 0 to 1; 1 when none is known
    likeness: float  # of both, 0 to 1
    rank: float  # the likeness and the nearness to the expected place

    def is_outdone_by(self, better: "Candidate") -> bool:
        """Return whether this is but a worse reading of a better place.

        Equal words are a place of their own, even where they overlap as in "no no no".
        """
        if self.words == better.words == 1:
            return False
        return self.start < better.end and better.start < self.end


class Scorer:
    """Weighs the places of one quotation.

    Args:
        quotation: what is looked for.
        text: the codes of the text it is looked for in.
    """

    def __init__(self, quotation: Quotation, text: bytes) -> None:
        self._quotation = quotation
        self._text = text
        self._exact = codes(quotation.exact)
        self._prefix = codes(quotation.prefix)
        self._suffix = codes(quotation.suffix)
        self._farthest = math.log1p(max(len(text), 1) / _STEP)

    def weigh(self, start: int, end: int) -> Candidate:
        """Return the place with its figures."""
        words = self._words(start, end)
        around = len(self._prefix) + len(self._suffix)
        context = 1.0
        if around:
            # Read away from the words, so that what is put in or left out counts once.
            before = self._text[max(start - _REACH, 0) : start][::-1]
            after = self._text[end : end + _REACH]
            context = (
                len(self._prefix) * _above_chance(beginning(self._prefix[::-1], before))
                + len(self._suffix) * _above_chance(beginning(self._suffix, after))
            ) / around
        weight = _CONTEXT_WEIGHT * around
        likeness = (len(self._exact) * words + weight * context) / (len(self._exact) + weight)
        return Candidate(
            start, end, words, context, likeness, likeness + _NEARNESS * self._nearness(start)
        )

    def _words(self, start: int, end: int) -> float:
        found = self._text[start:end]
        if len(self._exact) <= LONG:
            return similarity(self._exact, found)
        lengths = sorted((len(self._exact), len(found)))
        return (
            similarity(self._exact[:EDGE], found[:EDGE])
            + similarity(self._exact[-EDGE:], found[-EDGE:])
            + lengths[0] / lengths[1]
        ) / 3

    def _nearness(self, start: int) -> float:
        if self._quotation.start is None:
            return 0.0
        distance = abs(start - self._quotation.start)
        if self._quotation.is_carried:
            return _CARRIED / (_CARRIED + distance)
        # How far edits shift a text is not known: each doubling of the distance counts alike.
        return max(1 - math.log1p(distance / _STEP) / self._farthest, 0)


def _above_chance(alike: float) -> float:
    """Return a likeness in which unrelated text counts as nothing."""
    return max(alike - _CHANCE, 0) / (1 - _CHANCE)
