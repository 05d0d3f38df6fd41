"""A reader with the bar at its top, on a library of its own."""

import sys

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton, QVBoxLayout, QWidget

from postil.isolation import Pool
from postil.library import AddArticle
from postil.ui.desk import Desk

NONE = Qt.KeyboardModifier.NoModifier
CHILD = "from postil.isolation.serving import serve; serve({'find': 'postil.page.finding:convert'})"


class Hand:
    """The bar, the reader below it, and fingers for both."""

    def __init__(self, desk, reader, bar):
        self.desk = desk
        self.reader = reader
        self.bar = bar
        self.hits = []
        self.current = (0, 0)
        self.shown = []
        bar.hits_changed.connect(lambda hits: setattr(self, "hits", hits))
        bar.current_changed.connect(lambda *place: setattr(self, "current", place))
        desk.place_wanted.connect(lambda *place: self.shown.append(place))

    @property
    def text(self):
        return self.desk.opened.article.text

    @property
    def count(self):
        return self.bar.count.text()

    def type(self, words):
        self.bar.field.selectAll()
        for letter in words:
            if letter.isascii():
                QTest.keyClicks(self.bar.field, letter)
            else:  # QTest has no keys for others
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    event = QKeyEvent(kind, Qt.Key.Key_unknown, NONE, letter)
                    QApplication.sendEvent(self.bar.field, event)

    def key(self, key, modifiers=NONE):
        QTest.keyClick(self.bar.field, key, modifiers)

    def click(self, name):
        button = self.bar.findChild(QToolButton, name)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def words(self):
        return [self.text[start:end] for start, end in self.hits]

    def at(self):
        """Return which hit is the current one, from 1; 0 if none is."""
        return self.hits.index(self.current) + 1 if self.current in self.hits else 0

    def tag_line(self):
        panel = self.bar.window().findChildren(QLineEdit, "tag_field")
        return next(line for line in panel if line.isVisible())


@pytest.fixture(scope="session")
def run():
    """Return what runs regular expressions in a child of the tests."""
    pool = Pool((sys.executable, "-P", "-B", "-c", CHILD), children=1)
    yield pool.run
    pool.close()


@pytest.fixture
def make_hand(qtbot, library, run):
    """Return a function that opens an article in a reader with a bar."""
    from postil.ui.reader import ReaderView
    from postil.ui.reader.find_bar import FindBar

    desks = []

    def make(article, *, width=900, height=600, style=None):
        desk = Desk(library)
        desks.append(desk)
        command = AddArticle(article)
        library.do(command)
        window = QWidget()
        qtbot.addWidget(window)
        reader = ReaderView(desk)
        bar = FindBar(desk, reader, window, run)
        column = QVBoxLayout(window)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(reader, 1)
        if style:
            reader.set_style(style)
            bar.set_style(style)
        window.resize(width, height)
        desk.open_article(command.id)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        reader.setFocus()
        qtbot.waitUntil(reader.page.hasFocus)
        return Hand(desk, reader, bar)

    yield make
    for desk in desks:
        desk.close()


@pytest.fixture
def hand(make_hand):
    from factories import make_article

    return make_hand(
        make_article(
            "The ferry was promised. A ferry was promised again; the Ferry came never.",
            "“We looked,” said Ada Lind, “at the ferries and the cafés.”",
            "Ferrymen of the ferry know better.",
        )
    )
