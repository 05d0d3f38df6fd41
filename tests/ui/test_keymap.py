"""Other keys for actions: what settings hold is checked, and every part goes by it at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton

from postil.ui.action_spec import READER
from postil.ui.action_table import TABLE
from postil.ui.keymap import Keymap
from ui.filling import mark

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def keymap(qapp, settings):
    return Keymap(TABLE, settings)


def keys(keymap, action_id):
    return [key.toString() for key in keymap.keys(action_id)]


def test_without_settings_the_table_holds(keymap):
    assert keys(keymap, "export") == ["Ctrl+E"]
    assert keys(keymap, "mark-plain") == ["H"]
    assert not any(keymap.is_changed(spec.id) for spec in TABLE)
    assert keymap.moved_away(READER) == set()


def test_keys_are_given_told_and_kept(keymap, settings, qtbot):
    with qtbot.waitSignal(keymap.changed):
        keymap.give("export", [QKeySequence("Ctrl+J")])
    for one in (keymap, Keymap(TABLE, settings)):
        assert keys(one, "export") == ["Ctrl+J"]
        assert one.is_changed("export")


def test_who_had_the_key_loses_it_and_keeps_the_others(keymap, settings):
    keymap.give("export", [QKeySequence("Alt+Down")])
    again = Keymap(TABLE, settings)
    assert keys(again, "export") == ["Alt+Down"]
    assert keys(again, "next-mark") == ["J"]


def test_single_letters_conflict_only_in_the_same_place(keymap):
    assert keymap.rival("delete-article", QKeySequence("H")) is None  # the shelf's
    assert keymap.rival("mark-note", QKeySequence("H")).id == "mark-plain"
    assert keymap.rival("export", QKeySequence("H")).id == "mark-plain"  # holds everywhere
    assert keymap.rival("mark-plain", QKeySequence("H")) is None


def test_an_action_may_have_no_keys_and_get_them_back(keymap, settings):
    keymap.give("export", [])
    assert keys(Keymap(TABLE, settings), "export") == []
    assert keymap.text("export") == ""
    keymap.reset("export")
    assert keys(Keymap(TABLE, settings), "export") == ["Ctrl+E"]


def test_all_go_back_at_once(keymap, settings):
    keymap.give("export", [QKeySequence("Ctrl+F")])
    keymap.give("mark-plain", [QKeySequence("Z")])
    keymap.reset_all()
    for one in (keymap, Keymap(TABLE, settings)):
        assert not any(one.is_changed(spec.id) for spec in TABLE)


@pytest.mark.parametrize(
    "kept", [["Ctrl+rubbish"], ["nonsense, rubbish"], [""], ["Ctrl+K, Ctrl+C"], "Ctrl+J", 7, [3]]
)
def test_what_is_no_key_in_the_settings_is_passed_over(qapp, settings, kept):
    settings.set("keys/export", kept)
    settings.set("keys/no-such-action", ["Ctrl+E"])
    keymap = Keymap(TABLE, settings)
    assert keys(keymap, "export") == ["Ctrl+E"]
    assert not any(keymap.is_changed(spec.id) for spec in TABLE)


def test_two_actions_with_one_key_in_the_settings_get_it_once(qapp, settings):
    settings.set("keys/open", ["Ctrl+J"])
    settings.set("keys/export", ["Ctrl+J", "Ctrl+Alt+J"])
    keymap = Keymap(TABLE, settings)
    assert keys(keymap, "open") == ["Ctrl+J"]
    assert keys(keymap, "export") == ["Ctrl+Alt+J"]


def test_a_moved_key_of_the_window_works_and_the_old_one_does_not(window, ferry, answers, qtbot):
    window.desk.open_article(ferry)
    window.actions_.keymap.give("rename-article", [QKeySequence("Ctrl+J")])
    assert "Ctrl+J" in window.actions_["rename-article"].toolTip()
    qtbot.keyClick(window, Qt.Key.Key_F2)
    assert answers.asked == []
    answers.will(None)
    qtbot.keyClick(window, Qt.Key.Key_J, CONTROL)
    assert answers.asked[-1][0] == "text"


def test_a_moved_letter_of_the_reader_works_and_the_old_one_does_not(window, library, ferry, qtbot):
    window.desk.open_article(ferry)
    window.actions_.keymap.give("mark-plain", [QKeySequence("Z")])
    window.reader.select(4, 9)
    window.reader.setFocus()
    assert window.findChild(QPushButton, "bar_plain").text() == "Z  Plain mark"
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_H)
    assert library.annotations(ferry) == []
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Z)
    assert len(library.annotations(ferry)) == 1


def test_digits_can_be_moved_too(window, library, ferry, qtbot):
    window.desk.open_article(ferry)
    made = mark(library, ferry, 4, 9)
    window.desk.choose(made)
    window.reader.setFocus()
    first = library.recent_tags(1)[0]
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_1)
    assert library.annotations(ferry)[0].tags == (first,)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_1)  # again takes it away
    window.actions_.keymap.give("tag-1", [QKeySequence("Z")])
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_1)
    assert library.annotations(ferry)[0].tags == ()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Z)
    assert library.annotations(ferry)[0].tags == (first,)


def test_a_digit_with_shift_still_makes_a_second_mark(window, library, ferry, qtbot):
    window.desk.open_article(ferry)
    window.desk.choose(mark(library, ferry, 4, 9))
    window.reader.setFocus()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_2, Qt.KeyboardModifier.ShiftModifier)
    assert len(library.annotations(ferry)) == 2
