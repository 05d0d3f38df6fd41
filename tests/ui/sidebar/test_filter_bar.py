"""The row above the cards narrows them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from postil.domain.annotation import Status
from postil.library import ChangeAnnotation


@pytest.fixture
def bar(sidebar, mark):
    mark("that club of dinosaurs", "NC")
    mark("it was a plot", "LL", status=Status.TO_CHECK)
    mark("Most observers", "LL")
    return sidebar.marks.filter_bar


def entries(button):
    button.menu().aboutToShow.emit()
    return button.menu().actions()


def choose(button, words):
    next(action for action in entries(button) if words in action.text()).trigger()


def test_words_narrow_and_escape_clears(bar, sidebar, qtbot):
    QTest.keyClicks(bar.field, "PLOT")
    qtbot.waitUntil(lambda: sidebar.marks.model.rowCount() == 1)
    assert bar.count.text() == "1 of 3"
    assert bar.count.isVisible()
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert sidebar.marks.model.rowCount() == 3
    assert not bar.count.isVisible()


def test_the_menu_counts_the_tags_there_are(bar, sidebar):
    texts = [action.text() for action in entries(bar.tag)]
    assert texts[0] == "All tags"
    assert texts[1:] == ["LL  Loaded language\t2", "NC  Name calling or labelling\t1"]
    choose(bar.tag, "Loaded")
    assert sidebar.marks.model.rowCount() == 2
    assert bar.tag.text() == "LL ▾"
    choose(bar.tag, "All tags")
    assert sidebar.marks.model.rowCount() == 3


def test_marks_with_a_star_are_filtered_and_say_so(bar, sidebar, library, desk):
    assert not any("starred" in action.text() for action in entries(bar.status))
    starred = next(iter(desk.marks))
    library.do(ChangeAnnotation(starred.id, starred=True))
    choose(bar.status, "starred")
    model = sidebar.marks.model
    assert model.rowCount() == 1
    assert bar.status.text() == "★ starred ▾"
    assert "★ starred" in model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    library.undo()
    assert model.rowCount() == 1  # what is shown stays until the next filter
    choose(bar.status, "Any status")
    assert model.rowCount() == 3


def test_filters_add_up_and_escape_clears_all(bar, sidebar):
    choose(bar.tag, "Loaded")
    choose(bar.status, "to check")
    assert sidebar.marks.model.rowCount() == 1
    choose(bar.author, "reader")
    assert sidebar.marks.model.rowCount() == 1
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert sidebar.marks.model.rowCount() == 3
    assert bar.status.text() == "Status ▾"


def test_nothing_found_says_so(bar, sidebar, qtbot):
    QTest.keyClicks(bar.field, "nothing like this")
    qtbot.waitUntil(sidebar.marks._empty.isVisible)
    assert "No mark fits" in sidebar.marks._empty.text()


def test_down_goes_on_to_the_cards(bar, sidebar):
    bar.field.setFocus()
    QTest.keyClick(bar.field, Qt.Key.Key_Down)
    assert sidebar.marks.list.hasFocus()


def test_another_article_is_not_filtered(bar, sidebar, desk, library, qtbot):
    from factories import make_article
    from postil.library import AddArticle

    QTest.keyClicks(bar.field, "plot")
    qtbot.waitUntil(lambda: sidebar.marks.model.rowCount() == 1)
    other = AddArticle(make_article("Another text."))
    library.do(other)
    desk.open_article(other.id)
    assert bar.field.text() == ""


def test_the_same_article_read_anew_stays_filtered(bar, sidebar, desk, qtbot):
    QTest.keyClicks(bar.field, "plot")
    qtbot.waitUntil(lambda: sidebar.marks.model.rowCount() == 1)
    desk.open_article(desk.opened.id)
    assert (bar.field.text(), sidebar.marks.model.rowCount()) == ("plot", 1)


def test_a_filter_saves_what_is_being_edited(bar, sidebar, desk):
    one = sidebar.marks.model.annotation(0).id
    sidebar.marks.edit(one)
    QTest.keyClicks(sidebar.marks.editor.note, "Kept")
    choose(bar.tag, "Loaded")
    assert desk.marks.get(one).note == "Kept"


def test_the_focus_on_a_set_button_is_plain_to_see(bar, qtbot):
    choose(bar.status, "check")
    bar.field.setFocus()
    without = bar.status.grab().toImage()
    bar.status.setFocus()
    with_focus = bar.status.grab().toImage()
    middle = without.height() // 2
    assert with_focus.size() == without.size()
    assert with_focus.pixelColor(1, middle) != without.pixelColor(1, middle)
