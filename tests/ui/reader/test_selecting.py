import unicodedata

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from factories import make_article

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize(
    ("paragraph", "words"),
    [
        ("Plain words in a row.", "words in"),
        ("Before 😀 the 👩‍🚀 astronaut flew 🚀 away.", "the 👩‍🚀 astronaut"),
        ("Before 😀😀 two faces.", "😀 two"),
        ("Cafe\u0301 and nai\u0308ve x\u0323\u0302 words.", "nai\u0308ve x\u0323\u0302"),
        ("Price:\u00a041\u00a0000\u00a0crowns a day.", "41\u00a0000\u00a0crowns"),
        ("שלום עולם טוב מאוד", "עולם טוב"),
        ("One 𝔘𝔫𝔦 two 😀 three.", "two 😀 three"),
    ],
)
def test_what_is_dragged_over_is_what_is_marked(make_hand, paragraph, words):
    hand = make_hand(make_article("Another paragraph 😀.", paragraph))
    words = unicodedata.normalize("NFC", words)
    hand.drag_words(words)
    hand.key(Qt.Key.Key_H)
    assert hand.marks() == [(words, ())]


def test_a_drag_backwards_selects_the_same(hand):
    start = hand.text.index("club of dinosaurs")
    end = start + len("club of dinosaurs")
    hand.drag(hand.edge(end - 1, after=True), hand.edge(start))
    assert hand.view.selection() == (start, end)


def test_a_drag_over_two_paragraphs_marks_both(hand):
    start, end = hand.text.index("nothing can"), hand.text.index(" observers")
    hand.drag(hand.edge(start), hand.edge(end - 1, after=True))
    hand.key(Qt.Key.Key_H)
    assert hand.marks() == [("nothing can be done.\nMost", ())]


def test_a_selection_up_to_the_next_paragraph_is_trimmed(hand):
    start, end = hand.text.index("be done."), hand.text.index("Most")
    hand.view.select(start, end)
    assert hand.view.selection() == (start, end - 1)


def test_with_control_held_words_are_selected_whole(hand):
    start = hand.text.index("club of dinosaurs")
    hand.drag(hand.point(start + 2), hand.point(start + 10), CTRL)
    assert hand.text[slice(*hand.view.selection())] == "club of dinosaurs"


def test_a_double_click_selects_the_word(hand):
    point = hand.point(hand.text.index("dinosaurs") + 3)
    hand.click(point)
    QTest.mouseDClick(
        hand.page.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point
    )
    hand.release(point)
    assert hand.text[slice(*hand.view.selection())] == "dinosaurs"
    assert hand.view.mark_bar.isVisible()


def test_a_triple_click_selects_the_sentence(make_hand):
    hand = make_hand(make_article("One is here. Two stands in the middle! Three ends it."))
    point = hand.point(hand.text.index("middle"))
    viewport = hand.page.viewport()
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(viewport, left, none, point)
    QTest.mouseDClick(viewport, left, none, point)
    hand.press(point)
    hand.release(point)
    assert hand.text[slice(*hand.view.selection())] == "Two stands in the middle!"


def test_shift_and_click_extend_the_selection(hand):
    start, end = hand.text.index("club"), hand.text.index("nothing")
    hand.drag_words("club of")
    hand.click(hand.edge(end), SHIFT)
    assert hand.view.selection() == (start, end)


def test_a_letter_with_accents_is_never_cut(make_hand):
    hand = make_hand(make_article("ab x\u0323\u0302\u0304 cd"))
    at = hand.text.index("x")
    hand.view.select(0, at + 1)
    assert hand.view.selection() == (0, at + 4)
    hand.view.select(at + 2, len(hand.text))
    assert hand.view.selection() == (at, len(hand.text))


def test_the_bar_opens_beside_the_selection_and_never_over_it(hand):
    for words in ("For years the council", "“and then we looked away.”"):
        hand.drag_words(words)
        start = hand.text.index(words)
        bar = hand.view.mark_bar
        assert bar.isVisible()
        offset = hand.page.viewport().mapTo(hand.view, QPoint(0, 0))
        for area in hand.page.areas_of(start, start + len(words)):
            assert not bar.geometry().intersects(area.translated(offset))
        assert hand.view.rect().contains(bar.geometry())
        assert hand.page.hasFocus()


def test_escape_leaves_without_a_trace(hand):
    hand.drag_words("club of dinosaurs")
    hand.key(Qt.Key.Key_Escape)
    assert hand.view.selection() is None
    assert not hand.view.mark_bar.isVisible()
    assert hand.marks() == []
    assert hand.desk.library.undo_step().name != "add-mark"


def test_a_click_elsewhere_lets_go(hand):
    hand.drag_words("club of dinosaurs")
    hand.click(hand.point(hand.text.index("plot")))
    assert hand.view.selection() is None
    assert not hand.view.mark_bar.isVisible()


def test_copied_words_are_those_of_the_article(make_hand):
    hand = make_hand(make_article("Ten\u00a0boats 😀 sail."))
    hand.drag_words("Ten\u00a0boats 😀")
    data = hand.page.createMimeDataFromSelection()
    assert data.text() == "Ten\u00a0boats 😀"
    assert not data.hasHtml()


def test_dragging_below_the_page_scrolls(make_hand, qtbot):
    hand = make_hand(make_article(*["Words that go on. " * 20] * 30), height=300)
    hand.press(hand.point(5))
    hand.move(QPoint(300, 298))
    qtbot.waitUntil(lambda: hand.page.verticalScrollBar().value() > 50)
    hand.release(QPoint(300, 298))
    assert hand.view.selection()[1] > hand.page.shown_range()[0]


def test_nothing_can_be_typed_pasted_or_dropped(hand):
    before = hand.text
    hand.key(Qt.Key.Key_X)
    hand.key(Qt.Key.Key_V, CTRL)
    assert hand.page.document().toRawText().replace("\u2029", "\n") == before
    assert not hand.page.acceptDrops()


def test_control_c_copies(hand):
    from PySide6.QtGui import QGuiApplication

    hand.drag_words("club of dinosaurs")
    hand.key(Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "club of dinosaurs"


def test_the_bar_goes_out_of_sight_with_its_words_and_comes_back(make_hand):
    hand = make_hand(make_article(*["Words that go on. " * 20] * 30))
    hand.drag_words("Words that go")
    assert hand.view.mark_bar.isVisible()
    hand.view.scroll_to(8_000, 8_010)
    assert not hand.view.mark_bar.isVisible()
    hand.view.scroll_to(0, 5)
    assert hand.view.mark_bar.isVisible()
