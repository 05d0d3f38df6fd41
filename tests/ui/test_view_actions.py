"""Size of the letters, theme, full screen and parts: by keys, wheel and menus, and kept."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication, QGestureEvent, QLabel, QPinchGesture

from postil.ui.panels import READER, SHELF, SIDEBAR
from postil.ui.theme import Theme

CONTROL = Qt.KeyboardModifier.ControlModifier


def turn_wheel(window, eighths, modifier=CONTROL):
    viewport = window.reader.page.viewport()
    event = QWheelEvent(
        QPointF(50, 50),
        QPointF(viewport.mapToGlobal(QPoint(50, 50))),
        QPoint(),
        QPoint(0, eighths),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)


@pytest.fixture
def zoom(window):
    return lambda: (window.status.zoom.text(), window.reader.page.style_.zoom)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (Qt.Key.Key_Plus, "110 %"),
        (Qt.Key.Key_Equal, "110 %"),
        (Qt.Key.Key_Minus, "90 %"),
    ],
)
def test_keys_change_the_size_and_back(window, qtbot, key, text):
    qtbot.keyClick(window, key, CONTROL)
    assert window.status.zoom.text() == text
    qtbot.keyClick(window, Qt.Key.Key_0, CONTROL)
    assert window.status.zoom.text() == "100 %"


def test_the_size_has_bounds(window):
    for _ in range(30):
        window.actions_["zoom-in"].trigger()
    assert window.status.zoom.text() == "300 %"
    for _ in range(30):
        window.actions_["zoom-out"].trigger()
    assert window.status.zoom.text() == "50 %"


def test_control_and_the_wheel_change_the_size(window, ferry, qtbot):
    window.desk.open_article(ferry)
    turn_wheel(window, 120)
    assert window.status.zoom.text() == "110 %"
    turn_wheel(window, -60)
    turn_wheel(window, -60)
    assert window.status.zoom.text() == "100 %"
    turn_wheel(window, 120, Qt.KeyboardModifier.NoModifier)
    assert window.status.zoom.text() == "100 %"


def pinch_on_touchpad(window, value):
    viewport = window.reader.page.viewport()
    place = QPointF(50, 50)
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        place,
        place,
        viewport.mapToGlobal(place),
        value,
        QPointF(),
    )
    QApplication.sendEvent(viewport, event)


def test_two_fingers_on_a_touchpad_change_the_size(window, ferry):
    window.desk.open_article(ferry)
    for _ in range(4):
        pinch_on_touchpad(window, 0.03)
    assert window.status.zoom.text() == "110 %"
    for _ in range(4):
        pinch_on_touchpad(window, -0.05)
    assert window.status.zoom.text() == "100 %"


def test_two_fingers_on_a_touch_screen_change_the_size(window, ferry):
    window.desk.open_article(ferry)
    viewport = window.reader.page.viewport()
    pinch = QPinchGesture()
    pinch.setScaleFactor(1.15)
    pinch.setChangeFlags(QPinchGesture.ChangeFlag.ScaleFactorChanged)
    QApplication.sendEvent(viewport, QGestureEvent([pinch]))
    assert window.status.zoom.text() == "110 %"
    pinch.setChangeFlags(QPinchGesture.ChangeFlag.RotationAngleChanged)
    QApplication.sendEvent(viewport, QGestureEvent([pinch]))
    assert window.status.zoom.text() == "110 %"


def test_the_size_is_kept(window, make_window, settings, qtbot):
    window.actions_["zoom-in"].trigger()
    qtbot.waitUntil(lambda: settings.get("reader/zoom", 1.0) == 1.1)
    assert make_window().status.zoom.text() == "110 %"


def test_the_zoom_in_the_status_bar_goes_back(window, qtbot):
    window.actions_["zoom-in"].trigger()
    qtbot.mouseClick(window.status.zoom, Qt.MouseButton.LeftButton)
    assert window.status.zoom.text() == "100 %"


def test_a_theme_is_chosen_live_and_kept(window, make_window, settings, qtbot):
    before = QApplication.palette()
    window.actions_["theme-dark"].trigger()
    assert window.appearance.theme.name == "dark"
    assert Theme("dark").colour("panel").name().lower() in window.styleSheet().lower()
    assert settings.get("theme", "") == "dark"
    again = make_window()
    assert again.actions_["theme-dark"].isChecked()
    again.actions_["theme-system"].trigger()
    assert not again.actions_["theme-dark"].isChecked()
    QApplication.setPalette(before)


def test_full_screen_by_key(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    assert window.actions_["full-screen"].isChecked()
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert not window.isFullScreen()
    assert not window.actions_["full-screen"].isChecked()


def test_sides_are_hidden_by_key_and_that_is_kept(window, make_window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert not window.shelf.isVisible()
    assert not window.actions_["show-shelf"].isChecked()
    qtbot.keyClick(window, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert not window.sidebar.isVisible()
    again = make_window()
    assert not again.shelf.isVisible()
    qtbot.keyClick(again, Qt.Key.Key_F9)
    assert again.shelf.isVisible()


def test_a_narrow_window_folds_the_sides_away_and_brings_them_back(make_window, qtbot):
    window = make_window(width=1300)
    assert window.shelf.isVisible()
    assert window.sidebar.isVisible()
    widths = window.shelf.width(), window.sidebar.width()
    window.resize(1000, 700)
    qtbot.waitUntil(lambda: not window.shelf.isVisible())
    assert window.sidebar.isVisible()
    window.resize(480, 700)
    qtbot.waitUntil(lambda: not window.sidebar.isVisible())
    assert window.width() == 480
    assert window.reader.isVisible()
    for modifier in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
        qtbot.keyClick(window, Qt.Key.Key_F9, modifier)  # squeezed in, one after the other
    window.resize(1300, 700)
    qtbot.waitUntil(window.shelf.isVisible)
    assert window.sidebar.isVisible()
    qtbot.waitUntil(lambda: (window.shelf.width(), window.sidebar.width()) == widths)


def test_a_side_that_is_asked_for_comes_into_a_narrow_window(make_window, qtbot):
    window = make_window(width=700)
    assert not window.shelf.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert window.shelf.isVisible()
    assert window.actions_["show-shelf"].isChecked()


def test_a_narrow_window_has_one_side_at_a_time(make_window, ferry, library, qtbot):
    from ui.filling import mark

    window = make_window(width=480)
    window.desk.open_article(ferry)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert window.shelf.isVisible()
    assert not window.sidebar.isVisible()
    window.shelf.list.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert window.sidebar.isVisible()
    assert not window.shelf.isVisible()
    assert not window.actions_["show-shelf"].isChecked()
    assert window.reader.page.hasFocus()  # not lost with the shelf
    assert window.width() == 480
    assert window.reader.width() > 180
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert window.shelf.isVisible()
    window.desk.edit_wanted.emit(mark(library, ferry, 4, 9))
    assert window.sidebar.isVisible()
    assert not window.shelf.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert not window.sidebar.isVisible()
    assert not window.shelf.isVisible()


def test_the_width_of_a_squeezed_side_is_not_kept(make_window, settings, qtbot):
    window = make_window(width=480)
    qtbot.keyClick(window, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert window.sidebar.width() < 300
    window.close()
    assert make_window(width=1400).sidebar.width() > 330


def test_the_sidebar_comes_when_a_note_is_to_be_written(make_window, ferry, library, qtbot):
    from ui.filling import mark

    window = make_window(width=700)
    window.desk.open_article(ferry)
    window.desk.edit_wanted.emit(mark(library, ferry, 4, 9))
    assert window.sidebar.isVisible()


def test_widths_are_kept(make_window, settings):
    window = make_window(width=1400)
    window.panels.setSizes([320, 680, 400])
    shelf, _, sidebar = window.panels.sizes()
    window.close()
    again = make_window(width=1400)
    assert abs(again.panels.sizes()[SHELF] - shelf) <= 2
    assert abs(again.panels.sizes()[SIDEBAR] - sidebar) <= 2


def test_f6_goes_from_part_to_part(window, library, ferry, qtbot):
    window.desk.open_article(ferry)
    window.shelf.list.setFocus()
    seen = []
    for _ in range(3):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        focus = window.focusWidget()
        seen.append(
            next(
                place
                for place in (SHELF, READER, SIDEBAR)
                if window.panels.part(place).isAncestorOf(focus)
            )
        )
    assert seen == [READER, SIDEBAR, SHELF]


@pytest.fixture
def double_letters(qapp):
    """Make the letters of the system twice as large."""
    before = qapp.font()
    larger = qapp.font()
    larger.setPointSizeF(before.pointSizeF() * 2)
    qapp.setFont(larger)
    yield
    qapp.setFont(before)


def test_everything_is_reached_at_double_size_in_a_narrow_window(
    double_letters, make_window, ferry, qtbot
):
    window = make_window(width=480, height=800, is_new=True)
    qtbot.waitUntil(lambda: not window.tasks.is_busy)
    qtbot.keyClick(window, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert window.width() == 480
    tabs = window.sidebar.tabs
    assert all(tabs.rect().contains(tabs.tabRect(number)) for number in range(tabs.count()))
    labels = (window.status.place, window.status.marks, window.status.saved)
    qtbot.waitUntil(lambda: all(one.width() >= one.sizeHint().width() for one in labels))
    steps = window.first_steps
    assert steps.isVisible()
    for line in steps.findChildren(QLabel):
        assert line.height() >= line.heightForWidth(line.width())
    assert window.sidebar.marks.list.height() > 2 * window.fontMetrics().lineSpacing()
    window.resize(1400, 800)
    assert window.status.codebooks.isVisible()
    assert window.status.zoom.isVisible()
