"""Reading and marking without a mouse: by sentence, by paragraph, from mark to mark."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from factories import make_article
from postil.domain.annotation import Confidence
from postil.library import ChangeMetadata
from postil.ui.reader.snapping import Unit

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
TEXT = ("One is here. Two stands in the middle! Three ends it.", "Four begins anew. Five ends.")


@pytest.fixture
def reading(make_hand):
    hand = make_hand(make_article(*TEXT))
    hand.key(Qt.Key.Key_F7)
    hand.key(Qt.Key.Key_Home, CTRL)
    return hand


def here(hand):
    return hand.text[hand.page.caret() :].split(" ")[0]


def test_f_and_b_go_by_sentence_over_the_ends_of_paragraphs(reading):
    seen = []
    for _ in range(4):
        reading.key(Qt.Key.Key_F)
        seen.append(here(reading))
    assert seen == ["Two", "Three", "Four", "Five"]
    for _ in range(4):
        reading.key(Qt.Key.Key_B)
        seen.append(here(reading))
    assert seen[4:] == ["Four", "Three", "Two", "One"]


def test_they_stop_at_the_ends_of_the_text(reading):
    reading.key(Qt.Key.Key_B)
    assert reading.page.caret() == 0
    for _ in range(9):
        reading.key(Qt.Key.Key_F)
    assert reading.page.caret() == len(reading.text)


def test_b_goes_to_the_beginning_of_its_sentence_first(reading):
    reading.page.set_caret(reading.text.index("middle") + 3)
    reading.key(Qt.Key.Key_B)
    assert here(reading) == "Two"


def test_with_shift_the_selection_comes_along_and_the_bar_opens(reading):
    reading.key(Qt.Key.Key_F)
    reading.key(Qt.Key.Key_F, SHIFT)
    assert reading.text[slice(*reading.view.selection())] == "Two stands in the middle! "
    assert reading.view.mark_bar.isVisible()
    reading.key(Qt.Key.Key_B, SHIFT)
    assert reading.view.selection() is None


def test_f_switches_the_caret_on(make_hand):
    hand = make_hand(make_article(*TEXT))
    hand.key(Qt.Key.Key_F)
    assert hand.page.shows_caret


def test_x_selects_word_sentence_and_paragraph(reading):
    reading.page.set_caret(reading.text.index("middle") + 3)
    seen = []
    for _ in range(4):
        reading.key(Qt.Key.Key_X)
        seen.append(reading.text[slice(*reading.view.selection())])
    assert seen == ["middle", "Two stands in the middle!", TEXT[0], TEXT[0]]
    assert reading.view.mark_bar.isVisible()


def test_x_and_p_begin_with_the_active_mark_when_there_is_no_caret(make_hand):
    hand = make_hand(make_article(*TEXT))
    hand.key(Qt.Key.Key_P)
    assert hand.view.selection() is None
    hand.desk.choose(hand.mark("stands in"))
    hand.key(Qt.Key.Key_X)
    assert hand.text[slice(*hand.view.selection())] == "Two stands in the middle!"
    hand.key(Qt.Key.Key_P)
    assert hand.text[slice(*hand.view.selection())] == TEXT[0]


def test_p_takes_all_paragraphs_the_selection_touches(reading):
    reading.page.select(reading.text.index("Three"), reading.text.index("begins"))
    reading.key(Qt.Key.Key_P)
    assert reading.text[slice(*reading.view.selection())] == "\n".join(TEXT)


def test_control_up_and_down_go_by_paragraph_and_shift_selects(reading):
    reading.key(Qt.Key.Key_Down, CTRL)
    assert here(reading) == "Four"
    reading.key(Qt.Key.Key_Up, CTRL | SHIFT)
    assert reading.text[slice(*reading.view.selection())] == TEXT[0]


def test_the_caret_keeps_its_column_over_a_short_line(make_hand):
    hand = make_hand(make_article("Twenty letters wide here", "No", "Twenty letters wide here"))
    hand.key(Qt.Key.Key_F7)
    hand.page.set_caret(12)
    hand.key(Qt.Key.Key_Down)
    hand.key(Qt.Key.Key_Down)
    assert hand.page.caret() == 25 + 3 + 12


def test_j_and_k_take_the_caret_along_and_begin_where_it_is(reading):
    for words in ("One", "Two", "Three", "Five"):
        reading.mark(words)
    reading.key(Qt.Key.Key_J)
    assert reading.chosen() == "One"
    reading.key(Qt.Key.Key_J)
    assert (reading.chosen(), here(reading)) == ("Two", "Two")
    reading.key(Qt.Key.Key_Down, CTRL)  # reading has gone on since
    reading.key(Qt.Key.Key_J)
    assert reading.chosen() == "Five"
    reading.key(Qt.Key.Key_Home, CTRL)
    reading.key(Qt.Key.Key_J)
    assert reading.chosen() == "One"
    reading.key(Qt.Key.Key_End, CTRL)
    reading.key(Qt.Key.Key_K)
    assert reading.chosen() == "Five"


def test_a_day_without_a_mouse(reading):
    """Select, mark, tag, note, adjust, delete: the caret is seen and the focus never lost."""
    wanted = []
    reading.desk.edit_wanted.connect(wanted.append)

    def is_well():
        assert QApplication.focusWidget() is reading.page
        assert reading.page.shows_caret

    reading.key(Qt.Key.Key_F)
    reading.key(Qt.Key.Key_X)
    reading.key(Qt.Key.Key_H)
    is_well()
    assert reading.chosen() == "Two"
    reading.key(Qt.Key.Key_T)
    field = reading.view.findChild(QLineEdit, "tag_field")
    QTest.keyClicks(field, "loaded")
    QTest.keyClick(field, Qt.Key.Key_Return)
    is_well()
    [(_, tags)] = reading.marks()
    assert len(tags) == 1
    reading.key(Qt.Key.Key_Right, ALT | SHIFT)
    assert reading.chosen() == "Two stands"
    reading.key(Qt.Key.Key_E)
    reading.key(Qt.Key.Key_Right, ALT)
    assert reading.chosen() == "wo stands"
    reading.key(Qt.Key.Key_N)
    assert wanted == [reading.desk.chosen]
    reading.key(Qt.Key.Key_Delete)
    is_well()
    assert reading.marks() == []
    caret = reading.page.caret()
    reading.key(Qt.Key.Key_Right)
    assert reading.page.caret() == caret + 1


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("No stop at all", [14]),
        ("Ja. Nein? Doch!", [4, 10, 15]),
        ("これは本です。それは何ですか。", [7, 15]),
        ("A 😀 here. B.", [10, 12]),
    ],
)
def test_sentences_in_other_writings(text, starts):
    from postil.ui.reader.snapping import Snapping

    snapping = Snapping(make_article(text))
    found, at = [], 0
    while at < len(text):
        at = snapping.sentence_from(at, forward=True)
        found.append(at)
    assert found == starts


def scanned(hand, key, place, text="", modifiers=Qt.KeyboardModifier.NoModifier):
    """Press a key as X11 tells of it: by the layout, and by its place on the keyboard."""
    press = QKeyEvent(QEvent.Type.KeyPress, key, modifiers, place + 8, 0, 0, text)
    QApplication.sendEvent(hand.page, press)


def test_on_keyboards_of_other_scripts_the_place_of_a_key_counts(reading, monkeypatch):
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")
    scanned(reading, 0x0427, 45, "ч")  # Ч is where X is
    assert reading.text[slice(*reading.view.selection())] == "One"
    scanned(reading, 0x0420, 35, "р")  # Р is where H is
    assert reading.chosen() == "One"
    scanned(reading, 0x05D1, 46, "ב")  # ב is where C is
    assert reading.desk.chosen_mark().confidence is not Confidence.UNSAID


def test_digits_are_keys_of_the_upper_row_in_every_layout(reading, monkeypatch):
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")
    recent = reading.desk.library.recent_tags()
    reading.key(Qt.Key.Key_X)
    scanned(reading, Qt.Key.Key_Eacute, 3, "é")  # where English has 2, French has é
    assert reading.marks() == [("One", (recent[1],))]
    reading.desk.choose("")
    scanned(reading, Qt.Key.Key_Ampersand, 60)  # nowhere near
    assert len(reading.marks()) == 1


def test_x_right_behind_a_word_takes_that_word(reading):
    reading.page.set_caret(3)
    reading.key(Qt.Key.Key_X)
    assert reading.text[slice(*reading.view.selection())] == "One"


def test_sentences_follow_the_language_of_the_article_as_it_is_changed(make_hand):
    hand = make_hand(make_article("Das war z. B. Unsinn. Gut."))
    snapping = hand.view.marking.snapping
    assert hand.text[slice(*snapping().around(0, Unit.SENTENCE))] == "Das war z."
    about = hand.desk.opened.record.metadata
    hand.desk.do(ChangeMetadata(hand.desk.opened.id, replace(about, language="de")))
    assert hand.text[slice(*snapping().around(0, Unit.SENTENCE))] == "Das war z. B. Unsinn."
