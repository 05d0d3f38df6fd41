"""What is told at the start: what was being typed, why nothing can be changed, what failed."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolTip

from postil.domain.errors import ReadOnlyError, UserError
from postil.domain.named import wherever
from postil.library import AddAnnotation, DeleteAnnotations, Library, draft_key
from postil.ui.dialogs.mistake import MistakeDialog
from postil.ui.main_window import MainWindow
from postil.ui.start_notices import StartReport
from ui.filling import mark


@pytest.fixture
def one(library, ferry):
    return mark(library, ferry, 0, 3)


@pytest.fixture
def furnished(make_window, library, qtbot):
    """Return a function that makes a window of a library that is told of its start."""

    def make(of=library, **report):
        window = make_window(furnished=False)
        window.furnish(of, report=StartReport(**report))
        return window

    return make


def banner(window):
    return window._start_banner


def press(window, word):
    (button,) = (b for b in banner(window).findChildren(QPushButton) if b.text() == word)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QGuiApplication.processEvents()


def test_nothing_is_told_where_there_is_nothing(furnished, one):
    assert not banner(furnished()).isVisible()


def test_a_note_that_was_cut_off_is_told_and_gone_to(furnished, one, ferry, library, qtbot):
    library.drafts.keep(one, "Typed before the lights went out")
    window = furnished()
    assert banner(window).isVisible()
    assert "“Typed before the lights went out” in “The ferry" in banner(window).text()
    press(window, "Go to It")
    editor = window.sidebar.marks.editor
    assert window.desk.opened.id == ferry
    assert editor.annotation_id == one
    assert editor.note.toPlainText() == "Typed before the lights went out"
    assert not banner(window).isVisible()
    QTest.keyClick(editor.note, Qt.Key.Key_Escape)
    assert library.annotations(ferry)[0].note == "Typed before the lights went out"
    assert library.drafts.kept() == []


@pytest.mark.parametrize("question", ["", "reading_questions/who"])
def test_a_text_on_the_whole_that_was_cut_off_is_gone_to(
    furnished, ferry, library, qtbot, question
):
    library.drafts.keep(draft_key(ferry, question), "On the who")
    window = furnished()
    press(window, "Go to It")
    field = window.sidebar.article.notes.answer(question)
    qtbot.waitUntil(field.hasFocus)
    assert field.toPlainText() == "On the who"


def test_a_draft_can_be_discarded_and_brought_back(furnished, one, library, qtbot):
    library.drafts.keep(one, "Nonsense")
    window = furnished()
    press(window, "Discard")
    assert library.drafts.kept() == []
    assert not banner(window).isVisible()
    (undo,) = window.notices.toast.findChildren(QPushButton)
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert [draft.text for draft in library.drafts.kept()] == ["Nonsense"]
    assert "“Nonsense”" in banner(window).text()


def test_drafts_are_told_one_after_the_other_and_closing_keeps_them(furnished, one, ferry, library):
    library.drafts.keep(one, "First")
    library.drafts.keep(draft_key(ferry), "Second")
    window = furnished(fault="Segmentation fault")
    told = set()
    for more in (True, False):
        assert ("There is 1 more." in banner(window).text()) is more
        told |= {word for word in ("“First”", "“Second”") if word in banner(window).text()}
        banner(window).close_button.click()
    assert told == {"“First”", "“Second”"}
    assert "fault" in banner(window).text()
    banner(window).close_button.click()
    assert not banner(window).isVisible()
    assert len(library.drafts.kept()) == 2


def test_a_draft_of_what_was_deleted_can_be_copied(furnished, one, library):
    library.drafts.keep(one, "Words on nothing")
    library.do(DeleteAnnotations((one,)))
    window = furnished()
    assert "was deleted" in banner(window).text()
    assert [b.text() for b in banner(window).findChildren(QPushButton)] == ["Copy", "Discard"]
    press(window, "Copy")
    assert QGuiApplication.clipboard().text() == "Words on nothing"
    QGuiApplication.clipboard().clear()
    assert banner(window).isVisible()


def test_the_report_of_a_fault_is_shown(furnished, one, qtbot):
    window = furnished(fault="Fatal Python error: Segmentation fault")
    press(window, "Show Report")
    dialog = window.findChild(MistakeDialog)
    assert "Segmentation fault" in dialog.report.toPlainText()
    assert not banner(window).isVisible()
    dialog.close()


@pytest.fixture
def reading(library, one):
    why = ReadOnlyError("The library is open on another-desk", "Close it there.")
    with Library.open(library.path, read_only=why) as opened:
        yield opened


def test_a_library_that_is_only_read_says_so_and_changes_nothing(
    furnished, reading, one, ferry, library
):
    window = furnished(reading)
    assert "is open on another-desk" in banner(window).text()
    assert "nothing can be changed" in banner(window).text()
    assert banner(window).findChildren(QPushButton) == []
    window.desk.open_article(ferry)
    window.desk.edit_wanted.emit(one)
    assert window.sidebar.marks.editor is None
    assert "another-desk" in window.banner.text()
    window.banner.hide()
    assert window.desk.do(AddAnnotation(ferry, 0, 3)) is None
    assert "another-desk" in window.banner.text()
    assert len(library.annotations(ferry)) == 1
    window.sidebar.write_on_whole("")
    QTest.keyClicks(window.sidebar.article.notes.note, "Nothing")
    assert window.sidebar.article.notes.note.toPlainText() == ""
    assert window.sidebar.leave()


def test_a_person_who_knows_opens_it_anyway(furnished, reading, one, ferry, library, qtbot):
    library.drafts.keep(one, "Typed before")
    asked = []
    window = furnished(reading, insist=lambda: asked.append(True))
    press(window, "Open Anyway")
    assert asked == [True]
    assert "Typed before" in banner(window).text()
    assert window.desk.do(AddAnnotation(ferry, 0, 3)) is not None


def test_what_cannot_be_held_stays_open_for_reading(furnished, reading, one):
    def refuse():
        raise UserError("The lock file cannot be replaced")

    window = furnished(reading, insist=refuse)
    press(window, "Open Anyway")
    assert "cannot be replaced" in window.banner.text()
    assert reading.read_only is not None
    assert banner(window).isVisible()


def test_a_second_start_brings_the_window_to_the_front(
    make_window, ferry, library, tmp_path, qtbot
):
    window: MainWindow = make_window()
    window.showMinimized()
    path = tmp_path / "a.txt"
    path.write_text("Words from elsewhere.", "utf-8")
    window.take_over([str(path)])
    assert not window.isMinimized()
    qtbot.waitUntil(lambda: len(library.article_ids()) == 2)
    qtbot.waitUntil(lambda: not window.tasks.is_busy)


def test_a_second_start_hands_over_addresses_which_are_fetched_in_turn(
    make_window, library, answers, site, qtbot
):
    window: MainWindow = make_window()
    page = b"<html><body><h1>%s</h1><p>Nobody asked for it.</p></body></html>"
    gone = site.page("/gone", b"", status=404)
    addresses = [gone, *(site.page(f"/{n}", page % n.encode()) for n in ("Bridge", "Ferry"))]
    answers.will(True, True, True, True, True)  # each lies on this machine; two are previewed
    window.take_over([wherever(address) for address in addresses])
    qtbot.waitUntil(
        lambda: len(library.article_ids()) == 2 and not window.tasks.is_busy, timeout=30_000
    )
    assert [path for path, _ in site.asked] == ["/gone", "/Bridge", "/Ferry"]
    # The first page was looked at and taken in before the second was asked for.
    assert [one[0] for one in answers.asked] == ["confirm"] * 2 + ["show", "confirm", "show"]
    assert "404" in window.banner.text()


def test_nothing_is_fetched_for_a_library_that_can_only_be_read(furnished, reading, one, site):
    window = furnished(reading)
    window.take_over([site.page("/bridge", b"<p>Words</p>")])
    assert not window.tasks.is_busy
    assert site.asked == []
    assert window.banner.isVisible()


def test_what_would_change_a_library_that_is_only_read_is_grey_and_says_why(
    furnished, reading, one, ferry, library, qtbot
):
    window = furnished(reading, insist=lambda: None)
    window.desk.open_article(ferry)
    window.desk.choose(one)
    act = window.actions_
    for action_id in ("undo", "rename-article", "delete-mark", "tag-1", "merge", "new-codebook"):
        assert not act[action_id].isEnabled(), action_id
        for words in (act[action_id].statusTip(), act[action_id].toolTip()):
            assert "not now: The library is open on another-desk" in words
    for action_id in ("export", "find", "all-marks", "next-mark", "history", "save-original"):
        assert act[action_id].isEnabled(), action_id
        assert "not now" not in act[action_id].statusTip()
    menu = act.menus["article"]
    menu.popup(window.mapToGlobal(window.rect().center()))
    at = menu.actionGeometry(act["rename-article"]).center()
    help_ = QHelpEvent(QEvent.Type.ToolTip, at, menu.mapToGlobal(at))
    QGuiApplication.sendEvent(menu, help_)
    assert "not now: The library is open on another-desk" in QToolTip.text()
    QToolTip.hideText()
    menu.close()
    # A key of what is grey says why, in the window and in one of its parts.
    window.sidebar.show_codebook()
    for widget, key in ((window, Qt.Key.Key_O), (window.sidebar.codebook.tree, Qt.Key.Key_M)):
        window.banner.hide()
        widget.setFocus()
        qtbot.keyClick(widget, key, Qt.KeyboardModifier.ControlModifier)
        assert "is open on another-desk" in window.banner.text()
        assert window.banner.isVisible()
    press(window, "Open Anyway")
    assert act["undo"].isEnabled()
    assert act["rename-article"].statusTip() == "Give the article another title on the shelf"
    assert not act["move-tag"].isEnabled()  # no tag is chosen: that is another matter


def test_the_bar_of_a_selection_does_not_offer_what_cannot_be_done(furnished, reading, one, ferry):
    window = furnished(reading)
    window.desk.open_article(ferry)
    window.reader.select(0, 5)
    assert window.reader.mark_bar.isHidden()
