import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from factories import make_article
from postil.page.style import PageStyle

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


def test_it_finds_as_one_types(hand):
    hand.bar.open()
    assert hand.bar.field.hasFocus()
    hand.type("ferr")
    assert hand.words() == ["ferr", "ferr", "Ferr", "ferr", "Ferr", "ferr"]
    QTest.keyClicks(hand.bar.field, "y")
    assert hand.words() == ["ferry", "ferry", "Ferry", "Ferry", "ferry"]
    assert hand.count == "1 of 5"
    assert hand.shown[-1] == hand.current == hand.hits[0]


@pytest.mark.parametrize(
    ("on", "back"),
    [
        ((Key.Key_Return,), (Key.Key_Return, SHIFT)),
        ((Key.Key_F3,), (Key.Key_F3, SHIFT)),
        ((Key.Key_G, CTRL), (Key.Key_G, CTRL | SHIFT)),
    ],
)
def test_keys_go_on_and_back_and_round(hand, on, back):
    hand.bar.open()
    hand.type("ferry")
    hand.key(*on)
    assert (hand.at(), hand.count) == (2, "2 of 5")
    hand.key(*back)
    hand.key(*back)
    assert (hand.at(), hand.count) == (5, "5 of 5")
    hand.key(*on)
    assert hand.at() == 1
    assert hand.shown[-1] == hand.current


def test_buttons_do_what_the_keys_do(hand):
    hand.bar.open()
    hand.type("ferry")
    hand.click("find_next")
    hand.click("find_next")
    hand.click("find_previous")
    assert hand.at() == 2
    assert hand.bar.field.hasFocus()
    hand.click("find_close")
    assert hand.bar.isHidden()


def test_more_letters_stay_at_the_hit(hand):
    hand.bar.open()
    hand.type("ferr")
    hand.key(Key.Key_Return)
    hand.key(Key.Key_Return)
    third = hand.current[0]
    hand.bar.field.setFocus()
    QTest.keyClicks(hand.bar.field, "y")
    assert hand.current[0] == third


def test_selected_words_are_looked_for(hand):
    start = hand.text.index("ferry know")
    hand.reader.select(start, start + 5)
    hand.bar.open()
    assert hand.bar.field.text() == "ferry"
    assert hand.bar.field.selectedText() == "ferry"
    assert hand.current == (start, start + 5)
    assert hand.count == "5 of 5"


def test_a_selection_is_taken_letter_by_letter_as_an_expression(hand):
    hand.bar.open()
    hand.click("find_regex")
    hand.key(Key.Key_Escape)
    start = hand.text.index("promised.")
    hand.reader.select(start, start + 9)
    hand.bar.open()
    assert hand.bar.field.text() == r"promised\."


def test_escape_gives_the_hit_to_the_reader(hand):
    hand.bar.open()
    hand.type("cafes")
    [hit] = hand.hits
    hand.key(Key.Key_Escape)
    assert hand.bar.isHidden()
    assert hand.reader.page.hasFocus()
    assert hand.reader.selection() == hit
    assert hand.hits == []
    assert hand.current == (0, 0)


def test_escape_without_a_hit_leaves_no_trace(hand):
    hand.bar.open()
    hand.type("nowhere")
    assert hand.count == "No hits"
    hand.key(Key.Key_Escape)
    assert hand.reader.page.hasFocus()
    assert hand.reader.selection() is None


def test_words_are_kept_for_the_next_time(hand):
    hand.bar.open()
    hand.type("ferry")
    hand.key(Key.Key_Escape)
    hand.reader.leave()
    hand.bar.next()
    assert hand.bar.field.text() == "ferry"
    assert len(hand.hits) == 5


def test_switches(hand):
    hand.bar.open()
    hand.type("Ferry")
    hand.click("find_case")
    assert hand.words() == ["Ferry", "Ferry"]
    hand.click("find_whole_words")
    assert hand.words() == ["Ferry"]
    hand.click("find_case")
    assert hand.words() == ["ferry", "ferry", "Ferry", "ferry"]


def test_expressions(hand, qtbot):
    hand.bar.open()
    hand.click("find_regex")
    hand.type("f[a-z]+y")
    qtbot.waitUntil(lambda: hand.count == "1 of 5")
    assert hand.words() == ["ferry", "ferry", "Ferry", "Ferry", "ferry"]


def test_a_wrong_expression_is_told_in_place(hand, qtbot):
    hand.bar.open()
    hand.click("find_regex")
    hand.type("fer(ry")
    qtbot.waitUntil(hand.bar.problem.isVisible)
    assert "character 4" in hand.bar.problem.text()
    assert hand.bar.field.accessibleDescription() == hand.bar.problem.text()
    assert hand.hits == []
    hand.type("ferry")
    qtbot.waitUntil(lambda: len(hand.hits) == 5)
    assert not hand.bar.problem.isVisible()


