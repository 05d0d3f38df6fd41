import pytest
from PySide6.QtCore import Qt

from factories import make_article

ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def club(hand):
    hand.desk.choose(hand.mark("club of dinosaurs"))
    return hand


def drag_handle(hand, name, position, *, after=False):
    start = hand.page.handle_point(name).toPoint()
    target = hand.edge(position, after=after)
    below = 8 if name == "end" else -8  # the hand holds the handle, not the letter
    target.setY(target.y() + below)
    hand.drag(start, target)


def test_both_handles_can_be_dragged(club):
    text = club.text
    drag_handle(club, "end", text.index("has told"))
    assert club.chosen() == "club of dinosaurs, "
    drag_handle(club, "start", text.index("council"))
    assert club.chosen() == "council, that club of dinosaurs, "


def test_a_drag_is_one_step_and_shows_where_it_would_end(club):
    start = club.page.handle_point("end").toPoint()
    before = club.marks()
    club.press(start)
    for words in ("has", "told", "nothing"):
        club.move(club.edge(club.text.index(words)))
    assert club.page.preview[1] == club.text.index("nothing")
    assert club.marks() == before
    club.release(club.edge(club.text.index("nothing")))
    assert club.chosen() == "club of dinosaurs, has told us "
    assert club.page.preview is None
    club.desk.library.undo()
    assert club.marks() == before


def test_escape_while_dragging_leaves_the_mark(club):
    club.press(club.page.handle_point("end").toPoint())
    club.move(club.edge(club.text.index("nothing")))
    club.key(Qt.Key.Key_Escape)
    club.release(club.edge(club.text.index("nothing")))
    assert club.marks() == [("club of dinosaurs", ())]
    assert club.page.preview is None


def test_a_handle_dragged_over_the_other_end_turns_the_mark_round(club):
    drag_handle(club, "end", club.text.index("council"))
    assert club.chosen() == "council, that "


def test_keys_move_the_end_by_letter_and_by_word(club):
    club.key(Qt.Key.Key_Right, ALT)
    assert club.chosen() == "club of dinosaurs,"
    club.key(Qt.Key.Key_Left, ALT)
    club.key(Qt.Key.Key_Left, ALT)
    assert club.chosen() == "club of dinosaur"
    club.key(Qt.Key.Key_Right, ALT | SHIFT)
    assert club.chosen() == "club of dinosaurs"
    club.key(Qt.Key.Key_Left, ALT | SHIFT)
    assert club.chosen() == "club of "


def test_e_lets_the_keys_move_the_start(club):
    club.key(Qt.Key.Key_E)
    club.key(Qt.Key.Key_Left, ALT | SHIFT)
    assert club.chosen() == "that club of dinosaurs"
    club.key(Qt.Key.Key_Right, ALT)
    assert club.chosen() == "hat club of dinosaurs"
    club.key(Qt.Key.Key_E)
    club.key(Qt.Key.Key_Left, ALT)
    assert club.chosen() == "hat club of dinosaur"


def test_a_mark_never_shrinks_to_nothing(make_hand):
    hand = make_hand(make_article("ab cd"))
    hand.desk.choose(hand.mark("b"))
    hand.key(Qt.Key.Key_Left, ALT)
    assert hand.chosen() == "b"


def test_ends_step_over_whole_letters_and_paragraphs(make_hand):
    hand = make_hand(make_article("ab 👩‍🚀", "😀 cd"))
    hand.desk.choose(hand.mark("ab"))
    seen = []
    for _ in range(4):
        hand.key(Qt.Key.Key_Right, ALT)
        seen.append(hand.chosen())
    assert seen == ["ab ", "ab 👩‍🚀", "ab 👩‍🚀\n😀", "ab 👩‍🚀\n😀 "]


def test_in_a_paragraph_from_right_to_left_keys_go_where_they_point(make_hand):
    hand = make_hand(make_article("שלום עולם טוב"))
    hand.desk.choose(hand.mark("עולם"))
    hand.key(Qt.Key.Key_Left, ALT)
    assert hand.chosen() == "עולם "
    start, end = hand.page.handle_point("start"), hand.page.handle_point("end")
    assert start.x() > end.x()


def test_without_an_active_mark_the_keys_do_nothing(hand):
    hand.mark("club of dinosaurs")
    hand.key(Qt.Key.Key_Right, ALT)
    assert hand.marks() == [("club of dinosaurs", ())]


MIXED = "אמר Harbour Post אתמול"


@pytest.mark.parametrize(("key", "wanted"), [("Right", "Harb"), ("Left", "Ha")])
def test_on_latin_words_inside_hebrew_the_end_goes_where_the_key_points(make_hand, key, wanted):
    hand = make_hand(make_article(MIXED))
    hand.desk.choose(hand.mark("Har"))
    before = hand.page.handle_point("end").x()
    hand.key(getattr(Qt.Key, f"Key_{key}"), ALT)
    assert hand.chosen() == wanted
    assert (hand.page.handle_point("end").x() > before) == (key == "Right")


def test_and_so_does_the_start(make_hand):
    hand = make_hand(make_article(MIXED))
    hand.desk.choose(hand.mark("bour"))
    before = hand.page.handle_point("start").x()
    hand.key(Qt.Key.Key_E)
    hand.key(Qt.Key.Key_Left, ALT)
    assert hand.chosen() == "rbour"
    assert hand.page.handle_point("start").x() < before


def test_on_hebrew_words_inside_english_too(make_hand):
    hand = make_hand(make_article("The word שלום means peace"))
    hand.desk.choose(hand.mark("של"))
    hand.key(Qt.Key.Key_Left, ALT)
    assert hand.chosen() == "שלו"
    hand.key(Qt.Key.Key_Right, ALT)
    assert hand.chosen() == "של"


def test_the_page_goes_along_with_an_end_that_leaves_the_screen(make_hand):
    hand = make_hand(make_article(*["Words that go on. " * 20] * 12), height=300)
    last = hand.page.shown_range()[1]
    hand.desk.choose(hand.mark_range(10, last - 2))
    for _ in range(20):
        hand.key(Qt.Key.Key_Right, ALT | SHIFT)
    first, last = hand.page.shown_range()
    assert first < hand.desk.chosen_mark().end <= last
