"""Finding in the article of the real window: by keys, seen on the page and in the strip."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from ui.filling import put

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
HARBOUR = "The ferry 😀 is late. A ferry is a boat, and every ferry is late."


def has_colour(widget, name):
    picture = widget.grab().toImage()
    wanted = QColor(name).rgb()
    return any(
        picture.pixel(x, y) == wanted
        for y in range(picture.height())
        for x in range(0, picture.width(), 2)
    )


def find(window, library, qtbot, words):
    window.desk.open_article(put(library, "Harbour", HARBOUR))
    qtbot.keyClick(window, Qt.Key.Key_F, CONTROL)
    qtbot.keyClicks(window.reader.find_bar.field, words)
    return window.reader


def test_hits_are_seen_while_words_are_typed_and_gone_with_the_bar(window, library, qtbot):
    hit = window.appearance.theme.page_style(window.settings).hit
    reader = find(window, library, qtbot, "ferry")
    assert reader.find_bar.field.hasFocus()
    assert has_colour(reader.page.viewport(), hit)
    qtbot.waitUntil(lambda: has_colour(reader.strip, hit))  # its map is worked out in idle time
    qtbot.keyClick(reader.find_bar.field, Qt.Key.Key_Escape)
    assert not has_colour(reader.page.viewport(), hit)
    assert not has_colour(reader.strip, hit)
    assert reader.page.hasFocus()


def test_keys_of_the_window_go_from_hit_to_hit(window, library, qtbot):
    reader = find(window, library, qtbot, "ferry")
    text = window.desk.opened.article.text
    first = text.index("ferry")
    second = text.index("ferry", first + 1)
    reader.page.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_F3)
    qtbot.keyClick(window, Qt.Key.Key_F3)
    qtbot.keyClick(window, Qt.Key.Key_F3, SHIFT)
    reader.find_bar.leave()
    assert reader.selection() == (second, second + 5)


def test_all_hits_are_marked_in_one_step(window, library, qtbot):
    reader = find(window, library, qtbot, "ferry")
    qtbot.mouseClick(reader.find_bar.all, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(window.focusWidget(), "Boat talk")
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    article_id = window.desk.opened.id
    marks = library.annotations(article_id)
    assert [mark.anchor.exact for mark in marks] == ["ferry"] * 3
    assert {mark.tags for mark in marks} == {("my/boat-talk",)}
    library.undo()
    assert library.annotations(article_id) == []
