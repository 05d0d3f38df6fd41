"""Where in a text the words of a query stand, and those places with what stands around them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from postil.domain.canonical import BLOCK_BREAK
from postil.search.query import Term
from postil.search.words import Word, spaced, words

_BEFORE = 36  # code points of surroundings before the first hit
_LONGEST = 150  # code points of surroundings in all
_IN_WORD = r"[a-z0-9\x80-\U0010ffff]"  # of what `spaced` returns
_SPACE = re.compile(r"[\n\t\u2028]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a term stands."""

    start: int  # code points
    end: int
    term: int  # its number among those looked for


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A piece of a text with hits in it, as one line."""

    words: str
    matches: tuple[tuple[int, int], ...]  # code points of `words`


def sieve(terms: Sequence[Term]) -> Callable[[str], bool]:
    """Return what tells quickly whether a text may hold one of the terms; False is sure."""
    firsts = [
        re.escape(term.words[0]) + ("" if term.is_prefix else rf"(?!{_IN_WORD})") for term in terms
    ]
    pattern = re.compile(rf"(?<!{_IN_WORD})(?:{'|'.join(firsts)})")
    return lambda text: pattern.search(spaced(text)) is not None


def places(text: str, terms: Sequence[Term]) -> list[Place]:
    """Return where the terms stand in a text, in order; places may overlap."""
    cut = words(text)
    firsts: dict[str, list[int]] = {}
    beginnings: list[int] = []
    for number, term in enumerate(terms):
        if term.is_prefix and len(term.words) == 1:
            beginnings.append(number)
        else:
            firsts.setdefault(term.words[0], []).append(number)
    found: list[Place] = []
    for at, word in enumerate(cut):
        for number in firsts.get(word.text, ()):
            row = cut[at : at + len(terms[number].words)]
            if _stands(terms[number], row) and BLOCK_BREAK not in text[word.start : row[-1].end]:
                found.append(Place(word.start, row[-1].end, number))
        found += [
            Place(word.start, word.end, number)
            for number in beginnings
            if word.text.startswith(terms[number].words[0])
        ]
    return found


def ranges(text: str, terms: Sequence[Term]) -> list[tuple[int, int]]:
    """Return the ranges of all terms in a text: in order, none over another."""
    return joined(places(text, terms))


def joined(found: Sequence[Place]) -> list[tuple[int, int]]:
    """Return the ranges of places in order, those that overlap as one."""
    whole: list[tuple[int, int]] = []
    for place in found:
        if whole and place.start < whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], place.end))
        else:
            whole.append((place.start, place.end))
    return whole


def surroundings(text: str, found: Sequence[tuple[int, int]] = ()) -> Surroundings:
    """Return the piece of a text that begins shortly before its first hit.

    Args:
        text: several lines are shown as one.
        found: the hits, in code points and in order.
    """
    first = found[0][0] if found else 0
    start = 0
    if first > _BEFORE:
        start = first - _BEFORE
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else start
    end = len(text)
    if end - start > _LONGEST:
        end = start + _LONGEST
        space = text.rfind(" ", max(start + _LONGEST // 2, found[0][1] if found else 0), end)
        end = space if space > 0 else end
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shift = len(before) - start
    shown = [(a + shift, min(b, end) + shift) for a, b in found if a < end]
    return Surroundings(before + _SPACE.sub(" ", text[start:end]) + after, tuple(shown))


def _stands(term: Term, row: Sequence[Word]) -> bool:
    texts = tuple(word.text for word in row)
    if term.is_prefix and len(texts) == len(term.words):
        return texts[:-1] == term.words[:-1] and texts[-1].startswith(term.words[-1])
    return texts == term.words
