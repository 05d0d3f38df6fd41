"""Words on the clipboard: plain by Ctrl+C, with their source by an action of their own."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence

from ui.filling import mark, put

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def clipboard(qapp):
    QGuiApplication.clipboard().setText("before")


def copied():
    return QGuiApplication.clipboard().text()


@pytest.fixture
def article(window, library):
    made = put(
        library,
        "Storm",
        "The first words.",
        "Then more of them.",
        author="Ada Lind",
        outlet="Harbour Post",
        published="2026-05-04",
        source="https://example.org/storm",
    )
    window.desk.open_article(made)
    window.reader.setFocus()
    return made


def place(window, words):
    start = window.desk.opened.article.text.index(words)
    return start, start + len(words)


def test_selected_words_are_copied_plain(window, article, qtbot):
    window.reader.page.select(*place(window, "first words"))
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_C, CONTROL)
    assert copied() == "first words"


def test_the_words_of_the_active_mark_are_copied_plain(window, article, library, qtbot):
    window.desk.choose(mark(library, article, *place(window, "more of")))
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_C, CONTROL)
    assert copied() == "more of"


def test_without_words_nothing_is_copied(window, article, qtbot):
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_C, CONTROL)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Q, SHIFT)
    assert copied() == "before"


def test_a_quotation_says_where_it_is_from(window, article, library, qtbot):
    window.desk.choose(mark(library, article, *place(window, "more of")))
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Q, SHIFT)
    assert copied() == (
        "“more of” (Ada Lind, “Storm”, Harbour Post, 4 May 2026, ¶2, https://example.org/storm)"
    )


def test_a_quotation_over_paragraphs_is_one_line_and_names_both(window, article):
    window.reader.page.select(place(window, "words.")[0], place(window, "Then more")[1])
    window.actions_["copy-quotation"].trigger()
    assert copied().startswith("“words. Then more” (")
    assert "¶1–2" in copied()


def test_what_is_not_known_is_left_out(window, library):
    window.desk.open_article(put(library, "Storm", "The first words."))
    window.reader.page.select(*place(window, "Storm"))
    window.actions_["copy-quotation"].trigger()
    assert copied() == "“Storm” (“Storm”)"


def test_control_c_in_a_field_copies_from_the_field(window, article, library, qtbot):
    window.desk.choose(mark(library, article, *place(window, "more of")))
    window.shelf.filter.setFocus()
    window.shelf.filter.setText("typed")
    window.shelf.filter.selectAll()
    qtbot.keyClick(window.shelf.filter, Qt.Key.Key_C, CONTROL)
    assert copied() == "typed"


def test_copying_can_have_another_key(window, article, library, qtbot):
    window.actions_.keymap.give("copy", [QKeySequence("Z")])
    window.desk.choose(mark(library, article, *place(window, "more of")))
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Z)
    assert copied() == "more of"
