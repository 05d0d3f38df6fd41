"""Chips and the tag field: finding, making, warning, taking off."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from postil.domain.tags import MY_TAGS
from postil.library import CopyCodebook
from postil.ui.reader.offers import tag_offers
from postil.ui.sidebar.tag_search import find_tags, likeliest


@pytest.fixture
def one(mark):
    return mark("that club of dinosaurs", "NC")


@pytest.fixture
def tags(sidebar, one, qtbot):
    sidebar.marks.edit(one)
    tags = sidebar.marks.editor.tags
    tags.field.setFocus()
    qtbot.waitUntil(tags.field.hasFocus)
    return tags


def names(desk, ids):
    return [desk.tags[i].name if i in desk.tags else i for i in ids]


def saved(sidebar, desk, one):
    sidebar.marks.leave_editor()
    return names(desk, desk.marks.get(one).tags)


@pytest.mark.parametrize("typed", ["ll", "LL", "loaded l", "Loaded language"])
def test_code_or_name_and_enter(tags, sidebar, desk, one, typed):
    QTest.keyClicks(tags.field, typed)
    assert tags.field._popup.isVisible()
    QTest.keyClick(tags.field, Qt.Key.Key_Return)
    assert tags.field.text() == ""
    assert not tags.field._popup.isVisible()
    assert saved(sidebar, desk, one)[1:] == ["Loaded language"]


def test_the_popup_is_walked_with_keys(tags, desk):
    QTest.keyClicks(tags.field, "appeal")
    popup = tags.field._popup
    QTest.keyClick(popup, Qt.Key.Key_Down)
    wanted = tags.field._offers.offers[popup.currentIndex().row()]
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert tags.ids()[1:] == (wanted.tag.id,)


def test_a_click_in_the_popup(tags):
    QTest.keyClicks(tags.field, "appeal")
    popup = tags.field._popup
    wanted = tags.field._offers.offers[2]
    place = popup.visualRect(popup.model().index(2, 0)).center()
    QTest.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert tags.ids()[1:] == (wanted.tag.id,)


def test_groups_and_definitions_are_searched(desk):
    tags = list(desk.tags.values())
    by_group = find_tags("attack on rep", tags, desk.group_names)
    assert any(offer.tag and offer.tag.code == "NC" for offer in by_group)
    by_definition = find_tags("charged label", tags, desk.group_names)
    assert [offer.tag.code for offer in by_definition if offer.tag] == ["NC"]
    assert by_definition[likeliest(by_definition)].tag is None


def test_tags_of_a_copied_codebook_are_told_from_those_of_the_original(library, desk):
    def groups_of_doubt():
        return {one.group for one in tag_offers(desk) if one.name == "Casting doubt"}

    assert groups_of_doubt() == {"Attack on reputation"}
    library.do(CopyCodebook("persuasion23", "Mine"))
    told = {"Attack on reputation · Mine", "Attack on reputation · Persuasion techniques"}
    assert groups_of_doubt() == told
    found = find_tags("casting doubt", desk.tags.values(), desk.group_names)
    assert {offer.group for offer in found if offer.tag} == told


def test_an_unknown_name_becomes_a_tag_of_my_own(tags, sidebar, desk, one):
    QTest.keyClicks(tags.field, "Sea shanty")
    QTest.keyClick(tags.field, Qt.Key.Key_Return)
    assert saved(sidebar, desk, one) == ["Name calling or labelling", "Sea shanty"]
    assert desk.tags[desk.marks.get(one).tags[1]].codebook_id == MY_TAGS


def test_a_name_that_is_nearly_there_is_warned_of(tags):
    QTest.keyClicks(tags.field, "Loaded langage")
    assert tags.near.isVisible()
    assert "Loaded language (LL)" in tags.near.text()
    QTest.keyClick(tags.field, Qt.Key.Key_Return)
    assert not tags.near.isVisible()


def test_once_is_enough(tags, one, desk):
    QTest.keyClicks(tags.field, "NC")
    QTest.keyClick(tags.field, Qt.Key.Key_Return)
    assert tags.ids() == desk.marks.get(one).tags


def test_backspace_takes_the_last_one_off(tags, sidebar, desk, one):
    QTest.keyClick(tags.field, Qt.Key.Key_Backspace)
    assert saved(sidebar, desk, one) == []


def test_the_cross_takes_a_tag_off(tags, sidebar, desk, one):
    from PySide6.QtWidgets import QToolButton

    cross = tags.findChild(QToolButton, "tag_off")
    assert cross.accessibleName() == "Take Name calling or labelling off"
    QTest.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert saved(sidebar, desk, one) == []


def test_escape_closes_clears_and_leaves(tags, sidebar):
    QTest.keyClicks(tags.field, "appeal")
    QTest.keyClick(tags.field._popup, Qt.Key.Key_Escape)
    assert not tags.field._popup.isVisible()
    QTest.keyClick(tags.field, Qt.Key.Key_Escape)
    assert tags.field.text() == ""
    QTest.keyClick(tags.field, Qt.Key.Key_Escape)
    assert sidebar.marks.editor is None


def test_the_popup_does_not_close_the_editor(tags, sidebar, qtbot):
    QTest.keyClicks(tags.field, "appeal")
    qtbot.waitUntil(tags.field._popup.isVisible)
    assert sidebar.marks.editor is not None


def test_enter_in_the_empty_field_does_nothing(tags, sidebar, one, desk):
    QTest.keyClick(tags.field, Qt.Key.Key_Return)
    assert tags.ids() == desk.marks.get(one).tags
    assert sidebar.marks.editor is not None
