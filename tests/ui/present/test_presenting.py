"""Presenting: the whole screen, marks one by one, notes, the black screen, and back again."""

import hashlib
from collections import Counter
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from postil.library import AddAnnotation, AddAnnotations
from ui.filling import put
from ui.present.conftest import Stage, mark_words

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def is_over(stage):
    stage.qtbot.waitUntil(lambda: stage.shown is None)
    return True


# Coming and going


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_F5])
def test_it_takes_the_whole_screen_and_gives_it_back(stage, key):
    window = stage.window
    before = (window.windowState(), window.geometry(), window.panels.sizes())
    window.sidebar.setFocus()
    focus = window.focusWidget()
    shown = stage.start()
    assert shown.isFullScreen()
    assert shown.screen() is window.screen()
    stage.press(Key.Key_Right)
    stage.press(key)
    assert is_over(stage)
    stage.qtbot.waitUntil(window.isActiveWindow)
    assert (window.windowState(), window.geometry(), window.panels.sizes()) == before
    assert window.focusWidget() is focus


def test_a_window_in_full_screen_stays_so(stage):
    QTest.keyClick(stage.window, Key.Key_F11)
    stage.start()
    stage.press(Key.Key_Escape)
    assert is_over(stage)
    assert stage.window.isFullScreen()


def test_without_an_article_it_says_so(window, qtbot):
    qtbot.keyClick(window, Key.Key_F5)
    assert window.findChild(object, "presenter") is None
    assert "Open an article" in window.notices.toast.text()


def test_there_is_one_at_a_time(stage):
    shown = stage.start()
    stage.window.actions_["present"].trigger()
    assert stage.window.findChildren(object, "presenter") == [shown]
    assert shown.isActiveWindow()


def test_it_ends_with_the_window(stage, answers):
    stage.start()
    answers.will(True)
    stage.window.close()
    assert is_over(stage)


def test_nothing_in_the_library_changes(stage, library, tmp_path):
    changes = []
    library.subscribe(changes.append)
    file = tmp_path / "library.sqlite"
    before = hashlib.sha256(file.read_bytes()).digest()
    stage.start()
    keys = [Key.Key_Delete, Key.Key_1, Key.Key_Return, Key.Key_T, Key.Key_H, Key.Key_Q, Key.Key_N]
    stage.press(Key.Key_End, *keys, Key.Key_D, Key.Key_Home)
    stage.press(Key.Key_Z, Key.Key_V, Key.Key_X, modifiers=CONTROL)
    stage.press(Key.Key_Right, modifiers=Qt.KeyboardModifier.AltModifier)
    stage.press(Key.Key_Escape)
    assert is_over(stage)
    assert changes == []
    assert hashlib.sha256(file.read_bytes()).digest() == before
    assert stage.desk.chosen == ""


# Marks one by one


def test_marks_are_hidden_at_first_and_come_in_reading_order(stage):
    stage.start()
    assert (stage.seen(), stage.counter) == ([], "0 / 3")
    stage.press(Key.Key_Right)
    assert (stage.seen(), stage.counter) == (["dinosaurs"], "1 / 3")
    stage.press(Key.Key_Space)
    assert stage.seen() == ["dinosaurs", "Most observers"]
    stage.press(Key.Key_PageDown)
    assert stage.seen() == ["dinosaurs", "Most observers", "looked away"]
    stage.press(Key.Key_PageDown)  # there are no more
    assert stage.counter == "3 / 3"


def test_marks_are_taken_back(stage):
    stage.start()
    stage.press(Key.Key_End)
    assert (len(stage.seen()), stage.counter) == (3, "3 / 3")
    stage.press(Key.Key_Left)
    assert stage.seen() == ["dinosaurs", "Most observers"]
    assert stage.current() == "Most observers"
    stage.press(Key.Key_PageUp)
    assert stage.seen() == ["dinosaurs"]
    stage.press(Key.Key_End)
    stage.press(Key.Key_Home)
    assert (stage.seen(), stage.current(), stage.counter) == ([], None, "0 / 3")
    stage.press(Key.Key_Left)
    assert stage.counter == "0 / 3"


def test_revealed_marks_stay_tinted_and_the_current_one_stands_out(stage):
    stage.start()

    def colours(words):
        start = stage.page.article.text.index(words)
        area = stage.page.area_of(start, start + len(words)).adjusted(-4, -4, 4, 5)
        image = stage.page.viewport().grab(area).toImage()
        points = ((x, y) for x in range(image.width()) for y in range(image.height()))
        return Counter(image.pixelColor(*point).name() for point in points)

    fill = stage.desk.colour(stage.shown.unveiling.marks[0]).lower()
    accent = stage.window.appearance.theme.page_style(stage.window.settings).accent.lower()
    outline = 200  # pixels of the accent; the dot of a note has far fewer
    assert fill not in colours("dinosaurs")
    stage.press(Key.Key_Right)
    assert colours("dinosaurs")[fill] > outline
    assert colours("dinosaurs")[accent] > outline
    stage.press(Key.Key_Right)
    stage.qtbot.waitUntil(lambda: colours("dinosaurs")[accent] < outline)
    assert colours("dinosaurs")[fill] > outline
    assert colours("Most observers")[accent] > outline


