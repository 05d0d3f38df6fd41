"""Quiet, hidden and isolated marks, by keys, menus and clicks."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from factories import make_article
from postil.page.style import PageStyle

RED, GREEN = "persuasion23/name_calling_labelling", "persuasion23/flag_waving"
SHIFT = Qt.KeyboardModifier.ShiftModifier
WORDS = "alpha beta gamma delta epsilon"
DARK = PageStyle(paper="#202124", ink="#D8D6D0", ink_soft="#9A978F", is_dark=True)


@pytest.fixture(params=[PageStyle(), DARK], ids=["light", "dark"])
def sheet(request, make_hand):
    hand = make_hand(make_article(WORDS, "zeta eta"), style=request.param)
    hand.style = request.param
    hand.red = hand.mark("beta", RED)
    hand.green = hand.mark("delta", GREEN)
    return hand


def fill(hand, tag_id):
    tag = hand.desk.tags[tag_id]
    return hand.desk.groups[tag.codebook_id, tag.group_id].colour


def behind(hand, words):
    """Return the colours behind some words."""
    start = hand.text.index(words)
    area = hand.page.area_of(start, start + len(words))
    image = hand.page.viewport().grab().toImage()
    return {
        QColor(image.pixel(x, y)).name().upper()
        for x in range(area.left(), area.right())
        for y in range(area.top(), area.bottom())
    }


def bars(hand):
    hand.page.frame_now()
    return [bar.mark.id for bar in hand.page._margin.bars]


def test_m_hides_all_marks_and_shows_them_again(sheet):
    before = sheet.page.viewport().grab().toImage()
    sheet.key(Qt.Key.Key_M)
    assert behind(sheet, "beta").isdisjoint({fill(sheet, RED)})
    assert bars(sheet) == []
    assert sheet.view.strip.ticks() == []
    assert sheet.view.echo.text() == "Marks hidden"
    sheet.click(sheet.point(sheet.text.index("beta") + 1))
    assert sheet.desk.chosen == ""  # what cannot be seen is not picked
    sheet.key(Qt.Key.Key_M)
    assert sheet.page.viewport().grab().toImage() == before
    assert len(sheet.view.strip.ticks()) == 2


def test_going_to_a_mark_and_making_one_bring_hidden_marks_back(sheet):
    sheet.key(Qt.Key.Key_M)
    sheet.key(Qt.Key.Key_J)
    assert not sheet.desk.showing.is_hidden
    sheet.key(Qt.Key.Key_Escape)
    sheet.key(Qt.Key.Key_M)
    sheet.drag_words("zeta")
    sheet.key(Qt.Key.Key_H)
    assert not sheet.desk.showing.is_hidden
    assert sheet.chosen() == "zeta"


def test_quiet_leaves_the_words_alone_and_keeps_the_margin(sheet):
    plain = behind(sheet, "epsilon")
    sheet.key(Qt.Key.Key_M, SHIFT)
    assert fill(sheet, RED) not in behind(sheet, "beta")
    assert sheet.style.paper in behind(sheet, "beta")
    assert {QColor(name).lightness() > 128 for name in plain} == {
        QColor(name).lightness() > 128 for name in behind(sheet, "beta")
    }  # the ink is that of the page again
    assert bars(sheet) == [sheet.red, sheet.green]
    sheet.key(Qt.Key.Key_J)
    assert sheet.style.accent in behind(sheet, " beta ")
    sheet.key(Qt.Key.Key_M, SHIFT)
    assert fill(sheet, RED) in behind(sheet, "beta")


def test_i_isolates_the_tag_of_the_active_mark_and_escape_ends_it(sheet):
    sheet.desk.choose(sheet.red)
    sheet.key(Qt.Key.Key_I)
    assert "Name calling" in sheet.view.echo.text()
    sheet.desk.choose("")
    assert fill(sheet, RED) in behind(sheet, "beta")
    assert fill(sheet, GREEN) not in behind(sheet, "delta")
    assert sheet.style.rule in behind(sheet, "delta")  # a faint outline is left
    assert [fill for _, fill in sheet.view.strip.ticks()] == [fill(sheet, RED)]
    sheet.key(Qt.Key.Key_Escape)
    assert fill(sheet, GREEN) in behind(sheet, "delta")


def test_i_again_ends_it_and_without_a_mark_says_what_is_missing(sheet):
    sheet.desk.choose(sheet.red)
    sheet.key(Qt.Key.Key_I)
    sheet.key(Qt.Key.Key_I)
    assert not sheet.desk.showing.isolated
    sheet.desk.choose("")
    sheet.key(Qt.Key.Key_I)
    assert sheet.view.echo.text() == "Choose a mark with a tag first"


def test_shift_i_isolates_the_group(sheet):
    sheet.desk.choose(sheet.red)
    sheet.key(Qt.Key.Key_I, SHIFT)
    tag = sheet.desk.tags[RED]
    group = sheet.desk.groups[tag.codebook_id, tag.group_id]
    assert sheet.desk.showing.name == group.name
    assert sheet.desk.showing.isolated > {RED}
    assert GREEN not in sheet.desk.showing.isolated


def test_faded_marks_can_still_be_picked_and_then_show(sheet):
    sheet.desk.isolate((RED,), "red")
    sheet.click(sheet.point(sheet.text.index("delta") + 2))
    assert sheet.chosen() == "delta"
    assert sheet.style.accent in behind(sheet, " delta ")


def test_escape_lets_go_of_a_selection_first(sheet):
    sheet.desk.isolate((RED,), "red")
    sheet.drag_words("zeta")
    sheet.key(Qt.Key.Key_Escape)
    assert sheet.view.selection() is None
    assert sheet.desk.showing.isolated
    sheet.key(Qt.Key.Key_Escape)
    assert not sheet.desk.showing.isolated


def context_menu(hand, point):
    viewport = hand.page.viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, viewport.mapToGlobal(point))
    QApplication.sendEvent(viewport, event)
    return hand.view.findChild(QMenu, "mark_list")


def test_the_menu_of_a_bar_isolates_and_shows_all_again(sheet):
    sheet.page.frame_now()
    bar = next(bar for bar in sheet.page._margin.bars if bar.mark.id == sheet.red)
    menu = context_menu(sheet, QPoint(int(bar.area.left()) + 2, int(bar.area.top()) + 3))
    tag, group = [one for one in menu.actions() if one.objectName() == "isolate"]
    assert "Only “Name calling" in tag.text()
    assert "group" in group.text()
    tag.trigger()
    menu.close()
    assert sheet.desk.showing.isolated == {RED}


def test_the_menu_shows_all_again_also_where_there_is_no_mark(sheet):
    sheet.desk.isolate((RED,), "red")
    menu = context_menu(sheet, sheet.point(len(WORDS) + 2))
    assert [one.objectName() for one in menu.actions() if one.text()] == ["show_all"]
    menu.actions()[-1].trigger()
    menu.close()
    assert not sheet.desk.showing.isolated


def test_a_place_without_marks_has_no_menu(sheet):
    assert context_menu(sheet, sheet.point(len(WORDS) + 2)) is None


def test_another_article_shows_all_but_stays_quiet(sheet, library):
    from postil.library import AddArticle

    sheet.key(Qt.Key.Key_M, SHIFT)
    sheet.desk.isolate((RED,), "red")
    command = AddArticle(make_article("Another one."))
    library.do(command)
    sheet.desk.open_article(command.id)
    assert not sheet.desk.showing.isolated
    assert sheet.desk.showing.is_quiet
