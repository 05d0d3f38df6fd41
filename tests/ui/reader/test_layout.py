import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from factories import make_article
from postil.page.style import PageStyle


@pytest.fixture
def long_one(make_hand):
    paragraphs = [
        f"Paragraph {n} of many, 😀 with words that go on and on. " * 8 for n in range(60)
    ]
    return make_hand(make_article(*paragraphs, heading="A long one"))


def test_the_place_in_the_text_stays_when_the_width_changes(long_one):
    place = long_one.text.index("Paragraph 30")
    long_one.view.show_position(place)
    assert long_one.view.top_position() == place
    for width in (500, 1400, 640, 900):
        long_one.view.resize(width, 700)
        assert abs(long_one.view.top_position() - place) < 120


def test_the_place_stays_over_zoom_and_theme(long_one):
    place = long_one.text.index("Paragraph 30")
    long_one.view.show_position(place)
    for zoom in (2.0, 0.5, 1.0):
        long_one.view.set_style(PageStyle(zoom=zoom, is_dark=zoom == 0.5))
        assert abs(long_one.view.top_position() - place) < 120


def test_the_selection_stays_over_zoom(long_one):
    start = long_one.text.index("of many")
    long_one.view.select(start, start + 7)
    long_one.view.set_style(PageStyle(zoom=1.5))
    assert long_one.view.selection() == (start, start + 7)


def test_at_the_top_zooming_stays_at_the_top(long_one):
    long_one.view.set_style(PageStyle(zoom=1.7))
    assert long_one.page.verticalScrollBar().value() == 0


def test_a_wide_window_does_not_lay_out_again(long_one):
    long_one.view.resize(1200, 700)
    width = long_one.page.lineWrapColumnOrWidth()
    long_one.view.resize(1500, 700)
    assert long_one.page.lineWrapColumnOrWidth() == width


def test_lines_are_about_as_long_as_the_measure_says(long_one):
    lines = [line for line in long_one.page.frame_now().lines if line.is_broken]
    longest = max(line.end - line.start for line in lines)
    assert 60 <= longest <= 80


@pytest.mark.parametrize("width", [320, 480, 700])
def test_a_narrow_window_keeps_all_words_inside(long_one, width):
    long_one.view.resize(width, 600)
    for line in long_one.page.frame_now().lines:
        assert line.x + line.right <= long_one.page.viewport().width()


def test_marks_sit_on_their_words_after_any_layout(long_one):
    words = "Paragraph 0 of many, 😀 with words"
    long_one.mark(words)
    start = long_one.text.index(words)
    for width, zoom in ((900, 1.0), (500, 1.0), (1300, 2.5), (700, 0.6)):
        long_one.view.resize(width, 700)
        long_one.view.set_style(PageStyle(zoom=zoom))
        [shown] = long_one.page.frame_now().marks
        assert [*shown.pieces] == long_one.page._pieces(start, start + len(words))


def test_a_place_wanted_is_shown(long_one):
    start = long_one.text.index("Paragraph 40")
    long_one.desk.place_wanted.emit(start, start + 10)
    first, last = long_one.page.shown_range()
    assert first < start < last
    assert not long_one.page.area_of(start, start + 10).isEmpty()


def test_a_place_that_only_an_older_text_had_is_the_end(long_one):
    beyond = len(long_one.text) + 1_000
    long_one.desk.place_wanted.emit(beyond, beyond + 10)
    assert long_one.page.shown_range()[1] == len(long_one.text)
    long_one.view.scroll_to(0, 1)
    long_one.view.strip.place_picked.emit(beyond)
    assert long_one.page.shown_range()[1] == len(long_one.text)


def test_the_end_of_a_long_last_paragraph_is_its_last_line(long_one, library):
    from postil.library import AddArticle

    other = AddArticle(make_article("One paragraph and no other. " * 1_000))
    library.do(other)
    long_one.desk.open_article(other.id)
    long_one.desk.place_wanted.emit(10**6, 10**6 + 5)
    assert long_one.page.shown_range()[1] == len(long_one.text)


def test_what_is_on_the_screen_already_stays_where_it_is(long_one):
    start = long_one.text.index("Paragraph 1")
    before = long_one.page.verticalScrollBar().value()
    long_one.view.scroll_to(start, start + 5)
    assert long_one.page.verticalScrollBar().value() == before


def test_the_desk_hears_where_reading_is(long_one, qtbot):
    with qtbot.waitSignal(long_one.desk.reading_at) as told:
        long_one.view.scroll_to(long_one.text.index("Paragraph 50"), len(long_one.text))
    assert told.args == [long_one.view.top_position()]


def test_the_wheel_turns_beside_the_column_too(long_one):
    long_one.view.resize(1500, 700)
    assert long_one.page.viewportMargins().left() > 50
    place = QPointF(10, 300)
    event = QWheelEvent(
        place,
        long_one.page.mapToGlobal(place),
        QPoint(0, 0),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(long_one.page, event)
    assert long_one.page.verticalScrollBar().value() > 0


def test_another_article_starts_at_its_top_with_nothing_selected(long_one, library):
    from postil.library import AddArticle

    long_one.view.scroll_to(5_000, 5_010)
    long_one.view.select(5_000, 5_010)
    other = AddArticle(make_article("Something else."))
    library.do(other)
    long_one.desk.open_article(other.id)
    assert long_one.text == "Something else."
    assert long_one.view.selection() is None
    assert not long_one.view.mark_bar.isVisible()
    assert long_one.page.verticalScrollBar().value() == 0
    long_one.desk.open_article("")
    assert long_one.page.article is None
    assert long_one.view.top_position() == 0
    long_one.view.scroll_to(3, 4)


def test_a_new_title_changes_the_page_and_its_name(long_one, library):
    from dataclasses import replace

    from postil.library import ChangeMetadata

    metadata = long_one.desk.opened.record.metadata
    before = long_one.page.viewport().grab().toImage()
    changed = replace(metadata, title="Another name", author="Somebody Else")
    library.do(ChangeMetadata(long_one.desk.opened.id, changed))
    assert long_one.page.accessibleName() == "Another name"
    assert long_one.page.viewport().grab().toImage() != before


def test_everything_has_a_name_for_those_who_cannot_see_it(long_one):
    view = long_one.view
    long_one.view.select(0, 5)
    for part in (view, view.page, view.strip, view.mark_bar, view.tag_field):
        assert part.objectName()
        assert part.accessibleName()
    for button in view.mark_bar.children():
        if button.isWidgetType():
            assert button.accessibleName()
