"""What a person chose of a file that was read whole: blocks of a page, chapters of a book."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from postil.domain import limits
from postil.domain.article import BlockKind, Metadata
from postil.domain.canonical import BLOCK_BREAK
from postil.domain.errors import UserError
from postil.importers.reading import Imported, left_out_remark
from postil.importers.whole import Whole, part_of


def choose(imported: Imported, wanted: Sequence[bool], metadata: Metadata) -> Imported:
    """Return the article made of some blocks of a file.

    Args:
        imported: was read whole.
        wanted: whether each block is wanted.
        metadata: of the article; what differs from what was read counts as corrected.

    Raises:
        UserError: no block is wanted, or they are too much for one article.
    """
    assert imported.whole is not None
    if not any(wanted):
        raise UserError("Nothing is chosen", "Choose at least one passage.")
    article, marks = part_of(imported.whole, wanted, metadata)
    if len(article.text) > limits.ARTICLE_CHARACTERS:
        raise UserError(
            f"The text is longer than {limits.ARTICLE_CHARACTERS:,} characters",
            "Choose less of it.",
        )
    told = imported.article.metadata
    fields = Metadata.__slots__
    corrected = tuple(f for f in fields if getattr(told, f) != getattr(metadata, f))
    remark = left_out_remark(imported.left_out)
    return replace(
        imported,
        article=article,
        marks=marks,
        remarks=tuple(one for one in imported.remarks if one not in remark),
        left_out=0,  # nothing the person has not seen
        whole=None,
        corrected=corrected,
    )


def choose_chapters(imported: Imported, chapters: Iterable[int]) -> Imported:
    """Return some chapters of a book as one article.

    Args:
        imported: was read whole, and has chapters.
        chapters: their indices.

    Raises:
        UserError: none is wanted, or they are too much for one article.
    """
    assert imported.whole is not None
    wanted = [False] * len(imported.whole.article.blocks)
    for one in chapters:
        chapter = imported.whole.chapters[one]
        wanted[chapter.start : chapter.end] = [True] * (chapter.end - chapter.start)
    return choose(imported, wanted, imported.article.metadata)


def each_chapter(imported: Imported, chapters: Iterable[int]) -> tuple[Imported, ...]:
    """Return some chapters of a book as an article each; the book's title is their outlet.

    Raises:
        UserError: one is too much for an article.
    """
    assert imported.whole is not None
    book = imported.article.metadata
    found = []
    for number in chapters:
        one = choose_chapters(imported, (number,))
        title = chapter_title(imported.whole, number)
        metadata = replace(book, title=title, outlet=book.title or book.outlet)
        found.append(replace(one, article=replace(one.article, metadata=metadata)))
    return tuple(found)


def chapter_title(whole: Whole, chapter: int) -> str:
    """Return what a chapter is called, or its first words."""
    told = whole.chapters[chapter]
    block = whole.article.blocks[told.start]
    return told.title or first_words(whole.article.block_text(block))


def chapter_words(whole: Whole, chapter: int) -> str:
    """Return what stands in a chapter; its headings are left out where there is more."""
    told = whole.chapters[chapter]
    blocks = whole.article.blocks[told.start : told.end]
    words = [block for block in blocks if block.kind is not BlockKind.HEADING] or blocks
    return BLOCK_BREAK.join(map(whole.article.block_text, words))


def first_words(text: str, characters: int = 80) -> str:
    """Return the beginning of a text in one line."""
    line = " ".join(text[: 4 * characters].split())
    return line if len(line) <= characters else line[:characters].rsplit(" ", 1)[0] + "…"


def as_before(whole: Whole, blocks: Sequence[str]) -> list[bool]:
    """Return which blocks of a file an article consists of that was made of it before.

    Args:
        whole: all blocks there are.
        blocks: the words of the article's blocks, in order.
    """
    words = [whole.article.block_text(block) for block in whole.article.blocks]
    if [one for one, kept in zip(words, whole.kept, strict=True) if kept] == list(blocks):
        return list(whole.kept)
    places: dict[str, list[int]] = {}
    for at in range(len(words) - 1, -1, -1):
        places.setdefault(words[at], []).append(at)
    wanted = [False] * len(words)
    last = -1
    for block in blocks:
        there = places.get(block, [])
        while there and there[-1] <= last:
            there.pop()
        if there:
            last = there.pop()
            wanted[last] = True
    return wanted if any(wanted) else list(whole.kept)
