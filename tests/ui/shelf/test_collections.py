"""Collections on the shelf: by mouse and by keys, each step taken back with Ctrl+Z."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
)
from PySide6.QtWidgets import QApplication, QMenu

from postil.domain.shelf import UNFILED, ShelfQuestion
from postil.library import NewCollection
from ui.filling import drag_place, put

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def three(library):
    return [put(library, title) for title in ("First", "Second", "Third")]


@pytest.fixture
def unit(library, three):
    made = NewCollection("Unit 3", None, (three[0],))
    library.do(made)
    return made.id


@pytest.fixture
def week(library, unit, three):
    made = NewCollection("Week 1", unit, (three[1],))
    library.do(made)
    return made.id


@pytest.fixture
def shelf(three, week, window):
    return window.shelf


def lines(tree):
    """Return name and count of what the tree shows, from top to bottom."""
    found, item = [], tree.topLevelItem(0)
    while item is not None:
        found.append((item.text(0), item.text(1)))
        item = tree.itemBelow(item)
    return found


def titles(shelf):
    return [shelf.model.index(row, 0).data() for row in range(shelf.model.rowCount())]


def place(tree, collection):
    return tree.visualItemRect(tree._items[collection]).center()


def drop(tree, mime, at):
    copy = Qt.DropAction.CopyAction
    entered = QDragEnterEvent(drag_place(at.x(), at.y()), copy, mime, LEFT, NONE)
    tree.dragEnterEvent(entered)
    moved = QDragMoveEvent(drag_place(at.x(), at.y()), copy, mime, LEFT, NONE)
    tree.dragMoveEvent(moved)
    if entered.isAccepted() and moved.isAccepted():
        tree.dropEvent(QDropEvent(QPointF(at), copy, mime, LEFT, NONE))
    return entered.isAccepted() and moved.isAccepted()


def test_without_collections_there_is_no_tree_and_the_first_one_brings_it(
    three, window, answers, qtbot
):
    shelf = window.shelf
    assert not shelf.collections.isVisible()
    answers.will("Unit 3")
    shelf.list.setFocus()
    shelf.list.selectAll()
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert shelf.collections.isVisible()
    assert lines(shelf.collections) == [("All articles", "3"), ("Unit 3", "3"), ("Unfiled", "0")]
    window.actions_["undo"].trigger()
    assert not shelf.collections.isVisible()


def test_a_click_and_the_arrows_show_what_is_in_a_collection(shelf, week, qtbot):
    tree = shelf.collections
    assert lines(tree) == [
        ("All articles", "3"),
        ("Unit 3", "2"),
        ("Week 1", "1"),
        ("Unfiled", "1"),
    ]
    qtbot.mouseClick(tree.viewport(), LEFT, NONE, place(tree, week))
    assert titles(shelf) == ["Second"]
    for key, found in (
        (Qt.Key.Key_Up, ["Second", "First"]),
        (Qt.Key.Key_Home, ["Third", "Second", "First"]),
        (Qt.Key.Key_End, ["Third"]),
    ):
        qtbot.keyClick(tree, key)
        assert titles(shelf) == found
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert shelf.list.hasFocus()


def test_counts_are_said_to_a_screen_reader(shelf, unit):
    reader = QAccessible.queryAccessibleInterface(shelf.collections)
    names = {reader.child(n).text(QAccessible.Text.Name) for n in range(reader.childCount())}
    assert {"All articles, 3 articles", "Week 1, 1 article"} <= names


def test_counts_follow_articles_that_come_and_go(shelf, library, three, window, qtbot):
    put(library, "Fourth")
    assert lines(shelf.collections)[0] == ("All articles", "4")
    window.desk.open_article(three[0])
    shelf.list.setFocus()
    qtbot.keyClick(shelf.list, Qt.Key.Key_Delete)
    assert lines(shelf.collections)[:2] == [("All articles", "3"), ("Unit 3", "1")]
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert lines(shelf.collections)[:2] == [("All articles", "4"), ("Unit 3", "2")]


def test_articles_are_dropped_on_a_collection(shelf, week, three, window, qtbot):
    tree = shelf.collections
    mime = shelf.model.mimeData([shelf.model.index(0, 0), shelf.model.index(2, 0)])
    assert drop(tree, mime, place(tree, week))
    assert lines(tree)[2] == ("Week 1", "3")
    assert window.notices.toast.text() == "2 articles put into “Week 1”"
    assert not drop(tree, mime, place(tree, UNFILED))
    assert not drop(tree, mime, place(tree, ""))
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert lines(tree)[2] == ("Week 1", "1")


def test_a_collection_is_dropped_on_another_one_or_beside_all(shelf, week, unit, library):
    tree = shelf.collections
    mime = tree.mimeData([tree._items[week]])
    assert drop(tree, mime, place(tree, ""))
    assert list(library.shelving.collection_paths().values()) == ["Unit 3", "Week 1"]
    assert drop(tree, tree.mimeData([tree._items[unit]]), place(tree, week))
    assert list(library.shelving.collection_paths().values()) == ["Week 1", "Week 1/Unit 3"]


def test_one_dropped_into_itself_is_refused_in_words(shelf, week, unit, window, library):
    tree = shelf.collections
    drop(tree, tree.mimeData([tree._items[unit]]), place(tree, week))
    assert "cannot lie in itself" in window.notices.banner.text()
    assert library.shelving.collection_paths()[week] == "Unit 3/Week 1"


def test_made_renamed_moved_and_deleted_with_keys(shelf, week, unit, window, answers, qtbot):
    tree = shelf.collections
    tree.choose(week)
    tree.setFocus()
    answers.will("Monday", "Tuesday")
    qtbot.keyClick(tree, Qt.Key.Key_Insert)
    assert tree.currentItem().text(0) == "Monday"
    qtbot.keyClick(tree, Qt.Key.Key_F2)
    assert tree.currentItem().text(0) == "Tuesday"
    answers.will(1)
    qtbot.keyClick(tree, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert answers.asked[-1][3] == ["(in no other one)", "Unit 3", "Unit 3/Week 1"]
    assert tree.currentItem().parent().text(0) == "Unit 3"
    tree.choose(unit)
    qtbot.keyClick(tree, Qt.Key.Key_Delete)
    assert not tree.isVisible()
    assert len(titles(shelf)) == 3
    assert shelf.articles.view.hasFocus()
    assert window.notices.toast.text() == "Deleted collection “Unit 3”; its articles stay"
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert [name for name, _ in lines(tree)] == [
        "All articles",
        "Unit 3",
        "Tuesday",
        "Week 1",
        "Unfiled",
    ]


def test_taken_out_of_the_chosen_collection_or_of_the_one_named(
    shelf, unit, week, three, library, window, answers
):
    def inside(one):
        return library.shelving.answers(ShelfQuestion(collection=one))

    shelf.collections.choose(week)
    shelf.list.setFocus()
    shelf.list.selectAll()
    window.actions_["take-out-of-collection"].trigger()
    assert inside(week) == []
    shelf.collections.choose("")
    shelf.list.setFocus()
    shelf.select(three[0])
    window.actions_["take-out-of-collection"].trigger()
    assert inside(unit) == []
    window.actions_["take-out-of-collection"].trigger()
    assert window.notices.toast.text() == "It is in no collection"


def test_the_menu_key_offers_what_can_be_done(shelf, unit, qtbot):
    tree = shelf.collections
    tree.choose(unit)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint())
    QApplication.sendEvent(tree.viewport(), event)
    menu = tree.findChild(QMenu)
    texts = [action.text().replace("&", "") for action in menu.actions() if action.isEnabled()]
    assert texts == [
        "New Collection…",
        "Rename Collection…",
        "Move Collection…",
        "Delete Collection",
    ]
    menu.close()


def test_an_empty_collection_says_how_to_fill_it(shelf, library):
    made = NewCollection("Later")
    library.do(made)
    shelf.collections.choose(made.id)
    assert "Drag some onto it" in shelf._no_hit.text()
    assert shelf._no_hit.isVisible()
