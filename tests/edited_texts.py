"""Marks in texts that are edited by chance, whose true places are known, and their score.

The text is made from a seed: words by Zipf's law, one paragraph in twenty a boilerplate that
stands in several places. Every word keeps its identity through the edits, so the true place
of a mark is known.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from postil.anchoring import Place, TextIndex, describe

CHARACTERS = 1_000_000
MARKS = 1_000
LEAST_FOUND = 0.98
MOST_WRONG = 0.005
TEAR = 100  # code points between two words of a mark that is torn; a paragraph is longer
LETTERS = "etaoinshrdlcumwfgypbvk"

Word = tuple[int | None, str]  # (index in the first text, spelling); None for a new word
Paragraph = list[Word]


@dataclass(frozen=True)
class Score:
    """What became of the marks."""

    found: float  # of those of which no word was deleted
    wrong: float  # of all: placed, but less than half on their words
    gone_placed: int  # of the wrong ones, those whose words were all deleted
    gone: int
    open: int  # ambiguous or unplaced, though no word was deleted
    seconds: float


class Author:
    """Writes words by Zipf's law."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        spellings: dict[str, None] = {}
        while len(spellings) < 20_000:
            length = min(1 + int(chance.gammavariate(3.2, 1.5)) + len(spellings) // 8_000, 14)
            spellings["".join(chance.choices(LETTERS, k=length))] = None
        self._spellings = list(spellings)
        self._weights = [1 / (rank + 2.7) for rank in range(len(spellings))]

    def words(self, count: int) -> list[str]:
        return self._chance.choices(self._spellings, self._weights, k=count)

    def paragraph(self) -> list[str]:
        words = self.words(self._chance.randint(30, 130))
        for at in range(11, len(words), self._chance.randint(9, 17)):
            words[at] += "."
        words[-1] = words[-1].rstrip(".") + "."
        return words


def make_text(chance: random.Random, author: Author) -> list[Paragraph]:
    boilerplates = [author.paragraph() for _ in range(8)]
    paragraphs: list[Paragraph] = []
    length = index = 0
    while length < CHARACTERS:
        words = chance.choice(boilerplates) if chance.random() < 0.05 else author.paragraph()
        paragraphs.append([(index + at, word) for at, word in enumerate(words)])
        index += len(words)
        length += sum(len(word) + 1 for word in words)
    return paragraphs


def scatter(text: list[Paragraph], chance: random.Random, author: Author) -> list[Paragraph]:
    """Replace, delete or insert one word in twenty."""
    edited = []
    for paragraph in text:
        words: Paragraph = []
        for word in paragraph:
            kind = chance.choice(("replace", "delete", "insert")) if chance.random() < 0.05 else ""
            if kind == "insert":
                words.append((None, author.words(1)[0]))
            if kind == "replace":
                words.append((word[0], author.words(1)[0]))
            elif kind != "delete":
                words.append(word)
        edited.append(words)
    return [words for words in edited if words]


def block(text: list[Paragraph], chance: random.Random, author: Author) -> list[Paragraph]:
    """Delete, rewrite, reword, move or insert one paragraph in twenty."""
    edited: list[Paragraph] = []
    moved: list[Paragraph] = []
    for paragraph in text:
        kind = ""
        if chance.random() < 0.05:
            kind = chance.choice(("delete", "rewrite", "reword", "move", "insert"))
        if kind in {"rewrite", "insert"}:
            edited.append([(None, word) for word in author.paragraph()])
        if kind == "move":
            moved.append(paragraph)
        elif kind == "reword":
            edited.append(
                [
                    (at, author.words(1)[0] if chance.random() < 0.25 else word)
                    for at, word in paragraph
                ]
            )
        elif kind not in {"delete", "rewrite"}:
            edited.append(paragraph)
    for paragraph in moved:
        edited.insert(chance.randrange(len(edited)), paragraph)
    return edited


def typo(text: list[Paragraph], chance: random.Random, _: Author) -> list[Paragraph]:
    """Change one character of one word in twenty."""

    def mistype(word: str) -> str:
        at = chance.randrange(len(word))
        return word[:at] + chance.choice(LETTERS) + word[at + 1 :]

    return [
        [(at, mistype(word) if chance.random() < 0.05 else word) for at, word in paragraph]
        for paragraph in text
    ]


def spell(text: list[Paragraph]) -> tuple[str, dict[int, tuple[int, int]]]:
    """Return the text and the range of each word of the first text that is still in it."""
    ranges: dict[int, tuple[int, int]] = {}
    at = 0
    for paragraph in text:
        for index, word in paragraph:
            if index is not None:
                ranges[index] = (at, at + len(word))
            at += len(word) + 1
    return "\n".join(" ".join(word for _, word in words) for words in text), ranges


def runs(truth: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the ranges into which paragraphs moved or put in between tear a mark."""
    joined: list[tuple[int, int]] = []
    for start, end in truth:
        if joined and 0 <= start - joined[-1][1] < TEAR:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def overlap(place: Place, truth: tuple[int, int]) -> float:
    """Return the intersection of two ranges over their union."""
    assert place.start is not None
    assert place.end is not None
    shared = min(place.end, truth[1]) - max(place.start, truth[0])
    return max(shared, 0) / (max(place.end, truth[1]) - min(place.start, truth[0]))


def measure(edit: Callable, seed: int, *, knows_before: bool) -> Score:
    chance = random.Random(seed)
    author = Author(chance)
    first = make_text(chance, author)
    text, words = spell(first)
    edited, true_words = spell(edit(first, chance, author))
    marks = []
    for _ in range(MARKS):
        one = chance.randrange(len(words))
        last = min(one + max(round(chance.lognormvariate(2.4, 0.8)) - 1, 0), len(words) - 1)
        anchor = describe(text, words[one][0], words[last][1])
        truth = [true_words[at] for at in range(one, last + 1) if at in true_words]
        marks.append((anchor, truth, len(truth) == last + 1 - one))
    began = time.perf_counter()
    index = TextIndex(edited, text if knows_before else "")
    places = [
        index.resolve(start=a.start, end=a.end, exact=a.exact, prefix=a.prefix, suffix=a.suffix)
        for a, _, _ in marks
    ]
    seconds = time.perf_counter() - began
    found = wrong = gone = gone_placed = whole = left_open = 0
    for (_, truth, survives), place in zip(marks, places, strict=True):
        pieces = runs(truth)
        share = 0.0
        if place.placement.is_placed:
            share = max((overlap(place, piece) for piece in pieces), default=0.0)
        gone += not pieces
        gone_placed += not pieces and place.placement.is_placed
        wrong += place.placement.is_placed and share < 0.5
        if survives and len(pieces) == 1:
            whole += 1
            found += share >= 0.8
            left_open += not place.placement.is_placed
    return Score(found / max(whole, 1), wrong / MARKS, gone_placed, gone, left_open, seconds)


def another(text: list[Paragraph], _: random.Random, author: Author) -> list[Paragraph]:
    """Write a text with none of the words in it."""
    return [[(None, word) for word in author.paragraph()] for _ in text]


def tell(what: str, score: Score) -> str:
    return (
        f"\n{what:24} found {score.found:6.1%}, wrong {score.wrong:.1%}"
        f" ({score.gone_placed} of {score.gone} gone), open {score.open},"
        f" {score.seconds:.1f} s for {MARKS:,} marks in {CHARACTERS / 1e6:.0f} MB"
    )
