"""Splitting the lines of a file into the article, its footnotes and the sections after them.

Footnotes are collected from everywhere, since other editors move them. In a file of ours the
article ends at the first footnote, or at the comment that says so, which comes first.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from postil.annotated_markdown.note_text import note_from_file
from postil.domain import limits
from postil.domain.canonical import clean_note
from postil.domain.errors import UserError

_FOOTNOTE = re.compile(r" {0,3}\[\^([^\]\[\s]{1,200})\]:[ \t]*")
_MARKER = re.compile(
    r"<!--[ \t]*(?:(end of article)|(end of notes)|(note)|(questions)|(legend)"
    r"|(?P<last>end of file)|question[ \t]+(?P<question>[a-z0-9_-]+/[a-z0-9_-]+))[ \t]*-->"
)
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_QUOTED = re.compile(r" {0,3}> ?")
_INDENTED = re.compile(r" {2,}| ?\t")
_INDENT: Final = 4  # columns, as we write it; other editors take two
_OUR_INDENT: Final = " " * _INDENT


@dataclass(slots=True)
class Regions:
    """The lines of a file by what they belong to."""

    article: list[str] = field(default_factory=list)
    footnotes: list[tuple[str, list[str]]] = field(default_factory=list)  # label, lines
    note: list[str] = field(default_factory=list)
    answers: list[tuple[str, list[str]]] = field(default_factory=list)  # tag id, lines
    after: list[str] = field(default_factory=list)  # beyond all that is known
    has_sections: bool = False  # a comment said that the article or the notes end
    is_ended: bool = False  # the comment that ends the file is there

    @property
    def goes_on_after_article(self) -> bool:
        """Whether there is anything after the article."""
        return bool(self.footnotes) or self.has_sections


def split(lines: Sequence[str], *, is_ours: bool) -> Regions:
    """Return the regions of a file.

    Args:
        lines: of the file, without front matter.
        is_ours: whether the file says that it has our format.

    Raises:
        UserError: there are more footnotes than marks are taken from a file.
    """
    regions = Regions()
    here = regions.article
    markers = {i: m for i, line in enumerate(lines) if (m := _MARKER.fullmatch(line.strip()))}
    end = next((i for i, marker in markers.items() if marker[1]), -1)
    index = 0
    while index < len(lines):
        if index in markers and markers[index]["last"]:
            regions.is_ended = True  # people write on after it, and pandoc moves notes there
            here.append("")
            index += 1
        elif index in markers:
            here = _region(regions, markers[index])
            index += 1
        elif match := _FOOTNOTE.match(lines[index]):
            content, index = _footnote(lines, index, match.end())
            regions.footnotes.append((match[1], content))
            if here is regions.article and is_ours and index > end:
                here = regions.after
        else:
            here.append(lines[index])
            index += 1
    if len(regions.footnotes) > limits.MARKS_PER_FILE:
        raise UserError(
            f"The file has more than {limits.MARKS_PER_FILE:,} notes", "Hand it on in parts."
        )
    return regions


def _region(regions: Regions, marker: re.Match[str]) -> list[str]:
    """Return where the lines after a marker go."""
    regions.has_sections = True
    if marker["question"]:
        regions.answers.append((marker["question"], []))
        return regions.answers[-1][1]
    if marker[3]:
        return regions.note
    return regions.after if marker[1] or marker[2] else []


def _footnote(lines: Sequence[str], index: int, start: int) -> tuple[list[str], int]:
    """Return the lines of a footnote, without indentation, and the index after it.

    They are indented as far as the first of them is.
    """
    content = [lines[index][start:]]
    index += 1
    width = 0
    while index < len(lines):
        line = lines[index]
        if not line.strip(" \t"):
            content.append("")
        elif width in (0, _INDENT) and line.startswith(_OUR_INDENT):  # as nearly all are
            width = _INDENT
            content.append(line[_INDENT:])
        elif _INDENTED.match(line):
            width = width or min(_column(line), _INDENT)
            content.append(_without_indent(line, width))
        elif not content[-1] or _FOOTNOTE.match(line) or _MARKER.fullmatch(line.strip()):
            break
        else:
            content.append(line.strip(" \t"))  # a line that another editor did not indent
        index += 1
    return content, index


def _column(line: str) -> int:
    """Return the column in which a line's words begin."""
    lead = line[: len(line) - len(line.lstrip(" \t"))]
    return len(lead.expandtabs(_INDENT))


def _without_indent(line: str, width: int) -> str:
    """Return a line without its first columns, as far as they are empty."""
    at = column = 0
    while column < width and line[at : at + 1] in (" ", "\t"):
        column += 1 if line[at] == " " else _INDENT - column % _INDENT
        at += 1
    return " " * (column - width) + line[at:]


def section_text(lines: Sequence[str], what: str) -> str:
    """Return the Markdown of a section: without its heading, out of its quotation.

    Args:
        lines: after the section's marker.
        what: the section in words, for the message.

    Raises:
        UserError: it is too long.
    """
    found = "\n".join(lines).strip("\n").split("\n")
    if _HEADING.match(found[0]):
        found = "\n".join(found[1:]).strip("\n").split("\n")
    if _QUOTED.match(found[0]):
        found = [_QUOTED.sub("", line, count=1) for line in found]
    text = clean_note(note_from_file("\n".join(found)))
    if len(text) > limits.NOTE_CHARACTERS:
        raise UserError(
            f"{what} is longer than {limits.NOTE_CHARACTERS:,} characters",
            "Shorten it in the file.",
        )
    return text
