"""The article's data: shown, edited, and nothing of it invisible."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton

from factories import make_article
from postil.domain.annotation import IncomingMark, Status
from postil.domain.article import Metadata
from postil.domain.errors import UserError
from postil.library import AddArticle, ChangeAnnotation, WriteOnArticle, draft_key
from postil.library.intake import AddMarks
from postil.ui.theme import Theme


@pytest.fixture
def tab(sidebar):
    sidebar.show_article()
    return sidebar.article


def text(tab, name):
    return tab.findChild(QLabel, f"article_{name}").text()


def test_shows_what_is_known(tab, mark, qtbot):
    mark("the council", note="A note")
    qtbot.waitUntil(lambda: text(tab, "marks") == "1")
    assert tab.fields["title"].text() == "The ferry"
    assert tab.fields["author"].text() == "Ada Lind"
    assert text(tab, "paragraphs") == "4"
    assert text(tab, "notes") == "1"
    assert text(tab, "origin") == "ferry.txt"
    assert "text/plain" in text(tab, "type")
    assert text(tab, "hash").startswith("abab")
    assert "2026" in text(tab, "time")


def test_a_changed_field_is_one_step(tab, desk, library):
    field = tab.fields["outlet"]
    field.setFocus()
    QTest.keyClicks(field, "Harbour Post")
    QTest.keyClick(field, Qt.Key.Key_Return)
    tab.fields["author"].setFocus()
    assert desk.opened.record.metadata.outlet == "Harbour Post"
    library.undo()
    assert desk.opened.record.metadata.outlet == ""
    assert library.undo_step().name == "add-article"


def test_undo_shows_in_the_field(tab, library, desk, qtbot):
    QTest.keyClicks(tab.fields["outlet"], "Post")
    tab.save()
    library.undo()
    qtbot.waitUntil(lambda: tab.fields["outlet"].text() == "")


def test_escape_puts_back(tab, desk):
    field = tab.fields["title"]
    field.setFocus()
    QTest.keyClicks(field, "!!")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "The ferry"
    tab.fields["author"].setFocus()
    assert desk.opened.record.metadata.title == "The ferry"


def test_what_is_typed_goes_to_the_article_it_was_typed_for(tab, desk, library):
    first = desk.opened.id
    other = AddArticle(make_article("Another text."))
    library.do(other)
    tab.fields["outlet"].setFocus()
    QTest.keyClicks(tab.fields["outlet"], "Post")
    desk.open_article(other.id)
    assert library.article(first).record.metadata.outlet == "Post"
    assert library.article(other.id).record.metadata.outlet == ""


def test_closing_keeps_what_was_typed(tab, sidebar, desk):
    tab.fields["outlet"].setFocus()
    QTest.keyClicks(tab.fields["outlet"], "Post")
    sidebar.close()
    assert desk.opened.record.metadata.outlet == "Post"


def test_without_an_article(tab, desk, qtbot):
    desk.open_article("")
    qtbot.waitUntil(lambda: tab.fields["title"].text() == "")
    assert text(tab, "words") == ""


@pytest.fixture
def loose(library, article_id, sidebar):
    """Put marks into the article of which one fits twice and one nowhere."""
    marks = (
        IncomingMark(exact="er", tags=("Doubt",)),
        IncomingMark(
            exact="Words of quite another text, nowhere to be seen here", note="A **thought**"
        ),
    )
    library.do(AddMarks(article_id, marks))
    assert len(library.loose_marks(article_id)) == 2


def buttons(tab, name):
    return tab.findChildren(QPushButton, name)


def shown(tab, name):
    return [label.text() for label in tab.findChildren(QLabel, name) if label.isVisible()]


def test_loose_marks_are_announced_and_listed(loose, sidebar, desk, qtbot):
    banner = sidebar.marks.findChild(QPushButton, "marks_loose")
    assert banner.isVisible()
    assert banner.text().startswith("2 marks")
    QTest.mouseClick(banner, Qt.MouseButton.LeftButton)
    tab = sidebar.article
    assert tab.isVisible()
    words = ["“Words of quite another text, nowhere to be seen here”", "“er”"]
    qtbot.waitUntil(lambda: sorted(shown(tab, "loose_quotation")) == words)
    assert shown(tab, "loose_note") == ["A thought"]
    qtbot.waitUntil(lambda: shown(tab, "loose_guess") != [])
    guesses = shown(tab, "loose_guess")
    assert any("“er”" in guess for guess in guesses)
    text = " ".join(desk.opened.article.text.split())
    assert all(
        one.partition("…")[2].rstrip("…").translate({8220: None, 8221: None}) in text
        for one in guesses
    )


def test_a_guess_can_be_looked_at_and_taken(loose, sidebar, desk, qtbot, library, article_id):
    sidebar.show_article()
    tab = sidebar.article
    qtbot.waitUntil(lambda: shown(tab, "loose_guess") != [])
    with qtbot.waitSignal(desk.place_wanted) as place:
        QTest.mouseClick(buttons(tab, "loose_show")[0], Qt.MouseButton.LeftButton)
    words = " ".join(desk.opened.article.text[slice(*place.args)].split())
    assert f"“{words}”" in shown(tab, "loose_guess")[0]
    QTest.mouseClick(buttons(tab, "loose_place")[0], Qt.MouseButton.LeftButton)
    assert [[mark.start, mark.end] for mark in library.placed_marks(article_id)] == [place.args]
    assert sidebar.marks.model.rowCount() == 1
    qtbot.waitUntil(lambda: len(shown(tab, "loose_quotation")) == 1)


def test_loose_marks_are_placed_and_deleted_by_keys_alone(
    loose, sidebar, desk, qtbot, library, article_id
):
    tab = sidebar.article
    banner = sidebar.marks.findChild(QPushButton, "marks_loose")
    banner.setFocus()
    with qtbot.waitSignal(desk.reading_wanted):
        QTest.keyClick(banner, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: len(buttons(tab, "loose_selected")) == 2)
        assert tab.window().focusWidget() is buttons(tab, "loose_selected")[0]
        qtbot.waitUntil(lambda: shown(tab, "loose_guess") != [])  # all cards are made anew
        # Once they are laid out; the button of before may be gone by then.
        qtbot.waitUntil(lambda: not tab.window().focusWidget().visibleRegion().isEmpty())
        focus = tab.window().focusWidget()
        assert focus.objectName() == "loose_selected"
        desk.selected = (0, 5)
        QTest.keyClick(focus, Qt.Key.Key_Space)
        assert [m.anchor.exact for m in library.placed_marks(article_id)] == ["The f"]
        qtbot.waitUntil(lambda: len(shown(tab, "loose_quotation")) == 1)
        focus = tab.window().focusWidget()
        assert focus.objectName() == "loose_selected"
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        focus = tab.window().focusWidget()
        assert focus.objectName() == "loose_delete"
        QTest.keyClick(focus, Qt.Key.Key_Space)
    assert library.loose_marks(article_id) == []


def test_a_loose_mark_can_be_deleted_and_comes_back(loose, sidebar, qtbot, library):
    sidebar.show_article()
    tab = sidebar.article
    qtbot.waitUntil(lambda: len(buttons(tab, "loose_delete")) == 2)
    QTest.mouseClick(buttons(tab, "loose_delete")[1], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(shown(tab, "loose_quotation")) == 1)
    assert sidebar.marks.findChild(QPushButton, "marks_loose").text().startswith("1 mark ")
    library.undo()
    qtbot.waitUntil(lambda: len(shown(tab, "loose_quotation")) == 2)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("published", "last Tuesday", "is no date"),
        ("published", "2026-02-30", "is no date"),
        ("modified", "yesterday", "is no date"),
        ("source", "ftp://example.org/a", "is no address"),
        ("source", "javascript:alert(1)", "is no address"),
        ("language", "German, mostly", "no short name of a language"),
    ],
)
def test_what_does_not_fit_a_field_is_told_below_it_and_not_kept(
    tab, desk, library, name, text, told
):
    step = library.undo_step()
    field = tab.fields[name]
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    remark = tab.findChild(QLabel, f"article_wrong_{name}")
    assert remark.isVisible()
    assert told in remark.text()
    assert field.accessibleDescription() == remark.text()
    assert library.undo_step() == step
    assert field.text() == text  # to be mended
    QTest.keyClick(field, Qt.Key.Key_Escape)
    good = {"source": "https://example.org/a", "language": "de-CH"}.get(name, "2026-05")
    field.selectAll()
    QTest.keyClicks(field, good)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert getattr(desk.opened.record.metadata, name) == good
    assert not remark.isVisible()


def test_a_wrong_date_does_not_keep_the_other_fields_from_being_saved(tab, desk):
    QTest.keyClicks(tab.fields["published"], "soon")
    QTest.keyClicks(tab.fields["outlet"], "Harbour Post")
    tab.save()
    assert desk.opened.record.metadata.outlet == "Harbour Post"
    assert desk.opened.record.metadata.published == ""


def test_the_note_on_the_whole_is_one_step(tab, desk, library, qtbot):
    note = tab.notes.note
    note.setFocus()
    QTest.keyClicks(note, "It promises *twice*.")
    tab.fields["outlet"].setFocus()
    assert desk.opened.record.note == "It promises *twice*."
    library.undo()
    assert desk.opened.record.note == ""
    qtbot.waitUntil(lambda: note.toPlainText() == "")
    library.redo()
    qtbot.waitUntil(lambda: note.toPlainText() == "It promises *twice*.")


def test_a_note_on_the_whole_is_a_draft_while_it_is_typed(tab, desk, library, qtbot):
    key = draft_key(desk.opened.id)
    tab.notes.note.setFocus()
    QTest.keyClicks(tab.notes.note, "Half a thou")
    qtbot.waitUntil(lambda: library.drafts.text(key) == "Half a thou")
    assert desk.opened.record.note == ""
    QTest.keyClick(tab.notes.note, Qt.Key.Key_Escape)
    assert desk.opened.record.note == "Half a thou"
    assert library.drafts.text(key) is None


def test_what_an_input_method_holds_is_kept_when_another_article_comes(tab, desk, library):
    here = desk.opened.id
    tab.notes.note.setFocus()
    QApplication.sendEvent(tab.notes.note, QInputMethodEvent("仮名", []))
    desk.open_article("")
    assert library.article(here).record.note == "仮名"


def test_a_note_on_the_whole_written_elsewhere_meanwhile_is_kept_too(tab, desk, library):
    here = desk.opened.id
    tab.notes.note.setFocus()
    QTest.keyClicks(tab.notes.note, "Mine")
    library.do(WriteOnArticle(here, "Theirs"))
    tab.notes.save()
    assert desk.opened.record.note.startswith("Mine\n")
    assert desk.opened.record.note.endswith("\n\nTheirs")


def test_a_refused_note_on_the_whole_stays_and_is_a_draft(tab, desk, library, monkeypatch):
    def full(*_):
        raise UserError("The disk is full")

    tab.notes.note.setFocus()
    QTest.keyClicks(tab.notes.note, "Kept")
    with monkeypatch.context() as patch:
        patch.setattr(library, "do", full)
        tab.notes.save()
    assert tab.notes.note.is_changed
    assert library.drafts.text(draft_key(desk.opened.id)) == "Kept"
    tab.notes.save()
    assert desk.opened.record.note == "Kept"


def test_the_note_on_the_whole_shows_rendered_while_nobody_writes_it(
    tab, sidebar, desk, answers, notes, qtbot
):
    notes.html = "<p>It promises <a href='https://post.example/'>here</a></p><!-- {} -->".format
    field, view = tab.notes.note, tab.notes.view("")
    assert field.isVisible()
    assert not view.isVisible()  # there is nothing to read
    field.setFocus()
    QTest.keyClicks(field, "It **promises**")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert view.hasFocus()
    assert not field.isVisible()
    qtbot.waitUntil(lambda: "promises here" in view.toPlainText())
    assert "**" not in view.document().firstBlock().text()
    assert view.height() >= view.document().size().height()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert field.hasFocus()
    assert not view.isVisible()
    QTest.keyClicks(field, " much")
    tab.fields["outlet"].setFocus()
    assert desk.opened.record.note == "It **promises** much"
    assert view.isVisible()
    qtbot.waitUntil(lambda: "here" in view.toPlainText())
    cursor = view.textCursor()
    cursor.setPosition(view.toPlainText().index("here") + 1)
    answers.will(True)
    with qtbot.waitSignal(sidebar.address_wanted) as asked:
        qtbot.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, pos=view.cursorRect(cursor).center()
        )
    assert asked.args[0].toString() == "https://post.example/"
    assert view.isVisible()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert field.hasFocus()


def test_a_draft_of_the_note_on_the_whole_is_written_on_and_a_look_is_followed(
    tab, sidebar, desk, library, qtbot
):
    library.do(WriteOnArticle(desk.opened.id, "Kept *so*"))
    view = tab.notes.view("")
    qtbot.waitUntil(view.isVisible)
    before = view.document()
    sidebar.set_theme(Theme("dark"))
    assert view.document() is not before
    library.drafts.keep(draft_key(desk.opened.id), "Kept so far")
    desk.open_article(desk.opened.id)
    qtbot.waitUntil(tab.notes.note.isVisible)
    assert tab.notes.note.toPlainText() == "Kept so far"


def test_a_question_is_answered_and_its_answer_taken_away(tab, desk, library, qtbot):
    menu = tab.notes.findChild(QToolButton, "ask_question").menu()
    menu.aboutToShow.emit()
    first = menu.actions()[0]
    words = first.text()
    first.trigger()
    question = next(t.id for t in desk.tags.values() if t.question == words)
    field = tab.notes.answer(question)
    assert field.hasFocus()
    assert words in [label.text() for label in tab.findChildren(QLabel, "article_question")]
    QTest.keyClicks(field, "The harbour board.")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.opened.record.answers == ((question, "The harbour board."),)
    menu.aboutToShow.emit()
    assert words not in [action.text() for action in menu.actions()]
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    tab.save()
    assert desk.opened.record.answers == ()
    library.undo()
    assert dict(desk.opened.record.answers) == {question: "The harbour board."}


def test_what_is_written_goes_to_the_article_it_was_written_on(tab, desk, library):
    first = desk.opened.id
    tab.notes.note.setFocus()
    QTest.keyClicks(tab.notes.note, "On the first")
    command = AddArticle(make_article("Other words."))
    library.do(command)
    desk.open_article(command.id)
    assert library.article(first).record.note == "On the first"
    assert desk.opened.record.note == ""
    tab._renew()
    tab.save()
    assert library.article(command.id).record.note == ""


def test_checks_to_make_are_listed_and_gone_to(tab, desk, library, mark, qtbot):
    def lines():
        return [line for line in tab.findChildren(QPushButton, "check") if not line.isHidden()]

    heading = next(
        label for label in tab.findChildren(QLabel, "section") if label.text() == "Checks to make"
    )
    made = mark("the council", status=Status.TO_CHECK)
    mark("dinosaurs", status=Status.SUPPORTED)
    qtbot.waitUntil(lambda: len(lines()) == 1)
    assert heading.isVisible()
    assert lines()[0].accessibleName() == "to check: “the council”"
    assert lines()[0].text().startswith("to check: “the")
    with qtbot.waitSignal(desk.place_wanted) as shown:
        qtbot.mouseClick(lines()[0], Qt.MouseButton.LeftButton)
    assert desk.chosen == getattr(made, "id", made)
    assert shown.args[1] - shown.args[0] == len("the council")
    library.do(ChangeAnnotation(desk.chosen, status=Status.REFUTED))
    qtbot.waitUntil(lambda: not lines())
    assert not heading.isVisible()


def test_a_guessed_language_says_so_until_somebody_writes_one(tab, desk, library, qtbot):
    field = tab.fields["language"]
    assert field.accessibleName() == "Language"
    metadata = Metadata(title="T", language="en", language_guessed=True)
    article = AddArticle(replace(make_article("English words."), metadata=metadata))
    library.do(article)
    desk.open_article(article.id)
    qtbot.waitUntil(lambda: field.accessibleName() == "Language (guessed)")
    assert field.text() == "en"
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_End)
    QTest.keyClicks(field, "-GB")
    QTest.keyClick(field, Qt.Key.Key_Return)
    about = desk.opened.record.metadata
    assert (about.language, about.language_guessed) == ("en-GB", False)
    qtbot.waitUntil(lambda: field.accessibleName() == "Language")
    library.undo()
    about = desk.opened.record.metadata
    assert (about.language, about.language_guessed) == ("en", True)
    qtbot.waitUntil(lambda: field.accessibleName() == "Language (guessed)")
