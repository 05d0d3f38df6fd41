import pytest
from PySide6.QtGui import QColor

from factories import make_article
from postil.domain.colours import edge_colour
from postil.page.style import PageStyle

RED, GREEN, BLUE = (
    "persuasion23/name_calling_labelling",
    "persuasion23/flag_waving",
    "persuasion23/causal_oversimplification",
)
PARAGRAPH = "alpha beta gamma delta epsilon zeta eta theta"
STYLES = {
    "light": PageStyle(),
    "dark": PageStyle(paper="#202124", ink="#D8D6D0", ink_soft="#9A978F", is_dark=True),
}


def fill(hand, tag_id):
    tag = hand.desk.tags[tag_id]
    return hand.desk.groups[tag.codebook_id, tag.group_id].colour


@pytest.fixture(params=STYLES)
def sheet(request, make_hand):
    hand = make_hand(make_article(PARAGRAPH, "plain words"), style=STYLES[request.param])
    hand.style = STYLES[request.param]
    return hand


def background(hand, words, *, after=0):
    """Return the colour behind a letter: that of a corner of its area no letter reaches."""
    position = hand.text.index(words) + after
    area = hand.page.areas_of(position, position + 1)[0]
    image = hand.page.viewport().grab().toImage()
    return QColor(image.pixel(area.center().x(), area.top() + 1)).name().upper()


def colours(hand, words, *, below=10):
    start = hand.text.index(words)
    area = hand.page.area_of(start, start + len(words))
    image = hand.page.viewport().grab().toImage()
    return {
        QColor(image.pixel(x, y)).name().upper()
        for x in range(area.left(), area.right())
        for y in range(area.top() + 1, area.bottom() + below)
    }


def test_nested_marks_show_both_fills(sheet):
    sheet.mark("alpha beta gamma", RED)
    sheet.mark("beta", GREEN)
    assert background(sheet, "alpha") == fill(sheet, RED)
    assert background(sheet, "beta") == fill(sheet, GREEN)
    assert background(sheet, "gamma") == fill(sheet, RED)
    assert background(sheet, "delta") == sheet.style.paper


def test_crossing_marks_show_both_fills_and_both_underlines(sheet):
    sheet.mark("alpha beta gamma", RED)
    sheet.mark("gamma delta epsilon zeta", GREEN)
    assert background(sheet, "beta") == fill(sheet, RED)
    assert background(sheet, "delta") == fill(sheet, GREEN)
    shared = colours(sheet, "gamma")
    for tag in (RED, GREEN):
        assert edge_colour(fill(sheet, tag), sheet.style.paper) in shared


def test_identical_marks_show_their_number_and_their_underlines(sheet):
    sheet.mark("beta gamma", RED)
    once = sheet.page.viewport().grab().toImage()
    sheet.mark("beta gamma", GREEN)
    assert sheet.page.viewport().grab().toImage() != once
    assert {layer.layer.copies for layer in sheet.page.frame_now().marks} == {1, 2}
    shared = colours(sheet, "beta gamma")
    for tag in (RED, GREEN):
        assert edge_colour(fill(sheet, tag), sheet.style.paper) in shared


def test_each_depth_of_nested_marks_has_an_underline(sheet):
    nested = ("alpha beta gamma delta", "beta gamma delta", "gamma delta", "delta")
    groups = {
        tag.group_id: tag.id
        for tag in sheet.desk.tags.values()
        if tag.codebook_id == "persuasion23" and tag.line_style.value == "solid"
    }
    tags = list(groups.values())[: len(nested)]
    assert len({fill(sheet, tag) for tag in tags}) == 4
    for words, tag in zip(nested, tags, strict=True):
        sheet.mark(words, tag)
    depths = {shown.layer.lane: shown.layer.depth for shown in sheet.page.frame_now().marks}
    assert depths == {0: 4, 1: 4, 2: 4, 3: 4}
    area = sheet.page.areas_of(*[sheet.text.index("delta") + n for n in (1, 3)])[0]
    image = sheet.page.viewport().grab().toImage()
    below = [
        QColor(image.pixel(area.center().x(), y))
        for y in range(area.bottom() - 2, area.bottom() + 10)
    ]
    for tag in tags:
        edge = QColor(edge_colour(fill(sheet, tag), sheet.style.paper))
        assert any(abs(edge.hue() - shade.hue()) <= 12 for shade in below), tag


def test_depths_without_a_lane_are_counted_beside_the_last_one(sheet):
    end = sheet.text.index("theta") + 3
    area = sheet.page.areas_of(end - 1, end)[0]

    def counted():
        image = sheet.page.viewport().grab().toImage()
        soft = QColor(sheet.style.ink_soft)
        return any(
            abs(shade.lightness() - soft.lightness()) < 25
            for x in range(area.right() + 2, area.right() + 14)
            for y in range(area.bottom() + 2, area.bottom() + 9)
            if (shade := QColor(image.pixel(x, y))).saturation() < 40
        )

    for start in range(3):
        sheet.mark_range(start, end)
    assert not counted()
    for start in range(3, 10):
        sheet.mark_range(start, end)
    assert max(shown.layer.depth for shown in sheet.page.frame_now().marks) == 10
    assert counted()


