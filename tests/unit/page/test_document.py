import itertools

import pytest
from PySide6.QtCore import QByteArray, Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QImage,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from factories import make_article
from postil.domain.article import BlockKind, SpanKind
from postil.domain.builder import ArticleBuilder
from postil.page.document import build_document, wrap_mode
from postil.page.style import PageStyle
from postil.page.type_face import Metrics

pytestmark = pytest.mark.usefixtures("qapp")


def raw(document):
    return document.toRawText().replace("\u2029", "\n")


def every_kind():
    builder = ArticleBuilder()
    builder.block(BlockKind.HEADING, "Title 😀", level=1)
    builder.begin(BlockKind.PARAGRAPH).text("no\u00a0break, ").line_break().text("e\u0301, ")
    builder.open_span(SpanKind.EMPHASIS).text("leaning ").open_span(SpanKind.STRONG).text("both")
    builder.close_span().close_span().text(" and ")
    builder.open_span(SpanKind.LINK, "https://example.org/").text("a link").close_span().end()
    builder.block(BlockKind.ITEM, "item", level=1).block(BlockKind.ITEM, "deeper", level=3)
    builder.block(BlockKind.ITEM, "third", level=1, number=3)
    builder.block(BlockKind.QUOTATION, "quoted").block(BlockKind.CAPTION, "caption")
    builder.begin(BlockKind.ROW).text("a").cell_break().text("b").cell_break().text("c").end()
    builder.begin(BlockKind.ROW).text("1").cell_break().text("2").end()
    builder.block(BlockKind.PREFORMATTED, "for x:\n    go(x)\ufffc")
    builder.block(BlockKind.PARAGRAPH, "שלום עולם abc").block(BlockKind.PARAGRAPH, "plain")
    return builder.finish()


def format_at(document, words):
    cursor = document.find(words)
    assert not cursor.isNull()
    cursor.setPosition(cursor.selectionStart() + 1)
    return cursor.charFormat()


def test_the_words_are_those_of_the_article_and_no_others():
    article = every_kind()
    assert raw(build_document(article, PageStyle())) == article.text


def test_each_block_of_the_article_is_a_block_of_the_document():
    article = every_kind()
    document = build_document(article, PageStyle())
    assert document.blockCount() == len(article.blocks)
    for index, block in enumerate(article.blocks):
        assert document.findBlockByNumber(index).text() == article.block_text(block)


def test_spans_are_set_as_they_are_called():
    document = build_document(every_kind(), PageStyle())
    leaning, both, link = (format_at(document, w) for w in ("leaning", "both", "a link"))
    assert leaning.fontItalic()
    assert not leaning.fontWeight() > 400
    assert both.fontItalic()
    assert both.fontWeight() > 400
    assert link.anchorHref() == "https://example.org/"
    assert not format_at(document, "break").fontItalic()


def test_items_quotations_and_rows_are_indented_and_tabbed():
    document = build_document(every_kind(), PageStyle())

    def block_format(words):
        return document.find(words).block().blockFormat()

    assert block_format("deeper").leftMargin() > block_format("item").leftMargin() > 0
    assert block_format("quoted").rightMargin() > 0
    assert len(block_format("a\tb").tabPositions()) == 2
    assert block_format("Title").headingLevel() == 1


def test_paragraphs_run_as_their_script_does():
    document = build_document(every_kind(), PageStyle())
    rtl, ltr = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
    assert document.find("abc").block().textDirection() is rtl
    assert document.find("plain").block().textDirection() is ltr


def test_all_lines_of_a_paragraph_are_equally_high():
    style = PageStyle()
    article = make_article("word 😀 漢字 " * 60)
    document = build_document(article, style)
    document.setTextWidth(400)
    document.size()
    layout = document.firstBlock().layout()
    baselines = [
        layout.lineAt(at).y() + layout.lineAt(at).ascent() for at in range(layout.lineCount())
    ]
    steps = {round(b - a) for a, b in itertools.pairwise(baselines)}
    assert steps == {Metrics.of(style).line}


def test_nothing_can_be_undone_in_it():
    document = build_document(make_article(), PageStyle())
    QTextCursor(document)
    assert not document.isUndoRedoEnabled()
    assert not document.isUndoAvailable()


def test_nothing_is_loaded(tmp_path):
    secret = tmp_path / "picture.png"
    QImage(9, 9, QImage.Format.Format_RGB32).save(str(secret))
    document = build_document(make_article(), PageStyle())
    kinds = QTextDocument.ResourceType
    picture = document.resource(kinds.ImageResource.value, QUrl.fromLocalFile(str(secret)))
    assert picture.size().width() == 1
    sheet = document.resource(kinds.StyleSheetResource.value, QUrl("https://example.org/a.css"))
    assert sheet == QByteArray()


def test_zoom_and_measure_change_sizes():
    one, two = Metrics.of(PageStyle()), Metrics.of(PageStyle(zoom=2.0))
    assert two.line == pytest.approx(2 * one.line, rel=0.1)
    assert Metrics.of(PageStyle(measure=40)).column < one.column


@pytest.mark.parametrize(
    ("words", "anywhere"),
    [
        ("word " * 5_000, False),
        ("x" * 6_000, True),
        ("漢字" * 6_000, False),
        ("x" * 4_000, False),
        ("short " + "y" * 6_000 + " short", True),
    ],
)
def test_only_a_run_of_letters_without_end_is_broken_anywhere(words, anywhere):
    mode = wrap_mode(make_article("first", words))
    assert (mode is QTextOption.WrapMode.WrapAnywhere) == anywhere


@pytest.mark.parametrize(("zoom", "factor"), [(1.0, 1.5), (3.0, 1.2)])
def test_a_heading_is_less_larger_than_the_text_where_that_is_large(zoom, factor):
    style = PageStyle(zoom=zoom)
    document = build_document(make_article("words", heading="A title"), style)
    document.setTextWidth(2_000)
    document.size()
    title, text = (
        document.findBlockByNumber(n).layout().lineAt(0).naturalTextWidth() for n in (0, 1)
    )
    bold = QFont(Metrics.of(style).font)
    bold.setBold(True)
    plain = QFontMetricsF(bold).horizontalAdvance("A title")
    assert title / plain == pytest.approx(factor, abs=0.03)
    assert text > 0


def columns_of(*rows):
    builder = ArticleBuilder()
    for row in rows:
        builder.begin(BlockKind.ROW)
        for index, cell in enumerate(row):
            if index:
                builder.cell_break()
            builder.text(cell)
    document = build_document(builder.finish(), PageStyle())
    return [tab.position for tab in document.firstBlock().blockFormat().tabPositions()]


def test_columns_of_a_table_are_as_wide_as_their_words_or_even():
    metrics = Metrics.of(PageStyle())
    first, second = columns_of(("a", "bb", "c"), ("longer words", "b", "c"), ("x",))
    words = QFontMetricsF(metrics.font)
    assert first > words.horizontalAdvance("longer words")
    assert second - first < first
    assert second < metrics.column / 2
    even = columns_of(("a", "b " * 60, "c"), ("a", "b", "c"))
    assert even == pytest.approx([metrics.column / 3, metrics.column * 2 / 3])