def test_an_expression_that_never_ends_stops_nobody(make_hand, qtbot):
    hand = make_hand(make_article("a" * 60 + "! Here it ends."))
    hand.bar.open()
    hand.click("find_regex")
    hand.type("(a+)+$")
    hand.bar.field.setText("ends")  # meanwhile
    qtbot.waitUntil(lambda: hand.words() == ["ends"], timeout=40_000)
    hand.bar.field.setText("(a+)+$")
    qtbot.waitUntil(hand.bar.problem.isVisible, timeout=40_000)
    assert "too long" in hand.bar.problem.text()


def test_all_hits_are_marked_in_one_step(hand):
    hand.bar.open()
    hand.type("ferry")
    hand.click("find_mark_all")
    tag = hand.desk.tags[hand.desk.library.recent_tags()[0]]
    QTest.keyClicks(hand.tag_line(), tag.code)
    hand.hits.clear()
    QTest.keyClick(hand.tag_line(), Key.Key_Return)
    marks = hand.desk.library.placed_marks(hand.desk.opened.id)
    assert [mark.anchor.exact for mark in marks] == ["ferry", "ferry", "Ferry", "Ferry", "ferry"]
    assert {mark.tags for mark in marks} == {(tag.id,)}
    assert hand.count == "5 hits tagged"
    assert hand.bar.field.hasFocus()
    hand.desk.library.undo()
    assert hand.desk.library.placed_marks(hand.desk.opened.id) == []


def test_hits_that_have_the_tag_are_not_marked_twice(hand):
    hand.bar.open()
    hand.type("cafés")
    tag = hand.desk.tags[hand.desk.library.recent_tags()[0]]
    for said in ("1 hit tagged", "All have this tag"):
        hand.click("find_mark_all")
        QTest.keyClicks(hand.tag_line(), tag.code)
        QTest.keyClick(hand.tag_line(), Key.Key_Return)
        assert hand.count == said
    assert len(hand.desk.library.placed_marks(hand.desk.opened.id)) == 1


def test_hits_that_are_marked_take_another_tag_into_their_marks(hand):
    hand.bar.open()
    hand.type("cafés")
    tags = [hand.desk.tags[tag_id] for tag_id in hand.desk.library.recent_tags()[:2]]
    for tag in tags:
        hand.click("find_mark_all")
        QTest.keyClicks(hand.tag_line(), tag.code)
        QTest.keyClick(hand.tag_line(), Key.Key_Return)
    [mark] = hand.desk.library.placed_marks(hand.desk.opened.id)
    assert mark.tags == tuple(tag.id for tag in tags)
    hand.desk.library.undo()
    [mark] = hand.desk.library.placed_marks(hand.desk.opened.id)
    assert mark.tags == (tags[0].id,)


def test_a_new_name_becomes_a_tag(hand):
    hand.bar.open()
    hand.type("cafés")
    hand.click("find_mark_all")
    QTest.keyClicks(hand.tag_line(), "Places to sit")
    QTest.keyClick(hand.tag_line(), Key.Key_Return)
    [mark] = hand.desk.library.placed_marks(hand.desk.opened.id)
    assert [hand.desk.tags[tag].name for tag in mark.tags] == ["Places to sit"]


def test_escape_in_the_tag_field_marks_nothing(hand):
    hand.bar.open()
    hand.type("cafés")
    hand.click("find_mark_all")
    QTest.keyClick(hand.tag_line(), Key.Key_Escape)
    assert hand.desk.library.placed_marks(hand.desk.opened.id) == []
    assert hand.bar.field.hasFocus()
    assert hand.bar.isVisible()


def test_without_hits_there_is_nothing_to_press(hand):
    hand.bar.open()
    hand.type("nowhere")
    assert not hand.bar.all.isEnabled()
    hand.bar.ask_tag()
    hand.key(Key.Key_Return)
    assert hand.current == (0, 0)
    assert len(hand.bar.window().findChildren(QLineEdit, "tag_field")) == 1  # the reader's own


def test_too_many_hits_are_told_and_not_marked(make_hand, qtbot):
    hand = make_hand(make_article("e " * 10_001))
    hand.bar.open()
    hand.type("e")
    qtbot.waitUntil(lambda: hand.count == "1 of 10,000+")
    assert not hand.bar.all.isEnabled()
    assert "Too many" in hand.bar.all.toolTip()


def test_a_large_text_keeps_nobody_waiting(make_hand, qtbot):
    hand = make_hand(make_article(*["Zehn cafés “sind” da, und im Ort ein See. " * 20] * 2_000))
    hand.bar.open()
    hand.type("o")
    assert hand.count == "…"  # the slice is over, and the next letter can come
    assert not hand.bar.all.isEnabled()
    QTest.keyClicks(hand.bar.field, "rt ein")
    assert hand.bar.field.text() == "ort ein"
    qtbot.waitUntil(lambda: hand.count == "1 of 10,000+", timeout=20_000)
    hand.type("see. zehn")  # also from one paragraph to the next
    qtbot.waitUntil(lambda: hand.count == "1 of 10,000+", timeout=20_000)
    assert set(hand.words()) == {"See. Zehn", "See.\nZehn"}


