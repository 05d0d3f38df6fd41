"""Quotations with references only, of articles that may not be handed on whole.

The marked words become an article of their own, each below the number of its paragraph, so
that every format for people can set them with their notes.
"""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID, uuid5

from postil.annotated_markdown import HandedOn
from postil.domain.annotation import Anchor, Annotation, Link
from postil.domain.article import Article, Block, BlockKind
from postil.domain.canonical import BLOCK_BREAK, CELL_BREAK
from postil.exporters.neutral import joined_ranges

_SAID = "Quotations with the numbers of their paragraphs; the article is not in this copy."
# Marks on the quotations are other marks than those on the article they come from.
_MARKS = UUID("2f0c3f0e-6f0b-4b57-9a55-5f1d8f3ad3a2")


def quotations_only(handed_on: HandedOn) -> HandedOn:
    """Return the marked words with what is said of them, without the rest of the article.

    Marks of nothing but space are left out, and the copy is partial then.
    """
    article = handed_on.article
    making = _Making(article)
    if article.metadata.title:
        making.add(BlockKind.HEADING, article.metadata.title, level=1)
    making.add(BlockKind.CAPTION, _SAID)
    told = ""
    for start, end in joined_ranges(handed_on.annotations):
        pieces = list(_pieces(article, start, end))
        if not pieces:
            continue
        reference = _reference(article, start, end)
        if reference != told:
            making.add(BlockKind.CAPTION, reference)
            told = reference
        for piece in pieces:
            making.quote(*piece)
    made = making.finish()
    placed = [making.placed(mark, made) for mark in handed_on.annotations]
    marks = tuple(mark for mark in placed if mark is not None)
    partial = handed_on.partial or len(marks) < len(placed)
    return replace(handed_on, article=made, annotations=marks, partial=partial)


def _pieces(article: Article, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the words of a range block by block, as start and end in code points."""
    for block in article.blocks[article.block_at(start) : article.block_at(end - 1) + 1]:
        first, last = max(start, block.start), min(end, block.end)
        words = article.text[first:last]
        first += len(words) - len(words.lstrip())
        last -= len(words) - len(words.rstrip())
        if first < last:
            yield first, last


def _reference(article: Article, start: int, end: int) -> str:
    """Return the numbers of the paragraphs of a range, such as "¶ 3–4"."""
    numbers = article.numbers[article.block_at(start) : article.block_at(end - 1) + 1]
    ends = dict.fromkeys(number for number in (numbers[0], numbers[-1]) if number)
    return f"¶ {'–'.join(map(str, ends))}" if ends else "Heading"


class _Making:
    """An article of quotations in the making.

    Args:
        article: where the words come from.
    """

    def __init__(self, article: Article) -> None:
        self._article = article
        self._texts: list[str] = []
        self._blocks: list[Block] = []
        self._at = 0
        self._places: list[tuple[int, int, int]] = []  # start and end there, start here

    def add(self, kind: BlockKind, text: str, *, level: int = 0) -> None:
        """Add a block of words."""
        self._blocks.append(Block(kind, self._at, self._at + len(text), level))
        self._texts.append(text)
        self._at += len(text) + 1

    def quote(self, start: int, end: int) -> None:
        """Add words of the article."""
        self._places.append((start, end, self._at))
        words = self._article.text[start:end]
        self.add(BlockKind.QUOTATION, words.replace(CELL_BREAK, " "))

    def finish(self) -> Article:
        """Return the article of what was added."""
        about = replace(self._article.metadata, original_sha256="", extra=())
        return Article(BLOCK_BREAK.join(self._texts), tuple(self._blocks), metadata=about)

    def placed(self, mark: Annotation, made: Article) -> Annotation | None:
        """Return a mark on the quotations, or None if none of its words is there."""
        inside = [
            (max(mark.start, start) - start + here, min(mark.end, end) - start + here)
            for start, end, here in self._places
            if start < mark.end and mark.start < end
        ]
        if not inside:
            return None
        start, end = inside[0][0], inside[-1][1]
        return replace(
            mark,
            id=_own_id(mark.id),
            anchor=Anchor(start, end, made.text[start:end]),
            links=tuple(Link(link.relation, _own_id(link.target)) for link in mark.links),
        )


def _own_id(mark_id: str) -> str:
    return str(uuid5(_MARKS, mark_id))
