import pytest

from factories import make_annotation, make_article
from postil.domain.tags import LineStyle
from postil.page.document import build_document
from postil.page.frame import compose
from postil.page.layers import Layers
from postil.page.margin import Margin
from postil.page.marks import MarkIndex
from postil.page.offsets import OffsetMap
from postil.page.painter import MarkLook
from postil.page.style import PageStyle
from postil.page.type_face import Metrics

pytestmark = pytest.mark.usefixtures("qapp")

STYLE = PageStyle()


def look(mark):
    return MarkLook("#44BB99", LineStyle.SOLID, mark.note)


def arranged(room, *places):
    """Return the bars of marks at these places, whose codes are A, B, C …"""
    article = make_article("word " * 200)
    marks = [
        make_annotation(article, place, number=number, note=chr(ord("A") + number))
        for number, place in enumerate(places)
    ]
    document = build_document(article, STYLE)
    document.setTextWidth(500)
    height = document.size().height()
    layers = Layers(article, MarkIndex(marks))
    frame = compose(document, OffsetMap(article.text), layers, Metrics.of(STYLE), 0, height)
    margin = Margin(STYLE, look)
    margin.arrange(frame, 500, 500 + room)
    return margin


def test_on_a_wide_page_each_bar_has_its_code():
    wide = Margin(STYLE, look).width(1_000)
    margin = arranged(wide, (0, 9), (10, 19), (20, 24))
    assert [bar.label for bar in margin.bars] == ["A", "B", "C"]
    assert len({bar.area.left() for bar in margin.bars}) == 3


def test_on_a_narrow_page_codes_give_way_to_bars():
    narrow = Margin(STYLE, look).width(0)
    assert narrow < Margin(STYLE, look).width(1_000)
    margin = arranged(narrow, (0, 9), (10, 19), (600, 610))
    assert [bar.label for bar in margin.bars] == ["", "B", "C"]
    assert all(bar.area.right() <= 500 + narrow for bar in margin.bars)


def test_a_bar_is_found_where_it_stands():
    margin = arranged(200, (0, 9), (10, 400))
    for bar in margin.bars:
        assert margin.at(bar.area.left() + 1, bar.area.center().y()) == bar.mark
    assert margin.at(499, 10) is None
    margin.forget()
    assert margin.bars == []


def test_a_code_too_long_for_its_lane_is_shortened():
    article = make_article("word " * 20)
    mark = make_annotation(article, (0, 4), note="WWWWWW")
    document = build_document(article, STYLE)
    document.setTextWidth(500)
    frame = compose(
        document,
        OffsetMap(article.text),
        Layers(article, MarkIndex([mark])),
        Metrics.of(STYLE),
        0,
        document.size().height(),
    )
    margin = Margin(STYLE, look)
    margin.arrange(frame, 500, 900)
    assert margin.bars[0].label.endswith("…")
