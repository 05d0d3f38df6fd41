"""A reader on a library of its own, and fingers for it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from postil.library import AddAnnotation, AddArticle
from postil.ui.desk import Desk
from postil.ui.reader.snapping import Unit

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


class Hand:
    """A reader with an article, and what a person does with it."""

    def __init__(self, desk, view):
        self.desk = desk
        self.view = view
        self.page = view.page

    @property
    def text(self):
        return self.page.article.text

    def marks(self):
        """Return (words, tags) of all marks in reading order, as the library has them."""
        placed = self.desk.library.placed_marks(self.desk.opened.id)
        return [(self.text[mark.start : mark.end], mark.tags) for mark in placed]

    def mark(self, words, *tags, note=""):
        start = self.text.index(words)
        return self.mark_range(start, start + len(words), *tags, note=note)

    def mark_range(self, start, end, *tags, note=""):
        command = AddAnnotation(self.desk.opened.id, start, end, tags=tags, note=note)
        self.desk.do(command)
        return command.id

    def edge(self, position, *, after=False):
        """Return the point of the viewport at the left edge of a letter, or at its right."""
        letter = self.view.marking.snapping().around(position, Unit.LETTER)
        area = self.page.areas_of(*letter)[0]
        x = area.right() if after else area.left()
        return QPoint(x, area.center().y())

    def point(self, position):
        """Return the middle of a letter."""
        return self.page.areas_of(position, position + 1)[0].center()

    def press(self, point, modifiers=NONE):
        QTest.mousePress(self.page.viewport(), LEFT, modifiers, point)

    def move(self, point, modifiers=NONE):
        from PySide6.QtCore import QEvent, QPointF
        from PySide6.QtGui import QMouseEvent
        from PySide6.QtWidgets import QApplication

        viewport = self.page.viewport()
        place = QPointF(point)
        event = QMouseEvent(
            QEvent.Type.MouseMove, place, viewport.mapToGlobal(place), LEFT, LEFT, modifiers
        )
        QApplication.sendEvent(viewport, event)

    def release(self, point, modifiers=NONE):
        QTest.mouseRelease(self.page.viewport(), LEFT, modifiers, point)

    def drag(self, start, end, modifiers=NONE):
        self.press(start, modifiers)
        self.move(QPoint((start.x() + end.x()) // 2, (start.y() + end.y()) // 2), modifiers)
        self.move(end, modifiers)
        self.release(end, modifiers)

    def drag_words(self, words, modifiers=NONE):
        """Drag from the first letter of some words to behind their last, in reading direction."""
        start = self.text.index(words)
        last, _ = self.view.marking.snapping().around(start + len(words) - 1, Unit.LETTER)
        leftwards = self.page.runs_leftwards(start)
        self.drag(
            self.edge(start, after=leftwards), self.edge(last, after=not leftwards), modifiers
        )

    def click(self, point, modifiers=NONE):
        QTest.mouseClick(self.page.viewport(), LEFT, modifiers, point)

    def key(self, key, modifiers=NONE):
        QTest.keyClick(self.page, key, modifiers)

    def chosen(self):
        """Return the words of the active mark."""
        mark = self.desk.chosen_mark()
        return self.text[mark.start : mark.end] if mark else ""


@pytest.fixture
def make_hand(qtbot, library):
    """Return a function that opens an article in a reader."""
    from postil.ui.reader import ReaderView

    desks = []

    def make(article, *, width=900, height=700, style=None):
        desk = Desk(library)
        desks.append(desk)
        command = AddArticle(article)
        library.do(command)
        view = ReaderView(desk)
        qtbot.addWidget(view)
        if style:
            view.set_style(style)
        view.resize(width, height)
        desk.open_article(command.id)
        view.show()
        qtbot.waitExposed(view)
        view.activateWindow()
        view.setFocus()
        qtbot.waitUntil(view.page.hasFocus)
        return Hand(desk, view)

    yield make
    for desk in desks:
        desk.close()


@pytest.fixture
def hand(make_hand):
    """Return a reader on three paragraphs of our own."""
    from factories import make_article

    return make_hand(make_article(heading="The ferry that was promised", author="Ada Lind"))


@pytest.fixture
def recent(hand):
    return hand.desk.library.recent_tags()
