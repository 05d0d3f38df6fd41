"""The window: what it takes up, follows and keeps, and how it closes."""

import sqlite3

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollBar, QWidget

from postil.domain.errors import UserError
from postil.library import DeleteAnnotations, DeleteArticles
from ui.filling import mark, put, windows_shown


def test_an_empty_library_invites_and_the_sample_comes_back(window, library, qtbot):
    invitation = window.invitation
    assert invitation.isVisible()
    assert invitation.size() == window.reader.size()
    texts = [button.text() for button in invitation.findChildren(QPushButton)]
    assert texts[0].endswith("Ctrl+O")
    assert texts[1].endswith("Ctrl+Shift+V")
    qtbot.mouseClick(invitation.sample, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.desk.opened is not None)
    assert not invitation.isVisible()
    library.do(DeleteArticles((window.desk.opened.id,)))
    assert invitation.isVisible()
    assert window.shelf.findChild(QWidget, "shelfEmpty").isVisible()
    library.undo()
    assert not invitation.isVisible()


def test_a_first_start_shows_the_sample_and_the_first_steps_and_nothing_else(
    make_window, library, qtbot
):
    window = make_window(is_new=True)
    shown = []
    window.invitation.installEventFilter(Watch(window, shown))
    qtbot.waitUntil(lambda: window.desk.opened is not None)
    assert shown == []
    assert len(library.articles()) == 1
    assert window.first_steps.isVisible()
    assert not window.banner.isVisible()
    assert not window.notices.toast.isVisible()
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [window]


class Watch(QObject):
    """Notes when something is shown."""

    def __init__(self, parent, shown):
        super().__init__(parent)
        self.shown = shown

    def eventFilter(self, watched, event):  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Show:
            self.shown.append(watched)
        return False


def test_it_stands_before_there_is_a_library(make_window):
    window = make_window(furnished=False)
    assert window.windowTitle() == "Postil"
    assert window.menuBar().actions()
    window.close()


def test_no_part_of_it_is_ever_a_window(make_window, qapp):
    with windows_shown(qapp) as shown:
        make_window()
    assert shown == ["mainWindowWindow"]


def test_the_parts_stand_where_their_places_were_kept(make_window, library):
    window = make_window(furnished=False)
    places = window.panels.sizes()
    assert (places[0], places[2]) == (264, 348)
    window.furnish(library)
    assert window.panels.sizes() == places
    window.close()


def test_a_new_library_gets_the_sample_and_opens_it(make_window, library, qtbot):
    window = make_window(is_new=True)
    qtbot.waitUntil(lambda: window.desk.opened is not None, timeout=30_000)
    assert len(window.desk.marks) > 20
    assert window.first_steps.isVisible()
    assert not window.banner.isVisible()
    assert len(library.articles()) == 1


def test_the_first_steps_go_for_good_and_come_back_when_asked(make_window, qtbot):
    window = make_window()
    qtbot.mouseClick(window.first_steps.close_button, Qt.MouseButton.LeftButton)
    assert not window.first_steps.isVisible()
    again = make_window()
    assert not again.first_steps.isVisible()
    again.actions_["first-steps"].trigger()
    assert again.first_steps.isVisible()


def test_the_open_article_is_remembered_before_the_window_closes(window, ferry, settings):
    window.desk.open_article(ferry)
    assert settings.get("session/article", "") == ferry


def test_the_first_steps_tell_the_keys_that_hold(window):
    from PySide6.QtGui import QKeySequence
    from PySide6.QtWidgets import QLabel

    def told():
        return " ".join(label.text() for label in window.first_steps.findChildren(QLabel))

    assert "press N, and say" in told()
    window.actions_.keymap.give("mark-note", [QKeySequence("Z")])
    assert "press Z, and say" in told()


def test_the_last_article_and_the_place_in_it_are_taken_up(make_window, library, qtbot):
    words = [f"This is paragraph {n} and it goes on for a while. " * 6 for n in range(60)]
    article = put(library, "Long", *words)
    other = put(library, "Other")
    window = make_window()
    window.desk.open_article(article)
    middle = window.desk.opened.article.blocks[30].start
    window.reader.show_position(middle)
    qtbot.waitUntil(lambda: abs(window.places._here[1] - middle) < 400)
    window.desk.open_article(other)
    window.desk.open_article(article)
    assert abs(window.reader.top_position() - middle) < 400
    window.close()
    again = make_window()
    assert again.desk.opened.id == article
    assert abs(again.reader.top_position() - middle) < 400


