from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from factories import make_article
from postil.page.style import PageStyle


@pytest.fixture
def long_one(make_hand):
    return make_hand(make_article(*["Words that go on. " * 20] * 50))


def heights(hand):
    return [height / hand.view.strip.height() for height, _ in hand.view.strip.ticks()]


def test_ticks_stand_where_the_marks_are(long_one, qtbot):
    length = len(long_one.text)
    for share in (0.25, 0.5, 0.9):
        start = int(length * share)
        long_one.mark_range(start, start + 5)
    assert heights(long_one) == pytest.approx([0.25, 0.5, 0.9], abs=0.01)


def test_ticks_follow_changes_and_undo(long_one):
    name = long_one.mark_range(100, 105)
    assert len(heights(long_one)) == 1
    long_one.desk.choose(name)
    long_one.view.marking.delete()
    assert heights(long_one) == []
    long_one.desk.library.undo()
    assert len(heights(long_one)) == 1


def test_marks_that_were_there_are_shown_when_the_article_opens(long_one, qtbot):
    long_one.mark_range(100, 105)
    long_one.desk.open_article(long_one.desk.opened.id)
    qtbot.waitUntil(lambda: len(heights(long_one)) == 1)


def test_ticks_have_the_colour_of_the_group(long_one):
    tag = next(iter(long_one.desk.library.recent_tags()))
    long_one.mark_range(100, 105, tag)
    group = long_one.desk.groups[
        long_one.desk.tags[tag].codebook_id, long_one.desk.tags[tag].group_id
    ]
    assert long_one.view.strip.ticks()[0][1] == group.colour


def test_a_click_goes_there(long_one):
    strip = long_one.view.strip
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(3, int(strip.height() * 0.8)))
    first, last = long_one.page.shown_range()
    assert first < len(long_one.text) * 0.8 < last


def test_dragging_takes_the_page_along_and_another_button_does_not(long_one):
    strip, bar = long_one.view.strip, long_one.page.verticalScrollBar()
    QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=QPoint(3, int(strip.height() * 0.3)))
    places = [bar.value()]
    for step in range(1, 6):  # each step is less than a page
        drag(strip, strip.height() * (0.3 + step * 0.01), Qt.MouseButton.LeftButton)
        places.append(bar.value())
    assert places == sorted(set(places))
    QTest.mouseRelease(strip, Qt.MouseButton.LeftButton)
    QTest.mouseClick(strip, Qt.MouseButton.RightButton, pos=QPoint(3, 5))
    drag(strip, 5, Qt.MouseButton.RightButton)
    assert bar.value() == places[-1]


def drag(strip, y, button):
    place = QPointF(3, y)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        place,
        strip.mapToGlobal(place),
        button,
        button,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(strip, event)


def test_hits_of_a_search_are_shown_beside_the_marks(long_one):
    strip = long_one.view.strip
    before = strip.grab().toImage()
    strip.show_hits([(len(long_one.text) // 2, len(long_one.text) // 2 + 3)])
    after = strip.grab().toImage()
    rows = [
        y
        for y in range(after.height())
        if any(after.pixel(x, y) != before.pixel(x, y) for x in range(after.width()))
    ]
    assert rows
    assert all(abs(y / strip.height() - 0.5) < 0.02 for y in rows)


def test_what_is_painted_follows_marks_style_and_size(long_one):
    strip = long_one.view.strip
    tag = next(iter(long_one.desk.library.recent_tags()))
    pictures = [strip.grab().toImage()]
    long_one.mark_range(len(long_one.text) // 2, len(long_one.text) // 2 + 5, tag)
    pictures.append(strip.grab().toImage())
    long_one.mark_range(len(long_one.text) // 4, len(long_one.text) // 4 + 5, tag)
    pictures.append(strip.grab().toImage())
    for one, next_one in pairwise(pictures):
        assert one != next_one

    def tick():
        image = strip.grab().toImage()
        return image.pixelColor(5, round(strip.height() * 0.5) + 1)

    before = tick()
    long_one.view.set_style(PageStyle(paper="#202124", is_dark=True))
    assert tick() != before
    on_dark = tick()
    long_one.view.resize(900, 400)
    assert tick() == on_dark
    long_one.key(Qt.Key.Key_M)
    assert tick() != on_dark
