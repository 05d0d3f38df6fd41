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
