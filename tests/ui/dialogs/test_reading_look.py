"""The panel for the look of the page: live, kept, taken back, by keys alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from postil.page.faces import best_of
from postil.page.style import PageStyle
from postil.page.type_face import Metrics
from postil.ui.dialogs.reading_look import ReadingLook


@pytest.fixture
def panel(window, ferry, qtbot):
    """Return the panel, opened by its key over an article."""
    window.desk.open_article(ferry)
    qtbot.keyClick(
        window,
        Qt.Key.Key_L,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    [panel] = window.findChildren(ReadingLook)
    return panel


def pick(box, value, qtbot):
    """Choose an entry of a list with keys."""
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Home)
    for _ in range(box.findData(value)):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.currentData() == value


def test_what_is_changed_shows_on_the_page_at_once_and_is_kept(window, panel, settings, qtbot):
    page = window.reader.page
    before = page.metrics
    qtbot.keyClick(panel.size_, Qt.Key.Key_Up)
    assert page.metrics.em > before.em
    assert settings.get("reader/size", 0.0) == PageStyle().size + 1
    before = page.metrics
    qtbot.keyClick(panel.line, Qt.Key.Key_Up)
    assert page.metrics.line > before.line
    assert settings.get("reader/line-height", 0.0) == 1.6
    before = page.metrics
    qtbot.keyClick(panel.measure, Qt.Key.Key_Down)
    assert page.metrics.column < before.column
    assert settings.get("reader/measure", 0) == PageStyle().measure - 1


def test_each_kind_of_letters_can_be_chosen_and_any_font(window, panel, settings, qtbot):
    page = window.reader.page
    for kind in ("sans", "distinct", "serif"):
        pick(panel.face, kind, qtbot)
        assert page.metrics.font.family() == best_of(kind)
        assert not panel.font_.isVisible()
    pick(panel.face, "own", qtbot)
    assert panel.font_.isVisible()
    family = QFontDatabase.families()[-1]
    panel.font_.setCurrentText(family)
    qtbot.keyClick(panel.font_, Qt.Key.Key_Return)
    assert page.metrics.font.family() == settings.get("reader/family", "") == family


def test_one_button_takes_all_of_it_back(window, panel, settings, qtbot):
    before = window.reader.page.metrics
    qtbot.keyClick(panel.size_, Qt.Key.Key_Up)
    qtbot.keyClick(panel.line, Qt.Key.Key_Up)
    qtbot.keyClick(panel.measure, Qt.Key.Key_Up)
    pick(panel.face, "sans", qtbot)
    assert window.reader.page.metrics != before
    qtbot.mouseClick(panel.reset, Qt.MouseButton.LeftButton)
    assert window.reader.page.metrics == before
    assert panel.face.currentData() == "serif"
    assert panel.size_.value() == PageStyle().size


def test_the_next_run_and_the_panel_there_know_it(panel, make_window, qtbot):
    qtbot.keyClick(panel.size_, Qt.Key.Key_Up)
    pick(panel.face, "own", qtbot)
    again = make_window()
    again.actions_["reading-look"].trigger()
    [other] = again.findChildren(ReadingLook)
    assert other.size_.value() == PageStyle().size + 1
    assert other.face.currentData() == "own"
    assert other.font_.isVisible()
    wanted = again.appearance.theme.page_style(again.settings)
    assert again.reader.page.metrics == Metrics.of(wanted)


def test_the_paper_follows_menu_and_panel_alike(window, panel, qtbot):
    before = QApplication.palette()
    pick(panel.paper, "sepia", qtbot)
    assert window.appearance.theme.name == "sepia"
    assert window.actions_["theme-sepia"].isChecked()
    window.actions_["theme-dark"].trigger()
    assert panel.paper.currentData() == "dark"
    window.actions_["theme-system"].trigger()
    assert panel.paper.currentData() == "system"
    QApplication.setPalette(before)


def test_escape_closes_it_and_the_key_brings_the_same_one_back(window, panel, qtbot):
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    window.actions_["reading-look"].trigger()
    assert window.findChildren(ReadingLook) == [panel]
    assert panel.isVisible()


def test_every_field_has_a_name(panel):
    for box in (panel.face, panel.font_, panel.size_, panel.line, panel.measure, panel.paper):
        assert box.accessibleName()
