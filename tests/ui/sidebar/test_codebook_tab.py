"""The codebooks: what is on, how often each tag stands in the article, what it means."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from postil.library import ChangeAnnotation, DeleteAnnotations


@pytest.fixture
def tab(sidebar):
    sidebar.show_codebook()
    return sidebar.codebook


def row(tab, desk, code):
    return next(item for i, item in tab.tree.rows.items() if desk.tags[i].code == code)


def codebook(tab, name):
    tops = [tab.tree.topLevelItem(i) for i in range(tab.tree.topLevelItemCount())]
    return next(top for top in tops if name in top.text(0))


def test_lists_the_tags_of_what_is_on(tab, library):
    sets = library.tag_sets()
    assert tab.tree.topLevelItemCount() == len(sets)
    on = {tag.id for s in sets if s.codebook.enabled for tag in s.tags}
    assert set(tab.tree.rows) == on


def test_counts_follow_the_marks(tab, desk, mark, library):
    one = mark("the council", "NC", "LL")
    mark("it was a plot", "LL")
    assert [row(tab, desk, code).text(1) for code in ("NC", "LL")] == ["1", "2"]
    library.do(ChangeAnnotation(one, tags=()))
    assert [row(tab, desk, code).text(1) for code in ("NC", "LL")] == ["", "1"]
    library.undo()
    library.do(DeleteAnnotations((one,)))
    assert row(tab, desk, "LL").text(1) == "1"


def test_a_chosen_tag_says_what_it_means(tab, desk):
    tab.tree.setCurrentItem(row(tab, desk, "NC"))
    tag = next(tag for tag in desk.tags.values() if tag.code == "NC")
    text = tab.panel._text.text()
    assert tab.panel._heading.text() == f"NC  {tag.name}"
    for part in (tag.definition, tag.question, tag.example):
        assert part
        assert part in text
    for other in tag.confused_with:
        assert desk.tags[other].name in text


def test_goes_to_the_marks_of_a_tag(tab, desk, mark, sidebar):
    mark("the council", "NC")
    mark("it was a plot", "LL")
    tab.tree.setCurrentItem(row(tab, desk, "NC"))
    QTest.mouseClick(tab.panel._marks, Qt.MouseButton.LeftButton)
    assert sidebar.marks.isVisible()
    assert sidebar.marks.model.rowCount() == 1


def test_check_boxes_switch_codebooks_on_and_off(tab, library, qtbot):
    top = codebook(tab, "Claims")
    assert top.checkState(0) is Qt.CheckState.Unchecked
    before = len(tab.tree.rows)
    top.setCheckState(0, Qt.CheckState.Checked)
    assert next(s.codebook.enabled for s in library.tag_sets() if s.codebook.id == "claims")
    qtbot.waitUntil(lambda: len(tab.tree.rows) > before)
    library.undo()
    qtbot.waitUntil(lambda: len(tab.tree.rows) == before)
    assert codebook(tab, "Claims").checkState(0) is Qt.CheckState.Unchecked


def click(tab, item):
    area = tab.tree.visualItemRect(item)
    QTest.mouseClick(tab.tree.viewport(), Qt.MouseButton.LeftButton, pos=area.center())


def test_a_click_on_a_tag_or_a_group_isolates_it_and_another_ends_it(tab, desk, mark):
    mark("the council", "NC")
    item = row(tab, desk, "NC")
    click(tab, item)
    assert {desk.tags[one].code for one in desk.showing.isolated} == {"NC"}
    assert tab.panel._only.isChecked()
    click(tab, item)
    assert not desk.showing.isolated
    click(tab, item.parent())
    assert {desk.tags[one].code for one in desk.showing.isolated} > {"NC"}
    assert desk.showing.name == item.parent().text(0)


def test_the_keyboard_isolates_by_the_button_of_the_panel(tab, desk, mark):
    mark("the council", "NC")
    tab.tree.setCurrentItem(row(tab, desk, "NC"))
    assert not desk.showing.isolated  # moving through the list isolates nothing
    tab.panel._only.setFocus()
    QTest.keyClick(tab.panel._only, Qt.Key.Key_Space)
    assert {desk.tags[one].code for one in desk.showing.isolated} == {"NC"}
    desk.show_all()
    assert not tab.panel._only.isChecked()


def test_a_long_name_is_told_in_full_and_has_the_room_of_the_numbers(tab, desk, mark, qtbot):
    name = "A name that somebody made long because it says all that is meant by it"
    mark("the council", name)
    qtbot.waitUntil(lambda: any(name == item.text(0) for item in tab.tree.rows.values()))
    item = next(item for item in tab.tree.rows.values() if item.text(0) == name)
    assert item.toolTip(0) == name
    assert name in item.data(0, Qt.ItemDataRole.AccessibleTextRole)
    assert all(top.toolTip(0).startswith(top.text(0)) for top in [codebook(tab, "Persuasion")])
    tree, line = tab.tree, tab.tree.fontMetrics().height()

    def shown(lines):
        tree.resize(round(lines * line), tree.height())
        return [column for column in range(1, 4) if not tree.isColumnHidden(column)]

    assert shown(30) == [1, 2, 3]
    assert shown(20) == [1, 3]
    assert shown(13) == []
    assert tree.columnWidth(0) > 10 * line
    assert shown(30) == [1, 2, 3]
    assert tree.isFirstColumnSpanned(0, tree.rootIndex())  # a codebook has no numbers to show
