"""The language of a text, guessed from its words where nobody says it."""

from typing import Final

_CHARACTERS: Final = 10_000  # more of it changes nothing
# Old or wide codes of the library, and what they are called now.
_TODAY: Final = {"iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro", "sh": "sr", "no": "nb"}


def guessed_language(text: str) -> str:
    """Return the language of most of a text (BCP 47), or nothing where that is not sure."""
    try:
        import pycld2  # no wheels for every machine
    except ImportError:
        return ""
    sample = "".join(c if c.isprintable() else " " for c in text[:_CHARACTERS])
    try:
        is_sure, _, found = pycld2.detect(sample.encode(errors="ignore"), isPlainText=True)
    except pycld2.error:  # it refuses some letters that are not assigned yet
        return ""
    code = str(found[0][1])
    if not is_sure or code == "un" or code.startswith("xx"):
        return ""
    return _TODAY.get(code, code)
