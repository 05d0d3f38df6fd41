"""All marks in the middle of the window: listed, narrowed, gone to, changed many at once."""

import csv
import io

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from postil.domain.annotation import Status
from postil.domain.overview import Grouping, Sorting
from postil.library import ChangeAnnotation
from postil.ui.overview.model import GROUP, MARK
from ui.filling import mark, put

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def marks(library):
    """Fill the library; return the ids of its marks by a short name."""
    ferry = put(library, "Ferry", "One two three four five.", outlet="Harbour Post")
    bridge = put(library, "Bridge", "Six seven eight nine ten.")
    made = {
        "one": mark(library, ferry, 6, 9, "Doubt"),
        "two": mark(library, ferry, 10, 13, "Doubt", "Label"),
        "six": mark(library, bridge, 7, 10, "Label"),
    }
    library.do(ChangeAnnotation(made["two"], note="a *dinosaur*\n\nmore", status=Status.OPEN))
    return made


@pytest.fixture
def place(window, marks, qtbot):
    """Open all marks by their key; return the view."""
    qtbot.keyClick(window, Qt.Key.Key_A, CONTROL | SHIFT)
    view = window.centre.currentWidget()
    assert view.objectName() == "overview"
    return view


def listed(view):
    rows = (view.model.index(row) for row in range(view.model.rowCount()))
    return [index.data() if index.data(GROUP) else index.data(MARK).quotation for index in rows]


def choose_from(button, word):
    """Choose in the menu of a button what begins with a word."""
    menu = button.menu()
    menu.aboutToShow.emit()
    (action,) = (one for one in menu.actions() if one.text().partition("\t")[0] == word)
    action.trigger()


def take(view, qtbot, *rows):
    """Select rows by clicks."""
    for number, row in enumerate(rows):
        rect = view.list.visualRect(view.model.index(row))
        keys = CONTROL if number else Qt.KeyboardModifier.NoModifier
        qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, keys, rect.center())


def test_every_mark_stands_under_its_article(place):
    assert listed(place) == ["Bridge · 1 mark", "Six", "Ferry · 2 marks", "One", "two"]
    assert "3 marks" in place.count.text()
    told = place.model.index(4).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "a dinosaur · more" in told  # the words of the note, without its Markdown


def test_typing_narrows_and_escape_goes_back_in_two_steps(place, window, qtbot):
    assert window.focusWidget() is place.question.field
    qtbot.keyClicks(place.question.field, "dinos")
    qtbot.waitUntil(lambda: listed(place) == ["Ferry · 1 mark", "two"])
    qtbot.keyClick(place.question.field, Qt.Key.Key_Escape)
    assert len(listed(place)) == 5
    qtbot.keyClick(place.question.field, Qt.Key.Key_Escape)
    assert window.centre.currentWidget() is window.reader
    assert window.reader.isAncestorOf(window.focusWidget())


@pytest.mark.parametrize(
    ("button", "word", "expected"),
    [
        ("tag", "Label", {"Six", "two"}),
        ("outlet", "Harbour Post", {"One", "two"}),
        ("outlet", "Nothing said", {"Six"}),
        ("status", "checks to make", {"two"}),
        ("status", "left open", {"two"}),
        ("voice", "quoted", set()),
    ],
)
def test_menus_narrow_and_say_so(place, button, word, expected):
    choose_from(place.question.buttons[button], word)
    assert {words for words in listed(place) if " · " not in words} == expected
    assert word in place.question.buttons[button].accessibleName()
    place.question.clear()
    assert len(listed(place)) == 5


def test_headings_and_order_are_chosen(place):
    choose_from(place.question.buttons["grouping"], "Tag")
    assert listed(place) == ["Doubt · 2 marks", "One", "two", "Label · 2 marks", "Six", "two"]
    choose_from(place.question.buttons["grouping"], "Marked by")
    choose_from(place.question.buttons["sorting"], "Quotation")
    assert listed(place)[1:] == ["One", "Six", "two"]
    assert (place.question.grouping, place.question.sorting) == (
        Grouping.ANNOTATOR,
        Sorting.QUOTATION,
    )


def test_a_heading_folds_by_click_and_keys(place, qtbot):
    take(place, qtbot, 0)
    assert listed(place) == ["Bridge · 1 mark", "Ferry · 2 marks", "One", "two"]
    qtbot.keyClick(place.list, Qt.Key.Key_Right)
    assert len(listed(place)) == 5
    take(place, qtbot, 3)
    qtbot.keyClick(place.list, Qt.Key.Key_Left)
    assert listed(place)[-1] == "Ferry · 2 marks"


