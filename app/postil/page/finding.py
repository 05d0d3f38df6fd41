"""Finding words in an article: plain words as people mean them, or a regular expression.

A plain search reads query and text alike: capitals and small letters are the same, all white
space in a row is one space, curly quotation marks are straight, and what is not to be seen is
not there. Accents count once the query has one ("café"), else they do not ("cafe" finds both).
With `match_case` the letters must be the very ones, accents with them. A hit begins and ends
at whole letters: "s" is not found in half of "ß", nor without the accent that stands on it.

A regular expression sees the text as it is. It can take for ever, so the window has it
searched in the child process (`find_apart`), which is ended when its time is over.
"""

import json
import re
import unicodedata
import warnings
from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import lru_cache

from postil import isolation
from postil.domain.canonical import BLOCK_BREAK, clean_run, normalise
from postil.domain.errors import UserError
from postil.page.folding import Folded, as_written, folded, without_case

LIMIT = 10_000  # hits; more of them tell nobody anything
PATTERN_SECONDS = 2.0  # a regular expression takes no longer on one article

_BREATH = 256  # places looked at before others get their turn


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for."""

    words: str
    whole_words: bool = False
    match_case: bool = False
    regex: bool = False


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found."""

    ranges: tuple[tuple[int, int], ...] = ()  # code points, in order; none overlap, none is empty
    is_cut: bool = False  # there are more
    error: str = ""  # a sentence that says why the query cannot be searched for

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.ranges)


def find(
    text: str,
    query: str,
    *,
    whole_words: bool = False,
    match_case: bool = False,
    regex: bool = False,
    limit: int = LIMIT,
) -> Hits:
    """Return where a query is found in a text.

    Args:
        text: canonical text of an article.
        query: words, or a regular expression.
        whole_words: pass over what is part of a longer word.
        match_case: capitals and accents count.
        regex: the query is a regular expression; nothing ends one that takes too long.
        limit: how many hits are wanted.
    """
    wanted = Query(query, whole_words, match_case, regex)
    if regex:
        return _find_pattern(text, wanted, limit)
    search = searching(Folded(text), wanted, limit)
    while True:
        try:
            next(search)
        except StopIteration as end:
            hits: Hits = end.value
            return hits


def searching(prepared: Folded, query: Query, limit: int = LIMIT) -> Generator[None, None, Hits]:
    """Search for plain words in small steps, so that a window can go on between them.

    Args:
        prepared: the text; is made ready if it is not.
        query: what to look for; not a regular expression.
        limit: how many hits are wanted.

    Returns:
        The hits, when the steps have ended.
    """
    words = normalise(clean_run(query.words))
    wanted = folded(words)
    if not wanted:
        return Hits()
    yield from prepared.prepare()
    text, found, at = prepared.text, prepared.folded.find, 0
    fits = _test(text, words, query)
    ranges: list[tuple[int, int]] = []
    looked = 0
    while (at := found(wanted, at)) >= 0:
        start, end = prepared.locate(at), prepared.locate(at + len(wanted))
        place = None
        if start is not None and end is not None and fits(start, end):
            place = _trimmed(text, start, end)
        if place:
            if len(ranges) == limit:
                return Hits(tuple(ranges), is_cut=True)
            ranges.append(place)
            at += len(wanted)
        else:
            at += 1
        looked += 1
        if looked % _BREATH == 0:
            yield
    return Hits(tuple(ranges))


def _test(text: str, words: str, query: Query) -> Callable[[int, int], bool]:
    """Return what tells whether a range that is equal when folded is a hit."""
    read = as_written if query.match_case else without_case
    # Letters without accents find all: nothing is left to compare.
    is_loose = not query.match_case and without_case(words) == folded(words)
    exact = read(words)

    @lru_cache(maxsize=1_024)  # the same few ways to write them come again and again
    def is_written_so(words: str) -> bool:
        return read(words) == exact

    def fits(start: int, end: int) -> bool:
        if query.whole_words and not _is_whole(text, start, end):
            return False
        return is_loose or is_written_so(text[start:end])

    return fits


def find_apart(
    text: str,
    query: Query,
    limit: int = LIMIT,
    *,
    run: Callable[..., bytes] = isolation.run,
) -> Hits:
    """Search for a regular expression in the child process, for `PATTERN_SECONDS` at most.

    Args:
        text: of an article.
        query: what to look for.
        limit: how many hits are wanted.
        run: runs a task of the child.
    """
    asked = [query.words, query.whole_words, query.match_case, limit]
    payload = json.dumps(asked).encode() + b"\n" + text.encode()
    try:
        answer = run("find", payload, seconds=PATTERN_SECONDS, what="The search")
    except isolation.LimitError:
        return Hits(error="This expression takes too long or too much memory in this article.")
    except UserError as error:
        return Hits(error=str(error))
    numbers, is_cut, sentence = json.loads(answer)
    return Hits(tuple(zip(numbers[::2], numbers[1::2], strict=True)), is_cut, sentence)


def convert(payload: bytes) -> bytes:
    """Do in the child what `find_apart` asks for."""
    head, _, text = payload.partition(b"\n")
    words, whole_words, match_case, limit = json.loads(head)
    hits = _find_pattern(text.decode(), Query(words, whole_words, match_case, regex=True), limit)
    numbers = [number for place in hits.ranges for number in place]
    return json.dumps([numbers, hits.is_cut, hits.error]).encode()


def _find_pattern(text: str, query: Query, limit: int) -> Hits:
    flags = re.MULTILINE if query.match_case else re.MULTILINE | re.IGNORECASE
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what another Python may take otherwise
            pattern = re.compile(query.words, flags)
    except re.error as error:
        number = 1 if error.pos is None else error.pos + 1
        return Hits(error=f"The expression is wrong at character {number}: {error.msg}.")
    except (OverflowError, RecursionError):
        return Hits(error="The expression is too large to be searched for.")
    ranges: list[tuple[int, int]] = []
    for found in pattern.finditer(text):
        place = _trimmed(text, *found.span())
        if place and (not query.whole_words or _is_whole(text, *place)):
            if len(ranges) == limit:
                return Hits(tuple(ranges), is_cut=True)
            ranges.append(place)
    return Hits(tuple(ranges))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return a range without line feeds at its ends, or None if nothing is left."""
    while start < end and text[start] == BLOCK_BREAK:
        start += 1
    while start < end and text[end - 1] == BLOCK_BREAK:
        end -= 1
    return (start, end) if start < end else None


def _is_whole(text: str, start: int, end: int) -> bool:
    """Return whether a range cuts no word."""
    cuts_first = start > 0 and _in_word(text[start - 1]) and _in_word(text[start])
    return not cuts_first and not (
        end < len(text) and _in_word(text[end - 1]) and _in_word(text[end])
    )


def _in_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_" or unicodedata.category(letter).startswith("M")
