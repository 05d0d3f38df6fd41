"""Letters of several code points: keys go over them whole, and marks sit on them to the letter."""

import pytest
from PySide6.QtCore import Qt

from factories import make_article

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
LETTERS = (
    *("a", "👩‍🚀", "👩", "👍🏽", "🇩🇪", "🇫🇷", "❤️", "1️⃣", "👨‍👩‍👧‍👦", "b"),
    *("x\u0323\u0302", "\u00a0", "é", "\u1112\u119e\u11ab", "𝔘", "กำ", "नि", "क", " ", "z"),
)
LINE = "".join(LETTERS)
EDGES = [sum(map(len, LETTERS[:at])) for at in range(len(LETTERS) + 1)]


@pytest.fixture
def line(make_hand):
    hand = make_hand(make_article("😀 A first one, e\u0301.", LINE))
    hand.start = hand.text.index(LINE)
    hand.key(Qt.Key.Key_F7)
    hand.page.set_caret(hand.start)
    return hand


def test_the_caret_goes_from_letter_to_letter_and_back(line):
    seen = [line.page.caret() - line.start]
    for _ in LETTERS:
        line.key(Qt.Key.Key_Right)
        seen.append(line.page.caret() - line.start)
    assert seen == EDGES
    back = [line.page.caret() - line.start]
    for _ in LETTERS:
        line.key(Qt.Key.Key_Left)
        back.append(line.page.caret() - line.start)
    assert back == EDGES[::-1]


def test_each_letter_is_marked_by_itself_and_the_mark_is_to_the_letter(line):
    for at, letter in enumerate(LETTERS):
        line.page.set_caret(line.start + EDGES[at])
        line.key(Qt.Key.Key_Right, SHIFT)
        line.key(Qt.Key.Key_H)
        mark = line.desk.chosen_mark()
        assert mark.anchor.exact == letter
        assert (mark.start, mark.end) == (line.start + EDGES[at], line.start + EDGES[at + 1])
    assert [words for words, _ in line.marks()] == list(LETTERS)


def test_both_ends_go_over_whole_letters(line):
    line.page.set_caret(line.start)
    line.key(Qt.Key.Key_Right, SHIFT)
    line.key(Qt.Key.Key_H)
    for at in range(2, len(LETTERS)):
        line.key(Qt.Key.Key_Right, ALT)
        assert line.chosen() == "".join(LETTERS[:at])
    line.key(Qt.Key.Key_E)
    for at in range(1, len(LETTERS) - 1):
        assert line.chosen() == "".join(LETTERS[at - 1 : -1])
        line.key(Qt.Key.Key_Right, ALT)


def test_soft_hyphens_and_no_break_spaces_shift_nothing(make_hand):
    hand = make_hand(
        make_article("Co\u00adope\u00adra\u00adtion costs 41\u00a0000\u00a0crowns 😀 a day.")
    )
    hand.key(Qt.Key.Key_F7)
    hand.key(Qt.Key.Key_Home, CTRL)
    hand.key(Qt.Key.Key_X)
    hand.key(Qt.Key.Key_H)
    assert hand.chosen() == "Co\u00adope\u00adra\u00adtion"
    hand.page.set_caret(hand.text.index("crowns"))
    hand.key(Qt.Key.Key_Right, CTRL | SHIFT)
    hand.key(Qt.Key.Key_H)
    assert hand.chosen().rstrip() == "crowns"
