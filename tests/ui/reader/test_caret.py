import pytest
from PySide6.QtCore import Qt

from factories import make_article

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def reading(hand):
    hand.key(Qt.Key.Key_F7)
    hand.key(Qt.Key.Key_Home, CTRL)
    return hand


def test_f7_switches_the_caret_on_and_off(hand):
    assert not hand.page.shows_caret
    hand.key(Qt.Key.Key_F7)
    assert hand.page.shows_caret
    hand.key(Qt.Key.Key_F7)
    assert not hand.page.shows_caret


def test_the_caret_begins_where_reading_is(make_hand):
    hand = make_hand(make_article(*["Words that go on. " * 20] * 30))
    hand.view.scroll_to(5_000, 5_001)
    hand.key(Qt.Key.Key_F7)
    first, last = hand.page.shown_range()
    assert first <= hand.page.caret() < last


def test_it_is_painted(reading):
    def picture():
        return reading.page.viewport().grab().toImage()

    shown = picture()
    reading.key(Qt.Key.Key_F7)
    assert picture() != shown


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ([(Qt.Key.Key_Right, SHIFT)] * 3, "The"),
        ([(Qt.Key.Key_Right, CTRL | SHIFT)] * 2, "The ferry "),
        ([(Qt.Key.Key_End, SHIFT)], "The ferry that was promised"),
        (
            [(Qt.Key.Key_Down, CTRL), (Qt.Key.Key_Right, CTRL), (Qt.Key.Key_Right, SHIFT | CTRL)],
            "years ",
        ),
        ([(Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Left, SHIFT)], "d"),
    ],
)
def test_keys_move_and_shift_selects(reading, keys, words):
    for key, modifiers in keys:
        reading.key(key, modifiers)
    assert reading.text[slice(*reading.view.selection())] == words
    assert reading.view.mark_bar.isVisible()


def test_words_are_marked_without_a_mouse(reading):
    reading.key(Qt.Key.Key_Right, CTRL)
    reading.key(Qt.Key.Key_Right, CTRL | SHIFT)
    reading.key(Qt.Key.Key_Left, SHIFT)
    reading.key(Qt.Key.Key_H)
    assert reading.marks() == [("ferry", ())]


def test_enter_picks_the_marks_at_the_caret_one_after_the_other(reading):
    reading.mark("The ferry that")
    reading.mark("The ferry")
    for words in ("The ferry", "The ferry that", "The ferry"):
        reading.key(Qt.Key.Key_Return)
        assert reading.chosen() == words


def test_the_caret_never_stands_inside_a_letter(make_hand):
    hand = make_hand(make_article("a👩‍🚀b"))
    hand.key(Qt.Key.Key_F7)
    hand.key(Qt.Key.Key_Home, CTRL)
    seen = [hand.page.caret()]
    for _ in range(3):
        hand.key(Qt.Key.Key_Right)
        seen.append(hand.page.caret())
    assert seen == [0, 1, 4, 5]


def test_the_page_follows_the_caret(make_hand):
    hand = make_hand(make_article(*["Words that go on. " * 20] * 30))
    hand.key(Qt.Key.Key_F7)
    hand.key(Qt.Key.Key_End, CTRL)
    first, last = hand.page.shown_range()
    assert first <= hand.page.caret() <= last
    hand.key(Qt.Key.Key_PageUp)
    assert hand.page.caret() < len(hand.text) - 500


def test_without_the_caret_arrows_scroll(make_hand):
    hand = make_hand(make_article(*["Words that go on. " * 20] * 30))
    hand.key(Qt.Key.Key_Down)
    assert hand.page.verticalScrollBar().value() > 0
    assert hand.view.selection() is None
