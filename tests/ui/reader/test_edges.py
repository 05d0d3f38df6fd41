"""Articles and windows at the edges: nothing hangs, no mark is shifted, no selection lost."""

import random

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from factories import make_article
from postil.page.style import PageStyle

MB = 1_000_000
RED, GREEN = "persuasion23/name_calling_labelling", "persuasion23/flag_waving"


def words(count, seed=7):
    chance = random.Random(seed)
    return " ".join("".join(chance.choices("aeinorst", k=5)) for _ in range(count))


def assert_marks_lie_on_their_words(hand):
    """Compare what the frame shows of each mark with where its letters are."""
    frame = hand.page.frame_now()
    assert frame.marks
    for shown in frame.marks:
        start, end = shown.mark.start, shown.mark.end
        pieces = hand.page._pieces(start, end)
        assert set(shown.pieces) <= set(pieces)
        for piece in shown.pieces:
            assert 0 <= piece.left < piece.right <= hand.page.viewport().width()


def painted(hand):
    return hand.page.viewport().grab().toImage()


@pytest.fixture(params=["one paragraph", "one word", "many paragraphs"])
def giant(request, make_hand):
    texts = {
        "one paragraph": [words(MB // 6)],
        "one word": ["aeinorst" * (MB // 8)],
        "many paragraphs": words(20_000).split(),
    }
    return make_hand(make_article(*texts[request.param]))


def test_giants_can_be_read_marked_and_picked_at_any_place(giant, qtbot):
    length = len(giant.text)
    for share in (0.0, 0.5, 0.999):
        start = int(length * share)
        giant.page.scroll_to(start, start + 8)
        first, last = giant.page.shown_range()
        assert first <= start < last
        name = giant.mark_range(start, start + 3, RED)
        giant.click(giant.point(start + 1))
        assert giant.desk.chosen == name
        assert_marks_lie_on_their_words(giant)
        painted(giant)


def test_giants_keep_place_and_selection_while_they_are_laid_out_anew(giant):
    length = len(giant.text)
    place = int(length * 0.7)
    giant.view.select(place, place + 4)
    giant.page.show_position(place)
    for width in (480, 900):
        giant.view.resize(width, 700)
        QApplication.processEvents()
        assert giant.page.selection() == (place, place + 4)
        first, last = giant.page.shown_range()
        assert first <= place < last
    giant.view.set_style(PageStyle(zoom=3.0))
    QApplication.processEvents()
    assert giant.page.selection() == (place, place + 4)
    first, last = giant.page.shown_range()
    assert first <= place < last


def test_a_selection_is_drawn_out_while_the_rest_is_still_being_laid_out(make_hand):
    hand = make_hand(make_article(*[words(60, seed) for seed in range(2_000)]))
    hand.view.resize(700, 700)  # from here on Qt lays out in idle time
    start = hand.page.shown_range()[0] + 10
    hand.press(hand.edge(start))
    ends = [start + step * 5 for step in range(1, 30) if hand.text[start + step * 5] != " "]
    for end in ends:
        hand.move(hand.edge(end))
        QApplication.processEvents()
    hand.view.resize(660, 700)
    QApplication.processEvents()
    assert hand.page.selection() == (start, ends[-1])
    hand.release(hand.edge(ends[-1]))
    assert hand.page.selection() == (start, ends[-1])


@pytest.fixture
def crowd(make_hand):
    """Return 10,000 marks: 200 on one word, one over everything, the rest anywhere."""
    from postil.library import AddAnnotations

    hand = make_hand(make_article(*[words(80, seed) for seed in range(300)]))
    chance, length = random.Random(3), len(hand.text)
    starts = [chance.randrange(length - 100) for _ in range(9_799)]
    ranges = [(start, start + chance.randint(2, 90)) for start in starts]
    ranges = [(s, e) for s, e in ranges if hand.text[s:e].strip()]
    first = hand.text.index(" ") + 1
    hand.word = (first, first + 5)
    opened = hand.desk.opened.id
    hand.desk.do(AddAnnotations(opened, tuple(ranges), tags=(RED,)))
    hand.desk.do(AddAnnotations(opened, (hand.word,) * 200, tags=(GREEN,)))
    hand.desk.do(AddAnnotations(opened, ((0, length),), tags=()))
    return hand


def test_ten_thousand_marks_are_shown_where_they_are_and_can_all_be_reached(crowd):
    assert len(crowd.desk.marks) > 9_900
    assert_marks_lie_on_their_words(crowd)
    painted(crowd)
    reached = set()
    place = crowd.point(crowd.word[0] + 2)
    here = {mark.id for mark in crowd.desk.marks.at(crowd.word[0] + 2)}
    for _ in here:
        crowd.click(place)
        reached.add(crowd.desk.chosen)
    assert reached == here
    assert len(here) >= 201
    crowd.page.show_position(len(crowd.text) // 2)
    assert_marks_lie_on_their_words(crowd)


@pytest.mark.parametrize(("width", "zoom"), [(480, 1.0), (480, 3.0), (900, 3.0), (900, 0.5)])
def test_a_crowd_fits_into_narrow_windows_and_large_letters(crowd, width, zoom):
    crowd.view.resize(width, 700)
    crowd.view.set_style(PageStyle(zoom=zoom))
    crowd.page.show_position(len(crowd.text) // 2)
    assert_marks_lie_on_their_words(crowd)
    crowd.page.frame_now()
    right = crowd.page.viewport().width()
    for bar in crowd.page._margin.bars:
        assert bar.area.right() <= right
        assert bar.code is None or bar.code.right() <= right
    for bunch in crowd.page._margin.bunches:
        assert bunch.area.right() <= right
    painted(crowd)


ENDS = {
    "combining letters": ("cafq\u0301 noq\u0308l x", "q\u0301 noq\u0308"),
    "a zero-width space at the end": ("one two\u200b three", "two\u200b"),
    "a zero-width space at the start": ("one \u200btwo three", "\u200btwo"),
    "joiners": ("a 👩\u200d👩\u200d👧 b", "👩\u200d👩\u200d👧"),
    "marks of direction": ("one \u200etwo\u200e three", "\u200etwo\u200e"),
    "a letter with many accents": (
        "o z\u0300\u0301\u0302\u0303\u0304 o",
        "z\u0300\u0301\u0302\u0303\u0304",
    ),
}


@pytest.mark.parametrize("case", ENDS)
def test_what_has_no_width_at_the_ends_of_a_mark_shifts_nothing(make_hand, case):
    text, marked = ENDS[case]
    hand = make_hand(make_article(text, "more words"))
    start = hand.text.index(marked)
    name = hand.mark(marked, RED)
    mark = hand.desk.marks.get(name)
    assert hand.text[mark.start : mark.end] == marked
    assert mark.start == start
    assert_marks_lie_on_their_words(hand)
    visible = start + marked.index(marked.strip("\u200b\u200e")[0])
    hand.click(hand.point(visible))
    assert hand.desk.chosen == name
    hand.view.set_style(PageStyle(zoom=2.0))
    assert_marks_lie_on_their_words(hand)
    assert painted(hand).width()


def test_another_ratio_of_pixels_changes_neither_places_nor_selection(make_hand):
    hand = make_hand(make_article(words(300)))
    wave = next(tag.id for tag in hand.desk.tags.values() if tag.line_style.value == "wave")
    hand.mark_range(10, 40, wave)
    hand.view.select(50, 60)
    before = hand.page.frame_now().marks[0].pieces
    pictures = []
    for ratio in (1.0, 1.5, 2.0):
        QApplication.sendEvent(hand.page, QEvent(QEvent.Type.DevicePixelRatioChange))
        size = hand.page.viewport().size()
        image = QImage(size * ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        hand.page.viewport().render(image)
        pictures.append(image)
        assert hand.page.selection() == (50, 60)
        assert hand.page.frame_now().marks[0].pieces == before
    middle = hand.point(20)
    fill = pictures[0].pixelColor(middle.x(), int(before[0].top) + 1)
    for ratio, image in zip((1.5, 2.0), pictures[1:], strict=True):
        top = int((before[0].top + 1) * ratio)
        assert image.pixelColor(int(middle.x() * ratio), top) == fill


def test_the_margin_keeps_its_click_in_a_narrow_window(crowd):
    crowd.view.resize(480, 700)
    crowd.page.frame_now()
    bar = crowd.page._margin.bars[0]
    crowd.click(bar.area.center().toPoint())
    assert crowd.desk.chosen == bar.mark.id
    crowd.key(Qt.Key.Key_Escape)
    assert crowd.desk.chosen == ""
