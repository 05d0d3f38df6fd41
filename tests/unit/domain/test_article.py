import pytest

from postil.domain.article import Article, Block, BlockKind, Span, SpanKind

P = BlockKind.PARAGRAPH


def test_blocks_tile_the_text():
    article = Article("one\ntwo", (Block(P, 0, 3), Block(P, 4, 7)))
    assert [article.block_text(block) for block in article.blocks] == ["one", "two"]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("one\ntwo", (Block(P, 0, 3),)),
        ("one\ntwo", (Block(P, 0, 7),)),
        ("one two", (Block(P, 0, 3), Block(P, 4, 7))),
        ("one\ntwo", (Block(P, 0, 3), Block(P, 3, 7))),
        ("one\n", (Block(P, 0, 3), Block(P, 4, 4))),
        ("", ()),
    ],
)
def test_blocks_that_do_not_tile_are_refused(text, blocks):
    with pytest.raises(ValueError, match="block"):
        Article(text, blocks)


@pytest.mark.parametrize(("start", "end"), [(0, 4), (2, 5), (5, 5), (6, 9)])
def test_a_span_lies_inside_one_block(start, end):
    with pytest.raises(ValueError, match="span"):
        Article("one\ntwo", (Block(P, 0, 3), Block(P, 4, 7)), (Span(SpanKind.STRONG, start, end),))


def test_numbers_pass_over_headings():
    kinds = (BlockKind.HEADING, P, BlockKind.CAPTION, BlockKind.ITEM)
    blocks = tuple(Block(kind, 2 * i, 2 * i + 1, 1) for i, kind in enumerate(kinds))
    article = Article("a\nb\nc\nd", blocks)
    assert article.numbers == (0, 1, 2, 3)
    assert [article.number_at(at) for at in (0, 2, 3, 6, 7)] == [0, 1, 1, 3, 3]


def test_the_hash_depends_on_the_words_alone():
    plain = Article("one", (Block(P, 0, 3),))
    heading = Article("one", (Block(BlockKind.HEADING, 0, 3, 1),))
    assert plain.sha256 == heading.sha256 != Article("two", (Block(P, 0, 3),)).sha256
