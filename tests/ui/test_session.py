"""What a restart takes up again, and what it leaves when the person says so."""

import base64

import pytest
from PySide6.QtCore import QByteArray, QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow

from postil.ui.panels import READER, SHELF, SIDEBAR
from postil.ui.session import RESTORE_ARTICLE, RESTORE_WINDOW
from ui.filling import put


def test_widths_and_hidden_sides_are_kept(make_window):
    window = make_window()
    before = window.panels.sizes()
    for edge, step in ((READER, 47), (SIDEBAR, -120)):  # between shelf, article and sidebar
        handle = window.panels.handle(edge)
        QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(0, 200))
        QTest.mouseMove(handle, QPoint(step, 200))
        QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(step, 200))
    widths = window.panels.sizes()
    assert widths[SHELF] > before[SHELF] + 40
    assert widths[SIDEBAR] > before[SIDEBAR] + 100
    window.close()
    again = make_window()
    assert abs(again.panels.sizes()[SHELF] - widths[SHELF]) < 4
    assert abs(again.panels.sizes()[SIDEBAR] - widths[SIDEBAR]) < 4
    again.actions_["show-sidebar"].trigger()
    again.close()
    last = make_window()
    assert last.panels.is_shown(SHELF)
    assert not last.panels.is_shown(SIDEBAR)


@pytest.mark.parametrize("tab", [0, 1, 2])
def test_the_tab_of_the_sidebar_is_kept(make_window, tab):
    window = make_window()
    window.sidebar.tabs.setCurrentIndex(tab)
    window.close()
    assert make_window().sidebar.tabs.currentIndex() == tab


def test_a_tab_that_is_not_there_is_left_alone(make_window, settings):
    settings.set("session/sidebar-tab", 17)
    assert make_window().sidebar.tabs.currentIndex() == 0


def test_theme_and_size_of_the_letters_are_kept(make_window):
    window = make_window()
    window.actions_["theme-dark"].trigger()
    window.actions_["zoom-in"].trigger()
    window.close()
    again = make_window()
    assert again.appearance.theme.name == "dark"
    assert again.actions_["theme-dark"].isChecked()
    assert again.status.zoom.text() == "110 %"
    again.actions_["theme-system"].trigger()


def test_filters_are_not_kept_for_they_would_hide_things_at_the_start(make_window, library):
    put(library, "One")
    window = make_window()
    window.shelf.filter.setText("zzz")
    window.close()
    again = make_window()
    assert again.shelf.filter.text() == ""
    assert again.shelf.list.model().rowCount() == 1


def test_the_article_is_not_opened_when_that_is_not_wanted(make_window, library, settings):
    article = put(library, "One")
    window = make_window()
    window.desk.open_article(article)
    window.close()
    settings.set(RESTORE_ARTICLE, False)
    assert make_window().desk.opened is None
    settings.set(RESTORE_ARTICLE, True)
    assert make_window().desk.opened.id == article


def test_the_window_begins_anew_when_that_is_wanted(make_window, settings):
    window = make_window()
    window.resize(711, 577)
    window.close()
    settings.set(RESTORE_WINDOW, False)
    again = make_window(furnished=False)
    again.session.restore_window(again)
    assert (again.width(), again.height()) == (1240, 800)


@pytest.mark.parametrize("corner", [(9000, 9000), (-6000, 40), (40, -6000)])
def test_a_place_on_a_screen_that_is_gone_is_corrected(make_window, settings, qtbot, corner):
    elsewhere = QMainWindow()
    qtbot.addWidget(elsewhere)
    elsewhere.resize(600, 400)
    elsewhere.move(*corner)
    kept = bytes(elsewhere.saveGeometry().data())
    assert QMainWindow().restoreGeometry(QByteArray(kept))
    settings.set("window/geometry", base64.b64encode(kept).decode("ascii"))
    window = make_window(furnished=False)
    window.session.restore_window(window)
    seen = QRect()
    for screen in QGuiApplication.screens():
        seen = seen.united(screen.availableGeometry())
    assert seen.intersects(window.geometry())
    assert seen.contains(window.geometry().topLeft())


def test_the_names_of_steps_are_there_after_a_restart(make_window, library):
    from postil.library import DeleteAnnotations
    from ui.filling import mark

    article = put(library, "One")
    made = mark(library, article, 0, 3)
    library.do(DeleteAnnotations((made,)))
    window = make_window()
    assert window.actions_["undo"].text() == "&Undo Delete Mark “One”"
    window.actions_["undo"].trigger()
    window.close()
    again = make_window()
    assert again.actions_["redo"].text() == "&Redo Delete Mark “One”"
