"""For any article: the document says its words and no others, and offsets go there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QTextBoundaryFinder
from PySide6.QtGui import QTextCursor

from postil.domain.article import BlockKind, SpanKind
from postil.domain.builder import ArticleBuilder
from postil.domain.errors import UserError
from postil.page.document import build_document
from postil.page.offsets import OffsetMap
from postil.page.style import PageStyle
from postil.ui.reader.snapping import Snapping, Unit

pytestmark = pytest.mark.usefixtures("qapp")

LETTERS = st.text(
    st.one_of(
        st.sampled_from(
            "ab e\u0301\u0323\u00a0\u200d\u200f\u202e\ufffc\u00ad😀👩🚀אבשل\u1100\u1161"
        ),
        st.characters(),
    ),
    max_size=25,
)
RUN = st.tuples(LETTERS, st.none() | st.sampled_from(list(SpanKind)), st.booleans())
BLOCK = st.tuples(
    st.sampled_from(list(BlockKind)), st.integers(1, 6), st.lists(RUN, min_size=1, max_size=4)
)


@st.composite
def articles(draw):
    builder = ArticleBuilder()
    for kind, level, runs in draw(st.lists(BLOCK, min_size=1, max_size=8)):
        builder.begin(kind, level=level)
        for words, span, breaks in runs:
            if span:
                builder.open_span(span, "https://example.org/" if span is SpanKind.LINK else "")
            builder.text(words)
            if span:
                builder.close_span()
            if breaks:
                if kind is BlockKind.ROW:
                    builder.cell_break()
                else:
                    builder.line_break()
    try:
        return builder.finish()
    except UserError:
        return ArticleBuilder().block(BlockKind.PARAGRAPH, "words").finish()


@given(articles())
def test_the_document_says_the_words_of_the_article_and_no_others(article):
    document = build_document(article, PageStyle())
    assert document.toRawText().replace("\u2029", "\n") == article.text
    assert document.blockCount() == len(article.blocks)


@given(articles(), st.data())
def test_a_range_goes_to_a_cursor_and_back(article, data):
    document = build_document(article, PageStyle())
    offsets = OffsetMap(article.text)
    start = data.draw(st.integers(0, len(article.text)))
    end = data.draw(st.integers(start, len(article.text)))
    cursor = QTextCursor(document)
    cursor.setPosition(offsets.to_qt(start))
    cursor.setPosition(offsets.to_qt(end), QTextCursor.MoveMode.KeepAnchor)
    selected = cursor.selectedText().replace("\u2029", "\n")
    assert selected.replace("\xa0", " ") == article.text[start:end].replace("\xa0", " ")
    assert offsets.to_code_point(cursor.selectionStart()) == start
    assert offsets.to_code_point(cursor.selectionEnd()) == end


@given(LETTERS)
def test_offsets_are_those_of_utf_16(text):
    offsets = OffsetMap(text)
    for at in range(len(text) + 1):
        units = len(text[:at].encode("utf-16-le", "surrogatepass")) // 2
        assert offsets.to_qt(at) == units
        assert offsets.to_code_point(units) == at


@given(articles(), st.data())
def test_a_snapped_range_holds_the_range_and_is_stable(article, data):
    snapping = Snapping(article)
    start = data.draw(st.integers(0, len(article.text) - 1))
    end = data.draw(st.integers(start + 1, len(article.text)))
    place = snapping.snapped(start, end)
    if place is None:
        assert not article.text[start:end].strip("\n")
        return
    assert 0 <= place[0] < place[1] <= len(article.text)
    assert article.text[place[0]] != "\n"
    assert article.text[place[1] - 1] != "\n"
    assert snapping.snapped(*place) == place
    bare = article.text[start:end].strip("\n")
    assert bare in article.text[slice(*place)]


@given(articles(), st.sampled_from([Unit.LETTER, Unit.WORD]))
def test_steps_walk_the_whole_text_in_both_directions(article, unit):
    snapping = Snapping(article)
    for forward, first, goal in ((True, 0, len(article.text)), (False, len(article.text), 0)):
        position = first
        for _ in range(len(article.text) + 1):
            if position == goal:
                break
            moved = snapping.step(position, unit, forward=forward)
            assert (moved > position) if forward else (moved < position)
            position = moved
        assert position == goal


@given(articles(), st.data())
def test_whole_ranges_cut_no_letter_and_lie_in_order(article, data):
    text = article.text
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    ranges = list(zip(cuts[::2], cuts[1::2], strict=False))
    whole = Snapping(article).whole(ranges)
    reached = 0
    for start, end in whole:
        assert reached <= start < end
        reached = end
    edges = {0, len(text)}
    for block in article.blocks:
        finder = QTextBoundaryFinder(Unit.LETTER.value, text[block.start : block.end])
        offsets = OffsetMap(text[block.start : block.end])
        at = 0
        while at >= 0:
            edges.add(block.start + offsets.to_code_point(at))
            at = finder.toNextBoundary()
    assert {edge for place in whole for edge in place} <= edges
    for start, end in ranges:
        for at in range(start, end):
            assert text[at] == "\n" or any(first <= at < last for first, last in whole)
