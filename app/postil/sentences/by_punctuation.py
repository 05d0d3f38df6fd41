"""Sentences by their punctuation alone: for languages without rules of their own.

In one pass, whatever the text is: no part of the pattern can be tried twice at one place.
"""

import re
from collections.abc import Iterator
from typing import Final

_ENDS: Final = ".!?…؟۔।॥։።፧።។"
_FULL_WIDTH: Final = "。！？｡．"  # no blank follows them
_CLOSING: Final = "\"'”’»›)\\]」』）】》"
_END = re.compile(
    f"(?<![{_ENDS}])[{_ENDS}]++[{_CLOSING}“«]*+\\s++"
    f"|(?<![{_FULL_WIDTH}])[{_FULL_WIDTH}]++[{_CLOSING}]*+\\s*+"
)
_OPENING: Final = "\"'“”„‘’‚«»‹›(["
_BEFORE: Final = 12  # code points looked at before a full stop
# Short for what comes before a name, in several languages.
_TITLES: Final = frozenset(
    {
        "Dr", "Mr", "Mrs", "Ms", "Prof", "St", "Sr", "Sra", "Dra", "Hr", "Fr",
        "Ing", "Mgr", "Msgr", "Rev", "Gen", "Col", "Lt", "Sgt", "Sen", "Rep", "Gov",
    }
)  # fmt: skip


def starts(text: str) -> Iterator[int]:
    """Yield where sentences of a text begin, the first at 0."""
    yield 0
    seen, has_words = 0, False
    for end in _END.finditer(text):
        has_words = has_words or any(map(str.isalnum, text[seen : end.start()]))
        seen = end.end()
        if has_words and seen < len(text) and _is_end(text, end):
            has_words = False
            yield seen


def _is_end(text: str, end: re.Match[str]) -> bool:
    """Return whether a sentence ends here, by what stands on both sides."""
    if end[0][0] in _FULL_WIDTH:
        return True
    following = text[end.end() : end.end() + 4].lstrip(_OPENING)[:1]
    if following.islower():
        return False
    if end[0].rstrip() != ".":
        return True
    word = text[max(end.start() - _BEFORE, 0) : end.start()].rsplit(None, 1)[-1].lstrip(_OPENING)
    is_initial = len(word) == 1 and word.isupper()
    is_ordinal = word.isdigit() and len(word) <= 2
    is_before_number = following.isdigit() and word.isalpha() and len(word) <= 3
    return not (is_initial or is_ordinal or is_before_number or word in _TITLES)
