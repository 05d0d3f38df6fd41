"""Calls into Qt that return nothing must not use up `None`.

PySide6 6.12 on Python 3.11 drops a reference to `None` on each of them, and the interpreter ends
after a few thousand. The dependency markers keep the two apart; this sees whether they do.
"""

import sys

import pytest
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QTextCursor, QTextDocument
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

CALLS = 100
TOLERATED = 20  # others, such as the collector, take and give a few


class Sender(QObject):
    sent = Signal(int)


def calls_of_objects():
    """Return calls without a widget, by name."""
    thing, timer, document = Sender(), QTimer(), QTextDocument("words and words")
    cursor, image = QTextCursor(document), QImage(8, 8, QImage.Format.Format_ARGB32)
    thing.sent.connect(timer.setInterval)
    return {
        "object name": lambda: thing.setObjectName("name"),
        "signal": lambda: thing.sent.emit(1),
        "timer": lambda: timer.setInterval(10),
        "cursor": lambda: cursor.setPosition(3),
        "document": lambda: document.setPlainText("words"),
        "image": lambda: image.fill(0),
        "painter": lambda: QPainter(image).end(),
    }


def references_lost(call):
    """Return how many references to None a hundred calls lose."""
    call()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        call()
    return before - sys.getrefcount(None)


@pytest.mark.parametrize("name", list(calls_of_objects()))
def test_objects_leave_none_alone(qapp, name):
    assert abs(references_lost(calls_of_objects()[name])) < TOLERATED


@pytest.mark.parametrize("kind", [QWidget, QLabel, QLineEdit, QPlainTextEdit])
def test_widgets_leave_none_alone(qtbot, kind):
    widget = kind()
    qtbot.addWidget(widget)
    for call in (widget.update, widget.show, widget.clearFocus, lambda: widget.resize(50, 50)):
        assert abs(references_lost(call)) < TOLERATED


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_a_loss_would_be_seen():
    kept = []
    assert references_lost(lambda: kept.append(None)) <= -CALLS + TOLERATED
