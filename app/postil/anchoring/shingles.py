"""Where in a large text runs of three words stand, to find candidates without reading it all."""

import re
from collections import defaultdict
from collections.abc import Iterator

_RUN = 3  # words to a shingle
_COMMON = 64  # a shingle that stands in more places tells nothing
_BIN = 128  # code points; edits shift the rest of a passage by less than this

# Scripts without spaces between words: there each character is a word of its own.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_WORD = re.compile(f"[{_UNSPACED}]|[^\\W{_UNSPACED}]+")


class ShingleIndex:
    """The places of all shingles of one text.

    Args:
        text: the text; 1 MB takes about a fifth of a second.
    """

    def __init__(self, text: str) -> None:
        self._places: defaultdict[int, list[int]] = defaultdict(list)
        for key, at in _shingles(text):
            self._places[key].append(at)

    def likely_starts(self, passage: str, most: int) -> list[int]:
        """Return where the passage may begin, the likeliest first.

        Args:
            passage: words that may have been edited.
            most: how many places are wanted at most.
        """
        votes: defaultdict[int, int] = defaultdict(int)
        for key, offset in _shingles(passage):
            places = self._places.get(key, ())
            if len(places) > _COMMON:
                continue
            for place in places:
                votes[(place - offset) // _BIN] += 1
        sums = {
            box: votes[box] + max(votes.get(box - 1, 0), votes.get(box + 1, 0))
            for box in list(votes)
        }
        chosen: list[int] = []
        for box in sorted(sums, key=lambda box: (-sums[box], box)):
            if len(chosen) == most:
                break
            if all(abs(box - other) > 1 for other in chosen):
                chosen.append(box)
        return [box * _BIN for box in chosen]


def likeness(one: str, other: str) -> float:
    """Return how much two texts have in common, 0 to 1: the share of their runs of three words.

    Texts of fewer words are alike when they have the same.
    """
    runs = [{key for key, _ in _shingles(text)} for text in (one, other)]
    if not all(runs):
        return float(_WORD.findall(one.casefold()) == _WORD.findall(other.casefold()))
    return 2 * len(runs[0] & runs[1]) / (len(runs[0]) + len(runs[1]))


def _shingles(text: str) -> Iterator[tuple[int, int]]:
    """Yield (key, offset) of each run of three words."""
    words = [(match.group().casefold(), match.start()) for match in _WORD.finditer(text)]
    for (one, at), (two, _), (three, _) in zip(words, words[1:], words[2:], strict=False):
        yield hash((one, two, three)), at
