"""Undo by name, deleting with a way back, renaming, saving: by keys and menus."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from postil.library import DeleteAnnotations
from ui.filling import mark, put

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press_toast(window, qtbot):
    toast = window.notices.toast
    assert toast.isVisible()
    qtbot.mouseClick(toast.findChild(QPushButton), Qt.MouseButton.LeftButton)


def test_undo_and_redo_by_keys_and_their_names_in_the_menu(window, ferry, library, qtbot):
    undo, redo = window.actions_["undo"], window.actions_["redo"]
    window.desk.open_article(ferry)
    mark(library, ferry, 4, 9)
    assert undo.text() == "&Undo Mark “ferry”"
    assert not redo.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert library.annotations(ferry) == []
    assert redo.text() == "&Redo Mark “ferry”"
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert len(library.annotations(ferry)) == 1
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    qtbot.keyClick(window, Qt.Key.Key_Y, CONTROL)
    assert len(library.annotations(ferry)) == 1


def test_nothing_to_undo_is_said_by_the_menu(window):
    assert not window.actions_["undo"].isEnabled()
    assert window.actions_["undo"].text() == "&Undo"


def test_an_ampersand_in_a_title_stays_one(window, library):
    put(library, "Salt & Pepper")
    assert "Salt && Pepper" in window.actions_["undo"].text()


def test_undo_goes_to_the_article_it_is_about(window, ferry, library, qtbot):
    other = put(library, "Another")
    window.desk.open_article(ferry)
    made = mark(library, ferry, 4, 9)
    library.do(DeleteAnnotations((made,)))
    window.desk.open_article(other)
    with qtbot.waitSignal(window.desk.place_wanted) as told:
        window.actions_["undo"].trigger()
    assert window.desk.opened.id == ferry
    assert told.args == [4, 9]
    assert window.desk.chosen == made


def test_deleting_a_mark_offers_to_take_it_back(window, ferry, library, qtbot):
    window.desk.open_article(ferry)
    made = mark(library, ferry, 4, 9)
    window.desk.do(DeleteAnnotations((made,)))
    assert window.notices.toast.text() == "Deleted mark “ferry”"
    press_toast(window, qtbot)
    assert [m.id for m in library.annotations(ferry)] == [made]


def test_the_offer_ends_with_the_next_change(window, ferry, library):
    window.desk.open_article(ferry)
    window.desk.do(DeleteAnnotations((mark(library, ferry, 4, 9),)))
    assert window.notices.toast.isVisible()
    mark(library, ferry, 0, 3)
    assert not window.notices.toast.isVisible()


def test_an_article_is_deleted_from_the_shelf_and_comes_back(window, ferry, library, qtbot):
    other = put(library, "Another")
    window.desk.open_article(ferry)
    made = mark(library, ferry, 4, 9)
    window.shelf.list.setFocus()
    qtbot.keyClick(window.shelf.list, Qt.Key.Key_Delete)
    assert window.notices.toast.text() == "Deleted “The ferry that was promised”"
    assert window.desk.opened.id == other
    press_toast(window, qtbot)
    assert window.desk.opened.id == ferry
    assert window.desk.marks.get(made) is not None


def test_several_articles_are_deleted_in_one_step(window, library, qtbot):
    ids = [put(library, title) for title in ("One", "Two", "Three")]
    window.shelf.list.setFocus()
    window.shelf.list.selectAll()
    qtbot.keyClick(window.shelf.list, Qt.Key.Key_Delete)
    assert library.articles() == []
    assert window.notices.toast.text() == "Deleted 3 articles"
    press_toast(window, qtbot)
    assert {row.id for row in library.articles()} == set(ids)


def test_delete_in_the_reader_deletes_no_article(window, ferry, library, qtbot):
    window.desk.open_article(ferry)
    window.reader.setFocus()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Delete)
    assert len(library.articles()) == 1


def test_rename_asks_with_the_title_there_is(window, ferry, library, answers, qtbot):
    window.desk.open_article(ferry)
    answers.will("The boat that was promised")
    qtbot.keyClick(window, Qt.Key.Key_F2)
    assert answers.asked[-1][-1] == "The ferry that was promised"
    assert library.articles()[0].title == "The boat that was promised"
    assert window.windowTitle() == "The boat that was promised — Postil"


@pytest.mark.parametrize("answer", [None, "", "   "])
def test_rename_without_a_title_changes_nothing(window, ferry, library, answers, answer):
    window.desk.open_article(ferry)
    answers.will(answer)
    window.actions_["rename-article"].trigger()
    assert library.undo_step().name == "add-article"


def test_save_says_that_all_is_saved(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_S, CONTROL)
    assert window.notices.toast.text().startswith("Saved")


def test_actions_that_need_an_article_wait_for_one(window, ferry):
    ids = ("export", "copy-markdown", "rename-article", "reopen-encoding")
    assert not any(window.actions_[i].isEnabled() for i in ids)
    window.desk.open_article(ferry)
    assert all(window.actions_[i].isEnabled() for i in ids)


def test_every_step_the_library_takes_has_words(qapp):
    import re
    from pathlib import Path

    import postil.library
    from postil.library.step_names import NAMES

    folder = Path(postil.library.__file__).parent
    text = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    told = set(re.findall(r'(?:Plan\(\s*|name = |else |name, subject = )"([a-z]+-[a-z-]+)"', text))
    assert "add-mark" in told
    assert told == set(NAMES)


def test_the_key_for_the_next_part_goes_to_an_offered_undo_first(window, ferry, library, qtbot):
    window.desk.open_article(ferry)
    made = mark(library, ferry, 4, 9)
    window.desk.choose(made)
    window.reader.setFocus()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Delete)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_F6)
    button = window.notices.toast.findChild(QPushButton)
    assert button.hasFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert [m.id for m in library.annotations(ferry)] == [made]
    assert window.focusWidget() is window.reader.page


def test_marking_all_hits_offers_to_take_it_back(window, ferry, library, qtbot):
    from postil.library import AddAnnotations

    window.desk.open_article(ferry)
    window.desk.do(AddAnnotations(ferry, ((0, 3), (4, 9)), ("persuasion23/loaded_language",)))
    assert window.notices.toast.text() == "Marked 2 passages"
    press_toast(window, qtbot)
    assert library.annotations(ferry) == []


def test_the_offer_takes_back_nothing_that_another_program_did_since(window, ferry, library, qtbot):
    from postil.library import Library

    window.desk.open_article(ferry)
    window.desk.do(DeleteAnnotations((mark(library, ferry, 4, 9),)))
    with Library.open(library.path) as other:
        theirs = mark(other, ferry, 0, 3)
    press_toast(window, qtbot)
    assert [m.id for m in library.annotations(ferry)] == [theirs]
    assert window.notices.toast.text().startswith("Something else was done since")


def test_merging_and_deleting_tags_offers_to_take_it_back(window, ferry, library, qtbot):
    from postil.library.commands.tags import DeleteTag, MergeTags

    window.desk.open_article(ferry)
    for start, name in ((0, "One"), (4, "Two")):
        mark(library, ferry, start, start + 3, name)
    one, two = (made.tags[0] for made in library.annotations(ferry))
    window.desk.do(MergeTags(one, two))
    assert window.notices.toast.text() == "Merged tags “One → Two”"
    press_toast(window, qtbot)
    assert [made.tags[0] for made in library.annotations(ferry)] == [one, two]
    window.desk.do(DeleteTag(one))
    assert window.notices.toast.text() == "Deleted tag “One”"
    press_toast(window, qtbot)
    assert one in window.desk.tags
