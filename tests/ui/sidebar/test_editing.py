"""Editing in the place of a card: nothing typed is ever lost, and leaving is one step."""

import random
import subprocess
import sys

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from factories import make_article
from postil.domain.annotation import Confidence, Status, Voice
from postil.domain.errors import LibraryBusyError, UserError
from postil.library import (
    AddAnnotations,
    AddArticle,
    ChangeAnnotation,
    DeleteAnnotations,
)

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def one(mark):
    return mark("that club of dinosaurs", "NC", note="First thought.")


@pytest.fixture
def editor(sidebar, one, qtbot):
    sidebar.marks.edit(one)
    qtbot.waitUntil(sidebar.marks.editor.note.hasFocus)
    return sidebar.marks.editor


def note_of(desk, annotation_id):
    return desk.marks.get(annotation_id).note


def steps(library):
    """Return how many steps can be undone, by undoing and redoing them."""
    count = 0
    while library.undo_step():
        library.undo()
        count += 1
    for _ in range(count):
        library.redo()
    return count


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_N])
def test_keys_open_the_editor(sidebar, one, desk, key):
    desk.choose(one)
    sidebar.marks.list.setFocus()
    QTest.keyClick(sidebar.marks.list, key)
    assert sidebar.marks.editor.annotation_id == one


def test_double_click_opens_the_editor(sidebar, one):
    cards = sidebar.marks.list
    place = cards.visualRect(cards.model().index(0)).center()
    QTest.mouseDClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert sidebar.marks.editor.annotation_id == one
    assert sidebar.marks.editor.isVisible()


def test_the_page_opens_the_editor_even_of_a_filtered_mark(sidebar, one, desk, qtbot):
    sidebar.show_article()
    sidebar.marks.filter_bar.field.setText("nothing has this")
    qtbot.waitUntil(lambda: sidebar.marks.model.rowCount() == 0)
    desk.edit_wanted.emit(one)
    assert sidebar.marks.editor.annotation_id == one
    assert sidebar.marks.isVisible()
    assert sidebar.marks.filter_bar.field.text() == ""


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Return, CONTROL)],
)
def test_leaving_is_one_step(sidebar, editor, one, desk, library, key, modifier):
    QTest.keyClicks(editor.note, " And a second.")
    QTest.keyClick(editor.note, key, modifier)
    assert sidebar.marks.editor is None
    assert note_of(desk, one) == "First thought. And a second."
    assert library.drafts.text(one) is None
    assert sidebar.marks.list.hasFocus()
    library.undo()
    assert note_of(desk, one) == "First thought."


def test_leaving_without_a_change_is_no_step(sidebar, editor, library):
    before = steps(library)
    QTest.keyClicks(editor.note, "x")
    QTest.keyClick(editor.note, Qt.Key.Key_Backspace)
    QTest.keyClick(editor.note, Qt.Key.Key_Escape)
    assert steps(library) == before


def test_all_fields_are_one_step(sidebar, editor, one, desk, library):
    editor.tags.add(next(tag.id for tag in desk.tags.values() if tag.code == "LL"))
    editor.voice._menu.actions()[list(Voice).index(Voice.QUOTED)].trigger()
    editor.confidence.show_value(Confidence.UNSURE)
    editor.status.show_value(Status.TO_CHECK)
    QTest.keyClicks(editor.note, "!")
    QTest.keyClick(editor.note, Qt.Key.Key_Escape)
    changed = desk.marks.get(one)
    assert [desk.tags[i].code for i in changed.tags] == ["NC", "LL"]
    assert (changed.voice, changed.confidence, changed.status) == ("quoted", "unsure", "to-check")
    library.undo()
    undone = desk.marks.get(one)
    assert (undone.note, len(undone.tags), undone.voice) == ("First thought.", 1, Voice.UNSAID)


def test_typing_is_a_draft_within_half_a_second(editor, one, library, qtbot):
    QTest.keyClicks(editor.note, " More")
    assert library.drafts.text(one) is None
    qtbot.waitUntil(lambda: library.drafts.text(one) == "First thought. More", timeout=600)


def test_losing_the_focus_writes_the_draft_at_once(editor, one, library):
    QTest.keyClicks(editor.note, " More")
    editor.tags.field.setFocus()
    assert library.drafts.text(one) == "First thought. More"


