"""The line at the bottom and the menu say which marks are shown, and quiet is kept."""

from PySide6.QtCore import Qt

from ui.filling import mark


def test_the_line_says_it_and_a_click_on_it_shows_all(window, library, ferry, qtbot):
    window.desk.open_article(ferry)
    window.desk.choose(mark(library, ferry, 4, 9, "A tag of my own"))
    status, actions = window.status, window.actions_
    assert not status.showing.isVisible()
    window.reader.page.setFocus()
    qtbot.keyClick(window.reader.page, Qt.Key.Key_I)
    assert "A tag of my own" in status.showing.text()
    qtbot.mouseClick(status.showing, Qt.MouseButton.LeftButton)
    assert not status.showing.isVisible()
    qtbot.keyClick(window.reader.page, Qt.Key.Key_M)
    assert "hidden" in status.showing.text()
    assert actions["hide-marks"].isChecked()
    qtbot.keyClick(window.reader.page, Qt.Key.Key_Escape)
    assert not actions["hide-marks"].isChecked()


def test_quiet_is_kept_between_runs(make_window, qtbot, ferry):
    first = make_window()
    first.desk.open_article(ferry)
    first.reader.page.setFocus()
    qtbot.keyClick(first.reader.page, Qt.Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
    assert first.actions_["quiet"].isChecked()
    first.close()
    again = make_window()
    assert again.desk.showing.is_quiet
    assert again.actions_["quiet"].isChecked()
    assert "Quiet" in again.status.showing.text()
    qtbot.mouseClick(again.status.showing, Qt.MouseButton.LeftButton)
    assert not again.desk.showing.is_quiet
