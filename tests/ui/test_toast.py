"""Toast and banner: told, announced, and gone when they should be."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QIcon
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from postil.domain.errors import UserError
from postil.ui import toast as module
from postil.ui.toast import Banner, Because, Toast


@pytest.fixture
def over(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(800, 400)
    widget.show()
    return widget


@pytest.fixture
def toast(over):
    return Toast(over)


def test_a_toast_says_its_sentence_in_the_middle_at_the_bottom(toast, over):
    toast.say("Deleted mark", "Undo", lambda: None)
    assert toast.isVisible()
    assert toast.text() == "Deleted mark"
    assert abs(toast.geometry().center().x() - over.rect().center().x()) <= 1
    assert over.height() - 60 < toast.geometry().bottom() < over.height()
    over.resize(500, 300)
    assert abs(toast.geometry().center().x() - over.rect().center().x()) <= 1
    toast.hide()


def test_its_button_does_the_thing_once_and_the_toast_goes(toast, qtbot):
    done = []
    toast.say("Deleted mark", "Undo", lambda: done.append(True))
    qtbot.mouseClick(toast.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert done == [True]
    assert not toast.isVisible()


def test_it_goes_by_itself(toast, qtbot, monkeypatch):
    monkeypatch.setattr(module, "_SHOWN_MS", 10)
    toast.say("Saved")
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_a_toast_that_offers_something_is_withdrawn_and_others_stay(toast):
    toast.say("Saved")
    toast.withdraw_button()
    assert toast.isVisible()
    toast.say("Deleted mark", "Undo", lambda: None)
    toast.withdraw_button()
    assert not toast.isVisible()


def test_a_long_sentence_is_cut_and_whole_in_the_tip(toast, over):
    long = "Deleted mark " + "that goes on and on " * 30
    toast.say(long, "Undo")
    assert toast.width() <= over.width()
    assert toast.text() == long
    toast.hide()


def test_in_a_narrow_window_a_sentence_goes_on_in_the_next_line(toast, over):
    over.resize(400, 400)
    long = "“The ferry that was promised” was written on elsewhere meanwhile: both texts are kept"
    toast.say(long, "Undo")
    label = toast.findChild(QLabel)
    assert label.text() == long
    assert label.height() == label.heightForWidth(label.width()) > label.fontMetrics().height()
    assert over.rect().contains(toast.geometry())
    toast.hide()


def test_a_toast_is_announced(toast, monkeypatch):
    told = []
    monkeypatch.setattr(module, "announce", lambda _widget, text: told.append(text))
    toast.say("Saved")
    assert told == ["Saved"]
    toast.hide()


@pytest.fixture
def banner(qtbot):
    made = Banner(QIcon())
    qtbot.addWidget(made)
    return made


def test_a_banner_shows_the_sentence_of_an_error_until_it_is_closed(banner, qtbot):
    banner.fail(UserError("a.txt is empty", "Choose another."))
    assert banner.isVisible()
    assert banner.text() == "a.txt is empty. Choose another."
    assert banner.property("grave") == "true"
    qtbot.mouseClick(banner.close_button, Qt.MouseButton.LeftButton)
    assert not banner.isVisible()


def test_a_banner_goes_when_its_reason_does_and_only_then(banner):
    banner.tell("The library is in use", reason=Because.WAITING)
    banner.clear(Because.REFUSED)
    assert banner.isVisible()
    banner.clear(Because.WAITING)
    assert not banner.isVisible()
    banner.tell("The library is in use", reason=Because.WAITING)
    banner.fail(UserError("a.txt is empty"))
    banner.clear(Because.WAITING)
    assert banner.isVisible()


def test_buttons_of_a_banner_stand_below_where_words_would_have_no_room(banner, qtbot):
    banner.resize(900, 60)
    pressed = []
    banner.tell(
        "Open on another computer " * 4,
        actions=[("Open Anyway", lambda: pressed.append(1)), ("Show Report", lambda: None)],
    )
    first, second = banner.findChildren(QPushButton)
    banner.layout().activate()
    assert banner._text.geometry().right() < first.x() < second.x()
    banner.resize(360, 200)
    banner.layout().activate()
    assert first.y() > banner._text.geometry().bottom()
    assert second.geometry().right() < banner.width()
    assert banner._text.width() > 280
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert pressed
    banner.resize(900, 60)
    banner.layout().activate()
    assert banner._text.geometry().right() < first.x()


def test_what_files_are_called_is_not_taken_for_markup(banner):
    banner.tell("<b>bold</b>.txt is empty")
    assert banner.text() == "<b>bold</b>.txt is empty"
    label = banner.findChild(type(banner._text), "bannerText")
    assert label.textFormat() == Qt.TextFormat.PlainText


@pytest.fixture
def offered(toast, over, qtbot, monkeypatch):
    """Return a toast with a button in a window that is in use; it would be gone in no time."""
    monkeypatch.setattr(module, "_SHOWN_WITH_BUTTON_MS", 30)
    monkeypatch.setattr(module, "_SHOWN_MS", 30)
    over.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    over.activateWindow()
    qtbot.waitUntil(over.isActiveWindow)
    over.setFocus()
    return toast


def test_it_stays_while_the_keyboard_is_in_it_and_goes_when_it_leaves(offered, over, qtbot):
    offered.say("Deleted mark", "Undo", lambda: None)
    assert offered.take_focus()
    assert not offered.take_focus()
    assert not offered._timer.isActive()
    over.setFocus()
    qtbot.waitUntil(lambda: not offered.isVisible())


def test_it_stays_while_the_pointer_rests_on_it(offered, qtbot):
    offered.say("Deleted mark", "Undo", lambda: None)
    place = QPointF(3, 3)
    QApplication.sendEvent(offered, QEnterEvent(place, place, place))
    assert not offered._timer.isActive()
    QApplication.sendEvent(offered, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: not offered.isVisible())


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Space])
def test_the_keyboard_returns_to_where_it_was(offered, over, qtbot, key):
    done = []
    offered.say("Deleted mark", "Undo", lambda: done.append(True))
    offered.take_focus()
    qtbot.keyClick(offered.findChild(QPushButton), key)
    assert not offered.isVisible()
    assert done == ([True] if key == Qt.Key.Key_Space else [])
    assert over.hasFocus()


def test_a_toast_without_an_offer_takes_no_focus(offered):
    offered.say("Saved")
    assert not offered.take_focus()
    offered.hide()


def test_what_it_offers_is_announced_too(toast, monkeypatch):
    told = []
    monkeypatch.setattr(module, "announce", lambda _widget, text: told.append(text))
    toast.say("Deleted mark", "Undo", lambda: None)
    assert told == ["Deleted mark. Undo"]
    toast.hide()
