"""What happens when marks and tags change from elsewhere."""

from PySide6.QtCore import Qt

from factories import make_article
from postil.library import AddAnnotations, DeleteAnnotations, Library


def shown(hand):
    return sorted({shown.mark.anchor.exact for shown in hand.page.frame_now().marks})


def test_a_change_by_another_program_shows_without_a_jump(make_hand, library):
    hand = make_hand(
        make_article(*[f"{n} Words that go on. " + "And on. " * 40 for n in range(30)])
    )
    place = hand.text.index("20 Words")
    hand.view.show_position(place)
    before = hand.view.top_position()
    with Library.open(library.path) as other:
        other.do(AddAnnotations(hand.desk.opened.id, ((place + 3, place + 8),)))
    library.refresh()
    assert hand.view.top_position() == before
    assert shown(hand) == ["Words"]


def test_a_change_by_another_program_leaves_the_active_mark(hand, library):
    name = hand.mark("club of dinosaurs")
    hand.desk.choose(name)
    with Library.open(library.path) as other:
        other.do(AddAnnotations(hand.desk.opened.id, ((0, 3),)))
    library.refresh()
    assert hand.desk.chosen == name
    hand.key(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert hand.desk.marks.get(name).anchor.exact == "club of dinosaurs,"
    with Library.open(library.path) as other:
        other.do(DeleteAnnotations((name,)))
    library.refresh()
    assert hand.desk.chosen == ""


def test_undo_of_a_mark_takes_it_off_the_page(hand):
    hand.drag_words("club of dinosaurs")
    hand.key(Qt.Key.Key_1)
    assert shown(hand) == ["club of dinosaurs"]
    hand.desk.library.undo()
    assert shown(hand) == []
    assert hand.desk.chosen == ""
    hand.desk.library.redo()
    assert shown(hand) == ["club of dinosaurs"]


def test_hundreds_of_marks_at_once(make_hand):
    hand = make_hand(make_article(*["Words that go on. " * 20] * 30))
    places = tuple((at, at + 5) for at in range(0, len(hand.text) - 5, 18))
    hand.desk.do(AddAnnotations(hand.desk.opened.id, places))
    assert len(hand.page.frame_now().marks) > 50
    assert sum(1 for _ in hand.view.strip.ticks()) > 100
    hand.desk.library.undo()
    assert hand.page.frame_now().marks == []
    assert hand.view.strip.ticks() == []


def test_the_desk_is_told_of_hovering_by_the_sidebar(hand):
    name = hand.mark("club of dinosaurs")
    before = hand.page.viewport().grab().toImage()
    hand.desk.hover(name)
    assert hand.page.viewport().grab().toImage() != before
