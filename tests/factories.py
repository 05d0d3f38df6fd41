"""Plain functions that make the values tests speak of."""

from uuid import UUID

from postil.domain.annotation import Anchor, Annotation
from postil.domain.article import Article, BlockKind, Metadata
from postil.domain.builder import ArticleBuilder

FERRY = (
    "For years the council, that club of dinosaurs, has told us nothing can be done.",
    "Most observers agree it was a plot.",
    "“We looked at the figures,” said Ada Lind, “and then we looked away.”",
)


def make_article(*paragraphs: str, heading: str = "", **metadata: str) -> Article:
    """Return an article of these paragraphs, or of three of our own.

    Args:
        paragraphs: the words, cleaned by the builder as every importer's are.
        heading: a heading of level 1 before them; also the title unless one is given.
        metadata: fields of `Metadata`.
    """
    if heading:
        metadata.setdefault("title", heading)
    builder = ArticleBuilder(Metadata(**metadata))
    if heading:
        builder.block(BlockKind.HEADING, heading, level=1)
    for paragraph in paragraphs or FERRY:
        builder.block(BlockKind.PARAGRAPH, paragraph)
    return builder.finish()


def make_id(number: int) -> str:
    """Return the same UUID for the same number; ids sort as their numbers do."""
    return str(UUID(int=number, version=4))


def make_anchor(text: str, start: int, end: int) -> Anchor:
    """Return the anchor of a range of `text` in code points, with 32 of them on either side."""
    assert 0 <= start < end <= len(text)
    return Anchor(
        start, end, text[start:end], text[max(0, start - 32) : start], text[end : end + 32]
    )


def make_annotation(
    article: Article,
    where: str | tuple[int, int],
    *,
    number: int = 1,
    article_id: str = "",
    revision_id: str = "",
    **fields: object,
) -> Annotation:
    """Return a mark on an article.

    Args:
        article: what it stands in.
        where: its first words that read so, or a range in code points.
        number: tells marks apart; their ids are `make_id(number)`.
        article_id: the article's id in a library, or one made up.
        revision_id: likewise.
        fields: any other field of `Annotation`.
    """
    if isinstance(where, str):
        start = article.text.index(where)
        where = (start, start + len(where))
    return Annotation(
        id=make_id(number),
        article_id=article_id or make_id(10**6),
        revision_id=revision_id or make_id(10**6 + 1),
        anchor=make_anchor(article.text, *where),
        **fields,
    )
