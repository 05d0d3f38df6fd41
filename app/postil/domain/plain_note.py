"""A note as plain words, for lists that show a line or two of it: without the signs of Markdown.

Nothing is parsed: signs that come in pairs around words, and those that begin a line, are
taken off, so that any text comes out at once and no word is lost but the address of a link.
"""

import re

_LONGEST = 300  # code points between two signs; bounds the time that any text takes
_BEGINS = re.compile(r"^[ \t]*(?:[-*+]|\d{1,9}[.)]|>|#{1,6})[ \t]+", re.MULTILINE)
_EMPTY_FIELD = re.compile(
    r"^[ \t]*(?:[-*+][ \t]+)?\*\*[^*:\n]{1,60}(?::\*\*|\*\*:)[ \t]*$", re.MULTILINE
)
_PAIRS = (
    (re.compile(rf"!?\[([^\[\]\n]{{1,{_LONGEST}}})\]\([^()\n]{{0,{_LONGEST}}}\)"), r"\1"),
    (re.compile(rf"(\*\*|__)(?=\S)([^*_\n]{{1,{_LONGEST}}})(?<=\S)\1"), r"\2"),
    (re.compile(rf"(?<![\w*_])([*_])(?=\S)([^*_\n]{{1,{_LONGEST}}})(?<=\S)\1(?![\w*_])"), r"\2"),
    (re.compile(rf"`([^`\n]{{1,{_LONGEST}}})`"), r"\1"),
)


def plain_note(note: str) -> str:
    """Return the words of a note, line by line.

    Args:
        note: Markdown; any text.
    """
    plain = _BEGINS.sub("", note)
    for pattern, words in _PAIRS:
        plain = pattern.sub(words, plain)
    return plain


def note_in_one_line(note: str) -> str:
    """Return the words of a note with a dot between its lines; fields without a value are left out.

    Args:
        note: Markdown; any text.
    """
    plain = plain_note(_EMPTY_FIELD.sub("", note))
    lines = (" ".join(line.split()) for line in plain.split("\n"))
    return " · ".join(line for line in lines if line)
