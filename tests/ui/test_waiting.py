"""A busy library: changes wait in order, are tried again, and are told about."""

import pytest
from PySide6.QtCore import Qt

from postil.domain.errors import LibraryBusyError, UserError
from postil.library import AddAnnotation, DeleteAnnotations
from postil.ui import waiting as module
from postil.ui.waiting import WaitingDesk
from ui.filling import mark, put


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(module, "_AGAIN_MS", 5)


@pytest.fixture
def desk(qapp, library):
    made = WaitingDesk(library)
    yield made
    made.close()


@pytest.fixture
def lock(library, monkeypatch):
    """Return a list; while something is in it, the library is busy."""
    held = []
    do = library.do

    def guarded(command):
        if held:
            raise LibraryBusyError("The library is in use")
        return do(command)

    monkeypatch.setattr(library, "do", guarded)
    return held


def test_a_change_is_made_at_once_when_it_can_be(desk, ferry):
    command = AddAnnotation(ferry, 0, 3)
    assert desk.do(command).step.name == "add-mark"
    assert desk.waiting == 0


def test_changes_wait_and_are_made_in_order(desk, lock, ferry, qtbot, library):
    first = AddAnnotation(ferry, 0, 3)
    told = []
    desk.waiting_changed.connect(told.append)
    lock.append(True)
    assert desk.do(first) is None
    assert desk.do(DeleteAnnotations((first.id,))) is None
    second = AddAnnotation(ferry, 4, 9)
    assert desk.do(second) is None
    assert desk.waiting == 3
    assert library.annotations(ferry) == []
    lock.clear()
    qtbot.waitUntil(lambda: not desk.waiting)
    assert [m.id for m in library.annotations(ferry)] == [second.id]
    assert told[:3] == [1, 2, 3]
    assert told[-1] == 0


def test_what_comes_later_does_not_overtake(desk, lock, ferry, library):
    lock.append(True)
    made = AddAnnotation(ferry, 0, 3)
    desk.do(made)
    lock.clear()
    desk.do(DeleteAnnotations((made.id,)))
    assert desk.waiting == 2
    desk.try_again()
    assert desk.waiting == 0
    assert library.annotations(ferry) == []


def test_a_refusal_is_shown_and_what_waits_behind_it_goes_on(desk, lock, ferry, qtbot, library):
    lock.append(True)
    desk.do(AddAnnotation(ferry, 5, 5))
    desk.do(AddAnnotation(ferry, 0, 3))
    lock.clear()
    with qtbot.waitSignal(desk.failed) as told:
        desk.try_again()
    assert isinstance(told.args[0], UserError)
    assert len(library.annotations(ferry)) == 1


def test_a_locked_library_of_another_process(desk, library, qtbot, monkeypatch):
    import sqlite3

    article = put(library, "Ferry", "All about the ferry.")
    other = sqlite3.connect(library.path)
    other.execute("BEGIN IMMEDIATE")
    desk.do(AddAnnotation(article, 0, 3))
    assert desk.waiting == 1
    other.rollback()
    other.close()
    qtbot.waitUntil(lambda: not desk.waiting)
    assert len(library.annotations(article)) == 1
    assert mark(library, article, 4, 6)


def test_a_digit_pressed_twice_while_the_library_is_in_use_makes_one_mark(
    make_window, lock, ferry, qtbot, library
):
    window = make_window()
    window.desk.open_article(ferry)
    reader, recent = window.reader, library.recent_tags()
    reader.select(30, 37)
    lock.append(True)
    for key in (Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_2):
        qtbot.keyClick(reader.page, key)
    assert library.annotations(ferry) == []
    lock.clear()
    qtbot.waitUntil(lambda: not window.desk.waiting)
    [made] = library.annotations(ferry)
    assert (made.start, made.end) == (30, 37)
    assert made.tags == tuple(recent[:2])
    assert window.desk.chosen == made.id


def test_digits_for_the_active_mark_wait_and_none_overwrites_another(
    make_window, lock, ferry, qtbot, library
):
    window = make_window()
    window.desk.open_article(ferry)
    recent = library.recent_tags()
    window.desk.choose(mark(library, ferry, 30, 37))
    lock.append(True)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2):
        qtbot.keyClick(window.reader.page, key)
    lock.clear()
    qtbot.waitUntil(lambda: not window.desk.waiting)
    [made] = library.annotations(ferry)
    assert made.tags == tuple(recent[:2])


def test_a_mark_that_waited_is_not_picked_when_reading_went_on(
    make_window, lock, ferry, qtbot, library
):
    window = make_window()
    window.desk.open_article(ferry)
    reader = window.reader
    reader.select(30, 37)
    lock.append(True)
    qtbot.keyClick(reader.page, Qt.Key.Key_H)
    reader.select(50, 60)
    lock.clear()
    qtbot.waitUntil(lambda: not window.desk.waiting)
    assert len(library.annotations(ferry)) == 1
    assert reader.selection() == (50, 60)
