import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QAbstractButton

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