def test_a_draft_is_offered_after_a_crash(sidebar, one, desk, library):
    library.drafts.keep(one, "Typed before the lights went out")
    sidebar.marks.edit(one)
    editor = sidebar.marks.editor
    assert editor.note.toPlainText() == "Typed before the lights went out"
    assert editor._remark.isVisible()
    assert sidebar.marks.leave_editor()
    assert note_of(desk, one) == "Typed before the lights went out"
    assert library.drafts.text(one) is None


def test_a_draft_can_be_discarded(sidebar, one, desk, library):
    library.drafts.keep(one, "Nonsense")
    sidebar.marks.edit(one)
    QTest.mouseClick(sidebar.marks.editor._discard, Qt.MouseButton.LeftButton)
    assert sidebar.marks.editor.note.toPlainText() == "First thought."
    sidebar.marks.leave_editor()
    assert note_of(desk, one) == "First thought."
    assert library.drafts.text(one) is None


def test_undo_inside_is_about_typing(sidebar, editor, one, desk, library):
    QTest.keyClicks(editor.note, " wrong")
    QTest.keyClick(editor.note, Qt.Key.Key_Z, CONTROL)
    assert editor.note.toPlainText() == "First thought."
    assert desk.marks.get(one) is not None


def test_choosing_another_card_saves(sidebar, editor, one, mark, desk):
    other = mark("Most observers")
    QTest.keyClicks(editor.note, " Kept")
    desk.choose(other)
    assert sidebar.marks.editor is None
    assert note_of(desk, one) == "First thought. Kept"


def test_going_elsewhere_in_the_window_saves(qtbot, sidebar, editor, one, desk):
    elsewhere = QLineEdit(sidebar)
    elsewhere.show()
    QTest.keyClicks(editor.note, " Kept")
    elsewhere.setFocus()
    qtbot.waitUntil(lambda: sidebar.marks.editor is None)
    assert note_of(desk, one) == "First thought. Kept"
    assert elsewhere.hasFocus()


def test_closing_the_window_saves(sidebar, editor, one, desk):
    QTest.keyClicks(editor.note, " Kept")
    sidebar.close()
    assert note_of(desk, one) == "First thought. Kept"


def test_turning_to_another_tab_saves(sidebar, editor, one, desk):
    QTest.keyClicks(editor.note, " Kept")
    sidebar.show_codebook()
    assert note_of(desk, one) == "First thought. Kept"


def test_switching_articles_at_any_moment_saves(sidebar, one, desk, library, qtbot):
    """Every key of a hundred sessions arrives, and in the right note."""
    other = AddArticle(make_article("Another text altogether."))
    library.do(other)
    first = desk.opened.id
    chance = random.Random(3)
    expected = "First thought."
    for number in range(30):
        sidebar.marks.edit(one)
        words = f" {number}"
        QTest.keyClicks(sidebar.marks.editor.note, words)
        expected += words
        if chance.random() < 0.5:
            QApplication.processEvents()
        desk.open_article(other.id)
        assert sidebar.marks.editor is None
        desk.open_article(first)
        assert note_of(desk, one) == expected


@pytest.mark.parametrize("way", ["switch", "escape", "choose"])
def test_what_an_input_method_holds_is_taken_in(sidebar, editor, one, desk, way, mark):
    other = mark("Most observers")
    QApplication.sendEvent(editor.note, QInputMethodEvent("日本", []))
    if way == "switch":
        first = desk.opened.id
        desk.open_article("")
        desk.open_article(first)
    elif way == "choose":
        desk.choose(other)
    else:
        QTest.keyClick(editor.note, Qt.Key.Key_Escape)
    assert note_of(desk, one) == "First thought.日本"