def test_an_article_that_is_gone_is_not_taken_up(make_window, library, settings):
    settings.set("session/article", "no such article")
    window = make_window()
    assert window.desk.opened is None
    assert not window.banner.isVisible()


def test_size_and_place_of_the_window_are_kept(make_window):
    window = make_window()
    window.resize(711, 577)  # smaller than the screen of the tests
    window.close()
    again = make_window(furnished=False)
    again.session.restore_window(again)
    assert (again.width(), again.height()) == (711, 577)


@pytest.mark.parametrize("damage", ["", "not base64!", "AAAA"])
def test_damaged_geometry_is_left_alone(make_window, settings, damage):
    settings.set("window/geometry", damage)
    window = make_window(furnished=False)
    assert window.width() > 400


def test_the_status_bar_follows_the_article(window, library, ferry):
    assert window.status.place.text() == ""
    window.desk.open_article(ferry)
    assert window.status.place.text() == "¶1 of 3"
    assert window.status.marks.text() == "0 marks"
    mark(library, ferry, 0, 3)
    assert window.status.marks.text() == "1 mark"
    window.desk.reading_at.emit(window.desk.opened.article.blocks[-1].start)
    assert window.status.place.text() == "¶3 of 3"
    second = window.desk.opened.article.blocks[2]
    window.reader.page.select(second.start, second.end)
    assert window.status.place.text() == "¶2 of 3 · sentence 1"
    library.undo()
    assert window.status.marks.text() == "0 marks"
    window.desk.open_article("")
    assert window.status.marks.text() == window.status.place.text() == ""


def test_marks_without_a_place_are_counted(window, library, ferry):
    from dataclasses import replace

    from postil.domain.annotation import Placement
    from postil.domain.history import Changes, Edit

    window.desk.open_article(ferry)
    made = mark(library, ferry, 0, 3)
    before = window.desk.marks.get(made)
    after = replace(before, placement=Placement.UNPLACED)
    window.desk._on_changes(Changes((Edit(before, after),)))
    assert window.status.marks.text() == "0 marks · 1 unplaced"


def test_codebooks_are_switched_in_the_status_bar(window, library, qtbot):
    shown = window.status.codebooks
    assert shown.text() == "Persuasion techniques ▾"
    menu = shown.menu()
    action = next(a for a in menu.actions() if a.objectName() == "codebook-claims")
    assert not action.isChecked()
    action.trigger()
    assert next(s for s in library.tag_sets() if s.codebook.id == "claims").codebook.enabled
    assert shown.text() == "Persuasion techniques +1 ▾"
    library.undo()
    assert shown.text() == "Persuasion techniques ▾"


def test_a_failure_is_told_in_the_banner(window):
    window.desk.failed.emit(UserError("This cannot be done", "Do something else."))
    assert window.banner.text() == "This cannot be done. Do something else."


def test_what_another_process_does_is_noticed(window, library):
    from postil.library import Library

    with Library.open(library.path) as other:
        put(other, "Theirs")
    window._watch.refresh()
    assert window.shelf.model.rowCount() == 1


def test_closing_with_changes_that_wait_asks_first(window, library, ferry, answers, qtbot):
    from postil.library import AddAnnotation

    other = sqlite3.connect(library.path)
    other.execute("BEGIN IMMEDIATE")
    window.desk.do(AddAnnotation(ferry, 0, 3))
    answers.will(False)
    window.close()
    assert window.isVisible()
    assert "Quit and lose a change?" in answers.asked[-1][2]
    other.rollback()
    other.close()
    window.close()
    assert not window.isVisible()
    assert len(library.annotations(ferry)) == 1


def test_control_q_closes(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert not window.isVisible()


@pytest.mark.parametrize(
    ("address", "agreed", "opened"),
    [
        ("https://example.org/a", True, True),
        ("https://example.org/a", False, False),
        ("mailto:a@example.org", True, True),
        ("https://b\u00fccher.example/a", True, True),
        ("file:///etc/passwd", None, False),
        ("javascript:alert(1)", None, False),
        ("data:text/html,x", None, False),
        ("smb://host/share", None, False),
    ],
)
def test_links_are_shown_first_and_only_the_web_is_opened(
    window, answers, monkeypatch, address, agreed, opened
):
    seen = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: seen.append(url.toString()))
    if agreed is not None:
        answers.will(agreed)
    window.reader.link_clicked.emit(address)
    spelt = address.replace("b\u00fccher", "xn--bcher-kva")
    assert [spelt in question[2] for question in answers.asked] == [True] * len(answers.asked)
    assert len(answers.asked) == (agreed is not None)
    assert seen == ([spelt] if opened else [])