def test_another_article_is_searched_without_leaving_its_beginning(hand, library):
    from ui.filling import put

    hand.bar.open()
    hand.type("ferry")
    other = put(library, "Other", "No boat.", "A ferry.")
    hand.shown.clear()
    hand.desk.open_article(other)
    assert hand.words() == ["ferry"]
    assert hand.count == "1 hit"
    assert hand.shown == []
    hand.key(Key.Key_Return)
    assert hand.shown == hand.hits
    hand.desk.open_article("")
    assert hand.hits == []


def test_a_change_elsewhere_leaves_the_hits_alone(hand):
    hand.bar.open()
    hand.type("ferry")
    hand.key(Key.Key_Return)
    hand.desk.open_article(hand.desk.opened.id)
    assert hand.at() == 2


def test_letters_typed_on_a_button_reach_nothing_else(hand):
    hand.reader.select(4, 9)
    hand.bar.open()
    hand.bar.case.setFocus()
    for key in (Key.Key_H, Key.Key_T, Key.Key_1):
        QTest.keyClick(hand.bar.case, key)
    assert hand.desk.library.placed_marks(hand.desk.opened.id) == []
    QTest.keyClick(hand.bar.case, Key.Key_Return)
    assert hand.bar.case.isChecked()
    QTest.keyClick(hand.bar.case, Key.Key_Escape)
    assert hand.bar.isHidden()


def test_shortcuts_of_letters_do_not_fire_in_the_bar(hand):
    from PySide6.QtGui import QAction

    fired = []
    window = hand.bar.window()
    for keys in ("T", "F3"):
        action = QAction(window)
        action.setShortcut(keys)
        action.triggered.connect(lambda _on=False, keys=keys: fired.append(keys))
        window.addAction(action)
    hand.bar.open()
    hand.type("ferry")
    hand.key(Key.Key_F3)
    assert hand.at() == 2
    hand.bar.case.setFocus()
    QTest.keyClick(hand.bar.case, Key.Key_T)
    assert fired == []


def test_everything_has_a_name_and_a_place_in_the_order(hand):
    hand.bar.open()
    controls = [hand.bar.field, *hand.bar.findChildren(QAbstractButton)]
    for control in controls:
        if control.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue  # Qt's own button in the field
        name = QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name)
        assert name.strip()
        assert isinstance(control, QLineEdit) or control.toolTip()


def test_it_fits_a_narrow_window(make_hand):
    hand = make_hand(make_article("A ferry."), width=480)
    hand.bar.open()
    hand.type("ferry")
    assert hand.bar.window().width() == 480
    assert hand.bar.shut.geometry().right() < 480
    assert hand.bar.field.width() >= 90


def test_it_takes_over_another_look(hand):
    style = PageStyle(paper="#101112", ink="#DCD8D0", accent="#8FB8E0", is_dark=True)
    hand.bar.open()
    hand.type("cafés")
    hand.click("find_mark_all")
    hand.bar.set_style(style)
    assert hand.bar.grab().toImage().pixelColor(2, 2).name() == "#101112"


FAMILY = "A 👩‍🚀 and a 👩, a cafe\u0301, 🇩🇪🇫🇷, co\u00adope\u00adrate, שָׁלוֹם, 𝐀𝐁, กำ"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("👩", ["👩‍🚀", "👩"]),
        ("🚀", ["👩‍🚀"]),
        ("cafe", ["café"]),
        ("🇪🇫", ["🇩🇪🇫🇷"]),
        ("cooperate", ["co\u00adope\u00adrate"]),
        ("שָׁלוֹם", ["שָׁלוֹם"]),
        ("𝐁", ["𝐁"]),
        ("ก", ["กำ"]),
    ],
)
def test_hits_are_whole_letters_and_so_are_their_marks(make_hand, library, typed, found):
    hand = make_hand(make_article(FAMILY))
    hand.bar.open()
    hand.type(typed)
    assert hand.words() == found
    hand.click("find_mark_all")
    QTest.keyClicks(hand.tag_line(), "Signs")
    QTest.keyClick(hand.tag_line(), Key.Key_Return)
    marks = library.placed_marks(hand.desk.opened.id)
    assert [mark.anchor.exact for mark in marks] == found
    library.undo()
    assert library.placed_marks(hand.desk.opened.id) == []


def test_an_expression_that_ends_inside_a_letter_takes_all_of_it(make_hand, qtbot):
    hand = make_hand(make_article("x👩‍🚀x👩‍🚀y"))
    hand.bar.open()
    hand.click("find_regex")
    hand.type("x.")
    qtbot.waitUntil(lambda: hand.words() == ["x👩‍🚀", "x👩‍🚀"])