def test_enter_goes_to_the_mark_in_its_article(place, window, marks, qtbot):
    qtbot.keyClicks(place.question.field, "dinos")
    qtbot.keyClick(place.question.field, Qt.Key.Key_Return)
    with qtbot.waitSignal(window.desk.place_wanted) as shown:
        qtbot.keyClick(place.list, Qt.Key.Key_Return)
    assert shown.args == [10, 13]
    assert window.desk.chosen == marks["two"]
    assert window.centre.currentWidget() is window.reader


def test_an_article_opened_elsewhere_comes_to_the_front(place, window, library):
    window.desk.open_article(library.articles()[0].id)
    assert window.centre.currentWidget() is window.reader


def test_many_are_changed_in_one_step_and_back_in_one(
    place, window, library, marks, qtbot, answers
):
    take(place, qtbot, 1, 3)
    answers.will("Checked twice")
    place.changing.add.menu().aboutToShow.emit()
    place.changing.add.menu().actions()[0].trigger()

    def tags():
        return {
            i: m.tags
            for a in library.articles()
            for m in library.annotations(a.id)
            for i in (m.id,)
        }

    assert tags()[marks["one"]] == ("my/doubt", "my/checked-twice")
    assert tags()[marks["six"]] == ("my/label", "my/checked-twice")
    assert window.notices.toast.text() == "Changed 2 marks"
    library.undo()
    assert tags()[marks["six"]] == ("my/label",)


def test_status_and_removing_a_tag(place, library, marks, qtbot):
    place.list.selectAll()
    choose_from(place.changing.status, "to check")
    assert [g.label for g in library.overview(_query(), Grouping.STATUS).groups] == ["to-check"]
    qtbot.waitUntil(lambda: not place._again.isActive())
    place.list.selectAll()
    place.changing.remove.menu().aboutToShow.emit()
    place.changing.remove.menu().actions()[0].trigger()
    assert library.tag_uses() == {"my/label": 2}


def _query():
    from postil.domain.overview import MarkQuery

    return MarkQuery()


def test_delete_offers_its_undo(place, window, library, qtbot):
    take(place, qtbot, 1, 3)
    qtbot.keyClick(place.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: listed(place) == ["Ferry · 1 mark", "two"])
    assert window.notices.toast.text() == "Deleted 2 marks"
    window.notices.toast._button.click()
    qtbot.waitUntil(lambda: library.overview(_query()).total == 3)


def test_the_list_is_written_as_a_table_and_as_quotations(place, window, answers, tmp_path, qtbot):
    answers.will(tmp_path / "all.csv")
    place.changing.export_.click()
    table = (tmp_path / "all.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["quotation"] for row in rows] == ["Six", "One", "two"]
    assert rows[2]["tags"] == "Doubt; Label"
    assert rows[2]["note"] == "a *dinosaur*\n\nmore"
    take(place, qtbot, 4)
    answers.will(tmp_path / "some.md")
    place.changing.export_.click()
    assert (tmp_path / "some.md").read_text("utf-8") == (
        "> two\n\n**Doubt · Label**\n\na *dinosaur*\n\nmore\n\n— Ferry · Harbour Post\n"
    )


def test_a_mark_made_elsewhere_comes_in_and_the_chosen_row_stays(place, library, marks, qtbot):
    take(place, qtbot, 4)
    article = next(row.id for row in library.articles() if row.title == "Ferry")
    mark(library, article, 14, 19)
    qtbot.waitUntil(lambda: "three" in listed(place))
    assert place.list.currentIndex().row() == 4


def test_a_screen_reader_hears_all_of_a_mark(place):
    role = Qt.ItemDataRole.AccessibleTextRole
    words = place.model.index(4).data(role)
    for piece in ("“two”", "Doubt, Label", "dinosaur", "Ferry", "left open", "reader"):
        assert piece in words


def test_only_pages_in_view_are_read(window, library, qtbot):
    article = put(library, "Long", "word " * 400)
    for number in range(150):
        mark(library, article, 5 + 5 * number, 9 + 5 * number)
    qtbot.keyClick(window, Qt.Key.Key_A, CONTROL | SHIFT)
    view = window.centre.currentWidget()
    QApplication.processEvents()
    assert 0 < len(view.model._read) < 130
    assert listed(view)[150] == "word"
