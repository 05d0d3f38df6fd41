"""The history as a list: read, narrowed, walked many steps at once, restored from, named."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton

from postil.library import ChangeAnnotation, DeleteArticles
from postil.ui.history.model import LINE
from ui.filling import mark, put

CONTROL = Qt.KeyboardModifier.ControlModifier
TEXT = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def made(window, ferry, library):
    """Do four steps on an open article; return its mark."""
    window.desk.open_article(ferry)
    made = mark(library, ferry, 4, 9)
    library.do(ChangeAnnotation(made, note="One."))
    library.do(ChangeAnnotation(made, note="Two."))
    return made


@pytest.fixture
def history(window, made, qtbot):
    """Open the history by its key."""
    qtbot.keyClick(window, Qt.Key.Key_H, CONTROL)
    shown = window.findChild(QDialog, "historyWindow")
    qtbot.waitUntil(shown.isVisible)
    return shown


def lines(history):
    model = history.model
    return [model.index(row).data() for row in range(model.rowCount())]


def press_toast(window, qtbot):
    assert window.notices.toast.isVisible()
    qtbot.mouseClick(window.notices.toast.findChild(QPushButton), Qt.MouseButton.LeftButton)


def test_the_newest_step_stands_first_and_now_is_told(history):
    assert lines(history) == [
        "Change Mark “ferry”",
        "Change Mark “ferry”",
        "Mark “ferry”",
        "Add Article “The ferry that was promised”",
        "Beginning of what is kept",
    ]
    assert history.list.currentIndex().row() == 0
    said = history.list.currentIndex().data(TEXT)
    assert said.startswith("Change Mark “ferry”. now · The ferry that was promised · reader · ")
    assert not history.go.isEnabled()


def test_enter_goes_back_many_steps_and_the_toast_takes_it_back(
    history, window, library, made, qtbot
):
    for _ in range(2):
        qtbot.keyClick(history.filter, Qt.Key.Key_Down)
    assert history.go.text() == "&Go Back 2 Steps"
    qtbot.keyClick(history.filter, Qt.Key.Key_Return)
    assert window.desk.marks.get(made).note == ""
    assert window.notices.toast.text() == "Went back 2 steps"
    assert [history.model.index(row).data(LINE).is_undone for row in range(3)] == [1, 1, 0]
    assert "undone" in history.model.index(0).data(TEXT)
    press_toast(window, qtbot)
    assert window.desk.marks.get(made).note == "Two."
    assert window.notices.toast.text() == "Went forward 2 steps"
    qtbot.keyClick(history, Qt.Key.Key_Z, CONTROL)  # its keys hold here too
    assert window.desk.marks.get(made).note == "One."


def test_a_double_click_goes_to_the_beginning_and_forward_again(history, window, library, qtbot):
    last = history.model.rowCount() - 1
    for row, articles in ((last, 0), (0, 1)):
        at = history.list.visualRect(history.model.index(row)).center()
        qtbot.mouseClick(history.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
        qtbot.mouseDClick(history.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
        assert len(library.articles()) == articles


def test_typing_narrows_by_step_article_and_name(history, qtbot):
    qtbot.keyClicks(history.filter, "CHANGE")
    assert lines(history) == ["Change Mark “ferry”"] * 2
    history.filter.clear()
    qtbot.keyClicks(history.filter, "promised reader add")
    assert lines(history) == ["Add Article “The ferry that was promised”"]
    qtbot.keyClicks(history.filter, "nothing")
    assert lines(history) == []
    qtbot.keyClick(history.filter, Qt.Key.Key_Return)  # there is nothing to go to
    assert not history.go.isEnabled()


def test_a_deleted_article_is_restored_by_keys_and_later_steps_stay(
    history, window, library, ferry, made, qtbot
):
    library.do(DeleteArticles((ferry,)))
    put(library, "Another")
    assert lines(history)[:2] == [
        "Add Article “Another”",
        "Delete Article “The ferry that was promised”",
    ]
    qtbot.keyClicks(history.filter, "delete")
    assert history.restore.isEnabled()
    history.restore.setFocus()
    qtbot.keyClick(history.restore, Qt.Key.Key_Return)
    assert {row.title for row in library.articles()} == {"Another", "The ferry that was promised"}
    assert library.annotations(ferry)[0].id == made
    assert window.notices.toast.text() == "Restored “The ferry that was promised”"
    press_toast(window, qtbot)
    assert [row.title for row in library.articles()] == ["Another"]


def test_saving_sets_a_restore_point_that_can_be_named_and_gone_back_to(
    history, window, library, made, answers, qtbot
):
    answers.will("Before lunch", "Before the bridge", None)
    qtbot.keyClick(window, Qt.Key.Key_S, CONTROL)
    assert window.notices.toast.text().startswith("Saved, with a restore point")
    press_toast(window, qtbot)
    assert lines(history)[0] == "Restore point “Before lunch”"
    library.do(ChangeAnnotation(made, note="Three."))
    qtbot.keyClicks(history.filter, "restore")
    for _ in range(2):  # the second time the question is left
        qtbot.keyClick(history.filter, Qt.Key.Key_F2)
    assert answers.asked[-1][-1] == "Before the bridge"
    history.filter.setText("bridge")
    assert lines(history) == ["Restore point “Before the bridge”"]
    qtbot.keyClick(history.filter, Qt.Key.Key_Return)
    assert window.desk.marks.get(made).note == "Two."


def test_a_jump_that_something_followed_is_not_taken_back_blindly(
    history, window, library, made, qtbot
):
    from postil.library import Library

    qtbot.keyClick(history.filter, Qt.Key.Key_Down)
    qtbot.keyClick(history.filter, Qt.Key.Key_Return)
    with Library.open(library.path) as elsewhere:
        elsewhere.do(ChangeAnnotation(made, note="From elsewhere."))
    press_toast(window, qtbot)
    assert "Something else was done since" in window.notices.toast.text()
    assert window.desk.marks.get(made).note == "From elsewhere."


def test_it_follows_themes_and_comes_back_with_all_its_lines(history, window, qtbot):
    qtbot.keyClicks(history.filter, "change")
    qtbot.keyClick(history.filter, Qt.Key.Key_Escape)
    assert not history.isVisible()
    window.actions_["theme-dark"].trigger()
    assert history.delegate.theme is window.appearance.theme
    window.actions_["history"].trigger()
    assert len(lines(history)) == 5
    assert not history.grab().isNull()


def test_what_is_being_typed_is_a_step_before_the_jump(history, window, library, made, qtbot):
    window.sidebar.marks.edit(made)
    window.sidebar.marks.editor.note.setPlainText("Typed.")
    qtbot.keyClicks(history.filter, "add article")
    qtbot.keyClick(history.filter, Qt.Key.Key_Return)
    assert library.annotations(library.articles()[0].id) == []
    library.history.go_to(library.history.rows()[0].step.id)
    assert window.desk.marks.get(made).note == "Typed."
