"""Canonical text: the one form in which article text is stored, hashed and counted.

NFC; no control characters, noncharacters, paragraph separators or lone surrogates. Line
ends inside a block are U+2028, cells of a table row are joined by a tab; whoever makes
blocks puts those two in. All offsets in Postil are code points of this text.
"""

import hashlib
import re
import unicodedata

LINE_BREAK = "\u2028"  # a hard line break inside a block
CELL_BREAK = "\t"  # between the cells of a table row
_NAME = 60  # characters of a name in a sentence
BLOCK_BREAK = "\n"  # between blocks

_LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x85\u2029]")
# C0 and C1 controls, lone surrogates, the noncharacters of the BMP and of every plane.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)

# Overrides, embeddings and isolates: in a name they make what follows it read otherwise.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def clean_run(text: str, *, line_end: str = " ", tab: str = " ") -> str:
    """Return foreign text without the characters that canonical text never holds.

    Args:
        text: any string, lone surrogates included.
        line_end: what stands for a line end (LF, CR, CR LF, VT, FF, NEL, U+2029).
        tab: what stands for a tab.

    The result is not yet NFC: normal form is a matter of the whole block.
    """
    text = _LINE_ENDS.sub(line_end, text)
    if tab != "\t":
        text = text.replace("\t", tab)
    return _FORBIDDEN.sub("", text)


def normalise(text: str) -> str:
    """Return `text` in NFC."""
    return unicodedata.normalize("NFC", text)


def clean_note(text: str) -> str:
    """Return a note's Markdown in canonical form: NFC, LF, no controls, no outer blank lines."""
    text = normalise(clean_run(text, line_end="\n", tab="    "))
    lines = [line.rstrip(" ") if not line.strip() else line for line in text.split("\n")]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines)


def quoted_name(name: str) -> str:
    """Return a name somebody gave as a sentence can hold it: one line, not too long."""
    line = clean_line(name)
    return f"“{line if len(line) <= _NAME else line[: _NAME - 1] + '…'}”"


def clean_line(text: str) -> str:
    """Return `text` as one canonical line with single spaces, for titles, names and fields.

    Characters that turn the direction of what follows are left out: a name stands among others.
    """
    text = _TURNING.sub("", clean_run(text))
    return " ".join(normalise(text).replace(LINE_BREAK, " ").split())


def text_sha256(text: str) -> str:
    """Return the hexadecimal SHA-256 of `text` in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()
