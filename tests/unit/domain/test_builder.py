import pytest

from postil.domain.article import BlockKind, Metadata, Span, SpanKind
from postil.domain.builder import ArticleBuilder, merge_spans
from postil.domain.errors import UserError

P = BlockKind.PARAGRAPH


def spans_of(article):
    return [(s.kind, article.text[s.start : s.end], s.address) for s in article.spans]


def test_blocks_are_joined_by_one_line_feed():
    article = (
        ArticleBuilder(Metadata(title="T"))
        .block(BlockKind.HEADING, " T ", level=9)
        .block(P, "words")
        .block(BlockKind.ITEM, "one", level=0, number=7)
        .finish()
    )
    assert article.text == "T\nwords\none"
    assert [(b.kind, b.level, b.number) for b in article.blocks] == [
        (BlockKind.HEADING, 6, None),
        (P, 0, None),
        (BlockKind.ITEM, 1, 7),
    ]
    assert article.metadata.title == "T"


def test_blocks_without_a_visible_character_are_left_out():
    article = ArticleBuilder().block(P, " \u2028\t").block(P, "\u00a0").block(P, "x").finish()
    assert article.text == "x"


def test_no_break_spaces_stay_at_a_blocks_ends():
    assert ArticleBuilder().block(P, " \u00a0x\u00a0 ").finish().text == "\u00a0x\u00a0"


def test_line_ends_become_spaces_or_breaks_by_kind():
    builder = ArticleBuilder().block(P, "a\nb").block(BlockKind.PREFORMATTED, "a\n\tb")
    builder.begin(BlockKind.HEADING, level=2).text("a").line_break().text("b")
    builder.begin(P).text("a").line_break().text("b")
    builder.begin(BlockKind.ROW).text("a\tb").cell_break().text("c")
    assert builder.finish().text == "a b\na\u2028    b\na b\na\u2028b\na b\tc"


def test_a_row_keeps_its_empty_cells():
    builder = ArticleBuilder().begin(BlockKind.ROW).cell_break().text("2025").cell_break()
    builder.begin(BlockKind.ROW).cell_break()
    assert builder.finish().text == "\t2025\t"


def test_spans_keep_their_words_when_composition_shortens_the_text():
    builder = ArticleBuilder().begin(P).text("  cafe\u0301 and ")
    builder.open_span(SpanKind.STRONG).text("re\u0301sume\u0301").close_span().text(" end")
    assert spans_of(builder.finish()) == [(SpanKind.STRONG, "résumé", "")]


def test_a_combining_mark_after_an_edge_goes_to_the_span_before_it():
    builder = ArticleBuilder().begin(P).open_span(SpanKind.EMPHASIS).text("e").close_span()
    article = builder.text("\u0301tude").finish()
    assert spans_of(article) == [(SpanKind.EMPHASIS, "é", "")]


def test_open_spans_end_with_their_block_and_empty_ones_vanish():
    builder = ArticleBuilder().begin(P).open_span(SpanKind.LINK, "https://example.org").text("a ")
    builder.begin(P).text("b").open_span(SpanKind.CODE).close_span()
    assert spans_of(builder.finish()) == [(SpanKind.LINK, "a", "https://example.org")]


def test_touching_equal_spans_are_one_and_others_stay_apart():
    merged = merge_spans(
        [
            Span(SpanKind.STRONG, 0, 3),
            Span(SpanKind.STRONG, 3, 5),
            Span(SpanKind.EMPHASIS, 4, 6),
            Span(SpanKind.LINK, 0, 4, "https://a.example"),
            Span(SpanKind.LINK, 2, 6, "https://b.example"),
        ]
    )
    assert [(s.kind, s.start, s.end) for s in merged] == [
        (SpanKind.STRONG, 0, 5),
        (SpanKind.LINK, 0, 4),
        (SpanKind.EMPHASIS, 4, 6),
        (SpanKind.LINK, 4, 6),
    ]


def test_a_link_inside_another_link_gives_way():
    outer = Span(SpanKind.LINK, 0, 6, "https://a.example")
    assert merge_spans([outer, Span(SpanKind.LINK, 2, 4, "https://b.example")]) == [outer]


def test_text_over_the_limit_is_refused_with_the_limit_named():
    with pytest.raises(UserError, match="10 characters"):
        ArticleBuilder(max_characters=10).block(P, "x" * 11)


def test_an_article_without_words_is_refused():
    with pytest.raises(UserError, match="no text"):
        ArticleBuilder().block(P, " \n ").finish()


def test_words_need_an_open_block():
    with pytest.raises(ValueError, match="no block"):
        ArticleBuilder().text("x")
