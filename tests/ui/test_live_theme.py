"""A theme chosen while something is being typed: every open field follows at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton

from postil.library import ChangeAnnotation
from ui.filling import mark

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def steady():
    """Let no caret blink between two pictures, and give back the colours of the tests."""
    flash, palette = QApplication.cursorFlashTime(), QApplication.palette()
    QApplication.setCursorFlashTime(0)
    yield
    QApplication.setCursorFlashTime(flash)
    QApplication.setPalette(palette)


def open_everything(window, article_id, annotation_id):
    window.desk.open_article(article_id)
    QTest.keyClick(window, Qt.Key.Key_F, CONTROL)
    QTest.keyClicks(window.focusWidget(), "council")
    window.desk.choose(annotation_id)
    window.reader.page.setFocus()
    window.desk.edit_wanted.emit(annotation_id)


def pictures(window):
    parts = {
        "note editor": window.sidebar.marks.editor,
        "filter bar": window.sidebar.marks.filter_bar,
        "find bar": window.reader.find_bar,
        "shelf filter": window.shelf.filter,
        "tabs": window.sidebar.tabs,
        "status": window.status,
        "first steps": window.first_steps,
    }
    return {name: part.grab().toImage() for name, part in parts.items()}


@pytest.mark.parametrize("theme", ["sepia", "dark"])
def test_open_fields_follow_a_theme_at_once(make_window, ferry, library, qtbot, theme, settings):
    tag = next(tag.id for s in library.tag_sets() if s.codebook.enabled for tag in s.tags)
    one = mark(library, ferry, 14, 21, tag)
    library.do(ChangeAnnotation(one, note="Told *twice*."))
    window = make_window()
    open_everything(window, ferry, one)
    clear = window.reader.find_bar.findChild(QLineEdit).findChild(QToolButton)
    qtbot.waitUntil(lambda: clear.property("opacity") == 1.0)  # it fades in
    light = pictures(window)
    window.actions_[f"theme-{theme}"].trigger()
    qtbot.waitUntil(lambda: not same(pictures(window), light))
    live = pictures(window)
    again = make_window()
    open_everything(again, ferry, one)
    qtbot.waitUntil(lambda: same(pictures(again), live) == list(live))


def same(some, others):
    """Return the names of the parts that look alike."""
    return [name for name in some if some[name] == others[name]]
