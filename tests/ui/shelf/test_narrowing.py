"""The shelf narrowed, sorted, in rows or columns, and several articles described at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from postil.domain.annotation import Status
from postil.domain.errors import UserError
from postil.domain.shelf import ShelfOrder
from postil.ui.dialogs.dates_between import DatesBetween
from postil.ui.shelf.model import COLUMNS
from postil.ui.sidebar.wording import status_word
from ui.filling import mark, put

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def shelf(library, window):
    put(library, "Trees", outlet="Times", author="Ada", published="2024")
    put(library, "Bridge", outlet="Post", author="Ada", published="2026-01-02")
    put(library, "Ferry", outlet="Post", author="Bo", published="2026-05-04")
    return window.shelf


def titles(shelf):
    return [shelf.model.index(row, 0).data() for row in range(shelf.model.rowCount())]


def pick(button, *words):
    """Choose an entry of a button's menu, as the keys would: each menu is opened before."""
    menu = button.menu()
    for word in words:
        menu.aboutToShow.emit()
        action = next(a for a in menu.actions() if a.text().replace("&", "") == word)
        menu = action.menu()
    action.trigger()


def chip(shelf, field):
    found = shelf.narrowing.findChildren(QToolButton, f"shelf_chip_{field}")
    return next(one for one in found if one.isVisible())


def test_filters_combine_and_each_is_cleared_where_it_is_shown(shelf, qtbot):
    narrowing = shelf.narrowing
    pick(narrowing.filter, "Outlet", "Post")
    assert titles(shelf) == ["Ferry", "Bridge"]
    pick(narrowing.filter, "Author", "Ada")
    assert titles(shelf) == ["Bridge"]
    assert list(narrowing.in_force.values()) == ["Outlet: Post", "Author: Ada"]
    assert chip(shelf, "outlet").accessibleName() == "Clear filter Outlet: Post"
    qtbot.mouseClick(chip(shelf, "outlet"), LEFT)
    assert titles(shelf) == ["Bridge", "Trees"]
    last = chip(shelf, "author")
    last.setFocus()
    qtbot.keyClick(last, Qt.Key.Key_Space)
    assert titles(shelf) == ["Ferry", "Bridge", "Trees"]
    assert narrowing.filter.hasFocus(), "the keys are somewhere"


def test_what_nothing_answers_says_so_and_can_be_cleared(shelf):
    pick(shelf.narrowing.filter, "Date", "2024")
    pick(shelf.narrowing.filter, "Status of a Mark", status_word(Status.OPEN))
    assert shelf._no_hit.text() == "No article answers all filters."
    assert shelf.narrowing.isVisible()
    pick(shelf.narrowing.filter, "Clear Filters")
    assert len(titles(shelf)) == 3


def test_a_filter_by_codebook_follows_the_marks(shelf, library):
    tag = next(t for s in library.tag_sets() if s.codebook.enabled for t in s.tags)
    pick(shelf.narrowing.filter, "Codebook", library.tag_sets()[0].codebook.name)
    assert titles(shelf) == []
    article = next(row.id for row in library.articles() if row.title == "Trees")
    mark(library, article, 0, 3, tag.id)
    assert titles(shelf) == ["Trees"]
    library.undo()
    assert titles(shelf) == []


def test_dates_between_are_checked_in_place(shelf, answers, qtbot):
    def fill(dialog):
        assert isinstance(dialog, DatesBetween)
        dialog.since.setText("May 2026")
        assert "“May 2026” is no date" in dialog._wrong.text()
        dialog.since.setText("2026-02")
        dialog.until.setText("2025")
        assert "later" in dialog._wrong.text()
        dialog.until.setText("2026")
        assert dialog._wrong.text() == ""
        return True

    answers.will(fill)
    pick(shelf.narrowing.filter, "Date", "Between…")
    assert titles(shelf) == ["Ferry"]
    assert shelf.narrowing.in_force == {"published": "Date: 2026-02 – 2026"}


def test_a_search_is_narrowed_too(shelf, qtbot):
    pick(shelf.narrowing.filter, "Outlet", "Times")
    shelf.filter.setText("about")
    qtbot.keyClick(shelf.filter, Qt.Key.Key_Return)
    assert shelf._count.text() == "1 article"
    pick(shelf.narrowing.filter, "Clear Filters")
    assert shelf._count.text() == "3 articles"


def test_order_is_chosen_both_ways_and_kept(shelf, window, settings, make_window):
    pick(shelf.narrowing.sorting, "Title")
    assert titles(shelf) == ["Bridge", "Ferry", "Trees"]
    pick(shelf.narrowing.sorting, "Descending")
    assert titles(shelf) == ["Trees", "Ferry", "Bridge"]
    assert shelf.narrowing.sorting.accessibleName() == "Sorted by Title, descending"
    window.actions_["shelf-columns"].trigger()
    window.close()
    again = make_window().shelf
    assert titles(again) == ["Trees", "Ferry", "Bridge"]
    assert again.articles.view is again.articles.columns


