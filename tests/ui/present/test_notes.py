"""What lies over the page: the note, the black screen, the card of keys; and what is spoken."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from postil.ui.present.keys import BINDINGS, rows

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.mark.parametrize("key", [Key.Key_N, Key.Key_Down, Key.Key_Return])
def test_the_note_comes_on_a_second_key(stage, key):
    shown = stage.start()
    stage.press(key)
    assert shown.note.isHidden(), "nothing is revealed yet"
    stage.press(Key.Key_Right)
    assert shown.note.isHidden()
    stage.press(key)
    assert shown.note.isVisible()
    stage.qtbot.waitUntil(lambda: "A label" in shown.note.toPlainText())  # rendered
    assert "Name calling" in shown.note.toPlainText()
    stage.press(Key.Key_Right)
    assert shown.note.isHidden(), "the next one is not told before it is asked for"


def test_the_note_is_hidden_by_the_same_key_and_by_up(stage):
    shown = stage.start()
    stage.press(Key.Key_Right, Key.Key_N, Key.Key_N)
    assert shown.note.isHidden()
    stage.press(Key.Key_Down, Key.Key_Up)
    assert shown.note.isHidden()


def test_a_mark_without_tag_and_note_says_so(stage):
    shown = stage.start()
    stage.press(Key.Key_End, Key.Key_N)
    assert shown.note.toPlainText().splitlines() == ["Plain mark", "No note"]


def test_the_note_is_as_large_as_the_page(stage):
    shown = stage.start()
    stage.press(Key.Key_Right, Key.Key_N)
    size = shown.note.document().defaultFont().pixelSize()
    assert size >= 0.8 * shown.page.metrics.em > 1.3 * shown.fontMetrics().height() * 0.7


def test_definition_and_question_are_told_if_wanted_and_that_is_kept(stage):
    tag = stage.desk.tags["persuasion23/name_calling_labelling"]
    shown = stage.start()
    stage.press(Key.Key_Right, Key.Key_N)
    assert tag.definition not in shown.note.toPlainText()
    stage.press(Key.Key_D)
    assert tag.definition in shown.note.toPlainText()
    assert tag.question in shown.note.toPlainText()
    stage.press(Key.Key_Escape)
    stage.qtbot.waitUntil(lambda: stage.shown is None)
    again = stage.start()
    stage.press(Key.Key_Right, Key.Key_N)
    assert tag.definition in again.note.toPlainText()


def test_a_long_note_scrolls_and_its_mark_stays_in_view(stage, library):
    from ui.present.conftest import mark_words

    mark_words(library, stage.desk.opened.id, "years", note="A line.\n\n" * 80)
    shown = stage.start()
    stage.press(Key.Key_Right, Key.Key_Down)
    bar = shown.note.verticalScrollBar()
    stage.qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert shown.note.height() <= shown.height() / 2
    stage.press(Key.Key_Down)
    assert bar.value() > 0
    stage.press(*[Key.Key_Up] * 20)
    assert shown.note.isHidden()


def test_dark_letters_or_light_ones_as_the_theme_says(stage):
    stage.window.actions_["theme-dark"].trigger()
    shown = stage.start()
    stage.press(Key.Key_Right, Key.Key_N)
    ground = shown.note.grab().toImage().pixelColor(20, shown.note.height() - 6)
    assert ground.lightness() < 80
    stage.window.actions_["theme-light"].trigger()
    ground = shown.note.grab().toImage().pixelColor(20, shown.note.height() - 6)
    assert ground.lightness() > 200


# Clicks


def test_a_click_on_a_mark_tells_of_it_and_one_beside_it_ends_that(stage):
    shown = stage.start()
    stage.press(Key.Key_End)
    stage.qtbot.waitUntil(lambda: stage.height_of("looked away") > 0)
    stage.page.stop()
    stage.page.verticalScrollBar().setValue(0)
    stage.click("dinosaurs")
    assert stage.current() == "dinosaurs"
    assert shown.note.isVisible()
    stage.page.stop()
    stage.page.verticalScrollBar().setValue(0)
    stage.click("council")
    assert shown.note.isHidden()
    stage.press(Key.Key_Left)  # goes on from what is revealed
    assert stage.counter == "2 / 3"


# The black screen


@pytest.mark.parametrize("key", [Key.Key_B, Key.Key_Period])
def test_the_screen_is_black_until_any_key(stage, key):
    shown = stage.start()
    stage.press(Key.Key_Right, key)
    assert shown.black.isVisible()
    assert shown.grab().toImage().pixelColor(shown.rect().center()).name() == "#000000"
    assert shown.black.geometry() == shown.rect()
    stage.press(Key.Key_PageDown)
    assert not shown.black.isVisible()
    assert stage.counter == "1 / 3", "the key brings the page back and does no more"
    stage.press(key, key)
    assert not shown.black.isVisible()
    stage.press(key, Key.Key_Escape)
    assert stage.shown is shown
    stage.press(key)
    QTest.mouseClick(shown.black, Qt.MouseButton.LeftButton)
    assert not shown.black.isVisible()


def test_f5_ends_also_from_the_black_screen(stage):
    stage.start()
    stage.press(Key.Key_B, Key.Key_F5)
    stage.qtbot.waitUntil(lambda: stage.shown is None)


# Help


@pytest.mark.parametrize(("key", "modifiers"), [("?", SHIFT), (Key.Key_F1, SHIFT & ~SHIFT)])
def test_the_card_of_keys(stage, key, modifiers):
    shown = stage.start()
    QTest.keyClick(stage.page, key, modifiers)
    assert shown.keys.isVisible()
    told = shown.keys.toPlainText()
    assert all(text in told for _, text in rows())
    stage.press(Key.Key_Escape)
    assert not shown.keys.isVisible()
    QTest.keyClick(stage.page, key, modifiers)
    stage.press(Key.Key_Right)
    assert not shown.keys.isVisible()
    assert stage.counter == "1 / 3"


def test_every_key_of_the_table_does_something(stage):
    shown = stage.start()
    assert {binding.step for binding in BINDINGS} == set(shown._steps)


# What is spoken


def test_what_is_revealed_is_spoken(stage):
    shown = stage.start()
    said = []
    shown.said.connect(said.append)
    stage.press(Key.Key_Right)
    tag = stage.desk.tags["persuasion23/name_calling_labelling"]
    assert said[-1] == f"1 / 3: {tag.name}: “dinosaurs”"
    stage.press(Key.Key_N)
    stage.qtbot.waitUntil(lambda: "label" in said[-1])
    stage.press(Key.Key_B)
    assert said[-1] == "Black screen"
    stage.press(Key.Key_B, Key.Key_Left)
    assert said[-1] == "0 / 3"


def test_parts_have_names(stage):
    shown = stage.start()
    for part in (shown, shown.page, shown.note, shown.keys, shown.black, shown.counter):
        assert part.accessibleName()
