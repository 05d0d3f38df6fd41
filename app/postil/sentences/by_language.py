"""Sentences by pysbd, whose rules know the abbreviations of a language.

It is asked about a window at a time, for its time grows with the square of the text; and it
returns words without places, some of them changed, so each sentence is looked up in the text.
"""

import re
import warnings
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pysbd import Segmenter

# First subtags of the languages that pysbd has rules for.
_LANGUAGES: Final = frozenset(
    {
        "am", "ar", "bg", "da", "de", "el", "en", "es", "fa", "fr", "hi", "hy",
        "it", "ja", "kk", "mr", "my", "nl", "pl", "ru", "sk", "ur", "zh",
    }
)  # fmt: skip
_CLOSING: Final = "\"'”’»›)]」』）】》"
_WINDOW: Final = 1_000  # code points; the worst we found to put in one takes 0.1 s


def knows(language: str) -> bool:
    """Return whether there are rules for a language (BCP 47)."""
    return _primary(language) in _LANGUAGES


def finder(language: str) -> Callable[[str], Iterator[int]]:
    """Return what yields the beginnings of sentences in a language that is known."""
    return partial(_starts, _segmenter(_primary(language)))


def _primary(language: str) -> str:
    return re.split("[-_]", language, maxsplit=1)[0].lower()


@lru_cache(maxsize=4)
def _segmenter(language: str) -> "Segmenter":
    with warnings.catch_warnings():
        # Python tells of escapes in its patterns when it first compiles them; they are right.
        warnings.simplefilter("ignore", SyntaxWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        from pysbd import Segmenter
    return Segmenter(language=language)


def _starts(segmenter: "Segmenter", text: str) -> Iterator[int]:
    """Yield where sentences of a text begin, the first at 0.

    The last sentence of a window may go on behind it: the next window begins with it.
    """
    yield 0
    at = 0
    while at < len(text):
        found = [at + start for start in _in_window(segmenter, text[at : at + _WINDOW])]
        yield from found
        is_last = at + _WINDOW >= len(text)
        at = found[-1] if found and not is_last else at + _WINDOW


def _in_window(segmenter: "Segmenter", window: str) -> Iterator[int]:
    """Yield where sentences begin, without the first."""
    reached = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of how it calls `re.sub`
        sentences = segmenter.processor(window).process() or ()
    for sentence in sentences:
        words = sentence.strip()
        start = window.find(words, reached) if words else -1
        if start < 0:  # changed by it: it stays with the one before
            continue
        if reached and _is_parted(window, reached, start):
            first = _after_closing(window, start)
            if first < len(window):
                yield first
        reached = start + len(words)


def _is_parted(window: str, end: int, start: int) -> bool:
    """Return whether a sentence found at `start` does not begin within a word of the former."""
    return start > 0 and (window[end:start].isspace() or not window[start - 1].isalnum())


def _after_closing(window: str, start: int) -> int:
    """Return a beginning moved behind marks that close the sentence before it."""
    if window[start - 1].isspace():
        return start
    rest = window[start:].lstrip(_CLOSING)
    return len(window) - len(rest.lstrip() if len(rest) < len(window) - start else rest)
