"""The footnote of a mark: its tags in bold, its quotation, its note, and the line of code.

Reading takes what a person may have made of it by hand: a footnote without the line of code
is a new mark, and words that are neither tags nor quotation belong to the note.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from postil.annotated_markdown.code_line import CodeLine, read_code_line, write_code_line
from postil.annotated_markdown.escape import escape, unescape
from postil.annotated_markdown.note_text import note_from_file, note_to_file
from postil.annotated_markdown.tag_sets import name_of
from postil.domain import limits
from postil.domain.annotation import Annotation
from postil.domain.canonical import (
    BLOCK_BREAK,
    CELL_BREAK,
    LINE_BREAK,
    clean_line,
    clean_note,
    one_line,
)
from postil.domain.errors import UserError
from postil.domain.tags import Tag

INDENT: Final = " " * 4
_WHOLE_QUOTATION: Final = 90  # characters; a longer one is shortened in the middle
_HEAD: Final = 60
_TAIL: Final = 25
_GAP: Final = " … "
_SEARCHED: Final = 2_000_000_000  # characters gone through for lost quotations of one file
_FLAT: Final = str.maketrans(dict.fromkeys((BLOCK_BREAK, CELL_BREAK, LINE_BREAK), " "))
_BLANKS: Final = " \t"  # a line of other spaces has words of its own
_BOLD = re.compile(r"\s*,?\s*(?:\*\*((?:[^*\\]|\\.)+)\*\*|__((?:[^_\\]|\\.)+)__)", re.DOTALL)
_DASH = re.compile(r"\s*(?:—|–|--?-?)\s+")
_QUOTATION = re.compile(r"\s*[“\"„«](.*)[”\"“»]\s*", re.DOTALL)


def indented(markdown: str) -> str:
    """Return the lines of a note indented as those of a footnote are."""
    return "\n".join(f"{INDENT}{line}" if line else "" for line in markdown.split("\n"))


def shortened(words: str) -> str:
    """Return marked words as one line, shortened in the middle if they are many."""
    line = " ".join(words.split())
    if len(line) <= _WHOLE_QUOTATION:
        return line
    return f"{line[:_HEAD].rstrip()}{_GAP}{line[-_TAIL:].lstrip()}"


def write_footnote(
    label: str, annotation: Annotation, place: tuple[int, int], text: str, tags: Mapping[str, Tag]
) -> str:
    """Return the footnote of a mark.

    Args:
        label: of its reference.
        annotation: the mark.
        place: where it stands in `text`, in code points.
        text: of the article.
        tags: known tags by id.
    """
    names = ", ".join(f"**{escape(name_of(tag, tags), entities=True)}**" for tag in annotation.tags)
    quotation = f"“{escape(shortened(text[slice(*place)]))}”"
    parts = [f"[^{label}]: {names} — {quotation}" if names else f"[^{label}]: {quotation}"]
    if note := clean_note(annotation.note):
        parts.append(indented(note_to_file(note)))
    parts.append(f"{INDENT}{write_code_line(annotation, *place)}")
    return "\n\n".join(parts)


@dataclass(frozen=True, slots=True)
class Footnote:
    """What a footnote says."""

    label: str
    names: tuple[str, ...]  # of tags, in order
    quotation: str | None  # one line, maybe shortened in the middle
    note: str
    code: CodeLine | None

    @property
    def says_something(self) -> bool:
        """Whether there is anything in it."""
        return bool(self.names or self.quotation or self.note or self.code)


def read_footnote(label: str, lines: Sequence[str]) -> Footnote:
    """Return what a footnote says.

    Args:
        label: of its reference.
        lines: its lines, without label and indentation.

    Raises:
        UserError: the note is too long.
    """
    rest = _trimmed(lines)
    code, rest = _split_code(rest)
    head_length = next((i for i, line in enumerate(rest) if not line.strip(_BLANKS)), len(rest))
    head = " ".join(line.strip() for line in rest[:head_length])
    names, quotation, remainder = _read_head(head)
    if names or quotation is not None:
        rest = [*([remainder] if remainder else ()), *rest[head_length:]]
    note = clean_note(note_from_file("\n".join(_trimmed(rest))))
    if len(note) > limits.NOTE_CHARACTERS:
        raise UserError(
            f"The note [^{label}] is longer than {limits.NOTE_CHARACTERS:,} characters",
            "Shorten it in the file.",
        )
    return Footnote(label, names, quotation, note, code)


def _trimmed(lines: Sequence[str]) -> list[str]:
    """Return lines without empty ones at either end."""
    start, end = 0, len(lines)
    while start < end and not lines[start].strip(_BLANKS):
        start += 1
    while end > start and not lines[end - 1].strip(_BLANKS):
        end -= 1
    return list(lines[start:end])


def _split_code(lines: list[str]) -> tuple[CodeLine | None, list[str]]:
    """Return the line of code at the end and the lines before it."""
    start = len(lines)
    while start and lines[start - 1].strip(_BLANKS):
        start -= 1
    for first in (start, len(lines) - 1):  # its paragraph, or a line below a note
        if lines and (code := read_code_line(lines[first:])):
            return code, lines[:first]
    return None, lines


def _read_head(head: str) -> tuple[tuple[str, ...], str | None, str]:
    """Return the tags and the quotation a footnote begins with, and what follows them.

    Bold words are tags only if a dash, a quotation or nothing follows; a quotation is one
    only if nothing follows.
    """
    names: list[str] = []
    at = 0
    while match := _BOLD.match(head, at):
        names.append(clean_line(unescape(match[1] or match[2]))[: limits.TAG_NAME_CHARACTERS])
        at = match.end()
    dash = _DASH.match(head, at)
    rest = head[dash.end() if dash else at :]
    quoted = _QUOTATION.fullmatch(rest)
    found = tuple(name for name in names if name)
    if quoted:
        return found, one_line(unescape(quoted[1])), ""
    if dash or not rest.strip():
        return found, None, rest
    return (), None, head


class Quotations:
    """Finds the words of an article that the quotation of a footnote stands for.

    Args:
        text: of the article.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._flat = text.translate(_FLAT)
        self._budget = _SEARCHED  # characters; what comes later is left to anchoring

    def whole(self, quotation: str) -> str:
        """Return the quotation as it stands in the article, or as it is if it does not."""
        start = self._find(quotation, 0)
        if start >= 0:
            return self._text[start : start + len(quotation)]
        head, gap, tail = quotation.partition(_GAP)
        start = self._find(head, 0) if gap else -1
        end = self._find(tail, start + len(head)) if start >= 0 else -1
        return self._text[start : end + len(tail)] if end >= 0 else quotation

    def stands(self, quotation: str) -> bool:
        """Return whether the article has these words, in one piece or with a gap."""
        found = self.whole(quotation)
        return shortened(found) == quotation and self._text.find(found) >= 0

    def _find(self, words: str, start: int) -> int:
        if self._budget <= 0:
            return -1
        found = self._flat.find(words, start)
        self._budget -= (found if found >= 0 else len(self._flat)) - start
        return found
