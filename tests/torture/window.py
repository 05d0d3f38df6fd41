"""R16, R17, R21: the whole window, offscreen, by itself; prints the figures as JSON.

`python -m torture.window FOLDER documents|events|ticks COUNT SEED [raises|waits]`. What
Qt warns of and whatever raises is told. Two faults can be had: a slot that raises, and a library
that waits for whoever holds it.
"""

import faulthandler
import json
import random
import sqlite3
import sys
import time
from contextlib import closing
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer, qInstallMessageHandler
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from factories import make_article
from postil.domain.article import BlockKind, SpanKind
from postil.domain.builder import ArticleBuilder
from postil.domain.errors import UserError
from postil.library import AddAnnotation, AddAnnotations, AddArticle, Library
from postil.settings import Settings

_SILENT = ("This plugin does not support",)
_LETTERS = "ab e\u0301\u0323\u00a0\u200d\u200f\u202e\ufffc\u00ad😀👩🚀אבשל\u1100\u1161กำ漢字.,“”"
_KEYS = [Qt.Key(key) for key in range(0x20, 0x5B)] + [
    Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Backspace, Qt.Key.Key_Delete,
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home,
    Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_F2, Qt.Key.Key_F3,
    Qt.Key.Key_F6, Qt.Key.Key_Menu,
]  # fmt: skip
_MODIFIERS = (
    *(Qt.KeyboardModifier.NoModifier,) * 5,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
)


class Nobody:
    """Answers every question by leaving it."""

    def open_files(self, *_):
        return []

    def save_file(self, *_):
        return None

    folder = text = choose = tell = save_file

    def confirm(self, *_):
        return False

    def show(self, dialog):
        dialog.show()
        dialog.grab()
        dialog.reject()
        return False


class Window:
    """The window on a library, and everything that goes wrong in it."""

    def __init__(self, folder, chance):
        from postil.ui.garbage import GarbageCollector
        from postil.ui.main_window import MainWindow

        self.chance = chance
        self.wrong = []
        self.application = QApplication.instance() or QApplication(["postil"])
        self.application.setStyle("Fusion")
        sys.excepthook = self._raised
        qInstallMessageHandler(self._said)
        settings = Settings(folder / "settings.json")
        settings.set("author/asked", True)
        self.path = folder / "library.sqlite"
        self.library = Library.open(self.path)
        self.window = MainWindow(settings, Nobody())
        GarbageCollector(self.window)
        self.window.resize(1280, 800)
        self.window.show()
        self.window.furnish(self.library, is_new=False)
        while not self.window.is_complete:
            self.application.processEvents()

    def _raised(self, kind, error, trace):
        self.wrong.append(f"{kind.__name__}: {error}")
        sys.__excepthook__(kind, error, trace)

    def _said(self, _kind, _context, text):
        if not text.startswith(_SILENT):
            self.wrong.append(text)

    def open(self, article):
        command = AddArticle(article)
        self.library.do(command)
        self.window.desk.open_article(command.id)
        return command.id

    def close(self):
        from postil import isolation

        self.window.prompts.confirm = lambda *_: True
        self.window.close()
        isolation.close()
        self.library.close()


def documents(window, count):
    """Show articles of any blocks and letters, some of them in marks; return the longest time."""
    longest = 0.0
    for number in range(count):
        article = _any_article(window.chance, number)
        began = time.monotonic()
        article_id = window.open(article)
        end = len(article.text)
        for _ in range(window.chance.randrange(4)):
            start = window.chance.randrange(end)
            try:
                window.library.do(AddAnnotation(article_id, start, end, ("Own",), "note *x*"))
            except UserError:
                continue  # nothing but line ends
        window.application.processEvents()
        if number % 10 == 0:
            window.window.grab()
        longest = max(longest, time.monotonic() - began)
    return {"longest": round(longest, 2)}


def _any_article(chance, number):
    builder = ArticleBuilder()
    builder.block(BlockKind.PARAGRAPH, f"Number {number}.")
    for _ in range(chance.choice((1, 3, 10, 60))):
        kind = chance.choice(list(BlockKind))
        builder.begin(kind, level=chance.randrange(1, 7))
        for _ in range(chance.randrange(1, 6)):
            span = chance.choice((None, None, *SpanKind))
            if span:
                builder.open_span(span, "https://example.org/" if span is SpanKind.LINK else "")
            count = chance.choice((1, 5, 40, 400))
            builder.text("".join(chance.choices(_LETTERS, k=count)))
            if span:
                builder.close_span()
            if kind is BlockKind.ROW:
                builder.cell_break()
            elif chance.random() < 0.3:
                builder.line_break()
    return builder.finish()


