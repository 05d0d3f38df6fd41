"""Where a selection may begin and end: at whole letters, words or sentences.

Works on the article's text in code points. Letters and words are asked of Qt's boundary
finder, which speaks UTF-16, one block at a time; sentences follow the article's language.
"""

from bisect import bisect_right
from collections.abc import Sequence
from enum import Enum
from unicodedata import category

from PySide6.QtCore import QTextBoundaryFinder

from postil.domain.article import Article, Block
from postil.page.offsets import OffsetMap
from postil.sentences import sentences_at


class Unit(Enum):
    """What a selection grows by."""

    LETTER = QTextBoundaryFinder.BoundaryType.Grapheme
    WORD = QTextBoundaryFinder.BoundaryType.Word
    SENTENCE = "sentence"


class Snapping:
    """Finds units of one article's text.

    Args:
        article: what lies open.
    """

    def __init__(self, article: Article) -> None:
        self.article = article
        self._starts = [block.start for block in article.blocks]

    def around(self, position: int, unit: Unit) -> tuple[int, int]:
        """Return the unit that holds a position (code points); at a block's end, its last one."""
        block = self._block(position)
        position = min(position, block.end - 1)
        start = self._boundary(position, unit, forward=False, block_at=position)
        end = self._boundary(position + 1, unit, forward=True, block_at=position)
        if unit is not Unit.LETTER:
            words = self.article.text[start:end]
            trimmed = words.strip()
            if trimmed:
                start += words.index(trimmed)
                end = start + len(trimmed)
        return start, end

    def snapped(self, start: int, end: int, unit: Unit = Unit.LETTER) -> tuple[int, int] | None:
        """Return a range that cuts no unit and has no line feed at its ends, or None if empty."""
        text = self.article.text
        start, end = max(start, 0), min(end, len(text))
        while start < end and text[start] == "\n":
            start += 1
        while start < end and text[end - 1] == "\n":
            end -= 1
        if start >= end:
            return None
        if unit is Unit.LETTER:
            first = self._boundary(start, unit, forward=False, block_at=start)
            return first, self._boundary(end, unit, forward=True, block_at=end - 1)
        return self.around(start, unit)[0], max(self.around(end - 1, unit)[1], end)

    def whole(self, ranges: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        """Return ranges that cut no letter.

        Args:
            ranges: in order, none over another, none empty; what is returned is so, too.
        """
        if self.article.text.isascii():
            return tuple(ranges)
        found: list[tuple[int, int]] = []
        reached = 0
        for start, end in ranges:
            if self._may_cut(start) or self._may_cut(end):
                place = self.snapped(start, end) or (start, end)
                start, end = max(place[0], reached), place[1]  # noqa: PLW2901 - grown
            if start < end:
                found.append((start, end))
                reached = end
        return tuple(found)

    def step(self, position: int, unit: Unit, *, forward: bool) -> int:
        """Return the next place from a position where a unit begins or ends."""
        length = len(self.article.text)
        if forward:
            at = min(position + 1, length)
            if at < length and self.article.text[at - 1] == "\n":
                return self.step(at, unit, forward=True)
            reached = self._boundary(at, unit, forward=True, block_at=at - 1)
            if unit is Unit.WORD and self.article.text[position:reached].isspace():
                return self.step(reached, unit, forward=True) if reached < length else reached
            return reached
        at = max(position - 1, 0)
        if at > 0 and self.article.text[at] == "\n":
            return self.step(at, unit, forward=False)
        reached = self._boundary(at, unit, forward=False, block_at=at)
        if unit is Unit.WORD and reached > 0 and self.article.text[reached:position].isspace():
            return self.step(reached, unit, forward=False)
        return reached

    def sentence_from(self, position: int, *, forward: bool) -> int:
        """Return where the next sentence begins, or the one before; they end with their block."""
        index = self._index(position)
        block = self.article.blocks[index]
        if forward:
            reached = self._boundary(
                position + 1, Unit.SENTENCE, forward=True, block_at=block.start
            )
            return min(block.end + 1, len(self.article.text)) if reached >= block.end else reached
        if position > block.start:
            at = position - 1
            return self._boundary(at, Unit.SENTENCE, forward=False, block_at=block.start)
        if index == 0:
            return 0
        return self.around(self.article.blocks[index - 1].end - 1, Unit.SENTENCE)[0]

    def larger(self, start: int, end: int) -> tuple[int, int]:
        """Return the word, sentence or paragraph round a range: the first that is more than it.

        An empty range right behind a word is taken to be in it.
        """
        text = self.article.text
        if start == end > 0 and text[start - 1].isalnum() and not text[start : start + 1].isalnum():
            start = end = end - 1
        for unit in (Unit.WORD, Unit.SENTENCE):
            first = self.around(start, unit)[0]
            last = self.around(max(end - 1, start), unit)[1]
            if (first, last) != (start, end) and first <= start and last >= end:
                return first, last
        return self.paragraph(start, end)

    def paragraph(self, start: int, end: int) -> tuple[int, int]:
        """Return the paragraphs round a range."""
        return self._block(start).start, self._block(max(end - 1, start)).end

    def _index(self, position: int) -> int:
        return max(bisect_right(self._starts, position) - 1, 0)

    def _block(self, position: int) -> Block:
        return self.article.blocks[self._index(position)]

    def _boundary(self, position: int, unit: Unit, *, forward: bool, block_at: int) -> int:
        """Return a position moved, if it cuts a unit of the block at `block_at`, to its edge."""
        if unit is Unit.SENTENCE:
            sentences = sentences_at(self.article, block_at)
            if forward:
                return next((end for _, end in sentences if end >= position), sentences[-1][1])
            starts = reversed([start for start, _ in sentences])
            return next((start for start in starts if start <= position), sentences[0][0])
        if unit is Unit.LETTER and not self._may_cut(position):
            return position
        block = self._block(block_at)
        text = self.article.block_text(block)
        offsets = OffsetMap(text)
        finder = QTextBoundaryFinder(unit.value, text)
        inside = min(max(position - block.start, 0), len(text))
        finder.setPosition(offsets.to_qt(inside))
        if not finder.isAtBoundary():
            found = finder.toNextBoundary() if forward else finder.toPreviousBoundary()
            if found >= 0:
                inside = offsets.to_code_point(found)
        return block.start + inside

    def _may_cut(self, position: int) -> bool:
        """Return whether a position can be inside a letter of several code points at all."""
        text = self.article.text
        if not 0 < position < len(text):
            return False
        return not (_stands_alone(text[position - 1]) and _stands_alone(text[position]))


def _stands_alone(character: str) -> bool:
    """Return whether a character is a whole letter whatever stands beside it; most are."""
    if character < "\u0300":  # Latin
        return True
    kind = category(character)[0]
    is_script_without_parts = character < "\u0900" or "\u3400" <= character <= "\u9fff"
    return kind in "PZ" or (is_script_without_parts and kind in "LN")