def test_keys_of_the_mark_menu_work_in_the_reader(window, library, ferry, qtbot):
    window.desk.open_article(ferry)
    window.reader.select(4, 9)
    window.reader.setFocus()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_H)
    assert [(m.start, m.end) for m in library.annotations(ferry)] == [(4, 9)]
    window.desk.choose(library.annotations(ferry)[0].id)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Delete)
    assert library.annotations(ferry) == []
    assert window.notices.toast.text() == "Deleted mark “ferry”"


def test_letters_typed_into_a_field_mark_nothing(window, library, ferry, qtbot):
    window.desk.open_article(ferry)
    window.reader.select(4, 9)
    window.shelf.filter.setFocus()
    qtbot.keyClicks(window.shelf.filter, "htnq")
    assert window.shelf.filter.text() == "htnq"
    assert library.annotations(ferry) == []


def test_menus_hold_every_action_once(window):
    from postil.ui.action_table import TABLE

    found = []

    def walk(menu):
        for action in menu.actions():
            if action.menu():
                walk(action.menu())
            elif not action.isSeparator():
                found.append(action.objectName())

    walk(window.menuBar())
    found = [name for name in found if not name.startswith("codebook-")]
    assert sorted(found) == sorted(spec.id for spec in TABLE)


def lock(library):
    other = sqlite3.connect(library.path)
    other.execute("BEGIN IMMEDIATE")
    return other


def test_a_draft_that_waits_is_told_until_it_is_written(window, ferry, library, qtbot):
    window.desk.open_article(ferry)
    window.desk.edit_wanted.emit(mark(library, ferry, 4, 9))
    note = window.sidebar.marks.editor.note
    other = lock(library)
    QTest.keyClicks(note, "Told")
    qtbot.waitUntil(window.banner.isVisible)
    other.rollback()
    other.close()
    qtbot.waitUntil(lambda: not window.sidebar.marks.saver.is_waiting)
    qtbot.waitUntil(lambda: not window.banner.isVisible())


def test_a_mark_waits_while_the_library_is_locked_and_its_notice_ends(
    window, ferry, library, qtbot
):
    window.desk.open_article(ferry)
    other = lock(library)
    window.reader.select(4, 9)
    QTest.keyClick(window.reader.page, Qt.Key.Key_H)
    assert "in use by another program" in window.banner.text()
    assert window.banner.isVisible()
    other.rollback()
    other.close()
    qtbot.waitUntil(lambda: len(window.desk.marks) == 1)
    assert not window.banner.isVisible()


def test_a_refusal_is_told_until_something_is_done(window, ferry, library):
    window.desk.open_article(ferry)
    window.desk.do(DeleteArticles(("gone",)))
    assert window.banner.isVisible()
    mark(library, ferry, 4, 9)
    assert not window.banner.isVisible()


def test_what_was_told_of_a_file_ends_with_the_next_or_with_its_article(
    window, library, tmp_path, qtbot
):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "good.txt").write_text("Good words.")
    window.files.take_files([tmp_path / "good.txt", tmp_path / "empty.txt"])
    qtbot.waitUntil(window.banner.isVisible)
    library.undo()
    assert not window.banner.isVisible()
    window.files.take_files([tmp_path / "empty.txt"])
    qtbot.waitUntil(window.banner.isVisible)
    window.files.take_files([tmp_path / "good.txt"])
    assert not window.banner.isVisible()
    qtbot.waitUntil(lambda: not window.tasks.is_busy)


def test_an_offer_ends_with_the_article_it_is_about(window, ferry, library):
    window.desk.open_article(ferry)
    made = mark(library, ferry, 4, 9)
    library.do(DeleteAnnotations((made,)))
    assert window.notices.toast.isVisible()
    library.undo()
    assert not window.notices.toast.isVisible()


def test_the_sidebar_reaches_the_status_line_without_the_first_steps(make_window, qtbot):
    window = make_window()
    column = window.first_steps.parentWidget()
    qtbot.mouseClick(window.first_steps.close_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.sidebar.geometry().bottom() == column.rect().bottom())


def test_a_scroll_bar_with_nothing_to_scroll_shows_no_handle(window, qtbot):
    bar = QScrollBar(Qt.Orientation.Vertical, window)
    bar.resize(10, 100)
    bar.show()
    bar.setRange(0, 100)
    handle = bar.grab().toImage()
    bar.setRange(0, 0)
    empty = bar.grab().toImage()
    assert handle.pixelColor(5, 15) != handle.pixelColor(5, 90)
    assert empty.pixelColor(5, 15) == empty.pixelColor(5, 90) == handle.pixelColor(5, 90)