def test_a_number_jumps_to_a_mark(long_stage):
    long_stage.start()
    long_stage.press(Key.Key_1, Key.Key_2)
    assert long_stage.counter == "→ 12 · 0 / 30"
    long_stage.press(Key.Key_Return)
    assert long_stage.counter == "12 / 30"
    assert long_stage.current() == "Paragraph 22 has"
    long_stage.press(Key.Key_9, Key.Key_9, Key.Key_Enter)
    assert long_stage.counter == "30 / 30"
    long_stage.press(Key.Key_3, Key.Key_Escape)  # thought better of it
    assert long_stage.counter == "30 / 30"
    assert long_stage.shown is not None


def test_only_what_stands_out_in_the_reader_is_presented(stage):
    tag = "persuasion23/name_calling_labelling"
    stage.desk.isolate([tag], "Name calling")
    stage.start()
    assert stage.counter == "0 / 1 · Only “Name calling”"
    stage.press(Key.Key_End)
    assert stage.seen() == ["dinosaurs"]


def test_an_article_without_marks_says_so_and_scrolls(window, library, qtbot):
    window.desk.open_article(put(library, "Bare", *["Words and words. " * 60] * 12))
    stage = Stage(window, qtbot)
    stage.start()
    assert stage.counter == "No marks here: This article"
    stage.press(Key.Key_Right, Key.Key_End, Key.Key_N)
    assert stage.shown.note.isHidden()
    stage.press(Key.Key_Down)
    assert stage.page.verticalScrollBar().value() > 0


def test_marks_on_one_word_come_one_by_one(window, library, ferry, qtbot):
    for note in ("one", "two", "three"):
        mark_words(library, ferry, "dinosaurs", note=note)
    window.desk.open_article(ferry)
    stage = Stage(window, qtbot)
    stage.start()
    told = []
    for _ in range(3):
        stage.press(Key.Key_Right, Key.Key_N)
        told.append(stage.shown.note.toPlainText().splitlines()[-1])
    assert sorted(told) == ["one", "three", "two"]
    assert stage.seen() == ["dinosaurs"] * 3


def test_five_thousand_marks(window, library, qtbot):
    article_id = put(library, "Crowded", *["word " * 100] * 100)
    made = tuple((8 + 5 * n, 12 + 5 * n) for n in range(5_000))
    library.do(AddAnnotations(article_id, made))
    window.desk.open_article(article_id)
    stage = Stage(window, qtbot)
    stage.start()
    stage.press(Key.Key_End)
    assert stage.counter == "5000 / 5000"
    stage.press(Key.Key_Left)
    assert stage.counter == "4999 / 5000"
    assert stage.seen()
    stage.press(Key.Key_Home)
    assert stage.seen() == []


# Where the page stands


def stands_in_the_upper_middle(stage, words):
    stage.qtbot.waitUntil(lambda: 0.1 < stage.height_of(words) < 0.45)
    return True


def test_the_page_glides_to_the_mark(long_stage):
    long_stage.start()
    for n in range(0, 12, 2):
        long_stage.press(Key.Key_Right)
        if n:
            assert stands_in_the_upper_middle(long_stage, f"Paragraph {n} has")
    place = long_stage.page.verticalScrollBar().value()
    long_stage.press(Key.Key_Right)
    assert long_stage.page.verticalScrollBar().value() - place < 100  # still on its way
    assert stands_in_the_upper_middle(long_stage, "Paragraph 12 has")


def test_the_last_line_too_stands_high_enough_for_its_note(long_stage, library):
    article_id = long_stage.desk.opened.id
    end = len(library.article(article_id).article.text)
    library.do(AddAnnotation(article_id, end - 6, end, note="The last word"))
    shown = long_stage.start()
    long_stage.press(Key.Key_End)

    def top():
        area = long_stage.page.area_of(end - 6, end)
        return -1.0 if area.isEmpty() else area.top() / long_stage.page.height()

    long_stage.qtbot.waitUntil(lambda: 0.1 < top() < 0.45)
    long_stage.press(Key.Key_N)
    assert shown.note.y() > (top() * long_stage.page.height()) + 40