class Hand:
    """Does any thing a hand can do, from a timer, so that it goes on in menus and dialogs too."""

    def __init__(self, window, count):
        self._window, self._chance, self._left = window, window.chance, count
        self.done = 0
        self._timer = QTimer(singleShot=True, interval=0)
        self._timer.timeout.connect(self._step)
        window.window.actions_["quit"].setEnabled(False)  # its keys, too
        self._actions = [
            action
            for name, action in window.window.actions_._actions.items()
            if name not in {"quit", "full-screen"}
        ]

    def run(self):
        self._timer.start()
        while self._left > 0:
            self._window.application.processEvents()
        self._timer.stop()

    def _step(self):
        self._left -= 1
        self.done += 1
        self._timer.start()
        top = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if top is not None and self._chance.random() < 0.3:
            top.close()
            return
        top = top or self._window.window
        match self._chance.randrange(12):
            case 0 | 1 | 2 | 3:
                target = QApplication.focusWidget() or top
                QTest.keyClick(target, self._chance.choice(_KEYS), self._chance.choice(_MODIFIERS))
            case 4 | 5 | 6:
                self._click(top)
            case 7:
                self._drag(top)
            case 8:
                self._wheel(top)
            case 9:
                top.resize(self._chance.randrange(300, 1500), self._chance.randrange(200, 1000))
            case _:
                self._chance.choice(self._actions).trigger()

    def _place(self, top):
        """Return a widget under a place left to chance, and the place in it."""
        place = QPoint(self._chance.randrange(top.width()), self._chance.randrange(top.height()))
        target = top.childAt(place) or top
        return target, target.mapFrom(top, place) if target is not top else place

    def _click(self, top):
        target, place = self._place(top)
        button = self._chance.choice(
            (Qt.MouseButton.LeftButton,) * 4 + (Qt.MouseButton.RightButton,)
        )
        click = self._chance.choice((QTest.mouseClick, QTest.mouseClick, QTest.mouseDClick))
        click(target, button, self._chance.choice(_MODIFIERS), place)

    def _drag(self, top):
        target, place = self._place(top)
        QTest.mousePress(target, Qt.MouseButton.LeftButton, pos=place)
        for _ in range(3):
            place += QPoint(self._chance.randrange(-90, 90), self._chance.randrange(-60, 60))
            QTest.mouseMove(target, place)
        QTest.mouseRelease(target, Qt.MouseButton.LeftButton, pos=place)

    def _wheel(self, top):
        target, place = self._place(top)
        turn = QPoint(0, self._chance.choice((-480, -120, 120, 480)))
        where = QPointF(place)
        event = QWheelEvent(
            where, QPointF(target.mapToGlobal(place)), QPoint(), turn, Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(target, event)


def events(window, count):
    """Let a hand do anything, on an article with marks."""
    article_id = window.open(make_article(heading="The ferry"))
    window.library.do(AddAnnotations(article_id, tuple((at, at + 7) for at in range(12, 90, 9))))
    hand = Hand(window, count)
    hand.run()
    marks = sum(row.marks for row in window.library.articles())
    return {"done": hand.done, "marks": marks}


def ticks(window, seconds):
    """Type into a note and scroll, another process holding the library half of the time.

    Returns:
        The gaps between the turns of the event loop, in milliseconds.
    """
    words = " ".join(window.chance.choices(("ferry", "toll", "plot", "the", "of"), k=180_000))
    article_id = window.open(make_article(*(words[at : at + 900] for at in range(0, 900_000, 900))))
    ranges = tuple((at, at + 20) for at in range(0, 800_000, 160))
    command = AddAnnotations(article_id, ranges)
    window.library.do(command)
    window.window.desk.open_article(article_id)
    window.window.desk.edit_wanted.emit(window.library.annotations(article_id)[0].id)
    window.application.processEvents()
    gaps, last, began = [], time.monotonic(), time.monotonic()
    bar = window.window.reader.page.verticalScrollBar()
    with closing(sqlite3.connect(window.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        while (now := time.monotonic()) - began < seconds:
            if other.in_transaction and now - began > seconds / 2:
                other.rollback()
            editor = window.window.sidebar.marks.editor
            if editor is not None:
                QTest.keyClicks(editor.note, window.chance.choice("abc "))
            bar.setValue(bar.value() + 60)
            window.application.processEvents()
            gaps.append((time.monotonic() - last) * 1_000)
            last = time.monotonic()
    gaps.sort()
    return {
        "turns": len(gaps),
        "p99": round(gaps[int(len(gaps) * 0.99)], 1),
        "most": round(gaps[-1], 1),
        "marks": len(ranges),
    }


def main(folder, what, count, seed, fault=""):
    faulthandler.enable()
    if fault == "waits":
        Library.open = partial(Library.open, wait_seconds=3.0)
    window = Window(Path(folder), random.Random(f"{seed} {what}"))
    if fault == "raises":
        QTimer.singleShot(0, window.window, lambda: 1 / 0)
    found = {"documents": documents, "events": events, "ticks": ticks}[what](window, int(count))
    window.application.processEvents()
    window.close()
    print(json.dumps({**found, "wrong": sorted(set(window.wrong))[:5]}))


if __name__ == "__main__":
    main(*sys.argv[1:])
