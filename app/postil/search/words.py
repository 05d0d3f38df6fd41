"""A text as the words searches find: letters folded, what cannot be seen left out.

Scripts written without spaces (Chinese, Japanese, Thai, Khmer and others), Hangul and
pictures such as emoji are cut into single letters: a query for several of them asks for
them in a row. In all other scripts a word is a run of letters, digits and their marks.
"""

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from postil.domain.canonical import BLOCK_BREAK
from postil.search.letters import folded_letter

# What the index was made by. Another version, or another Unicode, makes other words of the
# same text: the store then makes its index anew.
VERSION = f"1/{unicodedata.unidata_version}"

BETWEEN = " ¶ "  # parts that no phrase reaches across; the sign is in no word

# First and last code point of scripts that are cut into letters, in order.
_SINGLE = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1100, 0x11FF),  # Hangul
    (0x1780, 0x17FF),  # Khmer
    (0x1950, 0x19FF),  # Tai Le, New Tai Lue
    (0x1A20, 0x1AAF),  # Tai Tham
    (0x1B00, 0x1B7F),  # Balinese
    (0x2E80, 0x31FF),  # Chinese and Japanese, Hangul
    (0x3400, 0x9FFF),  # Chinese
    (0xA960, 0xA9FF),  # Hangul, Javanese, Myanmar
    (0xAA60, 0xAA7F),  # Myanmar
    (0xAC00, 0xD7FF),  # Hangul
    (0xF900, 0xFAFF),  # Chinese
    (0xFF66, 0xFFDC),  # Japanese and Hangul of half width
    (0x1AFF0, 0x1B16F),  # Japanese
    (0x20000, 0x3FFFF),  # Chinese
)
_STARTS = [first for first, _ in _SINGLE]
_WORD = re.compile(r"[a-z0-9\x80-\U0010ffff]+")
_MANY = 64  # different letters, from which on one pass is quicker than one for each


class Word(NamedTuple):
    """A word, folded, and where it stands."""

    text: str
    start: int  # code points
    end: int


def spaced(text: str) -> str:
    """Return a text with its words folded and spaces between them, as the index takes it.

    What is left of ASCII beside letters and digits parts words as a space does. No phrase
    reaches from one block into the next.
    """
    text = text.lower() if text.isascii() else _replaced(text)
    return text.replace(BLOCK_BREAK, BETWEEN)


def words(text: str) -> list[Word]:
    """Return the words of a text in order, with their places in code points."""
    changes = {letter: read(letter) for letter in set(text) if letter > "\x7f"}
    if all(len(to) == 1 for to in changes.values()):  # nearly all there is to read: in one go
        even = text.lower() if not changes else _replaced(text)
        return [Word(match[0], *match.span()) for match in _WORD.finditer(even)]
    cut: list[Word] = []
    letters: list[str] = []
    start = end = 0
    for at, letter in enumerate(text):
        for part in read(letter):
            if part != " ":
                start = start if letters else at
                end = at + 1
                letters.append(part)
            elif letters:
                cut.append(Word("".join(letters), start, end))
                letters = []
        if letters and unicodedata.combining(letter):
            end = at + 1  # an accent belongs to the letter it stands on
    if letters:
        cut.append(Word("".join(letters), start, end))
    return cut


@lru_cache(maxsize=8_192)
def read(letter: str) -> str:
    """Return what stands for a letter: nothing, a space between words, or letters of a word.

    A letter that is a word by itself has spaces on both sides.
    """
    if letter == BLOCK_BREAK:
        return " "
    category = unicodedata.category(letter)
    if category in {"Cf", "Cs"} or "\ufe00" <= letter <= "\ufe0f" or letter >= "\U000e0100":
        return ""  # joiners and marks of direction; which picture of a sign is meant
    return "".join(map(_part, folded_letter(letter)))


def _part(letter: str) -> str:
    category = unicodedata.category(letter)
    if category == "So":
        return f" {letter} "
    if category[0] not in "LNM":
        return " "
    index = bisect_right(_STARTS, ord(letter)) - 1
    if index >= 0 and ord(letter) <= _SINGLE[index][1]:
        return f" {letter} "
    return letter


def _replaced(text: str) -> str:
    """Return a text with capitals, and every letter outside ASCII, replaced by what they read."""
    letters = {letter for letter in set(text) if letter > "\x7f" or "A" <= letter <= "Z"}
    if len(letters) > _MANY:
        return text.translate({ord(letter): read(letter) for letter in letters})
    for letter in letters:
        text = text.replace(letter, read(letter))
    return text
