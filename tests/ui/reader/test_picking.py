import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from factories import make_article

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def nested(hand):
    """Return the words of three marks over one letter, the smallest first."""
    for words in ("council, that club of dinosaurs, has", "club of dinosaurs", "of"):
        start = hand.text.index("council, that") if words != "of" else 0
        start = hand.text.index(words, start)
        hand.mark_range(start, start + len(words))
    return ["of", "club of dinosaurs", "council, that club of dinosaurs, has"]


def inside(hand):
    return hand.point(hand.text.index("of dinosaurs"))


def test_a_click_picks_the_smallest_and_another_the_next(hand, nested):
    for words in [*nested, nested[0]]:
        hand.click(inside(hand))
        assert hand.chosen() == words


def test_the_right_half_of_the_last_letter_belongs_to_the_mark(hand, nested):
    area = hand.page.areas_of(*[hand.text.index("dinosaurs") + n for n in (8, 9)])[0]
    hand.click(QPoint(area.right() - 1, area.center().y()))
    assert hand.chosen() == "club of dinosaurs"


def test_a_click_on_bare_words_lets_go(hand, nested):
    hand.click(inside(hand))
    hand.click(hand.point(hand.text.index("plot")))
    assert hand.desk.chosen == ""


def test_o_cycles_through_marks_over_the_same_words(hand, nested):
    hand.click(inside(hand))
    seen = [hand.chosen()]
    for _ in range(3):
        hand.key(Qt.Key.Key_O)
        seen.append(hand.chosen())
    assert seen == [*nested, nested[0]]


def test_shift_o_lists_them(hand, nested, qtbot):
    hand.click(inside(hand))
    hand.key(Qt.Key.Key_O, SHIFT)
    menu = hand.view.findChild(QMenu, "mark_list")
    assert [nested[i] in action.text() for i, action in enumerate(menu.actions())] == [True] * 3
    menu.actions()[2].trigger()
    assert hand.chosen() == nested[2]
    menu.close()


def test_j_and_k_and_alt_with_arrows_go_from_mark_to_mark(hand, nested):
    hand.mark("plot")
    order = ["council, that club of dinosaurs, has", "club of dinosaurs", "of", "plot"]
    for words in order:
        hand.key(Qt.Key.Key_J)
        assert hand.chosen() == words
    hand.key(Qt.Key.Key_K)
    assert hand.chosen() == "of"
    hand.key(Qt.Key.Key_Up, ALT)
    assert hand.chosen() == "club of dinosaurs"
    hand.key(Qt.Key.Key_Down, ALT)
    assert hand.chosen() == "of"


def test_bars_in_the_margin_can_be_clicked(hand, nested):
    hand.page.frame_now()
    seen = set()
    for bar in hand.page._margin.bars:
        hand.click(QPoint(int(bar.area.left()) + 2, int(bar.area.top()) + 3))
        seen.add(hand.chosen())
    assert seen == set(nested)


def test_the_number_of_marks_without_a_bar_lists_them(hand, qtbot):
    from postil.library import AddAnnotations

    start = hand.text.index("plot")
    opened = hand.desk.opened.id
    hand.desk.do(AddAnnotations(opened, ((start, start + 4),) * 200, tags=()))
    hand.page.frame_now()
    [bunch] = hand.page._margin.bunches
    assert len(bunch.marks) + len(hand.page._margin.bars) == 200
    hand.click(bunch.area.center().toPoint())
    menu = hand.view.findChild(QMenu, "mark_list")
    assert len([a for a in menu.actions() if a.objectName() == "mark"]) == len(bunch.marks)
    menu.actions()[-1].trigger()
    assert hand.desk.chosen == bunch.marks[-1].id
    menu.close()


def test_each_of_two_hundred_marks_on_one_word_and_one_over_all_can_be_picked(hand):
    from postil.library import AddAnnotations

    start = hand.text.index("plot")
    opened = hand.desk.opened.id
    hand.desk.do(AddAnnotations(opened, ((start, start + 4),) * 200, tags=()))
    whole = hand.mark_range(0, len(hand.text))
    everything = {mark.id for mark in hand.desk.marks}
    by_click, by_key = set(), set()
    for _ in range(201):
        hand.click(hand.point(start))
        by_click.add(hand.desk.chosen)
    for _ in range(201):
        hand.key(Qt.Key.Key_O)
        by_key.add(hand.desk.chosen)
    assert by_click == by_key == everything
    hand.key(Qt.Key.Key_O, SHIFT)
    menu = hand.view.findChild(QMenu, "mark_list")
    listed = [action for action in menu.actions() if action.objectName() == "mark"]
    assert len(listed) == 201
    listed[-1].trigger()
    assert hand.desk.chosen == whole
    menu.close()


def test_resting_on_a_bar_tells_the_names_and_the_words(hand):
    from PySide6.QtGui import QHelpEvent
    from PySide6.QtWidgets import QApplication, QToolTip

    tag = next(iter(hand.desk.library.recent_tags()))
    hand.mark("plot", tag)
    hand.page.frame_now()
    [bar] = hand.page._margin.bars
    place = bar.area.center().toPoint()
    spot = hand.page.viewport().mapToGlobal(place)
    QApplication.sendEvent(hand.page.viewport(), QHelpEvent(QHelpEvent.Type.ToolTip, place, spot))
    assert hand.desk.tags[tag].name in QToolTip.text()
    assert "“plot”" in QToolTip.text()
    QToolTip.hideText()


def test_hovering_tells_the_desk_and_leaving_too(hand, nested):
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    QTest.mouseMove(hand.page.viewport(), inside(hand))
    smallest = hand.page.marks_at(QPointF(inside(hand)))[0]
    assert hand.desk.hovered == smallest.id
    QTest.mouseMove(hand.page.viewport(), hand.point(hand.text.index("plot")))
    assert hand.desk.hovered == ""
    QTest.mouseMove(hand.page.viewport(), inside(hand))
    QApplication.sendEvent(hand.page, QEvent(QEvent.Type.Leave))
    assert hand.desk.hovered == ""


def test_escape_lets_go_of_the_active_mark(hand, nested):
    hand.click(inside(hand))
    hand.key(Qt.Key.Key_Escape)
    assert hand.desk.chosen == ""


def test_dragging_over_a_mark_selects_and_lets_go_of_it(hand, nested):
    hand.click(inside(hand))
    hand.drag_words("dinosaurs, has")
    assert hand.desk.chosen == ""
    assert hand.text[slice(*hand.view.selection())] == "dinosaurs, has"


def test_after_a_deletion_the_keys_go_on_from_there(make_hand):
    hand = make_hand(make_article("One two three four five six."))
    for words in ("One", "three", "five"):
        hand.mark(words)
    for _ in range(2):
        hand.key(Qt.Key.Key_J)
    assert hand.chosen() == "three"
    hand.key(Qt.Key.Key_Delete)
    hand.key(Qt.Key.Key_J)
    assert hand.chosen() == "five"
    hand.key(Qt.Key.Key_Delete)
    hand.key(Qt.Key.Key_K)
    assert hand.chosen() == "One"
    assert hand.page.hasFocus()
