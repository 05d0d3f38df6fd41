"""Voice, confidence and status of the active mark by single keys."""

import pytest
from PySide6.QtCore import Qt

from postil.domain.annotation import Confidence, Status, Voice

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.mark.parametrize(
    ("key", "field", "values"),
    [
        (Qt.Key.Key_V, "voice", list(Voice)),
        (Qt.Key.Key_C, "confidence", list(Confidence)),
        (Qt.Key.Key_S, "status", list(Status)),
    ],
)
def test_a_key_turns_a_field_round_and_shift_turns_it_back(hand, key, field, values):
    name = hand.mark("dinosaurs")
    hand.desk.choose(name)
    seen = []
    for _ in values:
        hand.key(key)
        seen.append(getattr(hand.desk.marks.get(name), field))
    assert seen == [*values[1:], values[0]]
    hand.key(key, SHIFT)
    assert getattr(hand.desk.marks.get(name), field) == values[-1]


def test_a_key_gives_a_star_and_takes_it_away(hand):
    name = hand.mark("dinosaurs")
    hand.desk.choose(name)
    hand.key(Qt.Key.Key_A)
    assert hand.desk.marks.get(name).starred
    assert hand.view.echo.text() == "Star: yes"
    hand.key(Qt.Key.Key_A)
    assert not hand.desk.marks.get(name).starred


def test_each_turn_is_one_step(hand):
    name = hand.mark("dinosaurs")
    hand.desk.choose(name)
    hand.key(Qt.Key.Key_V)
    hand.key(Qt.Key.Key_S)
    hand.desk.library.undo()
    mark = hand.desk.marks.get(name)
    assert (mark.voice, mark.status) == (Voice.AUTHOR, Status.UNSAID)
    hand.desk.library.undo()
    assert hand.desk.marks.get(name).voice is Voice.UNSAID


def test_the_echo_says_it_beside_the_mark_and_goes(hand, qtbot):
    hand.desk.choose(hand.mark("dinosaurs"))
    hand.key(Qt.Key.Key_C)
    echo = hand.view.echo
    assert echo.isVisible()
    assert echo.text() == "Confidence: sure"
    start = hand.text.index("dinosaurs")
    area = hand.page.area_of(start, start + 9)
    assert not echo.geometry().intersects(
        area.translated(hand.page.viewport().mapTo(hand.view, area.topLeft()) - area.topLeft())
    )
    qtbot.waitUntil(lambda: not echo.isVisible(), timeout=4_000)


def test_without_a_mark_nothing_changes_and_nothing_is_said(hand):
    before = hand.desk.library.undo_step()
    for key in (Qt.Key.Key_V, Qt.Key.Key_C, Qt.Key.Key_S):
        hand.key(key)
    assert hand.desk.library.undo_step() == before
    assert not hand.view.echo.isVisible()
