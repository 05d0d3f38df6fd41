from factories import make_annotation, make_article
from postil.page.layers import Layers, stacked
from postil.page.marks import MarkIndex

ARTICLE = make_article("0123456789" * 5, "abcdefghij" * 5, "ABCDEFGHIJ" * 5)


def mark(number, start, end):
    return make_annotation(ARTICLE, (start, end), number=number)


def test_the_shortest_is_painted_last():
    layers = stacked(list(MarkIndex([mark(1, 0, 30), mark(2, 5, 10), mark(3, 5, 20)])))
    assert [layer.mark.end - layer.mark.start for layer in layers] == [30, 15, 5]


def test_marks_that_overlap_have_different_lanes_and_lanes_come_free():
    marks = [mark(1, 0, 20), mark(2, 10, 30), mark(3, 20, 40), mark(4, 35, 45)]
    lanes = {layer.mark: layer.lane for layer in stacked(marks)}
    assert [lanes[m] for m in marks] == [0, 1, 0, 1]


def test_the_number_of_copies_is_told_on_the_topmost_only():
    marks = [mark(1, 0, 9), mark(2, 3, 7), mark(3, 3, 7), mark(4, 3, 7)]
    assert [layer.copies for layer in stacked(marks)] == [1, 1, 1, 3]


def test_a_paragraph_is_worked_out_again_only_when_its_marks_change():
    index = MarkIndex([mark(1, 0, 9), mark(2, 60, 70)])
    layers = Layers(ARTICLE, index)
    first, second = layers.of(0), layers.of(1)
    added = mark(3, 62, 65)
    index.replace(None, added)
    layers.forget(62, 65)
    assert layers.of(0) is first
    assert layers.of(1) is not second
    assert added in [layer.mark for layer in layers.of(1)]


def test_a_mark_over_several_paragraphs_is_in_each():
    layers = Layers(ARTICLE, MarkIndex([mark(1, 40, 110)]))
    assert [len(layers.of(block)) for block in range(3)] == [1, 1, 1]


def test_the_depth_is_that_of_the_marks_that_hang_together():
    marks = [mark(1, 0, 20), mark(2, 5, 12), mark(3, 6, 11), mark(4, 30, 40), mark(5, 35, 45)]
    depths = {layer.mark: layer.depth for layer in stacked(marks)}
    assert [depths[m] for m in marks] == [3, 3, 3, 2, 2]
