"""The palette: found by pieces of names, done by Enter, left by Escape."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QPushButton

from postil.ui.palette.entries import Entry, Kind, fitting
from postil.ui.palette.lines import ENTRY
from ui.filling import mark, put

CONTROL = Qt.KeyboardModifier.ControlModifier


class Hand:
    """Presses keys in the palette and reads what it shows."""

    def __init__(self, window, qtbot):
        self.window, self.qtbot = window, qtbot
        self.press(Qt.Key.Key_K, CONTROL)
        self.frame = window.findChild(QFrame, "commandPalette")
        self.line = window.findChild(QLineEdit, "paletteLine")
        self.list = window.findChild(QListView, "paletteList")

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(self.window.focusWidget() or self.window, key, modifiers)

    def type(self, text):
        self.qtbot.keyClicks(self.line, text)

    def entries(self):
        model = self.list.model()
        return [model.index(row, 0).data(ENTRY) for row in range(model.rowCount())]

    def names(self):
        return [entry.name for entry in self.entries()]

    def hint(self):
        return self.window.findChild(QLabel, "paletteHint").text()


@pytest.fixture
def hand(window, ferry, qtbot):
    window.desk.open_article(ferry)
    window.reader.setFocus()
    return Hand(window, qtbot)


def test_it_opens_at_the_top_in_the_middle_with_all_actions(hand, window):
    assert hand.frame.isVisible()
    assert hand.line.hasFocus()
    assert abs(hand.frame.geometry().center().x() - window.rect().center().x()) < 3
    assert hand.frame.y() < 60
    listed = {entry.id for entry in hand.entries() if entry.kind is Kind.ACTION}
    assert {"open", "export", "mark-plain", "settings"} <= listed
    export = next(entry for entry in hand.entries() if entry.id == "export")
    assert (export.name, export.detail, export.keys) == ("Export…", "Share", "Ctrl+E")


def test_escape_leaves_with_the_focus_where_it_was(hand, window):
    hand.type("exp")
    hand.press(Qt.Key.Key_Escape)
    assert not hand.frame.isVisible()
    assert window.focusWidget() is window.reader.page


def test_its_own_key_closes_it_too(hand, window):
    hand.press(Qt.Key.Key_K, CONTROL)
    assert not hand.frame.isVisible()
    assert window.focusWidget() is window.reader.page


def test_it_goes_when_something_else_is_taken_up(hand, window, qtbot):
    qtbot.mouseClick(window.shelf.filter, Qt.MouseButton.LeftButton)
    assert not hand.frame.isVisible()
    assert window.focusWidget() is window.shelf.filter


def test_enter_does_an_action_with_the_focus_back(hand, window, library, ferry, answers):
    answers.will("Another title")
    hand.type("rename")
    hand.press(Qt.Key.Key_Return)
    assert library.articles()[0].title == "Another title"
    assert window.focusWidget() is window.reader.page


def test_an_article_is_opened(hand, window, library):
    other = put(library, "Écluse fermée")
    hand.press(Qt.Key.Key_Escape)
    hand.press(Qt.Key.Key_K, CONTROL)
    hand.type("ecluse FERM")
    hand.press(Qt.Key.Key_Return)
    assert window.desk.opened.id == other


def test_a_tag_goes_on_the_selected_words(hand, window, library, ferry):
    hand.press(Qt.Key.Key_Escape)
    window.reader.select(4, 9)
    window.reader.setFocus()
    hand.press(Qt.Key.Key_K, CONTROL)
    hand.type("loaded lang")
    assert "Enter: give this tag" in hand.hint()
    hand.press(Qt.Key.Key_Return)
    made = library.annotations(ferry)
    assert [(m.start, m.end, m.tags) for m in made] == [(4, 9, ("persuasion23/loaded_language",))]


def test_a_tag_goes_on_the_active_mark_or_stands_out(hand, window, library, ferry):
    hand.press(Qt.Key.Key_Escape)
    made = mark(library, ferry, 4, 9)
    window.desk.choose(made)
    hand.press(Qt.Key.Key_K, CONTROL)
    hand.type("loaded lang")
    hand.press(Qt.Key.Key_Return, CONTROL)
    assert window.desk.showing.isolated == {"persuasion23/loaded_language"}
    assert library.annotations(ferry)[0].tags == ()
    hand.press(Qt.Key.Key_K, CONTROL)
    hand.press(Qt.Key.Key_Return)  # used last, so it is the first
    assert library.annotations(ferry)[0].tags == ("persuasion23/loaded_language",)


def test_a_tag_without_a_target_stands_out(hand, window):
    hand.type("loaded lang")
    assert "only marks with this tag" in hand.hint()
    hand.press(Qt.Key.Key_Return)
    assert window.desk.showing.isolated == {"persuasion23/loaded_language"}


def test_what_cannot_be_done_now_is_shown_so_and_not_done(hand, window):
    hand.type("redo")
    assert not hand.entries()[0].is_enabled
    assert hand.hint() == "Not available now"
    model = hand.list.model()
    said = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Redo, action, Ctrl+Shift+Z, Edit, not available now"
    hand.press(Qt.Key.Key_Return)
    assert hand.frame.isVisible()


def test_up_and_down_choose_and_go_round(hand, window):
    hand.type("zoom")
    hand.press(Qt.Key.Key_Down)
    assert hand.list.currentIndex().row() == 1
    hand.press(Qt.Key.Key_Up)
    hand.press(Qt.Key.Key_Up)
    assert hand.list.currentIndex().row() == len(hand.entries()) - 1
    hand.press(Qt.Key.Key_PageUp)
    assert hand.list.currentIndex().row() == 0


def test_what_was_done_last_comes_first_also_after_a_restart(hand, make_window, qtbot):
    hand.type("sidebar")
    hand.press(Qt.Key.Key_Return)
    hand.press(Qt.Key.Key_K, CONTROL)
    assert hand.entries()[0].id == "show-sidebar"
    hand.press(Qt.Key.Key_Escape)
    hand.window.close()
    again = Hand(make_window(), qtbot)
    assert again.entries()[0].id == "show-sidebar"


def test_letters_typed_in_it_mark_nothing(hand, library, ferry):
    hand.type("hqnt 12")
    assert hand.line.text() == "hqnt 12"
    assert library.annotations(ferry) == []


def test_nothing_found_is_said(hand):
    hand.type("zzzzqqqq")
    assert hand.names() == []
    assert hand.hint() == "Nothing is called that"
    hand.press(Qt.Key.Key_Return)
    assert hand.frame.isVisible()


def test_it_shows_the_keys_that_hold(hand, window):
    from PySide6.QtGui import QKeySequence

    hand.press(Qt.Key.Key_Escape)
    window.actions_.keymap.give("export", [QKeySequence("Ctrl+J")])
    hand.press(Qt.Key.Key_K, CONTROL)
    assert next(e for e in hand.entries() if e.id == "export").keys == "Ctrl+J"


def test_it_fits_a_small_window(hand, window):
    window.resize(420, 300)
    assert window.rect().contains(hand.frame.geometry())


def test_its_parts_have_names(hand):
    for part in (hand.frame, hand.line, hand.list):
        interface = QAccessible.queryAccessibleInterface(part)
        assert interface.text(QAccessible.Text.Name)


def test_the_field_in_the_menu_bar_opens_it(window, qtbot):
    field = window.findChild(QPushButton, "paletteField")
    assert field.isVisible()
    assert field.text().endswith("Ctrl+K")
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    assert window.findChild(QFrame, "commandPalette").isVisible()
    window.resize(500, 500)
    assert not field.isVisible()
    window.resize(1280, 500)
    assert field.isVisible()


def entry(name, detail="", kind=Kind.ACTION, **more):
    return Entry(kind, name, name, detail, **more)


def found(entries, typed, recent=()):
    return [one.name for one in fitting(entries, typed, recent)]


def test_the_nearest_comes_first():
    entries = [
        entry("Undo Paste"),
        entry("Zoom In", "View of the paste"),
        entry("Paste"),
        entry("Impaste"),
        entry("Paste as Article"),
    ]
    assert found(entries, "paste") == [
        "Paste",
        "Paste as Article",
        "Undo Paste",
        "Impaste",
        "Zoom In",
    ]


def test_words_may_stand_in_any_order_and_in_the_menus():
    entries = [entry("Dark", "View ▸ Theme"), entry("Light", "View ▸ Theme")]
    assert found(entries, "theme dar") == ["Dark"]


def test_a_code_finds_its_tag_first():
    tags = [entry("All that is said", kind=Kind.TAG), entry("Loaded", kind=Kind.TAG, code="LL")]
    assert found(tags, "ll")[0] == "Loaded"


def test_letters_in_their_order_are_enough_when_little_is_found():
    assert found([entry("Copy Quotation with Source")], "cqws") == ["Copy Quotation with Source"]
    assert found([entry("Copy Quotation with Source")], "scq") == []


def test_used_lately_comes_first_among_equals_and_before_anything_is_typed():
    entries = [entry("Find Next"), entry("Find Previous"), entry("Open")]
    recent = ["action:Find Previous", "action:gone"]
    assert found(entries, "find", recent) == ["Find Previous", "Find Next"]
    assert found(entries, "", recent)[0] == "Find Previous"


def test_accents_and_case_do_not_matter():
    assert found([entry("Über die Brücke")], "uber BRUCKE") == ["Über die Brücke"]


def test_a_note_stays_open_under_it_and_goes_on_afterwards(hand, window, library, ferry):
    hand.press(Qt.Key.Key_Escape)
    window.activateWindow()
    hand.qtbot.waitUntil(window.isActiveWindow)
    window.desk.choose(mark(library, ferry, 4, 9))
    hand.press(Qt.Key.Key_N)
    note = window.sidebar.marks.editor.note
    hand.qtbot.keyClicks(note, "Why ")
    hand.press(Qt.Key.Key_K, CONTROL)
    hand.type("theme dark")
    assert window.sidebar.marks.editor is not None
    hand.press(Qt.Key.Key_Return)
    assert window.focusWidget() is note
    hand.qtbot.keyClicks(note, "this?")
    assert note.toPlainText() == "Why this?"