def test_words_inside_a_mark_have_the_ink_of_marks_in_every_theme(sheet):
    sheet.mark("beta gamma", BLUE)
    inside = colours(sheet, "beta gamma", below=-2) - {sheet.style.paper}
    assert min(QColor(name).lightness() for name in inside) < 26  # the ink of the page is lighter
    if sheet.style.is_dark:
        outside = {QColor(name).lightness() for name in colours(sheet, "epsilon zeta")}
        assert max(outside) > 180


def test_a_mark_over_two_paragraphs_is_filled_in_both(sheet):
    start = sheet.text.index("theta")
    sheet.mark_range(start, start + len("theta\nplain"), GREEN)
    assert background(sheet, "theta") == fill(sheet, GREEN)
    assert background(sheet, "plain") == fill(sheet, GREEN)
    assert background(sheet, "words") == sheet.style.paper


def test_the_selection_shows_over_marks(sheet):
    sheet.mark("beta gamma", RED)
    start = sheet.text.index("gamma")
    sheet.page.select(start, start + 5)
    assert background(sheet, "beta") == fill(sheet, RED)
    assert background(sheet, "gamma") == sheet.style.selection


def test_the_active_mark_has_an_outline_and_handles(sheet):
    name = sheet.mark("beta gamma", RED)
    assert sheet.style.accent not in colours(sheet, "beta gamma")
    sheet.desk.choose(name)
    assert sheet.style.accent in colours(sheet, "beta gamma")
    assert sheet.page.handle_point("start").x() < sheet.page.handle_point("end").x()
    sheet.desk.choose("")
    assert sheet.page.handle_point("start") is None
    assert sheet.style.accent not in colours(sheet, "beta gamma")


def test_hovering_lights_a_mark_up(sheet):
    name = sheet.mark("beta gamma", RED)
    sheet.desk.hover(name)
    assert background(sheet, "beta") != fill(sheet, RED)
    sheet.desk.hover("")
    assert background(sheet, "beta") == fill(sheet, RED)


def test_a_note_shows_as_a_dot_behind_the_mark(sheet):
    from postil.library import ChangeAnnotation

    name = sheet.mark("beta gamma", RED)
    assert sheet.style.accent not in colours(sheet, " delta")
    sheet.desk.do(ChangeAnnotation(name, note="why"))
    assert sheet.style.accent in colours(sheet, " delta")


def test_changed_and_deleted_marks_are_painted_so(sheet):
    from postil.library import ChangeAnnotation, MoveAnnotation

    name = sheet.mark("beta", RED)
    sheet.desk.do(ChangeAnnotation(name, tags=(GREEN,)))
    assert background(sheet, "beta") == fill(sheet, GREEN)
    start = sheet.text.index("zeta")
    sheet.desk.do(MoveAnnotation(name, start, start + 4))
    assert background(sheet, "beta") == sheet.style.paper
    assert background(sheet, "zeta") == fill(sheet, GREEN)
    sheet.desk.library.undo()
    assert background(sheet, "beta") == fill(sheet, GREEN)
    sheet.desk.choose(name)
    sheet.marking = sheet.view.marking.delete()
    assert background(sheet, "beta") == sheet.style.paper


def test_bars_stand_beside_their_lines_with_the_code(sheet):
    sheet.mark("alpha beta gamma", RED)
    sheet.mark("beta", GREEN)
    sheet.page.frame_now()
    bars = sheet.page._margin.bars
    assert [bar.look.label for bar in bars] == ["NC", "FW"]
    assert bars[0].area.left() != bars[1].area.left()
    assert bars[0].area.left() > max(piece.right for piece in sheet.page._pieces(0, len(PARAGRAPH)))


def test_two_hundred_marks_on_one_word_are_painted_and_counted(sheet):
    from postil.library import AddAnnotations

    start = sheet.text.index("beta")
    opened = sheet.desk.opened.id
    sheet.desk.do(AddAnnotations(opened, ((start, start + 4),) * 200, tags=(RED,)))
    assert background(sheet, "beta") == fill(sheet, RED)
    assert max(shown.layer.copies for shown in sheet.page.frame_now().marks) == 200


def test_marks_in_mixed_lines_cover_their_letters_only(make_hand):
    hand = make_hand(make_article("abc שלום עולם def"), style=STYLES["light"])
    hand.mark("c שלום", RED)
    assert background(hand, "שלום") == fill(hand, RED)
    assert background(hand, "עולם") == STYLES["light"].paper
    assert background(hand, "def") == STYLES["light"].paper
    assert len(hand.page.frame_now().marks[0].pieces) >= 1
