"""The shelf in the window: found, opened, chosen, with mouse and keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from postil.ui.theme import Theme
from ui.filling import mark, put


@pytest.fixture
def three(library):
    return [put(library, title) for title in ("First", "Second", "Third")]


@pytest.fixture
def shelf(three, window):
    return window.shelf


def click(qtbot, shelf, row, modifier=Qt.KeyboardModifier.NoModifier):
    place = shelf.list.visualRect(shelf.model.index(row, 0)).center()
    qtbot.mouseClick(shelf.list.viewport(), Qt.MouseButton.LeftButton, modifier, place)


def test_a_click_opens_an_article(shelf, window, three, qtbot):
    click(qtbot, shelf, 0)
    assert window.desk.opened.id == three[2]
    click(qtbot, shelf, 2)
    assert window.desk.opened.id == three[0]
    assert shelf.selected() == [three[0]]


def test_keys_choose_and_enter_opens(shelf, window, three, qtbot):
    shelf.list.setFocus()
    shelf.list.setCurrentIndex(shelf.model.index(0, 0))
    qtbot.keyClick(shelf.list, Qt.Key.Key_Down)
    assert window.desk.opened is None
    qtbot.keyClick(shelf.list, Qt.Key.Key_Return)
    assert window.desk.opened.id == three[1]


def test_first_letters_lead_to_a_title(shelf, three, qtbot):
    shelf.list.setFocus()
    shelf.list.setCurrentIndex(shelf.model.index(0, 0))
    qtbot.keyClicks(shelf.list, "fi")
    assert shelf.selected() == [three[0]]


def test_several_are_chosen_without_opening(shelf, window, three, qtbot):
    click(qtbot, shelf, 0)
    click(qtbot, shelf, 2, Qt.KeyboardModifier.ControlModifier)
    assert shelf.selected() == [three[2], three[0]]
    assert window.desk.opened.id == three[2]


def test_no_hit_says_so(shelf, qtbot):
    qtbot.keyClicks(shelf.filter, "nowhere")
    with qtbot.waitSignal(shelf.answers.answers.modelReset):
        pass
    texts = [label.text() for label in shelf.findChildren(QLabel) if label.isVisible()]
    assert texts == ["No article has “nowhere”."]
    shelf.filter.clear()
    assert shelf.list.isVisible()


def test_an_empty_shelf_says_what_to_do_and_offers_it(window, library, qtbot):
    texts = [label.text() for label in window.shelf.findChildren(QLabel) if label.isVisible()]
    assert len(texts) == 1
    assert "Drop a file" in texts[0]
    put(library, "First")
    assert window.shelf.list.isVisible()


def test_the_context_menu_has_the_actions_for_what_is_chosen(shelf, window, three, qtbot):
    click(qtbot, shelf, 0)
    place = QPoint(20, 20)
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, shelf.list.viewport().mapToGlobal(place)
    )
    QApplication.sendEvent(shelf.list.viewport(), event)
    menu = shelf.findChild(QMenu)
    texts = [action.text().replace("&", "") for action in menu.actions()]
    assert texts == [
        "Open",
        "Rename…",
        "Source Data…",
        "Add to Collection…",
        "Take Out of Collection…",
        "Export…",
        "Delete",
    ]
    menu.close()


def test_the_context_menu_key_opens_it_at_the_row(shelf, window, qtbot):
    click(qtbot, shelf, 1)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(shelf.list, event)  # keys go to what has the focus
    menu = shelf.findChild(QMenu)
    assert menu.isVisible()
    menu.close()


def test_control_page_keys_turn_to_the_neighbours(shelf, window, three, qtbot):
    click(qtbot, shelf, 0)
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window, Qt.Key.Key_PageDown, control)
    assert window.desk.opened.id == three[1]
    qtbot.keyClick(window, Qt.Key.Key_PageUp, control)
    qtbot.keyClick(window, Qt.Key.Key_PageUp, control)
    assert window.desk.opened.id == three[2]


def test_rows_are_drawn_with_the_bar_of_their_groups(shelf, window, three, library, qtbot):
    tags = [tag for tag_set in library.tag_sets() for tag in tag_set.tags]
    for start in range(4):
        mark(library, three[2], start, start + 2, tags[0].id)
    colour = window.desk.groups[tags[0].codebook_id, tags[0].group_id].colour
    rect = shelf.list.visualRect(shelf.model.index(0, 0))
    for name in ("light", "dark"):
        shelf.set_theme(Theme(name), shelf.filter.search_action.icon())
        image = shelf.list.viewport().grab(rect).toImage()
        pixels = {
            image.pixelColor(x, y).name()
            for x in range(image.width())
            for y in range(image.height())
        }
        assert colour.lower() in pixels
