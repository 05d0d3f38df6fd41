"""Templates for notes: put in at the caret's note, gone through with Tab, kept from a note."""

import json

import pytest
from jsonschema import Draft202012Validator
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QMenu

from postil.domain.note_fields import note_fields
from postil.resources import resource
from postil.ui.note_templates import built_in_templates, own_templates
from ui.filling import mark

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def note(window, ferry, qtbot):
    """Open the note of a mark; return its field."""
    window.desk.open_article(ferry)
    window.desk.choose(mark(window.desk.library, ferry, 0, 3))
    window.reader.setFocus()
    qtbot.keyClick(window.reader, Qt.Key.Key_N)
    return window.sidebar.marks.editor.note


def menu(window, qtbot):
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_T, CONTROL)
    shown = window.findChildren(QMenu, "note_templates")
    return next((one for one in shown if one.isVisible()), None)


def choose(shown, qtbot, words):
    """Choose an entry of an open menu with the keys."""
    (wanted,) = [one for one in shown.actions() if one.text().replace("&", "") == words]
    while shown.activeAction() is not wanted:
        qtbot.keyClick(shown, Qt.Key.Key_Down)
    qtbot.keyClick(shown, Qt.Key.Key_Return)


def caret(note):
    return note.toPlainText()[: note.textCursor().position()].rpartition("\n")[2]


def test_a_claim_check_is_filled_with_tab_and_kept_as_markdown(window, note, qtbot):
    qtbot.keyClicks(note, "Is that so?")
    choose(menu(window, qtbot), qtbot, "Claim check")
    qtbot.waitUntil(note.hasFocus)
    assert caret(note) == "- **Claim:** "
    qtbot.keyClicks(note, "it left")
    qtbot.keyClick(note, Qt.Key.Key_Tab)
    assert caret(note) == "- **Where to check:** "
    qtbot.keyClick(note, Qt.Key.Key_Tab)
    qtbot.keyClicks(note, "yes")
    qtbot.keyClick(note, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert caret(note) == "- **Where to check:** "
    for _ in range(3):
        qtbot.keyClick(note, Qt.Key.Key_Tab)
    today = QDate.currentDate().toString(Qt.DateFormat.ISODate)
    assert caret(note) == f"- **Date:** {today}"
    assert note.textCursor().selectedText() == today  # the next key replaces it
    assert note.hasFocus()
    qtbot.keyClick(note, Qt.Key.Key_Tab)
    assert not note.hasFocus()
    window.sidebar.marks.leave_editor()
    (kept,) = window.desk.marks
    assert kept.note.startswith("Is that so?\n\n- **Claim:** it left\n")
    assert [one.value for one in note_fields(kept.note)] == ["it left", "", "yes", "", today]


def test_ctrl_z_takes_a_template_out_again_and_without_a_mark_it_says_so(window, note, qtbot):
    choose(menu(window, qtbot), qtbot, "Missing voice")
    qtbot.keyClick(note, Qt.Key.Key_Z, CONTROL)
    assert note.toPlainText() == ""
    qtbot.keyClick(note, Qt.Key.Key_Escape)
    window.desk.choose("")
    assert menu(window, qtbot) is None
    assert window.notices.toast.isVisible()


def test_a_note_becomes_a_template_without_what_stands_in_its_fields(
    window, note, settings, answers, qtbot
):
    qtbot.keyClicks(note, "Sum: 1")
    note.put_in("- **Sum:** 2")
    answers.will("Sums")
    choose(menu(window, qtbot), qtbot, "Save Note as Template…")
    (made,) = own_templates(settings)
    assert (made.name, made.note) == ("Sums", "Sum: 1\n\n- **Sum:** ")
    note.clear()
    choose(menu(window, qtbot), qtbot, "Sums")
    assert note.toPlainText() == made.note


def test_the_button_of_the_editor_offers_them_too(window, note, answers, qtbot):
    button = window.sidebar.marks.editor.findChild(object, "note_template")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    shown = window.findChild(QMenu, "note_templates")
    answers.will(
        lambda dialog: dialog.pages.currentWidget().widget().objectName() == "settingsTemplates"
    )
    choose(shown, qtbot, "Edit Templates…")
    assert answers.asked[-1][0] == "show"
    assert not answers.ready


def test_a_note_on_the_whole_article_takes_them(window, note, qtbot):
    window.sidebar.show_article()
    field = window.sidebar.article.notes.note
    field.setFocus()
    choose(menu(window, qtbot), qtbot, "Technique and effect")
    assert caret(field) == "- **Technique:** "


def test_the_built_in_templates_follow_their_schema(qapp):
    schema = json.loads(resource("note_templates", "note_template.schema.json").read_bytes())
    document = json.loads(resource("note_templates", "built_in.json").read_bytes())
    Draft202012Validator(schema).validate(document)
    for template in built_in_templates():
        assert len(note_fields(template.note)) >= 3
