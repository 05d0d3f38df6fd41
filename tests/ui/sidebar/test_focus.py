"""Where the keys go when a note is closed: back to where they were, and never nowhere."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from postil.library import DeleteAnnotations
from ui.filling import mark, put

CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def one(window, ferry, library):
    window.desk.open_article(ferry)
    window.reader.page.setFocus()
    return mark(library, ferry, 4, 9)


@pytest.fixture
def editor(window, one, qtbot):
    """Open the note from the page, as N does."""
    window.desk.choose(one)
    QTest.keyClick(window.reader.page, Qt.Key.Key_N)
    qtbot.waitUntil(window.sidebar.marks.editor.note.hasFocus)
    return window.sidebar.marks.editor


@pytest.mark.parametrize(
    ("key", "modifier"), [(Qt.Key.Key_Escape, NONE), (Qt.Key.Key_Return, CONTROL)]
)
def test_a_note_opened_from_the_page_goes_back_to_the_page(window, editor, one, key, modifier):
    QTest.keyClick(editor.note, key, modifier)
    assert window.sidebar.marks.editor is None
    assert window.reader.page.hasFocus()
    assert window.desk.chosen == one


def test_a_note_opened_from_its_card_goes_back_to_the_card(window, one, qtbot):
    window.desk.choose(one)
    cards = window.sidebar.marks.list
    cards.setFocus()
    QTest.keyClick(cards, Qt.Key.Key_Return)
    QTest.keyClick(window.sidebar.marks.editor.note, Qt.Key.Key_Escape)
    assert cards.hasFocus()
    assert cards.currentIndex().row() == window.sidebar.marks.model.row_of(one)


def test_tab_goes_through_the_fields_and_then_back(window, editor, qtbot):
    seen = []
    while window.sidebar.marks.editor is editor:
        seen.append(window.focusWidget().objectName())
        assert len(seen) < 20
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert seen[:4] == ["note_editor", "voice", "confidence", "status"]
    assert window.reader.page.hasFocus()


def test_shift_tab_goes_back_through_the_tags(window, editor):
    seen = []
    while window.sidebar.marks.editor is editor:
        seen.append(window.focusWidget().objectName())
        assert len(seen) < 20
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Backtab)
    assert seen[:2] == ["note_editor", "tag_field"]
    assert window.reader.page.hasFocus()


def test_a_click_elsewhere_leaves_and_takes_the_focus(window, editor, qtbot):
    QTest.keyClicks(editor.note, "Told")
    QTest.mouseClick(window.shelf.filter, Qt.MouseButton.LeftButton)
    assert window.sidebar.marks.editor is None
    assert window.shelf.filter.hasFocus()
    assert [m.note for m in window.desk.marks] == ["Told"]


def test_a_mark_that_vanishes_while_it_is_edited_gives_the_focus_back(window, editor, one, library):
    library.do(DeleteAnnotations((one,)))
    assert window.sidebar.marks.editor is None
    assert window.reader.page.hasFocus()


def test_another_article_leaves_the_note_and_keeps_a_focus(window, editor, library):
    window.desk.open_article(put(library, "Another"))
    assert window.sidebar.marks.editor is None
    assert window.reader.page.hasFocus()


def test_deleting_the_last_card_keeps_a_focus(window, one, qtbot):
    window.desk.choose(one)
    window.sidebar.marks.list.setFocus()
    QTest.keyClick(window.sidebar.marks.list, Qt.Key.Key_Delete)
    assert len(window.desk.marks) == 0
    assert window.sidebar.isAncestorOf(window.focusWidget())
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Z, CONTROL)
    assert len(window.desk.marks) == 1


def test_hiding_the_sidebar_while_a_note_is_open_goes_to_the_page(window, editor, qtbot, one):
    QTest.keyClicks(editor.note, "Told")
    qtbot.keyClick(window, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert window.reader.page.hasFocus()
    assert window.desk.marks.get(one).note == "Told"
