"""How blocks stand in the file: prefixes, list markers, and what tells a block's kind.

Blocks are parted by one empty line. Lists are indented by four spaces for each level that
readers can show; where Markdown cannot say what an item or row is, a comment after its words
does (`<!-- item level=3 -->`), and a comment of its own parts lists that must not join.
"""

import re
from dataclasses import dataclass
from typing import Final

from postil.domain.article import Block, BlockKind
from postil.domain.canonical import CELL_BREAK

LIST_BREAK: Final = "<!-- -->"
# Elements around the words of a whole block.
_ENCLOSING: Final = {
    BlockKind.CAPTION: ("<small>", "</small>"),
    BlockKind.PREFORMATTED: ('<code class="pre">', "</code>"),
}
_INDENT: Final = 4  # what Python-Markdown needs for a list in a list
_DEEPEST: Final = 10  # levels that are shown; the comment keeps the rest
_LARGEST: Final = 999_999_999  # number of a list item in CommonMark


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands around the words of a block."""

    before: str = ""  # a line of its own before the block, or nothing
    prefix: str = ""
    opening: str = ""  # of the element around the words
    suffix: str = ""
    line_break: str = "<br>\n"


@dataclass(slots=True)
class _Item:
    """An item that later ones may stand under."""

    level: int
    depth: int  # levels shown, from 1
    is_wide: bool  # its marker leaves no room for a list in it


class Layouts:
    """Gives each block its layout; must be asked in reading order."""

    def __init__(self) -> None:
        self._items: list[_Item] = []
        self._lists: dict[int, int | None] = {}  # depth -> number of the last item there

    def of(self, block: Block, text: str) -> Layout:
        """Return the layout of a block with these words."""
        if block.kind is BlockKind.ITEM:
            return self._item(block)
        self._items.clear()
        self._lists.clear()
        if block.kind is BlockKind.HEADING:
            return Layout(prefix=f"{'#' * block.level} ", line_break="<br>")
        if block.kind is BlockKind.QUOTATION:
            return Layout(prefix="> ", line_break="<br>\n> ")
        if block.kind in _ENCLOSING:
            opening, closing = _ENCLOSING[block.kind]
            return Layout(opening=opening, suffix=closing)
        if block.kind is BlockKind.ROW:
            suffix = "" if CELL_BREAK in text else " <!-- row -->"
            return Layout(suffix=suffix, line_break="<br>")
        return Layout(suffix=" <!-- paragraph -->" if CELL_BREAK in text else "")

    def _item(self, block: Block) -> Layout:
        while self._items and self._items[-1].level >= block.level:
            self._items.pop()
        depth = 1
        if self._items:
            above = self._items[-1]
            depth = min(above.depth + (not above.is_wide), _DEEPEST)
        number = block.number
        shown = 1 if number is not None and not 0 <= number <= _LARGEST else number
        marker = "- " if shown is None else f"{shown}. "
        self._items.append(_Item(block.level, depth, len(marker) > _INDENT))
        indent = " " * (_INDENT * (depth - 1))
        said = ""
        if depth != block.level:
            said += f" level={block.level}"
        if shown != number:
            said += f" number={number}"
        return Layout(
            before=f"{indent}{LIST_BREAK}" if self._breaks(depth, shown) else "",
            prefix=f"{indent}{marker}",
            suffix=f" <!-- item{said} -->" if said else "",
            line_break=f"<br>\n{indent}{' ' * len(marker)}",
        )

    def _breaks(self, depth: int, number: int | None) -> bool:
        """Return whether the item begins a list that readers would join with the one before."""
        for deeper in [known for known in self._lists if known > depth]:
            del self._lists[deeper]
        goes_on = depth not in self._lists or (
            self._lists[depth] is None if number is None else self._lists[depth] == number - 1
        )
        self._lists[depth] = number
        return not goes_on


_SAID = re.compile(r"\s*(row|paragraph|item)((?:\s+(?:level|number)=-?\d{1,18})*)\s*")


@dataclass(frozen=True, slots=True)
class Said:
    """What the comment after a block's words says of it."""

    kind: BlockKind
    level: int | None
    number: int | None


def read_comment(comment: str) -> Said | None:
    """Return what a comment (without its delimiters) says of its block, or None."""
    match = _SAID.fullmatch(comment)
    if match is None:
        return None
    pairs = dict(pair.split("=") for pair in match[2].split())
    level, number = pairs.get("level"), pairs.get("number")
    return Said(
        BlockKind(match[1]),
        int(level) if level is not None else None,
        int(number) if number is not None else None,
    )
