"""Fields of a note: items such as `- **Claim:** …` in Markdown that is free otherwise.

A field is one item of a list, or a line of its own; what stands in the lines below it up to an
empty line or another block belongs to it. Every Markdown reader shows them as a list.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_NAME = r"[^*:\n]{1,60}"
_FIELD = re.compile(
    rf" {{0,3}}(?:[-*+] +)?\*\*(?P<name>{_NAME})(?::\*\*|\*\*:)(?P<value>[ \t].*)?$"
)
_FENCE = re.compile(r" {0,3}(`{3,}(?!`)(?!.*`)|~{3,})")
_BLOCK = re.compile(r" {0,3}(?:[-*+>#|]|\d+[.)]|`{3}|~{3})")  # begins something new


@dataclass(frozen=True, slots=True)
class NoteField:
    """One field of a note."""

    name: str
    value: str  # Markdown; empty where nothing was written yet
    start: int  # of its first line in the note, in code points
    end: int  # of the value: there one goes on typing


def note_fields(note: str) -> tuple[NoteField, ...]:
    """Return the fields of a note, in order; reads every text."""
    return tuple(_fields(note))


def field_values(note: str) -> dict[str, str]:
    """Return what stands in the fields that are filled; of several of one name all, by lines."""
    values: dict[str, str] = {}
    for one in note_fields(note):
        if one.value:
            before = values.get(one.name)
            values[one.name] = one.value if before is None else f"{before}\n{one.value}"
    return values


def written_fields(fields: Iterable[tuple[str, str]]) -> str:
    """Return fields as a list in Markdown.

    Args:
        fields: names, without `*`, `:` and line ends, and values, without
            empty lines and lines that begin a list, a heading, a quotation or code.
    """
    lines = (f"- **{name}:** " + value.replace("\n", "\n  ") for name, value in fields)
    return "\n".join(lines)


def emptied(note: str) -> str:
    """Return a note with nothing in its fields and all else as it is."""
    parts, at = [], 0
    for one in note_fields(note):
        head = _FIELD.match(note[one.start : one.end].partition("\n")[0])
        assert head is not None
        begins = head.end() if head["value"] is None else head.start("value")
        parts += [note[at : one.start + begins], " "]
        at = one.end
    return "".join([*parts, note[at:]])


def _fields(note: str) -> Iterator[NoteField]:
    fence, at = "", 0
    start, name, value, end = -1, "", [""], 0  # of the field that is being read
    for line in note.split("\n"):
        head = None if fence else _FIELD.match(line)
        if start >= 0 and (head or not line.strip() or _BLOCK.match(line)):
            yield NoteField(name, "\n".join(filter(None, value)), start, end)
            start = -1
        if head and head["name"].strip():
            start, name, value = at, head["name"].strip(), [(head["value"] or "").strip()]
            end = at + len(line)
        elif start >= 0:
            value.append(line.strip())
            end = at + len(line)
        fence = _fence_after(fence, line)
        at += len(line) + 1
    if start >= 0:
        yield NoteField(name, "\n".join(filter(None, value)), start, end)


def _fence_after(fence: str, line: str) -> str:
    """Return the sign that ends the code a line stands in or begins; empty outside code."""
    if fence:
        mark = line.strip()
        return "" if len(mark) >= len(fence) and mark == fence[0] * len(mark) else fence
    opened = _FENCE.match(line)
    return opened[1] if opened else ""
