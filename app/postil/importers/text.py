"""Plain text: which lines make a paragraph, and whether the first of them is the title.

Where there are blank lines they part the paragraphs, else every line is one. Lines that were
broken to a width are joined again; verse and lists keep their lines.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from postil.domain import limits
from postil.domain.article import Article, BlockKind, Metadata
from postil.domain.builder import ArticleBuilder
from postil.domain.canonical import LINE_BREAK, clean_line, clean_run

TITLE_CHARACTERS = 200  # a first line longer than this is no title
_WIDTHS: Final = range(50, 101)  # characters of a line that some editor or mailer broke
_EDGES: Final = " " + LINE_BREAK  # other spaces belong to the words
_LINE_END = re.compile("\r\n|[\n\r\v\f\x85\u2029]")
_LIST_LINE = re.compile(r"\s*(?:[-*+•–—]\s|\(?\d{1,3}[.)]\s|\(?[a-z][.)]\s)")
_SENTENCE_END = re.compile(r"""[.!?:;…。！？]["'”’»)\]]*$""")
_NO_TITLE_END = re.compile(r"""[.,;:。，]["'”’»)\]]*$""")
_CJK = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class _Wrapping:
    """How wide the lines of a text were broken; 0 where they were not."""

    width: int

    def is_full(self, line: str, following: str) -> bool:
        """Return whether the next line's first word would not have fitted on this one."""
        word = following.split(maxsplit=1)[0]
        return len(line) + 1 + len(word) > self.width


def convert(text: str, *, max_characters: int = limits.ARTICLE_CHARACTERS) -> Article:
    """Return the article in a plain text.

    Args:
        text: with line ends of any kind.
        max_characters: the length in code points beyond which it is refused.

    Raises:
        UserError: there are no words in it, or too many.
    """
    paragraphs = list(_paragraphs(text))
    builder = ArticleBuilder(max_characters=max_characters)
    title = _title(paragraphs)
    if title:
        builder.metadata = Metadata(title=clean_line(title))
        builder.block(BlockKind.HEADING, title, level=1)
    for paragraph in paragraphs[1 if title else 0 :]:
        builder.block(BlockKind.PARAGRAPH, paragraph)
    return builder.finish()


def _paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs; a line that was kept ends in a line break."""
    lines = [clean_run(line).rstrip(_EDGES) for line in _LINE_END.split(text)]
    groups = list(_groups(lines))
    wrapping = _wrapping(groups)
    has_blank_lines = len(groups) > 1
    for group in groups:
        if wrapping.width:
            yield from _rejoined(group, wrapping, has_blank_lines=has_blank_lines)
        elif has_blank_lines and max(map(len, group)) < _WIDTHS.stop:
            yield LINE_BREAK.join(line.strip(_EDGES) for line in group)
        else:
            yield from group


def _groups(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield runs of lines between blank ones."""
    group: list[str] = []
    for line in lines:
        if line.strip():
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _wrapping(groups: Sequence[Sequence[str]]) -> _Wrapping:
    """Return the width a text was broken to.

    An editor that breaks lines at a width leaves none over it, and none on which the next
    line's first word would have fitted. Verse and lists fail the second test, paragraphs of
    one line each the first.
    """
    pairs = [
        (line, group[at + 1])
        for group in groups
        for at, line in enumerate(group[:-1])
        if not _LIST_LINE.match(group[at + 1])
    ]
    lengths = [len(line) for line, _ in pairs if len(line) < _WIDTHS.stop]
    if not lengths or max(lengths) not in _WIDTHS or len(lengths) < 0.9 * len(pairs):
        return _Wrapping(0)
    wrapping = _Wrapping(max(lengths))
    full = [line for line, following in pairs if wrapping.is_full(line, following)]
    inside = [line for line in full if not _SENTENCE_END.search(line)]
    is_broken = len(full) >= 0.6 * len(pairs) and len(inside) >= 0.6 * len(full)
    return wrapping if is_broken else _Wrapping(0)


def _rejoined(group: Sequence[str], wrapping: _Wrapping, *, has_blank_lines: bool) -> Iterator[str]:
    """Yield the paragraphs of a run of broken lines."""
    pairs = list(pairwise(group))
    full = sum(wrapping.is_full(line, following) for line, following in pairs)
    if has_blank_lines and full < len(pairs) / 2:
        yield LINE_BREAK.join(line.strip(_EDGES) for line in group)
        return
    paragraph = group[0].strip(_EDGES)
    for line, following in pairs:
        if _begins_anew(line, following, wrapping, has_blank_lines=has_blank_lines):
            yield paragraph
            paragraph = following.strip(_EDGES)
        else:
            words = following.strip(_EDGES)
            paragraph += _joint(line, words) + words
    yield paragraph


def _begins_anew(line: str, following: str, wrapping: _Wrapping, *, has_blank_lines: bool) -> bool:
    """Return whether a paragraph begins with `following`."""
    if _LIST_LINE.match(following):
        return True
    if has_blank_lines:
        return False
    is_indented = following[0].isspace() and not line[0].isspace()
    return is_indented or (
        not wrapping.is_full(line, following) and _SENTENCE_END.search(line) is not None
    )


def _joint(line: str, following: str) -> str:
    """Return what stood between two halves of a broken line: a space, mostly."""
    if _CJK.match(line[-1]) and _CJK.match(following):
        return ""
    after_hyphen = len(line) > 1 and line.endswith(("-", "‐")) and line[-2].isalpha()
    return "" if after_hyphen and following[0].islower() else " "


def _title(paragraphs: Sequence[str]) -> str:
    """Return the first paragraph if it stands as a title, else nothing."""
    if len(paragraphs) < 2:
        return ""
    first = paragraphs[0].strip(_EDGES)
    is_title = (
        0 < len(first) <= TITLE_CHARACTERS
        and LINE_BREAK not in first
        and not _NO_TITLE_END.search(first)
        and not _LIST_LINE.match(first)
        and any(len(other) > len(first) for other in paragraphs[1:])
    )
    return first if is_title else ""
