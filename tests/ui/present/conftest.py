"""A presentation of an article with marks, and fingers for it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui.filling import put

NONE = Qt.KeyboardModifier.NoModifier


class Stage:
    """A window that presents, and what a teacher does with it."""

    def __init__(self, window, qtbot):
        self.window = window
        self.desk = window.desk
        self.qtbot = qtbot

    @property
    def shown(self):
        return self.window.findChild(object, "presenter")

    @property
    def page(self):
        return self.shown.page

    @property
    def counter(self):
        return self.shown.counter.text()

    def start(self):
        with self.qtbot.waitExposed(self.window):
            QTest.keyClick(self.window, Qt.Key.Key_F5)
        self.qtbot.waitUntil(lambda: self.shown is not None and self.shown.isActiveWindow())
        return self.shown

    def press(self, *keys, modifiers=NONE):
        for key in keys:
            QTest.keyClick(self.page, key, modifiers)

    def click(self, words):
        start = self.page.article.text.index(words)
        place = self.page.area_of(start, start + len(words)).center()
        QTest.mouseClick(self.page.viewport(), Qt.MouseButton.LeftButton, NONE, place)

    def seen(self):
        """Return the words of the marks on the screen, in reading order."""
        shown = {part.mark.id: part.mark for part in self.page.frame_now().marks}
        marks = sorted(shown.values(), key=lambda mark: (mark.start, -mark.end, mark.id))
        return [mark.anchor.exact for mark in marks]

    def current(self):
        mark = self.shown.unveiling.current
        return mark and mark.anchor.exact

    def height_of(self, words):
        """Return where words stand, as a share of the height of the screen."""
        start = self.page.article.text.index(words)
        area = self.page.area_of(start, start + len(words))
        return area.top() / self.page.height() if not area.isEmpty() else -1.0


def mark_words(library, article_id, words, *tags, note="", which=0):
    from postil.library import AddAnnotation

    text, start = library.article(article_id).article.text, -1
    for _ in range(which + 1):
        start = text.index(words, start + 1)
    command = AddAnnotation(article_id, start, start + len(words), tags=tags, note=note)
    library.do(command)
    return command.id


@pytest.fixture
def stage(window, library, ferry, qtbot):
    """Three marks on the ferry, which lies open."""
    mark_words(library, ferry, "Most observers", "sources/named_person", note="**Who** are they?")
    mark_words(library, ferry, "dinosaurs", "persuasion23/name_calling_labelling", note="A *label*")
    mark_words(library, ferry, "looked away")
    window.desk.open_article(ferry)
    return Stage(window, qtbot)


@pytest.fixture
def long_stage(window, library, qtbot):
    """A mark in every second of many paragraphs."""
    paragraphs = [f"Paragraph {n} has a promise in it, {'and words ' * 60}." for n in range(60)]
    article_id = put(library, "A long one", *paragraphs)
    for n in range(0, 60, 2):
        mark_words(library, article_id, f"Paragraph {n} has", note=f"Note {n}")
    window.desk.open_article(article_id)
    return Stage(window, qtbot)
