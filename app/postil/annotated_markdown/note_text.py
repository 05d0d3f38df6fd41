"""A note's Markdown inside the file: what could end or break the file around it is escaped.

Outside code `<` is written as an entity, since a tag or a comment that is not closed would
swallow what follows, and so is `[` where it would begin a footnote. Pictures and links to
anything but the web and mail become words likewise: other viewers would load or run them. Such
entities that are in the note already get one more zero each time, so that reading undoes
exactly what writing did.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial

_TICKS = re.compile(r"(?<!`)`+")
_TAG_OUT = re.compile(r"<|&lt;|&#(0*)60;")
_TAG_BACK = re.compile(r"&lt;|&#(0*)60;")
_HARMLESS = r"(?![ \t]*(?i:https?:|mailto:|#))"
# What begins a picture, the address of a link, and that of one that is defined elsewhere.
_OPENERS = (
    (33, "!", "", r"(?=\[)"),
    (40, "(", r"(?<=\])", _HARMLESS),
    (58, ":", r"(?<=\])", _HARMLESS),
)
_OPENERS_OUT = [
    (code, re.compile(rf"{before}(?:{re.escape(sign)}|&#(0*){code};){after}"))
    for code, sign, before, after in _OPENERS
]
_OPENERS_BACK = [
    (code, sign, re.compile(rf"{before}&#(0*){code};{after}"))
    for code, sign, before, after in _OPENERS
]
_FOOTNOTE_OUT = re.compile(r"\A([ \t]*)(?:\[|&#(0*)91;)(?=\^)")
_FOOTNOTE_BACK = re.compile(r"\A([ \t]*)&#(0*)91;(?=\^)")


def note_to_file(note: str) -> str:
    """Return a canonical note as it stands in the file."""
    return _outside_code(note, _escape)


def note_from_file(written: str) -> str:
    """Return the note that `note_to_file` wrote; what it would not have written stays."""
    return _outside_code(written, _unescape)


def _escape(text: str) -> str:
    text = _TAG_OUT.sub(_tag_out, text)
    for code, opener in _OPENERS_OUT:
        text = opener.sub(partial(_opener_out, code), text)
    return text


def _opener_out(code: int, match: re.Match[str]) -> str:
    return f"&#{code};" if match[1] is None else f"&#0{match[1]}{code};"


def _tag_out(match: re.Match[str]) -> str:
    if match[1] is None:
        return "&lt;" if match[0] == "<" else "&#60;"
    return f"&#0{match[1]}60;"


def _unescape(text: str) -> str:
    for code, sign, opener in _OPENERS_BACK:
        text = opener.sub(partial(_opener_back, code, sign), text)
    return _TAG_BACK.sub(_tag_back, text)


def _opener_back(code: int, sign: str, match: re.Match[str]) -> str:
    return f"&#{match[1][1:]}{code};" if match[1] else sign


def _tag_back(match: re.Match[str]) -> str:
    if match[1] is None:
        return "<"
    return f"&#{match[1][1:]}60;" if match[1] else "&lt;"


def _footnote_out(match: re.Match[str]) -> str:
    return f"{match[1]}&#91;" if match[2] is None else f"{match[1]}&#0{match[2]}91;"


def _footnote_back(match: re.Match[str]) -> str:
    return f"{match[1]}&#{match[2][1:]}91;" if match[2] else f"{match[1]}["


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    """Apply a change to what is not code between ticks, line by line.

    From a tick without a partner on its line to the end of its paragraph nothing counts as code:
    viewers find the partner on another line, or none. Fences are no code either, since not every
    viewer knows them. The change neither makes nor removes ticks: both directions see the same.
    """
    lines, is_open = [], False
    for line in text.split("\n"):
        pieces = list(_parts(line))
        is_open = bool(line.strip(" \t")) and (
            is_open or any("`" in part for part, is_code in pieces if not is_code)
        )
        if is_open:
            changed = change(line)
        else:
            changed = "".join(part if is_code else change(part) for part, is_code in pieces)
        if change is _escape:
            changed = _FOOTNOTE_OUT.sub(_footnote_out, changed)
        else:
            changed = _FOOTNOTE_BACK.sub(_footnote_back, changed)
        lines.append(changed)
    return "\n".join(lines)


def _parts(line: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a line and whether each is code between ticks."""
    runs = [(match.start(), match.end()) for match in _TICKS.finditer(line)]
    closing: dict[int, list[int]] = {}  # run lengths -> their indexes, last first
    for index in range(len(runs) - 1, -1, -1):
        closing.setdefault(runs[index][1] - runs[index][0], []).append(index)
    at = index = 0
    while index < len(runs):
        start, end = runs[index]
        same = closing[end - start]
        while same and same[-1] <= index:
            same.pop()
        if same and not _is_escaped(line, start):
            yield line[at:start], False
            index = same[-1]
            at = runs[index][1]
            yield line[start:at], True
        index += 1
    yield line[at:], False


def _is_escaped(line: str, at: int) -> bool:
    before = line[max(0, at - 64) : at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1
