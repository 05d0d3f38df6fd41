"""Back and forward between places, by keys and by the buttons of a mouse."""

import pytest
from PySide6.QtCore import Qt

from postil.library import DeleteArticles
from ui.filling import put

ALT = Qt.KeyboardModifier.AltModifier
WORDS = [f"This is paragraph {n} and it goes on for a while. " * 6 for n in range(60)]


@pytest.fixture
def long(window, library):
    article = put(library, "Long", *WORDS)
    window.desk.open_article(article)
    return article


@pytest.fixture
def jumped(window, long):
    """Follow a mark far down in the article; return where it is."""
    place = window.desk.opened.article.blocks[40].start
    window.desk.place_wanted.emit(place, place + 10)
    assert window.reader.top_position() > 5000
    return place


def test_there_is_no_way_back_at_first(window, long):
    assert not window.actions_["go-back"].isEnabled()
    assert not window.actions_["go-forward"].isEnabled()


def test_a_jump_can_be_gone_back_and_forward(window, jumped, qtbot):
    there = window.reader.top_position()
    qtbot.waitUntil(lambda: abs(window.places._here[1] - there) < 400)
    qtbot.keyClick(window, Qt.Key.Key_PageUp, ALT)
    assert window.reader.top_position() == 0
    assert not window.actions_["go-back"].isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_PageDown, ALT)
    assert abs(window.reader.top_position() - there) < 400


def test_another_article_can_be_left_for_the_one_before(window, library, long, qtbot):
    other = put(library, "Other")
    window.desk.open_article(other)
    window.actions_["go-back"].trigger()
    assert window.desk.opened.id == long
    window.actions_["go-forward"].trigger()
    assert window.desk.opened.id == other


def test_a_new_way_ends_the_one_forward(window, library, long):
    ids = [put(library, title) for title in ("One", "Two")]
    window.desk.open_article(ids[0])
    window.actions_["go-back"].trigger()
    window.desk.open_article(ids[1])
    assert not window.actions_["go-forward"].isEnabled()
    window.actions_["go-back"].trigger()
    assert window.desk.opened.id == long


def test_an_article_that_is_gone_is_passed_over(window, library, long):
    ids = [put(library, title) for title in ("One", "Two")]
    for one in ids:
        window.desk.open_article(one)
    library.do(DeleteArticles((ids[0],)))
    window.actions_["go-back"].trigger()
    assert window.desk.opened.id == long


@pytest.mark.parametrize("part", ["page", "shelf", "cards"])
def test_the_buttons_of_a_mouse_do_it_too(window, library, long, qtbot, part):
    other = put(library, "Other")
    window.desk.open_article(other)
    areas = {
        "page": window.reader.page,
        "shelf": window.shelf.list,
        "cards": window.sidebar.marks.list,
    }
    viewport = areas[part].viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.BackButton)
    assert window.desk.opened.id == long
    qtbot.mouseClick(viewport, Qt.MouseButton.ForwardButton)
    assert window.desk.opened.id == other