def test_it_jumps_where_motion_is_unwelcome(long_stage, settings):
    long_stage.start()
    long_stage.press(Key.Key_M)
    long_stage.press(Key.Key_1, Key.Key_5, Key.Key_Return)
    assert 0.1 < long_stage.height_of("Paragraph 28 has") < 0.45
    assert settings.get("present/jumps", False)


def test_a_desktop_without_animations_is_heard(long_stage, monkeypatch):
    shown = long_stage.start()
    still = SimpleNamespace(styleHint=lambda _hint: 0)
    monkeypatch.setattr(type(shown), "style", lambda _self: still)
    long_stage.press(Key.Key_1, Key.Key_5, Key.Key_Return)
    assert 0.1 < long_stage.height_of("Paragraph 28 has") < 0.45


def test_the_page_scrolls_by_keys(long_stage):
    long_stage.start()
    bar = long_stage.page.verticalScrollBar()
    long_stage.press(Key.Key_Down, modifiers=CONTROL)
    long_stage.qtbot.waitUntil(lambda: bar.value() > 0)
    long_stage.press(Key.Key_M)
    long_stage.press(Key.Key_Up, Key.Key_Up, modifiers=CONTROL)
    assert bar.value() == 0


def test_the_wheel_scrolls_also_beside_the_page(long_stage):
    shown = long_stage.start()
    shown.resize(1600, 700)
    assert shown.childAt(5, 300) is None, "there is paper beside the page"
    wheel = QWheelEvent(
        QPointF(5, 300),
        shown.mapToGlobal(QPointF(5, 300)),
        QPoint(),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(shown, wheel)
    assert long_stage.page.verticalScrollBar().value() > 0


# Sizes


def test_letters_are_large_and_their_size_is_kept(stage, settings):
    shown = stage.start()
    first = shown.page.metrics.em
    assert first > stage.window.reader.page.metrics.em
    stage.press(Key.Key_Plus, modifiers=CONTROL)
    larger = shown.page.metrics.em
    assert larger > first
    stage.press(Key.Key_Escape)
    assert is_over(stage)
    assert stage.window.status.zoom.text() == "100 %"
    again = stage.start()
    assert again.page.metrics.em == larger
    stage.press(Key.Key_Minus, modifiers=CONTROL)
    assert again.page.metrics.em == first
    stage.press(Key.Key_0, modifiers=CONTROL)
    assert again.page.metrics.em == first
    for _ in range(20):
        stage.press(Key.Key_Plus, modifiers=CONTROL)
    assert settings.get("present/zoom", 0.0) == 3.0


def test_a_small_screen_holds_everything(stage):
    shown = stage.start()
    shown.resize(480, 640)
    stage.press(Key.Key_Right, Key.Key_N)
    room = shown.rect()
    for part in (shown.note, shown.counter):
        assert part.isVisible()
        assert room.contains(part.geometry())
    assert not shown.note.geometry().intersects(shown.counter.geometry())
    stage.press(Key.Key_F1)
    assert room.contains(shown.keys.geometry())


def test_words_from_right_to_left(window, library, qtbot):
    article_id = put(library, "מכתב", "המועצה אמרה שאי אפשר לעשות דבר, אבל זה לא נכון.")
    mark_words(library, article_id, "אי אפשר", note="מי אמר?")
    window.desk.open_article(article_id)
    stage = Stage(window, qtbot)
    shown = stage.start()
    stage.press(Key.Key_Right, Key.Key_N)
    assert stage.seen() == ["אי אפשר"]
    assert "מי אמר?" in shown.note.toPlainText()
    assert shown.rect().contains(shown.note.geometry())


# The pointer


def move(widget, x):
    place = QPointF(x, 30)
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        place,
        widget.mapToGlobal(place),
        none,
        none,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)


def test_the_pointer_goes_while_it_rests_and_comes_back(stage):
    shown = stage.start()
    shown.pointer.timer.stop()
    shown.pointer.timer.setInterval(1)
    viewport = shown.page.viewport()
    move(viewport, 30)
    stage.qtbot.waitUntil(lambda: QApplication.overrideCursor() is not None)
    assert QApplication.overrideCursor().shape() is Qt.CursorShape.BlankCursor
    shown.pointer.timer.setInterval(60_000)
    move(viewport, 60)
    assert QApplication.overrideCursor() is None


def test_the_pointer_is_there_when_it_is_over(stage):
    shown = stage.start()
    shown.pointer.timer.start(1)
    stage.qtbot.waitUntil(lambda: QApplication.overrideCursor() is not None)
    stage.press(Key.Key_Escape)
    assert is_over(stage)
    assert QApplication.overrideCursor() is None


def test_no_frame_stands_around_the_page(stage):
    stage.start()
    assert stage.page.hasFocus()
    picture = stage.page.grab().toImage()
    assert picture.pixelColor(0, 300) == picture.pixelColor(3, 300)
