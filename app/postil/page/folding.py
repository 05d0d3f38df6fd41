"""Text as a plain search sees it, and the way back to the code points of the article.

Capitals are small letters, the accents of European scripts are gone, all white space in a row
is one space, curly quotation marks are straight, and what is not to be seen is not there.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import partial

from postil.search.letters import PLAIN, folded_letter

_PIECE = 32_768  # code points folded at once: about a millisecond
_MANY = 64  # different letters, from which on one pass over the text is quicker than one for each
_SPACES = re.compile(r"\s+")


class Folded:
    """A text as plain searches see it, with the way back to its code points.

    Args:
        text: of an article; `prepare` makes it ready.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = ""
        self._pieces: list[str] = []
        self._at = self._length = 0
        self._seen: set[str] = set()
        self._changes: dict[str, str] = {}  # of the letters seen
        # Where text and folded text are not one for one: four columns of numbers, for there
        # can be a million of them.
        self._folded_starts: list[int] = []
        self._folded_ends: list[int] = []
        self._starts: list[int] = []
        self._ends: list[int] = []

    def prepare(self) -> Iterator[None]:
        """Fold the text piece by piece; goes on where another one stopped."""
        while self._at < len(self.text):
            end = min(self._at + _PIECE, len(self.text))
            piece = self._fold(self._at, end)
            self._pieces.append(piece)
            self._at, self._length = end, self._length + len(piece)
            yield
        if self._pieces:
            self.folded, self._pieces = "".join(self._pieces), []

    def locate(self, at: int) -> int | None:
        """Return the code point at which a place of `folded` is; None if it is inside one.

        What leaves nothing in the folded text belongs to the letter before it.
        """
        index = bisect_right(self._folded_starts, at) - 1
        if index < 0:
            return at
        beyond = at - self._folded_ends[index]
        if beyond >= 0:
            return self._ends[index] + beyond
        return self._starts[index] if at == self._folded_starts[index] else None

    def _fold(self, at: int, end: int) -> str:
        piece = self.text[at:end]
        if piece.isascii():
            folded = piece.casefold()
            for space in "\n\t":
                folded = folded.replace(space, " ")
            uneven = ""
        else:
            letters = set(piece)
            for letter in letters - self._seen:
                if (to := folded_letter(letter)) != letter:
                    self._changes[letter] = to
            self._seen |= letters
            changes = {letter: self._changes[letter] for letter in letters & self._changes.keys()}
            uneven = "".join(letter for letter, to in changes.items() if len(to) != 1)
            folded = _replaced(piece, {k: to for k, to in changes.items() if len(to) == 1})
        goes_on = at > 0 and folded.startswith(" ") and self.text[at - 1].isspace()
        if uneven or goes_on or "  " in folded:
            folded = self._cut(folded, at, end, uneven)
        return folded

    def _cut(self, folded: str, at: int, end: int, uneven: str) -> str:
        """Put in what is longer folded, leave out what is nothing, and remember where."""
        letters = f"|[{re.escape(uneven)}]" if uneven else ""
        parts: list[str] = []
        done, length = at, self._length
        # Begun one earlier, for white space may go on from the piece before.
        for found in re.compile(rf"\s\s+{letters}").finditer(self.text, max(at - 1, 0), end):
            start, stop = found.span()
            if stop <= at:
                continue
            is_space = stop > start + 1
            to = "" if is_space else folded_letter(found[0])
            start += is_space  # the first space stays
            part = folded[done - at : start - at]
            length += len(part)
            self._folded_starts.append(length)
            self._folded_ends.append(length + len(to))
            self._starts.append(start)
            self._ends.append(stop)
            parts += (part, to)
            done, length = stop, length + len(to)
        return "".join((*parts, folded[done - at :]))


def as_written(text: str) -> str:
    """Return words with plain quotation marks and single spaces."""
    return _SPACES.sub(" ", text).translate(PLAIN)


def without_case(text: str) -> str:
    """Return words also without capitals; accents are code points of their own."""
    decomposed = partial(unicodedata.normalize, "NFD")
    return decomposed(decomposed(as_written(text)).casefold())


def folded(text: str) -> str:
    """Return words as `Folded` has them."""
    return "".join(map(folded_letter, _SPACES.sub(" ", text)))


def _replaced(text: str, changes: dict[str, str]) -> str:
    if len(changes) > _MANY:
        return text.translate({ord(letter): to for letter, to in changes.items()})
    for letter, to in changes.items():
        text = text.replace(letter, to)
    return text
