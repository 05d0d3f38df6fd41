"""Versions in the window: a newer file, the difference and marks from it, corrections, the list."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QPushButton

from postil.library import AddAnnotation
from ui.filling import mark, write

FIRST = "The ferry\n\nFor years the council has told us nothing can be done.\n\nIt rained all day."
SECOND = "The ferry\n\nFor years the council has told us little can be done.\n\nIt rained."
PAGE = """<html><head><link rel="canonical" href="https://example.org/ferry"></head><body>
<h1>The ferry</h1><p>{0}</p><p>And the rest of it stays as it was.</p></body></html>"""


def rest(window, qtbot):
    qtbot.waitUntil(lambda: not window.tasks.is_busy)


def take(window, qtbot, path):
    window.files.take_files([path])
    rest(window, qtbot)
    return window.desk.opened.id


@pytest.fixture
def article(window, tmp_path, qtbot):
    """Take in an article; return its id."""
    return take(window, qtbot, write(tmp_path / "a.txt", FIRST))


@pytest.fixture
def revised(window, article, answers, tmp_path, qtbot):
    """Give it a second version from a file, through the menu."""
    answers.will([write(tmp_path / "b.txt", SECOND)])
    window.actions_["new-version"].trigger()
    rest(window, qtbot)
    return article


def show_difference(window, answers, qtbot, act):
    """Open the dialog, wait for the comparison, and act in it."""

    def answer(dialog):
        dialog.show()
        qtbot.waitUntil(lambda: dialog.difference is not None)
        act(dialog)
        dialog.hide()
        return False

    answers.will(answer)
    window.actions_["what-changed"].trigger()


def lines(dialog):
    return [dialog.changes.item(row).text() for row in range(dialog.changes.count())]


def test_a_new_version_from_a_file_carries_the_marks(
    window, library, article, answers, tmp_path, qtbot
):
    text = window.desk.opened.article.text
    at = text.index("council")
    found = mark(library, article, at, at + 7)
    answers.will([write(tmp_path / "b.txt", SECOND)])
    window.actions_["new-version"].trigger()
    rest(window, qtbot)
    assert (window.desk.opened.id, len(library.articles())) == (article, 1)
    assert "told us little" in window.desk.opened.article.text
    assert window.desk.marks.get(found).anchor.exact == "council"
    assert window.notices.toast.text() == "New version of The ferry · 1 mark carried over"


def test_the_difference_is_listed_and_shown_not_by_colour_alone(window, revised, answers, qtbot):
    def act(dialog):
        assert lines(dialog) == ["Replaced: “nothing” by “little”", "Taken out: “all day”"]
        assert "nothinglittle" in dialog.page.toPlainText()
        shown = {}
        block = dialog.page.document().begin()
        while block.isValid():
            for piece in block:
                fragment = piece.fragment()
                shape = fragment.charFormat()
                shown[fragment.text().strip()] = (shape.fontStrikeOut(), shape.fontUnderline())
            block = block.next()
        assert shown["nothing"] == (True, False)
        assert shown["little"] == (False, True)
        dialog.changes.setCurrentRow(1)
        assert dialog.page.textCursor().selectedText().strip() == "all day"

    show_difference(window, answers, qtbot, act)


def test_a_change_becomes_a_mark_with_a_key_one_step_each(window, library, revised, answers, qtbot):
    def act(dialog):
        QTest.keyClick(dialog.changes, Qt.Key.Key_M)
        QTest.keyClick(dialog.changes, Qt.Key.Key_Down)
        QTest.mouseClick(dialog.mark, Qt.MouseButton.LeftButton)
        assert all(line.startswith("✓") for line in lines(dialog))

    show_difference(window, answers, qtbot, act)
    first, second = library.annotations(revised)
    assert first.anchor.exact == "little"
    assert first.note.endswith("> nothing")
    assert second.anchor.exact == "rained."
    assert second.note.endswith("> all day")
    library.undo()
    assert [m.id for m in library.annotations(revised)] == [first.id]


def test_only_the_current_text_can_be_marked(window, revised, answers, qtbot, library):
    def act(dialog):
        dialog.later.setCurrentIndex(1)
        dialog.earlier.setCurrentIndex(0)
        qtbot.waitUntil(lambda: dialog.difference is not None)
        assert lines(dialog)[0] == "Replaced: “little” by “nothing”"
        assert not dialog.mark.isEnabled()
        QTest.keyClick(dialog.changes, Qt.Key.Key_M)

    show_difference(window, answers, qtbot, act)
    assert library.annotations(revised) == []


def test_an_article_with_one_text_has_no_difference(window, article):
    window.actions_["what-changed"].trigger()
    assert "no other text" in window.notices.toast.text()


def test_a_word_is_corrected_where_the_selection_is(window, library, article, answers, qtbot):
    text = window.desk.opened.article.text
    window.reader.select(text.index("council"), text.index("council") + 7)

    def answer(dialog):
        assert dialog.text() == "For years the council has told us nothing can be done."
        editor = dialog.editor
        dialog.show()
        editor.setFocus()
        QTest.keyClicks(editor, "town ")
        QTest.keyClick(editor, Qt.Key.Key_End)
        QTest.mouseClick(dialog.join, Qt.MouseButton.LeftButton)
        dialog.hide()
        return True

    answers.will(answer)
    window.actions_["correct-text"].trigger()
    expected = "For years the town council has told us nothing can be done. It rained all day."
    assert window.desk.opened.article.text == f"The ferry\n{expected}"
    assert "corrected" in window.notices.toast.text()
    window.actions_["undo"].trigger()
    assert window.desk.opened.article.text == text


def test_enter_splits_a_paragraph(window, article, answers):
    text = window.desk.opened.article.text
    window.reader.select(text.index("has told"), text.index("has told") + 3)

    def answer(dialog):
        dialog.show()
        QTest.keyClick(dialog.editor, Qt.Key.Key_Return)
        dialog.hide()
        return True

    answers.will(answer)
    window.actions_["correct-text"].trigger()
    assert "For years the council\nhas told us" in window.desk.opened.article.text


def test_versions_are_listed_and_an_older_one_comes_back(window, library, revised, qtbot):
    window.sidebar.show_article()
    shown = window.sidebar.article.findChild(QListWidget, "version_list")
    qtbot.waitUntil(lambda: shown.count() == 2)
    assert shown.item(0).text().startswith("2 · ")
    assert "b.txt" in shown.item(0).text()
    back = window.sidebar.article.findChild(QPushButton, "version_back")
    assert not back.isEnabled()
    shown.setCurrentRow(1)
    QTest.mouseClick(back, Qt.MouseButton.LeftButton)
    assert "told us nothing" in window.desk.opened.article.text
    assert window.notices.toast.text() == "An older version of “The ferry” is back"
    qtbot.waitUntil(lambda: shown.count() == 3)
    assert "version 1 again" in shown.item(0).text()


def test_the_same_address_is_a_version_and_can_be_kept_apart(window, library, tmp_path, qtbot):
    first = take(window, qtbot, write(tmp_path / "p.html", PAGE.format("What it said at first.")))
    again = take(window, qtbot, write(tmp_path / "q.html", PAGE.format("What it says by now.")))
    assert (again, len(library.articles())) == (first, 1)
    assert window.notices.toast.text().startswith("New version of The ferry")
    QTest.mouseClick(window.notices.toast.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert len(library.articles()) == 2
    assert "at first" in library.article(first).article.text
    assert "by now" in window.desk.opened.article.text


def test_a_loose_mark_is_put_on_the_words_selected(
    window, library, article, answers, tmp_path, qtbot
):
    text = window.desk.opened.article.text
    library.do(AddAnnotation(article, text.index("all day"), text.index("all day") + 7))
    answers.will([write(tmp_path / "b.txt", SECOND)])
    window.actions_["new-version"].trigger()
    rest(window, qtbot)
    (loose,) = library.loose_marks(article)
    window.sidebar.show_article()
    tab = window.sidebar.article
    qtbot.waitUntil(lambda: tab.findChild(QPushButton, "loose_selected") is not None)
    button = tab.findChild(QPushButton, "loose_selected")
    button.click()
    assert "No words are selected" in window.banner.text()
    at = window.desk.opened.article.text.index("rained")
    window.reader.select(at, at + 6)
    tab.findChild(QPushButton, "loose_selected").click()
    assert window.desk.marks.get(loose.id).anchor.exact == "rained"
