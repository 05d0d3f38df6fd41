"""Numbers of paragraphs: what readers call them by, the same in the window and in every export."""

from postil.domain.article import Article, BlockKind


def paragraph_numbers(article: Article) -> tuple[int | None, ...]:
    """Return each block's number from 1, or None for headings, which have names of their own."""
    numbers: list[int | None] = []
    count = 0
    for block in article.blocks:
        is_numbered = block.kind is not BlockKind.HEADING
        count += is_numbered
        numbers.append(count if is_numbered else None)
    return tuple(numbers)
