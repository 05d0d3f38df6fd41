"""Ids and codes for new tags, and warnings that a tag is there already.

Pure functions of names; where the result is stored, and what happens when two names give
the same id, is the library's business.
"""

import hashlib
import itertools
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from postil.domain.canonical import clean_line
from postil.domain.tags import Tag

_SLUG_LENGTH = 60  # characters of an id made from a name
_DIGEST_LENGTH = 8  # hexadecimal digits that stand for what a slug cannot say
_CODE_LENGTH = 4  # characters of a code, at most
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ASCII_WORDS = re.compile("[a-z0-9]+")
_ALPHABETS = 256  # different letters that edlib can compare
_SIMILAR = 0.84  # ratio from which two names are taken for the same; "colour", "colours": 0.92


def slug(name: str) -> str:
    """Return an id for a name: `[a-z0-9_-]+`, the same for the same name, never empty.

    Accents and case are dropped. Where letters are lost or the name is cut, a digest of the
    name is added, so that names in other scripts stay apart.
    """
    folded = _fold(name)
    words = re.findall("[a-z0-9]+", folded)
    short = "-".join(words)[:_SLUG_LENGTH].rstrip("-")
    lost = any(character.isalnum() and not character.isascii() for character in folded)
    if short and not lost and len(short) == len("-".join(words)):
        return short
    digest = hashlib.sha256(folded.encode()).hexdigest()[:_DIGEST_LENGTH]
    return f"{short}-{digest}" if short else f"tag-{digest}"


def new_code(name: str, taken: Collection[str]) -> str:
    """Return a code for a name that is not in use: one to four letters or digits, in capitals.

    Args:
        name: of the new tag.
        taken: the codes in use; a set, where there are many.

    Tries the first letters of its words, its first letter with another one of it, letters with
    a number, and last any four characters.
    """
    forms = (str.upper, str.lower, str.capitalize)
    return next(code for code in _codes(name) if not any(form(code) in taken for form in forms))


def _codes(name: str) -> Iterator[str]:
    """Yield codes for a name, the most telling first, and in the end every code there is."""
    words = re.findall(r"[^\W_]+", _fold(name).upper()) or ["T"]
    letters = "".join(words)
    if len(words) > 1:
        initials = "".join(word[0] for word in words)
        yield initials[:_CODE_LENGTH]
        yield initials[:2]
    yield from (letters[0] + other for other in letters[1:])
    yield from (letters[:2] + str(number) for number in range(1, 100))
    # From a place of the name's own, so that few are tried.
    start = int.from_bytes(hashlib.sha256(letters.encode()).digest()[:4])
    yield from map(_numbered_code, itertools.count(start))


def _numbered_code(number: int) -> str:
    """Return the code of full length with a number, counted round and round."""
    code = ""
    for _ in range(_CODE_LENGTH):
        number, digit = divmod(number, len(_ALPHABET))
        code = _ALPHABET[digit] + code
    return code


def near_duplicates(name: str, tags: Iterable[Tag]) -> list[Tag]:
    """Return the tags whose names are the same or nearly the same, the nearest first.

    Case, accents, punctuation and the order of words do not count.
    """
    import difflib  # asked for by people who make tags, not by every start

    import edlib

    wanted = _key(name)
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)  # the sequence it keeps its index of
    found: list[tuple[float, int, Tag]] = []
    for order, tag in enumerate(tags):
        key = _key(tag.name)
        # The ratio is 1 - edits / both lengths at most, which is told a hundred times as fast.
        both = len(key) + len(wanted)
        edits = int((1 - _SIMILAR) * both)
        if abs(len(key) - len(wanted)) > edits:
            continue
        if both <= _ALPHABETS and edlib.align(key, wanted, k=edits)["editDistance"] < 0:
            continue
        matcher.set_seq1(key)
        ratio = matcher.ratio()
        if ratio >= _SIMILAR:
            found.append((-ratio, order, tag))
    return [tag for _, _, tag in sorted(found, key=lambda item: item[:2])]


def _fold(name: str) -> str:
    """Return a name in one line without case and accents."""
    line = clean_line(name).casefold()
    if line.isascii():
        return line
    parts = unicodedata.normalize("NFKD", line)
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    return unicodedata.normalize("NFC", bare.casefold())  # NFKD brings capitals: № is No


@lru_cache(maxsize=1 << 14)  # all names are compared with each key in a field
def _key(name: str) -> str:
    """Return what of a name is compared: its folded words in alphabetical order."""
    folded = _fold(name)
    if folded.isascii():
        return " ".join(sorted(_ASCII_WORDS.findall(folded))) or folded
    # Marks that take up room, such as Indic vowels, are part of a word; \w leaves them out.
    kept = (part if unicodedata.category(part)[0] in "LMN" else " " for part in folded)
    return " ".join(sorted("".join(kept).split())) or folded
