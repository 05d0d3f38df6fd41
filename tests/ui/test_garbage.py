"""Garbage is collected on the GUI thread, whoever made it."""

import gc
import threading

import pytest
from PySide6.QtCore import QObject

from postil.ui import garbage
from postil.ui.garbage import GarbageCollector


class Circle:
    """Holds itself; tells on which thread it is freed."""

    def __init__(self, freed):
        self._freed, self._self = freed, self

    def __del__(self):
        self._freed.append(threading.current_thread())


@pytest.fixture
def collector(qapp, monkeypatch):
    monkeypatch.setattr(garbage, "_EVERY_MS", 5)
    parent = QObject()
    made = GarbageCollector(parent)
    yield made
    parent.deleteLater()
    gc.enable()


def work(freed):
    """Leave circles behind, and make enough for Python to look for them at once."""
    for _ in range(3_000):
        Circle(freed)


def test_what_a_thread_leaves_is_freed_on_the_gui_thread(collector, qtbot):
    freed = []
    worker = threading.Thread(target=work, args=(freed,))
    worker.start()
    worker.join()
    assert freed == []
    qtbot.waitUntil(lambda: len(freed) == 3_000)
    assert set(freed) == {threading.main_thread()}


def test_python_alone_frees_on_any_thread():
    """Why this is needed."""
    freed = []
    worker = threading.Thread(target=work, args=(freed,))
    worker.start()
    worker.join()
    assert worker in freed