def test_each_note_keeps_its_own_text(sidebar, mark, desk, library):
    """Random walks over select, edit and undo never move text from one note to another."""
    chance = random.Random(11)
    ids = [mark(words) for words in ("For years", "the council", "Most observers", "a plot")]
    for _ in range(80):
        one = chance.choice(ids)
        number = ids.index(one)
        kind = chance.choice(("edit", "edit", "choose", "undo", "redo", "leave"))
        if kind == "edit":
            sidebar.marks.edit(one)
            QTest.keyClicks(sidebar.marks.editor.note, f"<{number}>")
        elif kind == "choose":
            desk.choose(one)
        elif kind == "undo" and (library.undo_step()).name == "change-mark":
            library.undo()
        elif kind == "redo":
            library.redo()
        elif kind == "leave":
            sidebar.marks.leave_editor()
        for place, known in enumerate(ids):
            assert set(desk.marks.get(known).note) <= set(f"<{place}>\n")


def test_a_mark_deleted_meanwhile_leaves_a_draft(sidebar, editor, one, desk, library):
    QTest.keyClicks(editor.note, " Kept")
    library.do(DeleteAnnotations((one,)))
    assert sidebar.marks.editor is None
    library.undo()
    sidebar.marks.edit(one)
    assert sidebar.marks.editor.note.toPlainText() == "First thought. Kept"


def test_changes_from_elsewhere_come_in_beside_mine(sidebar, editor, one, desk, library):
    QTest.keyClicks(editor.note, " Mine")
    library.do(ChangeAnnotation(one, voice=Voice.QUOTED))
    assert editor.voice.value() is Voice.QUOTED
    assert editor.note.toPlainText() == "First thought. Mine"
    sidebar.marks.leave_editor()
    assert (desk.marks.get(one).voice, note_of(desk, one)) == (Voice.QUOTED, "First thought. Mine")


def test_a_note_changed_here_and_elsewhere_keeps_both(sidebar, editor, one, desk, library):
    QTest.keyClicks(editor.note, " Mine")
    library.do(ChangeAnnotation(one, note="Theirs."))
    sidebar.marks.leave_editor()
    mine, theirs = note_of(desk, one).split("Conflict copy")
    assert mine.startswith("First thought. Mine\n")
    assert theirs.endswith("\n\nTheirs.")
    assert library.undo_step().name == "keep-both-texts"


def test_a_note_changed_by_another_process_is_not_overwritten(
    sidebar, editor, one, desk, library, qtbot
):
    """The window has not looked at the library again when the editor is left."""
    library.do(ChangeAnnotation(one, note="Second thought."))
    QTest.keyClicks(editor.note, " Mine")
    command = [sys.executable, "-m", "postil", "undo", "--library", str(library.path)]
    subprocess.run(command, check=True, capture_output=True)
    assert note_of(desk, one) == "Second thought."
    sidebar.marks.leave_editor()
    assert note_of(desk, one).startswith("Second thought. Mine\n")
    assert note_of(desk, one).endswith("\n\nFirst thought.")
    library.undo()
    assert note_of(desk, one) == "First thought."


def test_typing_without_a_pause_is_a_draft_all_the_same(editor, one, library, qtbot):
    def type_on():
        QTest.keyClicks(editor.note, "x")
        assert library.drafts.text(one)

    qtbot.waitUntil(type_on, timeout=2000)


def test_what_an_input_method_holds_is_in_the_draft_and_in_the_note(
    sidebar, editor, one, desk, library, qtbot
):
    QApplication.sendEvent(editor.note, QInputMethodEvent("\U0001f600仮", []))
    qtbot.waitUntil(lambda: library.drafts.text(one) == "First thought.\U0001f600仮")
    assert editor.note.toPlainText() == "First thought."
    sidebar.leave()
    assert note_of(desk, one) == "First thought.\U0001f600仮"
    assert library.drafts.kept() == []


def test_a_refresh_keeps_the_editor_open(sidebar, editor, one, desk):
    QTest.keyClicks(editor.note, " Mine")
    desk.open_article(desk.opened.id)
    assert sidebar.marks.editor is editor
    assert editor.isVisible()
    sidebar.marks.leave_editor()
    assert note_of(desk, one) == "First thought. Mine"


def test_a_refresh_keeps_the_editor_in_sight(sidebar, one, desk, library):
    library.do(AddAnnotations(desk.opened.id, tuple((at, at + 1) for at in range(0, 60, 2))))
    last = list(desk.marks)[-1].id
    desk.choose(last)
    sidebar.marks.edit(last)
    desk.open_article(desk.opened.id)
    cards = sidebar.marks.list
    assert cards.viewport().rect().intersects(sidebar.marks.editor.geometry())
    assert cards.verticalScrollBar().value() > 0


