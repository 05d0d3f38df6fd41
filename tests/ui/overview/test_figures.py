"""Figures of all marks: counted under headings, drawn, told in words, copied and saved."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage

from ui.filling import mark, put


@pytest.fixture
def place(window, library):
    ferry = put(library, "Ferry", "One two three four.", outlet="Harbour Post")
    bridge = put(library, "Bridge", "Six seven eight nine.", outlet="=Lantern")
    for start, end, article in ((6, 9, ferry), (10, 13, ferry), (7, 10, bridge)):
        mark(library, article, start, end, "Doubt")
    window.actions_["all-marks"].trigger()
    view = window.centre.currentWidget()
    menu = view.question.buttons["grouping"].menu()
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == "Outlet").trigger()
    return view


def test_figures_stand_in_table_and_chart(place, qtbot):
    qtbot.mouseClick(place.turn, Qt.MouseButton.LeftButton)
    chart, model = place.figures.chart, place.figures.table.model()
    assert chart.isVisible()
    cells = {model.index(r, 0).data(): model.index(r, 1).data() for r in range(model.rowCount())}
    assert cells == {"=Lantern": 1, "Harbour Post": 2}
    assert chart.accessibleDescription() == "Harbour Post: 2; =Lantern: 1"
    qtbot.mouseClick(place.figures.rate, Qt.MouseButton.LeftButton)
    assert chart.accessibleDescription() == "Harbour Post: 400.00; =Lantern: 200.00"


def test_the_longest_bar_is_the_one_with_the_most(place):
    place.turn.setChecked(True)
    image = place.figures.chart.grab().toImage()
    accent = place.figures.chart.theme.colour("accent").rgb()

    def length(y):
        return sum(image.pixel(x, y) == accent for x in range(image.width()))

    line = place.figures.chart._line()
    first, second = (length(10 + line * number + line // 2) for number in range(2))
    assert first == pytest.approx(2 * second, abs=4)
    assert second > 20


def test_what_narrows_the_marks_narrows_the_figures(place, qtbot, library):
    place.turn.setChecked(True)
    qtbot.keyClicks(place.question.field, "six")
    qtbot.waitUntil(lambda: place.figures.chart.accessibleDescription() == "=Lantern: 1")
    place.question.clear()
    article = next(row.id for row in library.articles() if row.title == "Bridge")
    mark(library, article, 11, 16)
    qtbot.waitUntil(lambda: "=Lantern: 2" in place.figures.chart.accessibleDescription())


def test_they_are_copied_as_a_table_that_runs_no_formula(place, window, qtbot):
    place.turn.setChecked(True)
    qtbot.mouseClick(place.figures.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().splitlines() == [
        "outlet,marks,words,marks per 1000 words",
        "'=Lantern,1,5,200.000",
        "Harbour Post,2,5,400.000",
    ]


def test_the_chart_is_saved_as_a_picture(place, answers, tmp_path, window):
    place.turn.setChecked(True)
    answers.will(tmp_path / "chart.png")
    place.figures.save.click()
    assert QImage(str(tmp_path / "chart.png")).size() == place.figures.chart.grab().toImage().size()
    answers.will(tmp_path / "no folder" / "chart.png")
    place.figures.save.click()
    assert "cannot be written" in window.banner.text()


def test_escape_leaves_the_figures_for_the_article(place, window, qtbot):
    place.turn.setChecked(True)
    place.figures.table.setFocus()
    qtbot.keyClick(place.figures.table, Qt.Key.Key_Escape)
    assert window.centre.currentWidget() is window.reader
