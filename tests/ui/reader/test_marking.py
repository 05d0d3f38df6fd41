import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

SHIFT = Qt.KeyboardModifier.ShiftModifier
DIGITS = [Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_9]


def field(hand):
    return hand.view.findChild(QLineEdit, "tag_field")


@pytest.mark.parametrize("key", DIGITS)
def test_a_digit_gives_a_recent_tag(hand, recent, key):
    hand.drag_words("club of dinosaurs")
    hand.key(key)
    assert hand.marks() == [("club of dinosaurs", (recent[key - Qt.Key.Key_1],))]
    assert hand.chosen() == "club of dinosaurs"
    assert hand.view.selection() is None
    assert not hand.view.mark_bar.isVisible()


def test_the_chips_of_the_bar_do_what_the_digits_do(hand, recent):
    hand.drag_words("club of dinosaurs")
    chip = hand.view.mark_bar.findChild(object, "tag_chip_2")
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert hand.marks() == [("club of dinosaurs", (recent[1],))]


def test_the_same_words_take_a_second_tag_instead_of_a_second_mark(hand, recent):
    hand.drag_words("club of dinosaurs")
    hand.key(Qt.Key.Key_1)
    first = hand.desk.library.recent_tags()[0]
    hand.drag_words("club of dinosaurs")
    hand.key(Qt.Key.Key_2)
    [(_words, tags)] = hand.marks()
    assert tags[0] == first
    assert len(tags) == 2


def test_with_shift_the_same_words_get_a_second_mark(hand):
    hand.drag_words("club of dinosaurs")
    hand.key(Qt.Key.Key_1)
    hand.drag_words("club of dinosaurs")
    hand.key(Qt.Key.Key_2, SHIFT)
    assert [words for words, _ in hand.marks()] == ["club of dinosaurs"] * 2


def test_digits_put_tags_on_the_active_mark_and_take_them_off(hand, recent):
    hand.desk.choose(hand.mark("club of dinosaurs", recent[4]))
    tag = hand.desk.library.recent_tags()[1]
    hand.key(Qt.Key.Key_2)
    assert hand.marks() == [("club of dinosaurs", (recent[4], tag))]
    place = hand.desk.library.recent_tags().index(tag)
    hand.key(Qt.Key(Qt.Key.Key_1 + place))
    assert hand.marks() == [("club of dinosaurs", (recent[4],))]


def test_digits_without_a_target_do_nothing(hand):
    hand.key(Qt.Key.Key_1)
    hand.key(Qt.Key.Key_Q)
    hand.key(Qt.Key.Key_H)
    hand.key(Qt.Key.Key_T)
    assert hand.marks() == []
    assert not hand.view.tag_field.isVisible()


def test_the_last_tag_again(hand, recent):
    hand.drag_words("club of dinosaurs")
    hand.key(Qt.Key.Key_3)
    hand.drag_words("Most observers")
    hand.key(Qt.Key.Key_Q)
    assert [tags for _, tags in hand.marks()] == [(recent[2],)] * 2


def test_the_last_tag_again_leaves_a_mark_that_has_it(hand, recent):
    hand.drag_words("club of dinosaurs")
    hand.key(Qt.Key.Key_3)
    for _ in range(2):
        hand.key(Qt.Key.Key_Q)
        assert hand.marks() == [("club of dinosaurs", (recent[2],))]
    hand.desk.choose(hand.mark("Most observers", recent[0]))
    hand.key(Qt.Key.Key_Q)
    assert hand.marks()[1] == ("Most observers", (recent[0], recent[2]))


def test_the_last_tag_is_the_one_that_was_given_last(hand, recent):
    hand.mark("club of dinosaurs", recent[0], recent[1])
    hand.drag_words("club of dinosaurs")
    tag = hand.desk.library.recent_tags()[0]
    hand.key(Qt.Key.Key_1)
    hand.drag_words("Most observers")
    hand.key(Qt.Key.Key_Q)
    assert hand.marks()[1] == ("Most observers", (tag,))


def test_of_two_marks_on_the_same_words_the_one_with_the_tag_is_taken(hand, recent):
    hand.mark("club of dinosaurs", recent[0])
    hand.mark("club of dinosaurs", recent[1])
    before = hand.marks()
    for tag in recent[:2]:
        hand.drag_words("club of dinosaurs")
        place = hand.desk.library.recent_tags().index(tag)
        hand.key(Qt.Key(Qt.Key.Key_1 + place))
        assert hand.desk.chosen_mark().tags == (tag,)
    assert hand.marks() == before


def test_a_plain_mark_is_not_doubled(hand):
    for _ in range(2):
        hand.drag_words("club of dinosaurs")
        hand.key(Qt.Key.Key_H)
    assert hand.marks() == [("club of dinosaurs", ())]


def test_n_marks_and_asks_for_the_note(hand, qtbot):
    hand.drag_words("club of dinosaurs")
    with qtbot.waitSignal(hand.desk.edit_wanted) as asked:
        hand.key(Qt.Key.Key_N)
    assert hand.marks() == [("club of dinosaurs", ())]
    assert asked.args == [hand.desk.chosen]


def test_n_on_the_active_mark_asks_for_its_note_only(hand, qtbot):
    name = hand.mark("club of dinosaurs")
    hand.desk.choose(name)
    with qtbot.waitSignal(hand.desk.edit_wanted) as asked:
        hand.key(Qt.Key.Key_N)
    assert asked.args == [name]
    assert len(hand.marks()) == 1


