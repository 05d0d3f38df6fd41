"""The status bar by itself: progress that shows only when something takes a while."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QProgressBar, QToolButton

from postil.ui import status as module
from postil.ui.status import Status


@pytest.fixture
def status(qtbot, monkeypatch):
    monkeypatch.setattr(module, "_PATIENCE_MS", 5)
    made = Status()
    qtbot.addWidget(made)
    made.show()
    return made


def test_work_that_takes_a_while_is_shown_and_can_be_cancelled(status, qtbot):
    bar = status.findChild(QProgressBar)
    status.begin("Reading a.txt")
    assert not bar.isVisible()
    qtbot.waitUntil(bar.isVisible)
    status.progress(2, 5)
    assert (bar.value(), bar.maximum()) == (2, 5)
    cancel = status.findChild(QToolButton, "statusCancel")
    with qtbot.waitSignal(status.cancel_wanted):
        qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    status.rest()
    assert not bar.isVisible()


def test_work_that_is_soon_over_is_not_shown(status, qtbot):
    status.begin("Reading a.txt")
    status.rest()
    assert not status._patience.isActive()
    assert not status.findChild(QProgressBar).isVisible()


def test_many_short_pieces_of_work_in_a_row_are_shown_as_one_long_one(status, qtbot):
    cancel = status.findChild(QToolButton, "statusCancel")
    work = QTimer(status)  # each piece begins before patience with the one before it is over
    work.timeout.connect(lambda: status.begin("Exporting"))
    work.start(1)
    qtbot.waitUntil(cancel.isVisible)


def test_places_are_counted_from_one_even_before_the_first_paragraph(status):
    status.show_place(0, [10, 20, 30])
    assert status.place.text() == "¶1 of 3"
    status.show_place(20, [10, 20, 30])
    assert status.place.text() == "¶2 of 3"
    status.show_place(5, [])
    assert status.place.text() == ""


def test_no_codebook_is_said(status, qtbot):
    menu = QMenu(status)
    status.show_codebooks([], menu, QIcon())
    assert status.codebooks.text() == "No codebook ▾"


def test_a_sentence_is_numbered_where_one_is_meant(status):
    status.show_place(20, [10, 20, 30], 4)
    assert status.place.text() == "¶2 of 3 · sentence 4"


def test_the_tip_of_an_action_stands_alone(status):
    status.resize(900, status.height())
    status.show_codebooks(["River talk"], QMenu(status), QIcon())
    assert status.codebooks.isVisible()
    status.showMessage("What this action does")
    status.show_showing("1 of 2 marks")
    status.show_codebooks(["Sea talk"], QMenu(status), QIcon())
    assert not status.codebooks.isVisible()
    assert not status.showing.isVisible()
    status.clearMessage()
    assert status.codebooks.isVisible()
    assert status.showing.isVisible()
