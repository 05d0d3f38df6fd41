"""Unexpected exceptions: reported once, copyable, and the window lives on."""

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

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