def test_a_busy_library_loses_nothing(sidebar, editor, one, desk, library, monkeypatch, qtbot):
    def busy(*_):
        raise LibraryBusyError("The library is busy")

    with monkeypatch.context() as patch:
        patch.setattr(library, "do", busy)
        patch.setattr(library.drafts, "keep", busy)
        QTest.keyClicks(editor.note, " Kept")
        QTest.keyClick(editor.note, Qt.Key.Key_Escape)
        assert sidebar.marks.editor is None
        assert note_of(desk, one) == "First thought."
        assert not sidebar.leave()
        sidebar.marks.edit(one)
        assert sidebar.marks.editor.note.toPlainText() == "First thought. Kept"
        sidebar.marks.leave_editor()
    qtbot.waitUntil(lambda: note_of(desk, one) == "First thought. Kept", timeout=3000)
    qtbot.waitUntil(lambda: not sidebar.marks.saver.is_waiting and not desk.waiting)
    assert library.drafts.text(one) is None
    assert sidebar.leave()


def test_a_refused_change_keeps_the_editor_and_a_draft(sidebar, editor, one, library, monkeypatch):
    def full(*_):
        raise UserError("The disk is full")

    QTest.keyClicks(editor.note, " Kept")
    with monkeypatch.context() as patch:
        patch.setattr(library, "do", full)
        QTest.keyClick(editor.note, Qt.Key.Key_Escape)
    assert sidebar.marks.editor is editor
    assert editor.note.toPlainText() == "First thought. Kept"
    assert library.drafts.text(one) == "First thought. Kept"


def test_a_draft_that_could_not_be_written_is_tried_again(editor, one, library, monkeypatch, qtbot):
    def full(*_):
        raise UserError("The disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(library.drafts, "keep", full)
        QTest.keyClicks(editor.note, " Kept")
        editor.tags.field.setFocus()
    qtbot.waitUntil(lambda: library.drafts.text(one) == "First thought. Kept", timeout=3000)


def test_paste_is_plain_text_and_bounded(editor, monkeypatch):
    monkeypatch.setattr("postil.domain.limits.NOTE_CHARACTERS", 40)
    data = QMimeData()
    data.setHtml("<b>bold</b> <img src='file:///etc/hostname'>")
    data.setText(" 0123456789" * 10)
    QApplication.clipboard().setMimeData(data)
    QTest.keyClick(editor.note, Qt.Key.Key_V, CONTROL)
    text = editor.note.toPlainText()
    assert text == ("First thought." + " 0123456789" * 10)[:40]
    assert "40" in editor._remark.text()
    QTest.keyClicks(editor.note, "more")
    assert editor.note.toPlainText() == text


def test_the_note_grows_with_its_text(editor, sidebar, qtbot):
    low = editor.height()
    for _ in range(6):
        QTest.keyClick(editor.note, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: editor.height() > low)
    cards = sidebar.marks.list
    assert editor.geometry() == cards.visualRect(cards.model().index(0))


def test_a_megabyte_without_a_space_does_not_hang(editor, qtbot):
    data = QMimeData()
    data.setText("x" * 1_000_000)
    editor.note.insertFromMimeData(data)
    assert len(editor.note.toPlainText()) == 1_000_000 + len("First thought.")


def test_the_editor_stays_with_its_card_when_scrolled(sidebar, editor, library, article_id):
    from postil.library import AddAnnotations

    library.do(AddAnnotations(article_id, tuple((90 + i, 95 + i) for i in range(40))))
    cards = sidebar.marks.list
    before = editor.y()
    cards.verticalScrollBar().setValue(150)
    assert editor.y() == before - 150
    cards.verticalScrollBar().setValue(0)
    assert editor.y() == before


def test_a_click_between_the_fields_keeps_the_editor(sidebar, editor):
    QTest.mouseClick(
        editor, Qt.MouseButton.LeftButton, pos=editor.rect().bottomRight() - QPoint(5, 5)
    )
    assert sidebar.marks.editor is editor
    assert editor.note.hasFocus()
