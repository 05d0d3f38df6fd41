import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from factories import make_article
from postil.page.style import PageStyle
from postil.ui.reader.mark_bar import place_beside


@pytest.mark.parametrize("width", [420, 620, 900, 1300])
def test_what_the_bar_offers_has_room_and_does_not_overlap(hand, width):
    hand.view.resize(width, 600)
    start = hand.text.index("council")
    for place in ((start, start + 7), (start, start + 20)):  # the second time it is open already
        hand.view.select(*place)
        bar = hand.view.mark_bar
        shown = [b for b in bar.findChildren(QAbstractButton) if not b.isHidden()]
        areas = [button.geometry() for button in shown]
        assert len(shown) >= 4
        assert all(bar.rect().contains(area) for area in areas)
        assert not any(a.intersects(b) for i, a in enumerate(areas) for b in areas[:i])
        assert hand.view.rect().contains(bar.geometry())


def test_all_nine_digits_are_offered_where_there_is_room(hand):
    hand.view.resize(1300, 600)
    hand.view.select(0, 5)
    assert all(hand.view.mark_bar.findChild(object, f"tag_chip_{n}") for n in range(1, 10))


def selected_lines(hand):
    """Return the lines of the selection that are to be seen, as rectangles of the reader."""
    page, view = hand.page, hand.view
    corner = page.viewport().mapTo(view, QPoint(0, 0))
    areas = [area.translated(corner) for area in page.areas_of(*view.selection())]
    return [seen for area in areas if not (seen := area.intersected(page.geometry())).isEmpty()]


@pytest.mark.parametrize("zoom", [1.0, 2.0, 3.0])
@pytest.mark.parametrize("size", [(320, 420), (420, 600), (900, 600)])
def test_it_never_covers_the_selection(make_hand, size, zoom):
    hand = make_hand(make_article(*["Words that go on and on. " * 20] * 10), width=size[0])
    hand.view.resize(*size)
    hand.view.set_style(PageStyle(zoom=zoom))
    hand.page.show_position(1_000)
    first, last = hand.page.shown_range()
    for place in (
        (first, first + 5),
        (last - 6, last - 1),
        (first + 4, last - 4),
        (first, last),
        (first, len(hand.text)),
        (0, len(hand.text)),
    ):
        hand.view.leave()
        hand.page.show_position(1_000)
        hand.view.select(*place)
        bar = hand.view.mark_bar
        assert bar.isVisible(), place
        assert selected_lines(hand)
        assert not any(area.intersects(bar.geometry()) for area in selected_lines(hand)), place
        assert hand.view.rect().contains(bar.geometry())


def test_where_the_words_leave_no_room_it_stands_below_the_page_and_nothing_jumps(make_hand):
    hand = make_hand(make_article(*["Words that go on and on. " * 20] * 10))
    hand.page.show_position(1_000)
    height, top = hand.page.height(), hand.page.top_position()
    hand.view.select(0, len(hand.text))
    bar = hand.view.mark_bar.geometry()
    assert bar.top() >= hand.page.geometry().bottom()
    assert hand.page.top_position() == top
    QTest.keyClick(hand.page, Qt.Key.Key_Escape)
    assert hand.page.height() == height
    assert hand.page.top_position() == top


def test_with_large_letters_in_a_small_window_the_keys_alone_are_left(make_hand):
    hand = make_hand(make_article("Words that go on and on."))
    hand.view.mark_bar.setStyleSheet("QPushButton { font-size: 30pt }")
    hand.view.resize(330, 500)
    hand.view.select(0, 5)
    bar = hand.view.mark_bar
    buttons = [bar.findChild(QAbstractButton, name) for name in ("bar_tag", "bar_note")]
    assert [button.text() for button in buttons] == ["T", "N"]
    assert [button.accessibleName() for button in buttons] == ["Tag…", "Note"]
    assert hand.view.rect().contains(bar.geometry())
    hand.view.resize(900, 500)
    hand.view.select(0, 5)
    assert buttons[0].text() == "T  Tag…"


ROOM = QRect(0, 0, 800, 600)
SIZE = QSize(300, 40)


@pytest.mark.parametrize(
    "area",
    [
        QRect(100, 100, 200, 20),  # below
        QRect(100, 560, 200, 20),  # above
        QRect(0, 0, 400, 600),  # at the right
        QRect(400, 0, 400, 600),  # at the left
        QRect(790, 10, 10, 10),
        QRect(0, 590, 10, 10),
    ],
)
def test_what_stands_beside_an_area_covers_none_of_it(area):
    place = place_beside(area, SIZE, ROOM)
    assert place.size() == SIZE
    assert ROOM.contains(place)
    assert not place.intersects(area)


def test_an_area_that_fills_the_room_leaves_the_lower_edge():
    place = place_beside(ROOM, SIZE, ROOM)
    assert ROOM.contains(place)
    assert place.bottom() > 550
