"""Finding the blocks of the article in the lines of a file.

One empty line parts blocks, but headings, items and quotations begin without one too, as
other editors write them. Any other new line inside a block is a space.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from postil.domain.article import BlockKind

_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_BULLET = re.compile(r"[-*+](?:[ \t]+|$)")
_NUMBER = re.compile(r"(\d{1,9})[.)](?:[ \t]+|$)")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_RULE = re.compile(r"([-*_])[ \t]*(?:\1[ \t]*){2,}")
_UNDERLINE = re.compile(r"(=+|-+)")
_COMMENT = re.compile(r"<!--(?:(?!-->).)*-->")
_BREAKS: Final = ("<br>", "<br/>", "<br />", "\\")
_STARTERS: Final = frozenset("#>-+*_=<0123456789")
_TAB: Final = 4


@dataclass(slots=True)
class FoundBlock:
    """A block as it stands in the file; its words are still Markdown."""

    kind: BlockKind
    level: int = 0
    number: int | None = None
    lines: list[str] = field(default_factory=list)
    content: int = 0  # column in which an item's words begin

    @property
    def markdown(self) -> str:
        """The words; a new line is a space but for those after a break."""
        joined = [f"{line}\n" if line.endswith(_BREAKS) else f"{line} " for line in self.lines]
        return "".join(joined)[:-1]


class _Finder:
    """Goes through the lines, remembering which items are open."""

    def __init__(self) -> None:
        self._block: FoundBlock | None = None
        self._hard = False  # the line before ended in two spaces
        self._indents: list[int] = []

    def take(self, line: str) -> Iterator[FoundBlock]:
        """Take the next line; yield the block it ends, and itself if it is one."""
        words = line.strip(" \t")
        block = self._block
        if not words:
            yield from self.end()
            return
        if block and words[0] not in _STARTERS:  # most lines inside a block
            self._add(block, words, line)
            return
        indent = _column(line)
        if block and block.kind is BlockKind.PARAGRAPH and _UNDERLINE.fullmatch(words):
            block.kind, block.level = BlockKind.HEADING, 1 if words[0] == "=" else 2
            yield from self.end()
        elif _COMMENT.fullmatch(words) or _RULE.fullmatch(words):
            yield from self.end()
            self._leave(indent)
        elif heading := _HEADING.match(words):
            yield from self.end()
            self._leave(indent)
            block = self._begin(BlockKind.HEADING, level=len(heading[1]))
            self._add(block, _without_closing(words[heading.end() :]), line)
            yield from self.end()
        elif quote := _QUOTE.match(words):
            yield from self._quotation(words[quote.end() :].strip(" \t"), line)
        elif item := self._item(words, indent):
            yield from self.end()
            self._add(self._begin_item(indent, item), words[item.end() :], line)
        else:
            if block is None:
                self._leave(indent)
                block = self._begin(BlockKind.PARAGRAPH)
            self._add(block, words, line)

    def end(self) -> Iterator[FoundBlock]:
        """End the open block and yield it."""
        if self._block is not None:
            yield self._block
        self._block = None

    def _begin(
        self, kind: BlockKind, *, level: int = 0, number: int | None = None, content: int = 0
    ) -> FoundBlock:
        self._block = FoundBlock(kind, level, number, content=content)
        self._hard = False
        return self._block

    def _leave(self, indent: int) -> None:
        """Leave all lists for a block that does not stand in one."""
        if indent == 0:
            self._indents.clear()

    def _quotation(self, words: str, line: str) -> Iterator[FoundBlock]:
        if not words or self._block is None or self._block.kind is not BlockKind.QUOTATION:
            yield from self.end()
            self._indents.clear()
        if words:
            self._add(self._block or self._begin(BlockKind.QUOTATION), words, line)

    def _item(self, words: str, indent: int) -> re.Match[str] | None:
        """Return the marker of a list item, unless it is a number inside running words."""
        if bullet := _BULLET.match(words):
            return bullet
        number = _NUMBER.match(words)
        block = self._block
        if number is None or block is None or int(number[1]) == 1:
            return number
        is_sibling = block.kind is BlockKind.ITEM and indent < block.content
        return number if is_sibling else None

    def _begin_item(self, indent: int, marker: re.Match[str]) -> FoundBlock:
        while self._indents and self._indents[-1] >= indent:
            self._indents.pop()
        self._indents.append(indent)
        return self._begin(
            BlockKind.ITEM,
            level=len(self._indents),
            number=int(marker[1]) if marker.re is _NUMBER else None,
            content=indent + marker.end(),
        )

    def _add(self, block: FoundBlock, words: str, line: str) -> None:
        """Add a line; two spaces at the end of the one before break it."""
        if self._hard and not block.lines[-1].endswith(_BREAKS):
            block.lines[-1] += "<br>"
        self._hard = line.endswith("  ")
        block.lines.append(words)


def find_blocks(lines: Sequence[str]) -> Iterator[FoundBlock]:
    """Yield the blocks of the article's lines."""
    finder = _Finder()
    for line in lines:
        yield from finder.take(line)
    yield from finder.end()


def _column(line: str) -> int:
    """Return the column in which a line's words begin."""
    lead = line[: len(line) - len(line.lstrip(" \t"))]
    return len(lead.expandtabs(_TAB))


def _without_closing(words: str) -> str:
    """Return the words of a heading without number signs that close it."""
    bare = words.rstrip("#")
    if bare == words or (bare and bare[-1] not in " \t"):
        return words
    return bare.rstrip(" \t")
