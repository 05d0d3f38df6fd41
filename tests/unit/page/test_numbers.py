from postil.domain.article import BlockKind
from postil.domain.builder import ArticleBuilder
from postil.page.numbers import paragraph_numbers


def test_everything_but_headings_is_numbered():
    builder = ArticleBuilder()
    builder.block(BlockKind.HEADING, "Title", level=1).block(BlockKind.PARAGRAPH, "One")
    builder.block(BlockKind.HEADING, "Part", level=2).block(BlockKind.ITEM, "Two", level=1)
    builder.block(BlockKind.QUOTATION, "Three")
    assert paragraph_numbers(builder.finish()) == (None, 1, None, 2, 3)
