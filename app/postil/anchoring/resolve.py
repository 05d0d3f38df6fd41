"""From selectors to a place in a text: cheap and sure means first, then approximate ones.

Position with equal words, then the words wherever they stand, then what is most like them.
A passage that is gone, or that could be in several places, is not placed but told with
guesses: a mark never moves silently to words it was not made on.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from postil.anchoring.alignment import LONG, codes, fit
from postil.anchoring.describe import trim
from postil.anchoring.quotation import Quotation
from postil.anchoring.score import Candidate, Scorer
from postil.anchoring.shingles import ShingleIndex
from postil.anchoring.words import on_word_edges
from postil.domain.annotation import Placement

SHORT = 12  # code points below which words alone do not tell a place
FLOOR = 0.6  # likeness below which a place is only a guess
WORDS_FLOOR = 0.6  # the same for the words without their context
LONE_FLOOR = 0.8  # the same for words of which no context is known
MARGIN = 0.05  # a runner-up as near as this makes the place ambiguous
_SURE = 0.95  # likeness of a place that ends the search
_CONTEXT_TELLS = 0.6  # likeness of the context that places short words

_OCCURRENCES = 64  # equal words that are looked at
_NEAR = 4_000  # code points looked through on both sides of the expected place
_WHOLE = 50_000  # code points of a text that is looked through whole
_LIKELY = 6  # places that shared shingles point to
_SLACK = 300  # code points looked through around such a place
_SURROUNDINGS = 1_500  # code points of the former text on both sides of a mark
_GUESSES = 5


@dataclass(frozen=True, slots=True)
class Place:
    """The answer: where the words are, or where they might be."""

    placement: Placement
    start: int | None  # code points; None unless placed
    end: int | None
    score: float  # likeness of the best place, 0 to 1
    guesses: tuple[tuple[int, int, float], ...] = ()  # (start, end, likeness), unless placed


class TextIndex:
    """One text in which any number of marks are to be found.

    Args:
        text: the canonical text of an article.
        before: the text the marks were made on, where it is known. What stands further
            around a mark in it tells equal passages of the new text apart.
    """

    def __init__(self, text: str, before: str = "") -> None:
        self._text = text
        self._before = before

    @cached_property
    def _codes(self) -> bytes:
        return codes(self._text)

    @cached_property
    def _shingles(self) -> ShingleIndex:
        return ShingleIndex(self._text)

    def resolve(
        self,
        *,
        start: int | None,
        end: int | None,
        exact: str | None,
        prefix: str = "",
        suffix: str = "",
        same_text: bool = False,
    ) -> Place:
        """Return the place of a mark, whatever its selectors are worth; never raises.

        Args:
            start: first code point, as claimed.
            end: code point after the range, as claimed.
            exact: the words, as claimed.
            prefix: what stood before them.
            suffix: what stood after them.
            same_text: whether the selectors refer to this very text (equal hash).
        """
        claimed = None
        if start is not None and end is not None:
            claimed = trim(self._text, start, end)
        quotation = Quotation.of(start, end, exact, prefix, suffix)
        if quotation is None:
            return self._by_position(claimed, same_text=same_text)
        at = quotation.start
        if at is not None and self._is_at(at, quotation, same_text=same_text):
            return Place(Placement.EXACT, at, at + len(quotation.exact), 1.0)
        quotation = self._carried_over(quotation)
        return self._decide(quotation, self._candidates(quotation))

    def _by_position(self, claimed: tuple[int, int] | None, *, same_text: bool) -> Place:
        """Answer where no words are told: the position counts in the same text only."""
        if claimed is None:
            return Place(Placement.UNPLACED, None, None, 0.0)
        if same_text:
            return Place(Placement.EXACT, *claimed, 1.0)
        return Place(Placement.UNPLACED, None, None, 0.0, ((*claimed, 0.0),))

    def _is_at(self, at: int, quotation: Quotation, *, same_text: bool) -> bool:
        """Return whether the words stand at the expected place, and not by chance."""
        if at < 0 or not self._text.startswith(quotation.exact, at):
            return False
        if same_text or len(quotation.exact) >= SHORT:
            return True
        here = Scorer(quotation, self._codes).weigh(at, at + len(quotation.exact))
        return here.context >= _CONTEXT_TELLS

    def _carried_over(self, quotation: Quotation) -> Quotation:
        """Return the quotation expected where its wider surroundings are now."""
        at = quotation.start
        if at is None or at < 0 or not self._before.startswith(quotation.exact, at):
            return quotation
        low = max(at - _SURROUNDINGS, 0)
        around = self._before[low : at + len(quotation.exact[:LONG]) + _SURROUNDINGS]
        for start in self._shingles.likely_starts(around, 1):
            return replace(quotation, start=start + at - low, is_carried=True)
        return quotation

    def _candidates(self, quotation: Quotation) -> list[Candidate]:
        """Return the places that may be meant, the best first, each part of the text once."""
        scorer = Scorer(quotation, self._codes)
        length = len(quotation.exact)
        found = {at: scorer.weigh(at, at + length) for at in self._occurrences(quotation)}
        sure = any(candidate.likeness >= _SURE for candidate in found.values())
        places = {
            place
            for window in self._windows(quotation, sure=sure)
            for place in self._fits(quotation, *window)
            if place != (place[0], place[0] + length) or place[0] not in found
        }
        everything = [*found.values(), *(scorer.weigh(*place) for place in places)]
        best: list[Candidate] = []
        for candidate in sorted(everything, key=lambda c: (-c.rank, c.start, c.end)):
            if not any(candidate.is_outdone_by(better) for better in best):
                best.append(candidate)
        return best

    def _occurrences(self, quotation: Quotation) -> set[int]:
        """Return where the very words stand; of very many places those that fit the context."""
        exact, before, after = quotation.exact, quotation.prefix, quotation.suffix
        places = set(self._find(exact, 0))
        if len(places) == _OCCURRENCES:
            for whole, lead in (
                (before + exact + after, len(before)),
                (before + exact, len(before)),
                (exact + after, 0),
            ):
                places.update(at + lead for at in self._find(whole, 0))
            if quotation.start is not None:
                places.update(self._find(exact, max(quotation.start - _NEAR, 0)))
        return places

    def _find(self, words: str, at: int) -> Iterator[int]:
        """Yield the first places of the words from an offset on."""
        for _ in range(_OCCURRENCES):
            at = self._text.find(words, at)
            if at < 0:
                return
            yield at
            at += 1

    def _windows(self, quotation: Quotation, *, sure: bool) -> Iterator[tuple[int, int]]:
        """Yield the parts of the text that are worth an approximate look."""
        length, whole = len(quotation.exact), len(self._text)
        if quotation.start is not None:
            low = max(quotation.start - _NEAR, 0)
            high = min(quotation.start + length + _NEAR, whole)
            if low < high:
                yield low, high
        if sure:
            return
        if whole <= _WHOLE:
            yield 0, whole
            return
        passage = quotation.prefix + quotation.exact[:LONG] + quotation.suffix
        for begin in self._shingles.likely_starts(passage, _LIKELY):
            at = begin + len(quotation.prefix)
            yield max(at - _SLACK, 0), min(at + length + _SLACK, whole)

    def _fits(self, quotation: Quotation, low: int, high: int) -> Iterator[tuple[int, int]]:
        """Yield the best place in a window, and the best on either side of it."""
        place = fit(quotation, self._codes, low, high)
        if place is None:
            return
        sides = ((low, place[0]), (place[1], high))
        for found in (place, *(fit(quotation, self._codes, *side) for side in sides)):
            if found is None:
                continue
            for whole in on_word_edges(quotation, self._text, *found):
                if trimmed := trim(self._text, *whole):
                    yield trimmed

    def _decide(self, quotation: Quotation, found: list[Candidate]) -> Place:
        """Choose the best place, if it is good enough and the only one."""
        guesses = tuple((c.start, c.end, c.likeness) for c in found[:_GUESSES])
        if not found:
            return Place(Placement.UNPLACED, None, None, 0.0)
        best = found[0]
        if _is_vague(quotation, found):
            return Place(Placement.AMBIGUOUS, None, None, best.likeness, guesses)
        if not _is_good(quotation, best):
            return Place(Placement.UNPLACED, None, None, best.likeness, guesses)
        if any(other.rank > best.rank - MARGIN for other in found[1:]):
            return Place(Placement.AMBIGUOUS, None, None, best.likeness, guesses)
        if self._text[best.start : best.end] != quotation.exact:
            placement = Placement.CHANGED
        else:
            placement = Placement.EXACT if quotation.start is None else Placement.MOVED
        return Place(placement, best.start, best.end, best.likeness)


def _is_good(quotation: Quotation, best: Candidate) -> bool:
    """Return whether a place is more than a guess; edited words ask for more than equal ones."""
    if best.words == 1:
        return best.likeness >= FLOOR
    if not quotation.has_context:
        return best.words >= LONE_FLOOR and len(quotation.exact) >= SHORT
    if len(quotation.exact) < SHORT and best.context < _CONTEXT_TELLS:
        return False
    return best.likeness >= FLOOR and best.words >= WORDS_FLOOR


def _is_vague(quotation: Quotation, found: list[Candidate]) -> bool:
    """Return whether the words are short, common, and not told apart by their context."""
    if len(quotation.exact) >= SHORT:
        return False
    if quotation.has_context and found[0].context >= _CONTEXT_TELLS:
        return False
    return sum(candidate.words == 1 for candidate in found) > 1