def test_columns_sort_by_a_click_on_their_heads_and_keep_what_is_chosen(shelf, window, qtbot):
    shelf.list.setFocus()
    shelf.select(shelf.model.ids[1])
    window.actions_["shelf-columns"].trigger()
    columns = shelf.articles.columns
    assert columns.hasFocus()
    assert shelf.selected() == [shelf.model.ids[1]]
    assert [columns.model().headerData(n, Qt.Orientation.Horizontal) for n in range(6)] == [
        "Title",
        "Outlet",
        "Author",
        "Date",
        "Taken in",
        "Marks",
    ]
    header = columns.header()
    at = header.sectionViewportPosition(0) + 5
    for found in (["Bridge", "Ferry", "Trees"], ["Trees", "Ferry", "Bridge"]):
        qtbot.mouseClick(
            header.viewport(), LEFT, pos=header.rect().topLeft() + type(header.pos())(at, 5)
        )
        assert titles(shelf) == found
    assert header.sortIndicatorSection() == COLUMNS.index(ShelfOrder.TITLE)
    columns.setCurrentIndex(shelf.model.index(2, 0))
    qtbot.keyClick(columns, Qt.Key.Key_Return)
    assert window.desk.opened.record.metadata.title == "Bridge"
    qtbot.keyClick(columns, Qt.Key.Key_Delete)
    assert titles(shelf) == ["Trees", "Ferry"]


def test_possible_duplicates_stand_together_with_the_reason(shelf, library, window, qtbot):
    action = window.actions_["show-duplicates"]
    with qtbot.waitSignal(shelf.model.looked):
        action.trigger()
        assert len(titles(shelf)) == 3  # nobody waits for the answer
        assert "Looking for possible duplicates…" in shelf.narrowing.in_force.values()
    assert len(titles(shelf)) == 3
    assert window.notices.toast.text() == "No two articles seem to be the same"
    put(library, "Ferry", outlet="Other")
    with qtbot.waitSignal(shelf.model.looked):
        action.trigger()
    assert list(shelf.narrowing.in_force.values()) == ["Possible duplicates"]
    assert [t.partition(" · ")[2] for t in titles(shelf)] == ["Same text as “Ferry”"] * 2
    row = shelf.model.index(0, 0)
    assert row.data(Qt.ItemDataRole.AccessibleTextRole).startswith("Ferry, Same text as “Ferry”")
    window.desk.open_article(shelf.model.ids[0])
    window.sidebar.tabs.setCurrentIndex(2)
    remark = window.sidebar.findChild(object, "article_duplicates")
    assert remark.isVisible()
    assert "Same text as “Ferry”" in remark.text()
    remark.linkActivated.emit(shelf.model.ids[1])
    assert window.desk.opened.id == shelf.model.ids[1]
    put(library, "Ferry", outlet="Third")  # the list follows, in its own time
    qtbot.waitUntil(lambda: len(titles(shelf)) == 3)
    library.undo()
    assert len(titles(shelf)) == 2
    qtbot.waitUntil(lambda: not shelf.model.is_looking)
    assert len(titles(shelf)) == 2
    action.trigger()
    assert len(titles(shelf)) == 4


def test_a_look_for_duplicates_that_fails_is_told_and_all_are_shown(
    shelf, library, window, monkeypatch, qtbot
):
    def failing():
        yield
        raise UserError("The library cannot be read", "Try again.")

    monkeypatch.setattr(library.shelving, "look_for_duplicates", failing)
    window.actions_["show-duplicates"].trigger()
    qtbot.waitUntil(lambda: not shelf.model.question.only_duplicates)
    assert "cannot be read" in window.banner.text()
    assert len(titles(shelf)) == 3
    assert shelf.narrowing.in_force == {}


def test_several_articles_are_described_in_one_step(shelf, window, library, answers, qtbot):
    def fill(dialog):
        assert not dialog.save.isEnabled()
        qtbot.keyClicks(dialog.fields["language"], "en-GB")
        assert dialog.ticks["language"].isChecked()
        dialog.fields["language"].setText("English, I think")
        assert "no short name of a language" in dialog._wrong.text()
        assert not dialog.save.isEnabled()
        dialog.fields["language"].setText("en-GB")
        dialog.fields["outlet"].clear()
        qtbot.keyClicks(dialog.fields["outlet"], "Harbour Post")
        assert dialog.save.isEnabled()
        return True

    shelf.list.setFocus()
    shelf.list.selectAll()
    answers.will(fill)
    window.actions_["describe-articles"].trigger()
    rows = library.articles()
    assert {(row.outlet, row.author) for row in rows} == {
        ("Harbour Post", "Ada"),
        ("Harbour Post", "Bo"),
    }
    assert library.article(rows[0].id).record.metadata.language == "en-GB"
    assert window.notices.toast.text() == "Changed 3 articles"
    window.actions_["undo"].trigger()
    assert {row.outlet for row in library.articles()} == {"Times", "Post"}


def test_of_more_outlets_than_a_menu_holds_one_is_asked_for(shelf, answers, monkeypatch):
    monkeypatch.setattr("postil.ui.shelf.narrowing._OFFERED", 1)
    answers.will(None, 1)
    for found in (["Ferry", "Bridge", "Trees"], ["Trees"]):
        pick(shelf.narrowing.filter, "Outlet", "More…")
        assert answers.asked[-1][3] == ["Post", "Times"], "the one with most articles first"
        assert titles(shelf) == found
