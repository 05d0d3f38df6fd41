"""Whatever an importer hands over, the article that comes out holds its invariants."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from postil.domain.article import BlockKind, SpanKind
from postil.domain.builder import ArticleBuilder
from postil.domain.errors import UserError

NASTY = st.text(
    st.one_of(
        st.sampled_from(
            "ae\u0301\u0327\u00a0 \t\n\u2028\u2029\ufdd0\x00\r😀👩\u200d🔬אب\u1100\u1161"
        ),
        st.characters(),
    ),
    max_size=30,
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("begin"), st.sampled_from(list(BlockKind)), st.integers(-1, 9)),
        st.tuples(st.just("text"), NASTY, st.none()),
        st.tuples(st.just("open"), st.sampled_from(list(SpanKind)), st.none()),
        st.tuples(st.just("close"), st.none(), st.none()),
        st.tuples(st.just("break"), st.none(), st.none()),
        st.tuples(st.just("cell"), st.none(), st.none()),
    ),
    max_size=40,
)


def build(steps):
    builder = ArticleBuilder().begin(BlockKind.PARAGRAPH)
    open_spans = 0
    for name, value, level in steps:
        if name == "begin":
            builder.begin(value, level=level)
            open_spans = 0
        elif name == "text":
            builder.text(value)
        elif name == "open":
            builder.open_span(value, "https://example.org" if value is SpanKind.LINK else "")
            open_spans += 1
        elif name == "close" and open_spans:
            builder.close_span()
            open_spans -= 1
        elif name == "break":
            builder.line_break()
        elif name == "cell":
            builder.cell_break()
    return builder.finish()


@given(STEPS)
def test_built_articles_are_canonical(steps):
    try:
        article = build(steps)
    except UserError:
        return
    assert unicodedata.is_normalized("NFC", article.text)
    article.text.encode()  # no lone surrogates
    for block in article.blocks:
        words = article.block_text(block)
        trimmed = " \u2028" if block.kind is BlockKind.ROW else " \t\u2028"
        assert words == words.strip(trimmed) != ""
        assert not set(words) & set("\r\x00\u2029\ufdd0\n")
        assert all(unicodedata.category(c) != "Cc" or c == "\t" for c in words)
    for first, second in zip(article.spans, article.spans[1:], strict=False):
        assert (first.start, -first.end) <= (second.start, -second.end)


@given(NASTY, NASTY, NASTY)
def test_a_span_covers_the_words_it_was_opened_around(before, inside, after):
    builder = ArticleBuilder().begin(BlockKind.PARAGRAPH).text("[" + before + " ")
    builder.open_span(SpanKind.STRONG).text("<" + inside + ">").close_span()
    article = builder.text(" " + after + "]").finish()
    (span,) = article.spans
    words = article.text[span.start : span.end]
    assert words[0] == "<"
    assert words[-1] == ">" or unicodedata.combining(words[-1]) or words[-1] == "≯"
