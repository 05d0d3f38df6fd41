"""Tasks: work on another thread, handed back on this one."""

import threading

import pytest
from PySide6.QtCore import QThread

from postil.domain.errors import UserError
from postil.ui.tasks import Tasks


@pytest.fixture
def tasks(qapp):
    made = Tasks()
    yield made
    made.close()


def nobody(_):
    raise AssertionError("this should not have been called")


def test_work_happens_elsewhere_and_comes_back_here(tasks, qtbot):
    here = QThread.currentThread()
    seen = []

    def work(_progress):
        return threading.get_ident()

    def done(ident):
        seen.append((ident, QThread.currentThread() is here))

    with qtbot.waitSignal(tasks.rested):
        tasks.run("Working", work, done, nobody)
    assert seen[0][0] != threading.get_ident()
    assert seen[0][1]


def test_an_expected_failure_is_handed_over(tasks, qtbot):
    told = []

    def work(_progress):
        raise UserError("The file is empty", "Choose another.")

    with qtbot.waitSignal(tasks.rested):
        tasks.run("Working", work, nobody, told.append)
    assert str(told[0]) == "The file is empty. Choose another."


def test_a_mistake_is_raised_on_this_thread(tasks, qtbot):
    def work(_progress):
        raise ZeroDivisionError("oh")

    with qtbot.capture_exceptions() as caught, qtbot.waitSignal(tasks.rested):
        tasks.run("Working", work, nobody, nobody)
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]


def test_progress_is_told_and_titles_too(tasks, qtbot):
    told = []
    tasks.progressed.connect(lambda done, total: told.append((done, total)))

    def work(progress):
        progress.report(1, 2)
        progress.report(2, 2)

    with qtbot.waitSignals([tasks.begun, tasks.rested]):
        tasks.run("Working", work, lambda _: None, nobody)
    assert told == [(0, 0), (1, 2), (2, 2)]


def test_pieces_of_work_run_in_order(tasks, qtbot):
    came = []
    for number in range(5):
        tasks.run("Working", lambda _, n=number: n, came.append, nobody)
    assert tasks.is_busy
    qtbot.waitUntil(lambda: not tasks.is_busy)
    assert came == [0, 1, 2, 3, 4]


def test_rest_is_told_once_the_next_piece_was_begun_too(tasks, qtbot):
    rested = []
    tasks.rested.connect(lambda: rested.append(tasks.is_busy))

    def again(_):
        tasks.run("Second", lambda _: None, lambda _: None, nobody)

    tasks.run("First", lambda _: None, again, nobody)
    qtbot.waitUntil(lambda: not tasks.is_busy)
    assert rested == [False]


def test_cancelled_work_hands_nothing_back(tasks, qtbot):
    begun, gate = threading.Event(), threading.Event()
    stopped = []

    def work(progress):
        begun.set()
        gate.wait(5)
        try:
            progress.report(1, 2)
        finally:
            stopped.append(True)

    with qtbot.waitSignal(tasks.rested):
        tasks.run("Working", work, nobody, nobody)
        tasks.run("Waiting", work, nobody, nobody)
        assert begun.wait(5)
        tasks.cancel()
    assert not tasks.is_busy  # it answers at once, and does not wait for what runs
    gate.set()
    tasks.close()
    assert stopped == [True]  # what waited never began


def test_closing_waits_for_the_thread_and_hands_nothing_back(qapp, qtbot):
    tasks = Tasks()
    over = []

    def work(_progress):
        over.append(True)
        return 1

    tasks.run("Working", work, nobody, nobody)
    tasks.close()
    qapp.processEvents()
    assert not tasks.is_busy
    assert over in ([], [True])


def test_nothing_begins_once_it_is_closed(qapp):
    tasks = Tasks()
    tasks.close()
    progress = tasks.run("Working", lambda _progress: None, nobody, nobody)
    assert progress.is_cancelled
    assert not tasks.is_busy
