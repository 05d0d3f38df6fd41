"""Where the keys go: seen on every control in every theme, and never lost."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.filling import mark

CONTROL = Qt.KeyboardModifier.ControlModifier
LEAST_PIXELS = 40  # of a ring


def reached_by_tab(top):
    """Return what is to be seen of a window that Tab goes to."""
    return [
        widget
        for widget in top.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def picture(widget):
    around = widget.parentWidget()
    return around.grab(widget.geometry().adjusted(-4, -4, 4, 4)).toImage()


def changed(before, after):
    """Return how many pixels differ."""
    if before.size() != after.size():
        return before.width() * before.height()
    return sum(
        before.pixel(x, y) != after.pixel(x, y)
        for y in range(before.height())
        for x in range(before.width())
    )


def without_ring(top, done, elsewhere):
    """Return the controls that look the same with the focus as without."""
    found = []
    for widget in reached_by_tab(top):
        name = f"{type(widget).__name__} {widget.objectName()} {widget.accessibleName()}"
        if name in done:
            continue
        done.add(name)
        elsewhere(widget).setFocus()
        QApplication.processEvents()
        if not widget.isVisible():
            continue
        before = picture(widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        top.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)  # as Tab itself does
        QApplication.processEvents()
        if widget.hasFocus() and changed(before, picture(widget)) < LEAST_PIXELS:
            found.append(name)
    return found


@pytest.mark.parametrize("theme", ["light", "sepia", "dark"])
def test_every_control_of_the_window_shows_the_focus(window, library, ferry, theme):
    made = mark(library, ferry, 30, 37, library.recent_tags()[0])
    window.appearance.choose(theme)
    window.desk.open_article(ferry)
    reader, sidebar, done = window.reader, window.sidebar, set()

    def elsewhere(widget):
        return reader.page if widget is window.shelf.filter else window.shelf.filter

    def look():
        QApplication.processEvents()
        return without_ring(window, done, elsewhere)

    assert look() == []
    sidebar.show_codebook()
    assert look() == []
    sidebar.show_article()
    assert look() == []
    sidebar.show_marks()
    reader.select(12, 20)
    assert look() == []
    reader.find_bar.open()
    reader.find_bar.field.setText("the")
    reader.find_bar.regex.setChecked(True)
    assert look() == []
    reader.leave()
    window.notices.say("Done", "Undo")
    window.banner.tell("Something to know")
    assert look() == []
    window.desk.choose(made)
    window.desk.edit_wanted.emit(made)
    editor = sidebar.marks.editor
    assert len(reached_by_tab(editor)) >= 5
    for widget in reached_by_tab(editor):
        other = editor.note if widget is not editor.note else editor.voice
        other.setFocus()
        before = picture(widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        assert widget.hasFocus(), widget.accessibleName()
        assert changed(before, picture(widget)) >= LEAST_PIXELS, widget.objectName()
    assert len(done) > 30


@pytest.mark.parametrize("theme", ["light", "sepia", "dark"])
def test_every_control_of_the_dialogs_shows_the_focus(window, ferry, answers, theme):
    window.appearance.choose(theme)
    window.desk.open_article(ferry)
    found, seen = [], set()

    def look(dialog):
        dialog.show()
        QTest.qWaitForWindowActive(dialog)
        controls = reached_by_tab(dialog)

        def elsewhere(widget):
            return next(other for other in controls if other is not widget)

        found.extend(without_ring(dialog, seen, elsewhere))
        dialog.close()
        return 0

    for action in ("export", "help", "shortcuts"):
        answers.ready = [look]
        window.actions_[action].trigger()
    assert found == []
    assert len(seen) > 8


def test_the_page_shows_the_focus_that_came_by_keys_and_is_quiet_for_the_mouse(window, ferry):
    window.desk.open_article(ferry)
    reader = window.reader

    def edge():
        return reader.grab(QRect(0, 0, reader.width(), 2)).toImage()

    quiet = edge()
    window.shelf.filter.setFocus()
    while not reader.page.hasFocus():
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
    assert edge() != quiet
    QTest.mouseClick(reader.page.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    assert edge() == quiet


def focus(window):
    """Return what has the focus, and that it can be seen and is in this window."""
    widget = QApplication.focusWidget()
    assert widget is not None
    assert widget.isVisible()
    assert widget.window() is window
    return widget


@pytest.fixture
def reading(window, library, ferry):
    for start, end in ((4, 9), (30, 37), (50, 58)):
        mark(library, ferry, start, end, "A tag")
    window.desk.open_article(ferry)
    window.reader.setFocus(Qt.FocusReason.OtherFocusReason)
    return window


def press(window, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(focus(window), key, modifiers)


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_a_note_that_is_done_gives_the_keys_back_to_the_page(reading, key):
    press(reading, Qt.Key.Key_J)
    press(reading, Qt.Key.Key_N)
    QTest.keyClicks(focus(reading), "who says so?")
    assert focus(reading).objectName() == "note_editor"
    press(reading, key, CONTROL if key == Qt.Key.Key_Return else Qt.KeyboardModifier.NoModifier)
    assert focus(reading) is reading.reader.page
    chosen = reading.desk.chosen_mark()
    assert chosen.note == "who says so?"
    press(reading, Qt.Key.Key_J)
    assert reading.desk.chosen_mark().start > chosen.start


def test_a_note_begun_in_the_sidebar_gives_them_back_to_the_list(reading):
    marks = reading.sidebar.marks.list
    marks.setFocus()
    press(reading, Qt.Key.Key_Home)
    press(reading, Qt.Key.Key_Return)
    assert focus(reading).objectName() == "note_editor"
    press(reading, Qt.Key.Key_Escape)
    assert focus(reading) is marks


def test_deleting_and_undoing_keep_the_keys_on_the_page(reading):
    for _ in range(3):
        press(reading, Qt.Key.Key_J)
        press(reading, Qt.Key.Key_Delete)
        assert focus(reading) is reading.reader.page
    assert len(reading.desk.marks) == 0
    for _ in range(3):
        press(reading, Qt.Key.Key_Z, CONTROL)
        assert focus(reading) is reading.reader.page
    assert len(reading.desk.marks) == 3


def test_deleting_the_last_card_leaves_the_keys_in_the_sidebar(reading):
    marks = reading.sidebar.marks
    marks.list.setFocus()
    press(reading, Qt.Key.Key_Home)
    for _ in range(3):
        press(reading, Qt.Key.Key_Delete)
        assert reading.sidebar.isAncestorOf(focus(reading))
    press(reading, Qt.Key.Key_Z, CONTROL)
    assert reading.sidebar.isAncestorOf(focus(reading))
    assert len(reading.desk.marks) == 1


def test_closing_find_gives_the_keys_back(reading):
    press(reading, Qt.Key.Key_F, CONTROL)
    QTest.keyClicks(focus(reading), "council")
    press(reading, Qt.Key.Key_Escape)
    assert focus(reading) is reading.reader.page
    assert reading.reader.selection() is not None
    press(reading, Qt.Key.Key_T)
    assert focus(reading).objectName() == "tag_field"
    press(reading, Qt.Key.Key_Escape)
    assert focus(reading) is reading.reader.page


def test_a_toast_that_goes_gives_the_keys_to_the_page(reading):
    press(reading, Qt.Key.Key_J)
    press(reading, Qt.Key.Key_Delete)
    toast = reading.notices.toast
    button = reached_by_tab(toast)[0]
    button.setFocus(Qt.FocusReason.TabFocusReason)
    press(reading, Qt.Key.Key_Space)
    assert not toast.isVisible()
    assert len(reading.desk.marks) == 3
    assert focus(reading) is reading.reader.page


def test_a_notice_that_is_closed_gives_the_keys_to_the_page(reading):
    reading.banner.tell("Something to know")
    reading.banner.close_button.setFocus(Qt.FocusReason.TabFocusReason)
    press(reading, Qt.Key.Key_Space)
    assert not reading.banner.isVisible()
    assert focus(reading) is reading.reader.page


def test_a_menu_that_is_left_gives_the_keys_back(reading):
    press(reading, Qt.Key.Key_J)
    press(reading, Qt.Key.Key_O, Qt.KeyboardModifier.ShiftModifier)
    menu = QApplication.activePopupWidget()
    assert menu.accessibleName() == "Marks here"
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    assert focus(reading) is reading.reader.page
