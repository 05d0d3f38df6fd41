"""One letter as searches see it: without case, without the accents of European scripts."""

import unicodedata
from functools import lru_cache

QUOTES = dict.fromkeys(map(ord, "‘’‚‛ʼ"), "'") | dict.fromkeys(map(ord, "“”„‟"), '"')
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"), "")  # hyphens and spaces of no width
PLAIN = QUOTES | UNSEEN
_LETTERS_OF_THEIR_OWN = "йЙ"  # what looks like an accent on them is none


@lru_cache(maxsize=8_192)
def folded_letter(letter: str) -> str:
    """Return what stands for a letter in plain searches: none, one or several code points."""
    if letter.isspace():
        return " "
    if letter in _LETTERS_OF_THEIR_OWN:
        return "й"
    before, after = "", letter
    while after != before:  # the small form of a letter may have an accent in turn
        before = after
        after = "".join(map(_without_accent, before)).casefold().translate(PLAIN)
    return after


def _without_accent(letter: str) -> str:
    """Return a letter without the accents of European scripts; others' marks are letters."""
    parts = unicodedata.normalize("NFD", letter)
    kept = [part for part in parts if not "\u0300" <= part <= "\u036f"]
    return "".join(kept) if len(kept) < len(parts) else letter
