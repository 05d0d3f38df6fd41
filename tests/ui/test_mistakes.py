"""Unexpected exceptions: reported once, copyable, and the window lives on."""

import sqlite3
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QRunnable, Qt, QThreadPool
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from postil.ui.dialogs.mistake import MistakeDialog
from postil.ui.mistakes import Mistakes


@pytest.fixture
def window(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.fixture
def mistakes(window):
    made = Mistakes(window)
    yield made
    made.close()


def happen(error):
    try:
        raise error
    except type(error):
        sys.excepthook(*sys.exc_info())


def dialog_of(window, qtbot):
    qtbot.waitUntil(lambda: window.findChild(MistakeDialog) is not None)
    return window.findChild(MistakeDialog)


def test_a_mistake_is_shown_as_a_report_that_can_be_copied(window, mistakes, qtbot):
    happen(ZeroDivisionError(f"by nothing in {Path.home() / 'notes'}"))
    dialog = dialog_of(window, qtbot)
    text = dialog.report.toPlainText()
    assert "ZeroDivisionError: by nothing" in text
    assert "Postil " in text
    assert "Traceback" in text
    assert str(Path.home()) not in text
    qtbot.mouseClick(dialog.findChild(QPushButton, "copyReport"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == text
    QGuiApplication.clipboard().clear()
    dialog.close()


def test_a_second_one_is_added_to_the_first(window, mistakes, qtbot):
    happen(ZeroDivisionError("first"))
    dialog = dialog_of(window, qtbot)
    happen(KeyError("second"))
    qtbot.waitUntil(lambda: "KeyError: 'second'" in dialog.report.toPlainText())
    assert len(window.findChildren(MistakeDialog)) == 1
    assert "first" in dialog.report.toPlainText()
    dialog.close()


def test_one_on_another_thread_is_shown_too(window, mistakes, qtbot):
    def work():
        raise ValueError("far away")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    dialog = dialog_of(window, qtbot)
    assert "far away" in dialog.report.toPlainText()
    dialog.close()


def test_it_is_written_to_the_log(window, mistakes, qtbot, caplog):
    happen(ZeroDivisionError("by nothing"))
    assert "ZeroDivisionError: by nothing" in caplog.text
    dialog_of(window, qtbot).close()


def test_an_interrupt_is_no_mistake(window, monkeypatch, qapp):
    seen = []
    monkeypatch.setattr(sys, "excepthook", lambda *args: seen.append(args[0]))
    mistakes = Mistakes(window)
    happen(KeyboardInterrupt())
    mistakes.close()
    assert seen == [KeyboardInterrupt]
    qapp.processEvents()
    assert window.findChild(MistakeDialog) is None


def test_the_hooks_are_put_back(window):
    before = (sys.excepthook, threading.excepthook)
    mistakes = Mistakes(window)
    assert sys.excepthook != before[0]
    mistakes.close()
    assert (sys.excepthook, threading.excepthook) == before


class Broken(QWidget):
    """Fails in what Qt calls."""

    def __init__(self, parent, fail):
        super().__init__(parent)
        self.fail = fail
        self.painted = 0
        self.resize(50, 50)

    def paintEvent(self, _event):  # noqa: N802 - Qt's own
        self.painted += 1
        self.fail()


def fail():
    raise ZeroDivisionError("in what Qt calls")


def recurse():
    recurse()


@pytest.mark.parametrize(
    ("wrong", "kind"), [(fail, "ZeroDivisionError"), (recurse, "RecursionError")]
)
def test_one_that_comes_with_every_frame_is_told_once(window, mistakes, qtbot, caplog, wrong, kind):
    broken = Broken(window, wrong)
    broken.show()
    dialog = dialog_of(window, qtbot)
    qtbot.waitUntil(lambda: broken.update() or broken.painted > 12)
    text = dialog.report.toPlainText()
    assert text.count(f"\n{kind}") == 1
    assert len(text.splitlines()) < 150
    assert caplog.text.count("Traceback") == 1
    assert "again, 10 times" in caplog.text
    dialog.close()
    before = broken.painted
    qtbot.waitUntil(lambda: broken.update() or broken.painted > before)
    qtbot.waitUntil(lambda: window.findChild(MistakeDialog) is None)
    broken.hide()


def test_one_in_an_event_filter_and_one_on_a_thread_of_qt_are_told(window, mistakes, qtbot):
    class Filter(QObject):
        def eventFilter(self, _watched, event):  # noqa: N802 - Qt's own
            if event.type() is QEvent.Type.User:
                raise LookupError("in a filter")
            return False

    class Work(QRunnable):
        def run(self):
            raise ArithmeticError("in a pool")

    watching = Filter(window)
    window.installEventFilter(watching)
    QApplication.postEvent(window, QEvent(QEvent.Type.User))
    dialog = dialog_of(window, qtbot)
    QThreadPool.globalInstance().start(Work())
    qtbot.waitUntil(lambda: "in a pool" in dialog.report.toPlainText())
    assert "in a filter" in dialog.report.toPlainText()
    dialog.close()
    window.removeEventFilter(watching)


SECRET = "The ferry that was promised to the islands"


def by_key():
    {}[SECRET]


def by_sql(library):
    with library._store.writing() as transaction:
        transaction.ask(
            lambda connection: connection.exec_driver_sql(
                "INSERT INTO nowhere VALUES (?)", (SECRET,)
            )
        )


def by_what_led_to_it():
    try:
        by_key()
    except KeyError as error:
        raise RuntimeError(f"cannot place “{SECRET}” or '{SECRET}'") from error


def by_many_lines():
    raise ValueError(f"this is odd:\n{SECRET}")


class MuteError(Exception):
    """One whose words cannot be had."""

    def __str__(self):
        raise ValueError(SECRET)


def by_its_words():
    raise MuteError


@pytest.mark.parametrize("wrong", [by_key, by_sql, by_what_led_to_it, by_many_lines, by_its_words])
def test_what_people_wrote_is_not_in_the_report(window, mistakes, qtbot, library, caplog, wrong):
    try:
        wrong(library) if wrong is by_sql else wrong()
    except Exception:  # noqa: BLE001 - whatever it is
        sys.excepthook(*sys.exc_info())
    dialog = dialog_of(window, qtbot)
    text = dialog.report.toPlainText()
    assert "Traceback" in text
    assert wrong.__name__ in text
    assert SECRET[:20] not in text.replace(f'"{SECRET}"', "")
    assert SECRET[:20] not in caplog.text
    dialog.close()


def test_what_people_wrote_is_not_in_what_the_database_says(library):
    with pytest.raises(sqlite3.OperationalError) as failed:
        by_sql(library)
    assert "INSERT" in str(failed.value.__cause__)
    assert SECRET not in str(failed.value.__cause__)


def test_names_of_the_program_stay_in_the_report(window, mistakes, qtbot):
    try:
        None.desk()
    except AttributeError:
        sys.excepthook(*sys.exc_info())
    dialog = dialog_of(window, qtbot)
    assert "'NoneType' object has no attribute 'desk'" in dialog.report.toPlainText()
    dialog.close()
