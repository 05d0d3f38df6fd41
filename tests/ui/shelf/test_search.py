"""Search over everything in the window: typed, seen, opened at its place, let go."""

import pytest
from PySide6.QtCore import Qt

from postil.domain.found import HitKind
from postil.library import AddAnnotation, ChangeMetadata, Library
from postil.library.correcting import CorrectText
from postil.ui.shelf.answers import ANSWER
from ui.filling import put

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def ids(library):
    """Return articles by name; the ferry has a mark with a note."""
    made = {
        "zoo": put(library, "Zoo", "Bears sleep here. A ferry goes there."),
        "ferry": put(library, "The ferry", "First words.", "A club 😀 of dinosaurs met again."),
    }
    text = library.article(made["ferry"]).article.text
    start = text.index("club")
    mark = AddAnnotation(made["ferry"], start, start + 6, ("Own tag",), "Who are they?")
    library.do(mark)
    return made | {"mark": mark.id}


@pytest.fixture
def shelf(ids, window):
    return window.shelf


def search(qtbot, shelf, text):
    """Type a query and wait for its answers."""
    with qtbot.waitSignal(shelf.answers.answers.modelReset):
        qtbot.keyClicks(shelf.filter, text)


def rows(shelf):
    model = shelf.answers.answers
    return [model.index(row).data(ANSWER) for row in range(model.rowCount())]


def begin(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_F, CONTROL | SHIFT)
    assert window.shelf.filter.hasFocus()


