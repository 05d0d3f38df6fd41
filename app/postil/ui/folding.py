"""Text for looking things up: upper case and accents do not matter to anybody who searches."""

import re
import unicodedata
from functools import lru_cache

_ACCENTS = re.compile("[\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+")


def fold(text: str) -> str:
    """Return `text` without the difference of case and accents, for comparing."""
    if text.isascii():
        return text.lower()
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))


@lru_cache(maxsize=1 << 15)
def folded(words: str) -> str:
    """Return `fold` of names and definitions, which are looked through again with each key."""
    return fold(words)