def test_delete_deletes_the_active_mark_and_undo_brings_it_back(hand, recent):
    hand.desk.choose(hand.mark("club of dinosaurs", recent[0]))
    hand.key(Qt.Key.Key_Delete)
    assert hand.marks() == []
    assert hand.desk.chosen == ""
    hand.desk.library.undo()
    assert hand.marks() == [("club of dinosaurs", (recent[0],))]


def test_t_finds_a_tag_by_its_name_and_shows_what_it_means(hand):
    hand.drag_words("club of dinosaurs")
    hand.key(Qt.Key.Key_T)
    assert field(hand).hasFocus()
    assert not hand.view.mark_bar.isVisible()
    QTest.keyClicks(field(hand), "name call")
    tag = hand.desk.tags["persuasion23/name_calling_labelling"]
    assert hand.view.tag_field.findChild(object, "tag_definition").text().count(tag.definition)
    QTest.keyClick(field(hand), Qt.Key.Key_Return)
    assert hand.marks() == [("club of dinosaurs", (tag.id,))]
    assert hand.page.hasFocus()
    assert not hand.view.tag_field.isVisible()


def test_a_name_nobody_knows_becomes_a_tag(hand):
    hand.drag_words("club of dinosaurs")
    hand.key(Qt.Key.Key_T)
    QTest.keyClicks(field(hand), "Menagerie jibe")
    QTest.keyClick(field(hand), Qt.Key.Key_Return)
    [(_, [tag_id])] = hand.marks()
    assert hand.desk.tags[tag_id].name == "Menagerie jibe"
    assert tag_id.startswith("my/")


def test_escape_in_the_field_goes_back_to_the_selection(hand):
    hand.drag_words("club of dinosaurs")
    chosen = hand.view.selection()
    hand.key(Qt.Key.Key_T)
    QTest.keyClicks(field(hand), "hedge")
    QTest.keyClick(field(hand), Qt.Key.Key_Escape)
    assert not hand.view.tag_field.isVisible()
    assert hand.page.hasFocus()
    assert hand.view.selection() == chosen
    assert hand.view.mark_bar.isVisible()
    assert hand.marks() == []


def test_the_field_tags_the_active_mark(hand):
    hand.desk.choose(hand.mark("Most observers"))
    hand.key(Qt.Key.Key_T)
    QTest.keyClicks(field(hand), "NC")
    QTest.keyClick(field(hand), Qt.Key.Key_Return)
    assert hand.marks() == [("Most observers", ("persuasion23/name_calling_labelling",))]


def test_down_chooses_the_next_line_and_the_mouse_any(hand):
    hand.desk.choose(hand.mark("Most observers"))
    hand.key(Qt.Key.Key_T)
    shown = hand.view.tag_field.findChild(object, "tag_list")
    QTest.keyClicks(field(hand), "appeal")
    names = [shown.model().index(row, 0).data() for row in range(3)]
    QTest.keyClick(field(hand), Qt.Key.Key_Down)
    assert shown.currentIndex().data() == names[1]
    point = shown.visualRect(shown.model().index(2, 0)).center()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=point)
    [(_, [tag_id])] = hand.marks()
    assert hand.desk.tags[tag_id].name == names[2]


def test_a_refused_change_keeps_the_selection(hand, monkeypatch, qtbot):
    from postil.domain.errors import UserError

    def refuse(command):
        raise UserError("The library is locked", "Try again.")

    hand.drag_words("club of dinosaurs")
    monkeypatch.setattr(hand.desk.library, "do", refuse)
    with qtbot.waitSignal(hand.desk.failed):
        hand.key(Qt.Key.Key_H)
    assert hand.text[slice(*hand.view.selection())] == "club of dinosaurs"


def test_shift_and_enter_in_the_field_make_a_mark_of_its_own(hand, recent):
    hand.mark("club of dinosaurs", recent[0])
    for modifiers, count in ((SHIFT, 2), (Qt.KeyboardModifier.NoModifier, 2)):
        hand.drag_words("club of dinosaurs")
        hand.key(Qt.Key.Key_T)
        QTest.keyClicks(field(hand), "Loaded")
        QTest.keyClick(field(hand), Qt.Key.Key_Return, modifiers)
        assert len(hand.marks()) == count
    assert {len(tags) for _, tags in hand.marks()} == {1}


def test_shift_and_a_click_on_a_chip_too(hand):
    hand.drag_words("club of dinosaurs")
    hand.key(Qt.Key.Key_1)
    hand.drag_words("club of dinosaurs")
    chip = hand.view.mark_bar.findChild(object, "tag_chip_2")
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, SHIFT)
    assert [words for words, _ in hand.marks()] == ["club of dinosaurs"] * 2


def test_the_field_says_which_tags_the_mark_has_and_takes_them_off(hand, recent):
    hand.desk.choose(hand.mark("club of dinosaurs", *recent[:2]))
    hand.key(Qt.Key.Key_T)
    QTest.keyClicks(field(hand), hand.desk.tags[recent[1]].name)
    assert "takes it off" in hand.view.findChild(object, "tag_definition").text()
    QTest.keyClick(field(hand), Qt.Key.Key_Return)
    assert hand.marks() == [("club of dinosaurs", (recent[0],))]
    hand.drag_words("Most observers")
    hand.key(Qt.Key.Key_T)
    QTest.keyClicks(field(hand), hand.desk.tags[recent[0]].name)
    assert "takes it off" not in hand.view.findChild(object, "tag_definition").text()
