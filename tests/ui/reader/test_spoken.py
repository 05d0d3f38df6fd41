"""What a screen reader is told: marks at the caret, the active mark, the text and the caret."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

CTRL = Qt.KeyboardModifier.ControlModifier
LL, NC = "persuasion23/loaded_language", "persuasion23/name_calling_labelling"


class Ear:
    """Hears what is announced."""

    def __init__(self, hand, qtbot):
        self.heard = []
        self._qtbot = qtbot
        hand.view.spoken.said.connect(self.heard.append)

    def next(self):
        self._qtbot.waitUntil(lambda: bool(self.heard))
        return self.heard.pop(0)


@pytest.fixture
def reading(hand):
    hand.key(Qt.Key.Key_F7)
    hand.key(Qt.Key.Key_Home, CTRL)
    return hand


@pytest.fixture
def ear(reading, qtbot):
    return Ear(reading, qtbot)


def described(hand):
    return QAccessible.queryAccessibleInterface(hand.page).text(QAccessible.Text.Description)


def go(hand, words, after=0):
    hand.page.set_caret(hand.text.index(words) + after)


def name(hand, tag_id):
    return hand.desk.tags[tag_id].name


def test_the_beginning_and_the_end_of_a_mark_are_announced(reading, ear):
    reading.mark("club", LL)
    go(reading, "club", -1)
    reading.key(Qt.Key.Key_Right)
    assert ear.next() == f"{name(reading, LL)} begins"
    reading.key(Qt.Key.Key_Right, CTRL)
    assert ear.next() == f"{name(reading, LL)} ends"
    reading.key(Qt.Key.Key_Left)
    reading.key(Qt.Key.Key_Left)
    assert ear.next() == f"In {name(reading, LL)}"


def test_several_marks_are_counted_and_named_the_smallest_first(reading, ear):
    reading.mark("club of dinosaurs", LL)
    reading.mark("dinosaurs", NC)
    go(reading, "dinosaurs", 2)
    assert ear.next() == f"2 marks here: {name(reading, NC)}, {name(reading, LL)}"
    assert described(reading) == f"2 marks here: {name(reading, NC)}, {name(reading, LL)}"


def test_of_very_many_marks_the_number_is_told(reading, ear):
    from postil.library import AddAnnotations

    start = reading.text.index("club")
    reading.desk.do(AddAnnotations(reading.desk.opened.id, ((start, start + 4),) * 30, (LL,)))
    go(reading, "club")
    sentence = ear.next()
    assert sentence.startswith("30 marks here: ")
    assert sentence.endswith(", 26 more")


def test_moving_inside_one_mark_says_nothing(reading, ear, qtbot):
    reading.mark("club of dinosaurs", LL)
    go(reading, "club")
    ear.next()
    for _ in range(3):
        reading.key(Qt.Key.Key_Right)
    go(reading, "dinosaurs", 9)
    assert ear.next() == f"{name(reading, LL)} ends"


def test_the_active_mark_is_announced_with_its_words(reading, ear):
    reading.mark("club of dinosaurs", LL)
    reading.key(Qt.Key.Key_J)
    assert ear.next() == f"{name(reading, LL)}: “club of dinosaurs”"
    assert ear.heard == []  # the caret went there too, which needs no second sentence


def test_the_description_follows_marks_that_come_and_go(reading, qtbot):
    go(reading, "club", 1)
    qtbot.waitUntil(lambda: described(reading) == "No mark here")
    made = reading.mark("club", LL)
    qtbot.waitUntil(lambda: described(reading) == f"1 mark here: {name(reading, LL)}")
    reading.desk.choose(made)
    reading.key(Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: described(reading) == "No mark here")


def test_without_the_caret_only_the_active_mark_is_told(hand, qtbot):
    ear = Ear(hand, qtbot)
    made = hand.mark("club", LL)
    hand.click(hand.point(hand.text.index("plot")))
    hand.desk.choose(made)
    assert ear.next() == f"{name(hand, LL)}: “club”"
    assert described(hand) == f"{name(hand, LL)}: “club”"
    hand.desk.choose("")
    qtbot.waitUntil(lambda: described(hand) == "")


def test_announcements_are_handed_to_the_screen_reader(reading, ear, monkeypatch):
    from postil.ui.reader import echo

    events = []

    def hear(event):
        events.append((event.object(), event.message()))

    monkeypatch.setattr(echo, "QAccessible", SimpleNamespace(updateAccessibility=hear))
    reading.mark("club", LL)
    go(reading, "club")
    sentence = ear.next()
    assert events == [(reading.page, sentence)]
    reading.desk.choose(reading.desk.marks.at(reading.page.caret())[0].id)
    reading.key(Qt.Key.Key_V)
    assert events[-1] == (reading.view.echo, reading.view.echo.text())


def test_text_caret_and_selection_can_be_asked_for(reading):
    interface = QAccessible.queryAccessibleInterface(reading.page)
    assert interface.text(QAccessible.Text.Name) == "The ferry that was promised"
    assert interface.state().readOnly
    text = interface.textInterface()
    assert text.characterCount() == len(reading.text)
    assert text.text(0, len(reading.text)).replace("\u2029", "\n") == reading.text
    go(reading, "club")
    assert text.cursorPosition() == reading.text.index("club")
    reading.page.select(4, 9)
    assert text.selectionCount() == 1
    text.setCursorPosition(7)  # as a braille display does
    assert reading.page.caret() == 7
    assert text.characterRect(7).isValid()


def test_what_keys_do_to_the_active_mark_is_announced(reading, ear):
    reading.desk.choose(reading.mark("club of dinosaurs", NC))
    assert name(reading, NC) in ear.next()
    reading.key(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert ear.next() == "Ends with “club of dinosaurs,”"
    reading.key(Qt.Key.Key_E)
    assert reading.view.echo.text() == "Keys move the start"
    reading.key(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert ear.next() == "Begins with “lub of dinosaurs,”"
    second = reading.desk.library.recent_tags()[1]
    reading.key(Qt.Key.Key_2)
    assert ear.next() == f"{name(reading, NC)}, {name(reading, second)}"
