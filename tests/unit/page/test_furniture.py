"""Title block, numbers and list markers, by what is painted where."""

import pytest
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from factories import make_article
from postil.domain.article import BlockKind, Metadata
from postil.domain.builder import ArticleBuilder
from postil.domain.direction import runs_leftwards
from postil.page.document import build_document
from postil.page.frame import Frame, compose
from postil.page.furniture import Column, Furniture
from postil.page.layers import Layers
from postil.page.marks import MarkIndex
from postil.page.offsets import OffsetMap
from postil.page.style import PageStyle
from postil.page.type_face import Metrics

pytestmark = pytest.mark.usefixtures("qapp")

STYLE = PageStyle()
HEBREW = "המעבורת באה"
COLUMN = Column(60, 560)


def ink(image, area=None):
    """Return left, top, right and bottom of what is painted in an area (x, y, width, height)."""
    left, top, width, height = area or (0, 0, image.width(), image.height())
    paper = QColor(STYLE.paper).rgb()
    spots = [
        (x, y)
        for y in range(top, top + height)
        for x in range(left, left + width)
        if image.pixel(x, y) != paper
    ]
    assert spots, "nothing is painted there"
    across, down = zip(*spots, strict=True)
    return min(across), min(down), max(across), max(down)


def painted(furniture, frame=None, height=200):
    image = QImage(640, height, QImage.Format.Format_RGB32)
    image.fill(QColor(STYLE.paper))
    painter = QPainter(image)
    furniture.paint(painter, frame or Frame(0, height), COLUMN, 10)
    painter.end()
    return image


@pytest.mark.parametrize(("title", "leftwards"), [("A ferry", False), (HEBREW, True)])
def test_title_and_byline_begin_where_the_article_is_read_from(title, leftwards):
    article = make_article(title)
    furniture = Furniture(article, title, "4 May 2026 · 1 min", STYLE)
    left, _, right, _ = ink(painted(furniture))
    if leftwards:
        assert left > (COLUMN.left + COLUMN.right) / 2
        assert abs(right - COLUMN.right) < 5
    else:
        assert abs(left - COLUMN.left) < 5
        assert right < (COLUMN.left + COLUMN.right) / 2


def test_the_byline_goes_with_a_title_that_stands_in_the_text():
    article = make_article("words", heading=HEBREW)
    document = build_document(article, STYLE)
    document.setTextWidth(500)
    layers = Layers(article, MarkIndex())
    frame = compose(document, OffsetMap(article.text), layers, Metrics.of(STYLE), 0, 200)
    left, *_ = ink(painted(Furniture(article, HEBREW, "1 min", STYLE), frame))
    assert left < 60  # the paragraph's number
    numbers_end = round(COLUMN.left)
    left, *_ = ink(
        painted(Furniture(article, HEBREW, "1 min", STYLE), frame), (numbers_end, 0, 500, 200)
    )
    assert left > (COLUMN.left + COLUMN.right) / 2


def test_a_byline_too_long_for_the_column_is_smaller_and_whole():
    article = make_article("words")
    byline = (
        "Ada Lind · The Harbour Post and Advertiser · 4 May 2026 · 12 min, and so on and on, ab"
    )
    _, _, right, _ = ink(painted(Furniture(article, "", byline, STYLE)))
    assert right <= COLUMN.right
    cut = painted(Furniture(article, "", byline + byline, STYLE))
    assert ink(cut)[2] <= COLUMN.right
    whole = painted(Furniture(article, "", byline, STYLE))
    changed = painted(Furniture(article, "", byline[:-1] + "c", STYLE))
    assert whole != changed, "the last letter is to be seen"


@pytest.mark.parametrize("words", ["an item", HEBREW])
def test_a_list_is_set_in_and_its_markers_stand_where_reading_begins(words):
    builder = ArticleBuilder(Metadata())
    builder.block(BlockKind.ITEM, words, level=1, number=7)
    article = builder.finish()
    document = build_document(article, STYLE)
    document.setTextWidth(500)
    layers = Layers(article, MarkIndex())
    frame = compose(document, OffsetMap(article.text), layers, Metrics.of(STYLE), 0, 100)
    [line] = frame.lines
    em = Metrics.of(STYLE).em
    if words == HEBREW:
        assert line.x + line.right == pytest.approx(500 - 1.5 * em, abs=2)
    else:
        assert line.x + line.left == pytest.approx(1.5 * em, abs=2)
    furniture = Furniture(article, "", "", STYLE)
    image = painted(furniture, frame)
    begin = line.x + (line.right if words == HEBREW else line.left)
    beside = round(begin if words == HEBREW else begin - 1.5 * em)
    left, _, right, bottom = ink(image, (beside, round(line.top), round(1.5 * em), 30))
    assert beside <= left < right <= beside + 1.5 * em
    assert abs(bottom - line.baseline) <= 1


def test_direction_is_that_of_the_first_letter_that_has_one():
    assert not runs_leftwards("")
    assert not runs_leftwards("123 …")
    assert runs_leftwards("12. " + HEBREW)
    assert not runs_leftwards("a " + HEBREW)
    assert runs_leftwards("a " + HEBREW, 2)
    assert not runs_leftwards(HEBREW + " a", len(HEBREW))


@pytest.mark.parametrize("wide", range(230, 620, 3))
def test_a_byline_is_cut_only_where_the_least_letters_do_not_fit(wide, monkeypatch):
    byline = "Ada Lind · Harbour Post · 4 May 2026 · 3 min"
    style = PageStyle(size=39)
    shown = []
    monkeypatch.setattr(
        QFontMetricsF,
        "elidedText",
        lambda metrics, text, _mode, width: (
            shown.append(metrics.horizontalAdvance(text) <= width) or text
        ),
    )
    image = QImage(640, 200, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    Furniture(make_article("words"), "", byline, style).paint(
        painter, Frame(0, 200), Column(60, 60 + wide), 10
    )
    painter.end()
    least = QFont(Metrics.of(style).small)
    least.setPointSizeF(8)
    assert shown == [QFontMetricsF(least).horizontalAdvance(byline) <= wide]