def click(qtbot, shelf, row):
    rect = shelf.answers.visualRect(shelf.answers.answers.index(row))
    qtbot.mouseClick(shelf.answers.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


def test_answers_stand_under_their_articles(shelf, window, ids, qtbot):
    begin(qtbot, window)
    search(qtbot, shelf, "ferr")
    assert shelf.answers.isVisible()
    assert not shelf.list.isVisible()
    found = rows(shelf)
    assert [answer.row.id for answer in found if answer.hit is None] == [ids["ferry"], ids["zoo"]]
    (hit,) = [answer.hit for answer in found if answer.hit]
    assert hit.kind is HitKind.TEXT
    assert [hit.words[start:end] for start, end in hit.matches] == ["ferry"]


def test_enter_opens_the_first_hit_at_its_place_with_the_words_shown(shelf, window, ids, qtbot):
    begin(qtbot, window)
    with qtbot.waitSignal(window.desk.place_wanted) as went:
        qtbot.keyClicks(shelf.filter, "dinosaurs")
        qtbot.keyClick(shelf.filter, Qt.Key.Key_Return)  # no need to wait for the answers
    text = window.desk.opened.article.text
    assert window.desk.opened.id == ids["ferry"]
    assert text[slice(*went.args)] == "dinosaurs"
    assert [text[slice(*place)] for place in window.reader.page._hits] == ["dinosaurs"]
    assert shelf.answers.hasFocus()


def test_a_click_on_a_note_chooses_its_mark(shelf, window, ids, qtbot):
    begin(qtbot, window)
    search(qtbot, shelf, "who they")
    assert [answer.hit and answer.hit.kind for answer in rows(shelf)] == [None, HitKind.NOTE]
    click(qtbot, shelf, 1)
    assert window.desk.opened.id == ids["ferry"]
    assert window.desk.chosen == ids["mark"]


def test_the_way_down_to_the_answers_and_enter_there(shelf, window, ids, qtbot):
    begin(qtbot, window)
    search(qtbot, shelf, "bears")
    qtbot.keyClick(shelf.filter, Qt.Key.Key_Down)
    assert shelf.answers.hasFocus()
    qtbot.keyClick(shelf.answers, Qt.Key.Key_Down)
    qtbot.keyClick(shelf.answers, Qt.Key.Key_Return)
    assert window.desk.opened.id == ids["zoo"]
    assert len(window.reader.page._hits) == 1


def test_escape_clears_and_goes_back(shelf, window, ids, qtbot):
    window.desk.open_article(ids["ferry"])
    window.reader.setFocus()
    came_from = window.focusWidget()
    begin(qtbot, window)
    search(qtbot, shelf, "club")
    qtbot.keyClick(shelf.filter, Qt.Key.Key_Return)
    assert window.reader.page._hits
    begin(qtbot, window)
    shelf.begin_search()
    qtbot.keyClick(shelf.filter, Qt.Key.Key_Escape)
    assert shelf.filter.text() == ""
    assert shelf.list.isVisible()
    assert not window.reader.page._hits
    begin(qtbot, window)
    came_from.setFocus()
    begin(qtbot, window)
    qtbot.keyClick(shelf.filter, Qt.Key.Key_Escape)
    assert window.focusWidget() is came_from


def test_words_are_not_shown_in_an_article_opened_otherwise(shelf, window, ids, qtbot):
    begin(qtbot, window)
    search(qtbot, shelf, "ferry")
    qtbot.keyClick(shelf.filter, Qt.Key.Key_Return)
    assert window.reader.page._hits
    window.desk.open_article(ids["zoo"])
    assert not window.reader.page._hits


def test_words_stay_shown_when_another_process_changes_the_library(
    shelf, window, ids, library, qtbot
):
    page = window.reader.page
    with Library.open(library.path) as elsewhere:
        begin(qtbot, window)
        search(qtbot, shelf, "dinosaurs")
        qtbot.keyClick(shelf.filter, Qt.Key.Key_Return)
        found = list(page._hits)
        assert found
        elsewhere.do(AddAnnotation(ids["ferry"], 0, 3))
        library.refresh()
        assert list(page._hits) == found
        shelf.begin_search()
        qtbot.keyClick(shelf.filter, Qt.Key.Key_Escape)
        assert not page._hits
        # The same with what the bar over the page finds.
        window.reader.setFocus()
        window.actions_["find"].trigger()
        qtbot.keyClicks(window.reader.find_bar.field, "club")
        found = list(page._hits)
        assert found
        elsewhere.do(AddAnnotation(ids["ferry"], 4, 7))
        library.refresh()
        assert list(page._hits) == found


def test_words_are_shown_in_the_new_text_of_the_article_too(shelf, window, ids, library, qtbot):
    begin(qtbot, window)
    search(qtbot, shelf, "dinosaurs")
    qtbot.keyClick(shelf.filter, Qt.Key.Key_Return)
    (place,) = window.reader.page._hits
    revision = window.desk.opened.record.revision_id
    library.do(CorrectText(ids["ferry"], revision, 0, 1, "The very first words."))
    (moved,) = window.reader.page._hits
    assert moved != place
    assert window.desk.opened.article.text[slice(*moved)] == "dinosaurs"


def test_answers_follow_the_library(shelf, window, ids, library, qtbot):
    begin(qtbot, window)
    search(qtbot, shelf, "bears")
    metadata = library.article(ids["ferry"]).record.metadata
    with qtbot.waitSignal(shelf.answers.answers.modelReset):
        library.do(ChangeMetadata(ids["ferry"], metadata.__class__(title="Bears at sea")))
    assert len([answer for answer in rows(shelf) if answer.hit is None]) == 2


def test_the_chosen_answer_stays_so_when_others_come(shelf, window, ids, library, qtbot):
    begin(qtbot, window)
    search(qtbot, shelf, "sleep")
    qtbot.keyClick(shelf.filter, Qt.Key.Key_Return)
    chosen = shelf.answers.currentIndex().data(ANSWER)
    with qtbot.waitSignal(shelf.answers.answers.modelReset):
        put(library, "Sleep", "All sleep.")
    assert len(rows(shelf)) > 2
    assert shelf.answers.currentIndex().data(ANSWER).hit == chosen.hit


def test_operators_and_their_values_are_offered(shelf, window, qtbot):
    begin(qtbot, window)
    qtbot.keyClicks(shelf.filter, "tag:own")
    popup = shelf.filter._completer.popup()
    assert popup.isVisible()
    assert popup.model().index(0, 0).data().startswith("Own tag")
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert shelf.filter.text() == 'tag:"Own tag" '
    qtbot.waitUntil(lambda: len(rows(shelf)) == 2)
    assert rows(shelf)[1].hit.kind is HitKind.QUOTATION


def test_plain_words_are_not_completed(shelf, window, qtbot):
    begin(qtbot, window)
    search(qtbot, shelf, "ta")
    popup = shelf.filter._completer.popup()
    assert not popup.isVisible()
    shelf.filter.clear()


def test_what_an_answer_is_is_said_to_a_screen_reader(shelf, window, qtbot):
    begin(qtbot, window)
    search(qtbot, shelf, "dinosaurs")
    model = shelf.answers.answers
    spoken = [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
    assert spoken[0] == "The ferry"
    assert spoken[1].startswith("Text ¶2: A club")


def test_problems_of_a_query_are_said(shelf, window, qtbot):
    begin(qtbot, window)
    search(qtbot, shelf, "tag:nobody ")
    assert "No tag is called “nobody”." in shelf._no_hit.text()
    assert shelf._no_hit.isVisible()


def test_thousands_of_answers_are_looked_into_as_they_are_seen(shelf, window, library, qtbot):
    for number in range(40):
        put(library, f"Number {number}", "Many articles hold this word: needle.")
    begin(qtbot, window)
    search(qtbot, shelf, "needle")
    model = shelf.answers.answers
    assert len(model.found.ids) == 40
    assert sum(answer.hit is None for answer in rows(shelf)) < 40
    bar = shelf.answers.verticalScrollBar()

    def all_seen():
        bar.setValue(bar.maximum())
        return not model.canFetchMore(model.index(-1))

    qtbot.waitUntil(all_seen)
    assert sum(answer.hit is None for answer in rows(shelf)) == 40


def test_escape_puts_away_what_is_offered_before_it_clears(shelf, window, qtbot):
    begin(qtbot, window)
    qtbot.keyClicks(shelf.filter, "tag:own")
    popup = shelf.filter._completer.popup()
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert shelf.filter.text() == "tag:own"
    qtbot.keyClick(shelf.filter, Qt.Key.Key_Escape)
    assert shelf.filter.text() == ""


@pytest.mark.parametrize(
    "text", ['"', "*", "NEAR(", "%", "_", 'tag:"', "field:*", "'; --", "{x} : ^"]
)
def test_odd_searches_find_nothing_and_break_nothing(shelf, ids, window, text, qtbot):
    shelf.filter.setText(text)
    qtbot.keyClick(shelf.filter, Qt.Key.Key_Return)
    assert rows(shelf) == []
    shelf.filter.setText("dinosaurs")
    qtbot.keyClick(shelf.filter, Qt.Key.Key_Return)
    assert window.desk.opened.id == ids["ferry"]
