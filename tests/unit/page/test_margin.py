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


def test_on_a_narrow_page_bars_stand_close_and_codes_right_of_them():
    narrow = Margin(STYLE, look).width(0)
    assert narrow < Margin(STYLE, look).width(1_000)
    margin = arranged(narrow, (0, 9), (10, 19), (600, 610))
    assert [bar.label for bar in margin.bars] == ["A", "B", "C"]
    first, second, _ = margin.bars
    assert min(first.code.left(), second.code.left()) > second.area.right()
    assert not first.code.intersects(second.code)
    assert all(bar.code.right() <= 500 + narrow for bar in margin.bars)


def test_a_code_whose_line_is_taken_stands_beside_a_later_line_of_its_bar():
    margin = arranged(Margin(STYLE, look).width(0), (0, 300), (1, 300), (2, 300))
    heights = [bar.code.top() for bar in margin.bars]
    assert heights == sorted(set(heights))
    assert all(bar.code.top() < bar.area.bottom() for bar in margin.bars)


def test_a_bar_is_found_where_it_stands_and_at_its_code():
    for room in (200, 60):
        margin = arranged(room, (0, 9), (10, 400))
        for bar in margin.bars:
            assert margin.at(bar.area.left() + 1, bar.area.center().y()) == bar.mark
            assert margin.at(bar.code.center().x(), bar.code.center().y()) == bar.mark
    assert margin.at(497, 10) is None
    margin.forget()
    assert margin.bars == []


def test_marks_without_a_bar_are_found_at_their_number():
    margin = arranged(Margin(STYLE, look).width(0), *[(0, 9 + n) for n in range(10)])
    [bunch] = margin.bunches
    assert len(margin.bars) + len(bunch.marks) == 10
    assert margin.bunch_at(bunch.area.center().x(), bunch.area.center().y()) == bunch.marks
    assert margin.bunch_at(500, bunch.area.center().y()) == ()
    assert not {bar.mark.id for bar in margin.bars} & {mark.id for mark in bunch.marks}


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
