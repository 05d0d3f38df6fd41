"""The list of cards with real keys, clicks and scrolling."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAccessible, QFont
from PySide6.QtTest import QTest

from postil.library import AddAnnotations, DeleteAnnotations


@pytest.fixture
def cards(sidebar, library, article_id, desk):
    """Return a list of 150 cards, none of them chosen."""
    ranges = tuple((start, start + 4) for start in range(12, 62) for _ in range(3))
    library.do(AddAnnotations(article_id, ranges))
    return sidebar.marks.list


def rect(cards, row):
    return cards.visualRect(cards.model().index(row))


def click(cards, row):
    QTest.mouseClick(
        cards.viewport(), Qt.MouseButton.LeftButton, pos=rect(cards, row).topLeft() + QPoint(30, 12)
    )


def rows_in_view(cards):
    view = cards.viewport().rect()
    return [row for row in range(cards.model().rowCount()) if rect(cards, row).intersects(view)]


def chosen_row(sidebar, desk):
    return sidebar.marks.model.row_of(desk.chosen)


def test_cards_tile_the_list(cards):
    cards.verticalScrollBar().setValue(700)
    for row in rows_in_view(cards)[:-1]:
        gap = rect(cards, row + 1).top() - rect(cards, row).bottom() - 1
        assert gap == cards.look.gap
        middle = rect(cards, row).center()
        assert cards.indexAt(middle).row() == row
        assert not cards.indexAt(QPoint(middle.x(), rect(cards, row).bottom() + 2)).isValid()


def test_click_chooses_and_asks_for_the_place(cards, sidebar, desk, qtbot):
    with qtbot.waitSignal(desk.place_wanted) as place:
        click(cards, 2)
    mark = sidebar.marks.model.annotation(2)
    assert desk.chosen == mark.id
    assert place.args == [mark.start, mark.end]


def test_keys_walk_through_all_cards(cards, sidebar, desk):
    cards.setFocus()
    QTest.keyClick(cards, Qt.Key.Key_End)
    assert chosen_row(sidebar, desk) == 149
    assert rect(cards, 149).bottom() <= cards.viewport().height()
    QTest.keyClick(cards, Qt.Key.Key_Up)
    assert chosen_row(sidebar, desk) == 148
    QTest.keyClick(cards, Qt.Key.Key_PageUp)
    assert 135 <= chosen_row(sidebar, desk) <= 146
    QTest.keyClick(cards, Qt.Key.Key_Home)
    assert chosen_row(sidebar, desk) == 0
    assert cards.verticalScrollBar().value() == 0
    QTest.keyClick(cards, Qt.Key.Key_PageDown)
    assert 2 <= chosen_row(sidebar, desk) <= 15
    QTest.keyClick(cards, Qt.Key.Key_Escape)
    assert desk.chosen == ""


def test_a_mark_chosen_in_the_page_comes_into_view(cards, sidebar, desk):
    desk.choose(sidebar.marks.model.annotation(120).id)
    assert cards.viewport().rect().contains(rect(cards, 120))
    desk.choose(sidebar.marks.model.annotation(5).id)
    assert cards.viewport().rect().contains(rect(cards, 5))


def test_choosing_what_is_in_view_does_not_scroll(cards, sidebar, desk):
    cards.verticalScrollBar().setValue(500)
    row = rows_in_view(cards)[2]
    desk.choose(sidebar.marks.model.annotation(row).id)
    assert cards.verticalScrollBar().value() == 500


def test_scrolling_to_the_end_and_back_ends_where_it_began(cards):
    """Cards measured on the way must not move what is seen."""
    bar = cards.verticalScrollBar()
    seen = set(rows_in_view(cards))
    while bar.value() < bar.maximum():
        before = bar.value()
        bar.setValue(before + 97)
        seen.update(rows_in_view(cards))
        assert bar.value() > before
    assert rect(cards, 149).bottom() < cards.viewport().height()
    assert seen == set(range(150))
    while bar.value() > 0:
        bar.setValue(bar.value() - 97)
    assert rect(cards, 0).top() == cards.look.gap // 2


def test_what_comes_in_above_does_not_move_what_is_seen(cards, library, article_id, mark, sidebar):
    cards.verticalScrollBar().setValue(2000)
    row = rows_in_view(cards)[1]
    seen, top = sidebar.marks.model.annotation(row), rect(cards, row).top()
    added = mark("The ferry", note="A note\n\nwith some\n\nlines")
    at = sidebar.marks.model.row_of(seen.id)
    assert (at, rect(cards, at).top()) == (row + 1, top)
    library.do(DeleteAnnotations((added,)))
    assert rect(cards, row).top() == top


def test_a_narrower_list_keeps_its_first_card(cards, sidebar, qtbot):
    cards.verticalScrollBar().setValue(3000)
    first = sidebar.marks.model.annotation(rows_in_view(cards)[0])
    sidebar.resize(250, 700)
    qtbot.waitUntil(lambda: rect(cards, 0).width() < 250)
    assert rows_in_view(cards)[0] == sidebar.marks.model.row_of(first.id)


def test_follows_the_reader(cards, sidebar, desk):
    desk.reading_at.emit(50)
    row = sidebar.marks.model.row_from(50)
    assert 0 <= rect(cards, row).top() <= cards.viewport().height() // 2
    before = cards.verticalScrollBar().value()
    desk.reading_at.emit(51)
    assert cards.verticalScrollBar().value() == before


def test_does_not_follow_while_the_pointer_is_in_the_list(cards, desk, qtbot):
    QTest.mouseMove(cards.viewport(), rect(cards, 1).center())
    qtbot.waitUntil(cards.underMouse)
    desk.reading_at.emit(50)
    assert cards.verticalScrollBar().value() == 0


def test_does_not_follow_the_scrolling_it_asked_for(cards, desk, qtbot):
    desk.place_wanted.connect(lambda *_: desk.reading_at.emit(50))
    cards.setFocus()
    QTest.keyClick(cards, Qt.Key.Key_Down)
    assert cards.verticalScrollBar().value() == 0
    qtbot.waitUntil(lambda: desk.reading_at.emit(50) or cards.verticalScrollBar().value() > 0)


def test_hovering_goes_both_ways(cards, sidebar, desk, qtbot):
    QTest.mouseMove(cards.viewport(), rect(cards, 2).center())
    QTest.mouseMove(cards.viewport(), rect(cards, 1).center())
    qtbot.waitUntil(lambda: desk.hovered == sidebar.marks.model.annotation(1).id)
    plain = cards.viewport().grab(rect(cards, 3)).toImage()
    desk.hover(sidebar.marks.model.annotation(3).id)
    assert cards.viewport().grab(rect(cards, 3)).toImage() != plain


def test_delete_goes_on_to_the_next_card(cards, sidebar, desk, library):
    click(cards, 3)
    gone, following = (sidebar.marks.model.annotation(row).id for row in (3, 4))
    cards.setFocus()
    QTest.keyClick(cards, Qt.Key.Key_Delete)
    assert sidebar.marks.model.row_of(gone) == -1
    assert desk.chosen == following
    library.undo()
    assert sidebar.marks.model.row_of(gone) == 3


def test_deleting_the_last_card_of_all(sidebar, mark, desk):
    mark("the council")
    cards = sidebar.marks.list
    click(cards, 0)
    cards.setFocus()
    QTest.keyClick(cards, Qt.Key.Key_Delete)
    assert desk.chosen == ""
    assert "No marks yet" in sidebar.marks._empty.text()
    assert sidebar.marks._empty.isVisible()


def test_other_keys_belong_to_the_window(cards, sidebar, qtbot):
    from PySide6.QtGui import QAction

    action = QAction(sidebar)
    action.setShortcut("Ctrl+J")
    sidebar.addAction(action)
    cards.setFocus()
    with qtbot.waitSignal(action.triggered):
        QTest.keyClick(cards, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)


def test_the_first_key_has_a_card_to_begin_with(cards):
    cards.setFocus()
    assert cards.currentIndex().row() == 0


def test_larger_text_makes_higher_cards(cards, sidebar):
    small = rect(cards, 0).height()
    font = QFont(sidebar.font())
    font.setPixelSize(2 * font.pixelSize() if font.pixelSize() > 0 else 26)
    cards.setFont(font)
    assert rect(cards, 0).height() > 1.6 * small


def test_right_to_left_quotations_stand_at_the_right(sidebar, mark):
    mark("هذه العبارة")
    layout = sidebar.marks.list._layout(0)
    line = layout.quote.lineAt(0)
    assert line.naturalTextRect().right() > 0.9 * layout.inner
    assert line.naturalTextRect().left() > 0.3 * layout.inner


def test_long_quotations_lose_their_middle(qapp):
    from postil.ui.sidebar.card_layout import lay_out_quotation

    text = "Begin " + "word " * 5000 + "finish"
    layout = lay_out_quotation(text, QFont(), 300)
    assert layout.lineCount() <= 3
    assert layout.text().startswith("“Begin")
    assert layout.text().endswith("finish”")
    assert "…" in layout.text()


def test_is_a_list_with_names_for_assistive_tools(cards, sidebar):
    interface = QAccessible.queryAccessibleInterface(cards)
    assert interface.role() == QAccessible.Role.List
    assert interface.childCount() == 150
    child = interface.child(7)
    assert child.role() == QAccessible.Role.ListItem
    spoken = sidebar.marks.model.spoken(sidebar.marks.model.annotation(7))
    assert child.text(QAccessible.Text.Name) == spoken


def test_selection_of_a_rectangle(cards):
    area = rect(cards, 1)
    cards.setSelection(area, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    selection = cards.selectionModel().selection()
    assert [index.row() for index in selection.indexes()] == [1]
    assert cards.visualRegionForSelection(selection).boundingRect() == area


def test_scrolling_up_over_cards_never_seen_is_steady(sidebar, library, article_id, mark, desk):
    """Cards that come in from above are higher than estimated; what is seen moves by the step."""
    from postil.library import ChangeAnnotation

    library.do(AddAnnotations(article_id, tuple((i, i + 4) for i in range(12, 62))))
    ids = [sidebar.marks.model.annotation(row).id for row in range(0, 50, 2)]
    for one in ids:
        library.do(ChangeAnnotation(one, note="line\n\n" * 7 + "end"))
    desk.open_article("")
    desk.open_article(article_id)
    cards = sidebar.marks.list
    cards.verticalScrollBar().setValue(cards.verticalScrollBar().maximum() // 2)
    for _ in range(60):
        row = rows_in_view(cards)[1]
        before = rect(cards, row).top()
        cards.verticalScrollBar().setValue(cards.verticalScrollBar().value() - 20)
        assert rect(cards, row).top() == before + 20


@pytest.mark.parametrize(("text", "slants"), [("Ada Lind", True), ("Ada Lind في جريدة", False)])
def test_a_quotation_with_letters_that_have_no_italics_stands_upright(text, slants):
    from postil.ui.sidebar.card_layout import lay_out_quotation

    font = QFont()
    font.setItalic(True)
    assert lay_out_quotation(text, font, 300).font().italic() is slants
