import itertools
import random
import time

from factories import make_annotation, make_article, make_id
from postil.domain.annotation import Anchor, Annotation, reading_order
from postil.page.marks import MarkIndex

ARTICLE = make_article("abcdefghij" * 20)


def mark(number, start, end):
    return Annotation(make_id(number), "article", "revision", Anchor(start, end, "x"))


def test_keeps_reading_order_whatever_the_order_of_arrival():
    marks = [mark(1, 5, 9), mark(2, 5, 20), mark(3, 0, 2), mark(4, 5, 9)]
    assert [m.id for m in MarkIndex(marks)] == [make_id(n) for n in (3, 2, 1, 4)]


def test_overlapping_is_half_open_at_both_ends():
    index = MarkIndex([mark(1, 10, 20)])
    assert not index.overlapping(0, 10)
    assert not index.overlapping(20, 30)
    assert index.overlapping(19, 20)
    assert index.overlapping(0, 11)


def test_a_long_mark_is_found_behind_hundreds_of_short_ones():
    whole = mark(0, 0, 100_000)
    index = MarkIndex([whole, *(mark(n, n, n + 1) for n in range(1, 2_000))])
    assert index.overlapping(99_000, 99_001) == [whole]


def test_under_a_point_the_smallest_comes_first():
    index = MarkIndex([mark(1, 0, 100), mark(2, 40, 60), mark(3, 45, 50)])
    assert [m.id for m in index.at(47)] == [make_id(n) for n in (3, 2, 1)]
    assert [m.id for m in index.at(50)] == [make_id(n) for n in (2, 1)]


def test_neighbours_by_place_and_by_mark():
    one, two, three = mark(1, 0, 5), mark(2, 10, 20), mark(3, 10, 15)
    index = MarkIndex([three, two, one])
    assert index.next_after(0) == two
    assert index.next_after(-1) == one
    assert index.next_after(10) is None
    assert index.before(10) == one
    assert index.before(0) is None
    assert index.following(one) == two
    assert index.following(two) == three
    assert index.following(three) is None
    assert index.preceding(three) == two
    assert index.preceding(one) is None


def test_neighbours_cross_the_borders_of_chunks():
    marks = [mark(n, n, n + 3) for n in range(2_000)]
    index = MarkIndex(marks)
    seen, at = [], index.next_after(-1)
    while at:
        seen.append(at)
        at = index.following(at)
    assert seen == marks
    assert all(index.preceding(b) == a for a, b in itertools.pairwise(marks))


def test_replace_adds_changes_and_removes():
    index = MarkIndex()
    first = make_annotation(ARTICLE, (5, 9))
    index.replace(None, first)
    assert index.get(first.id) == first
    moved = make_annotation(ARTICLE, (50, 60))
    index.replace(first, moved)
    assert list(index) == [moved]
    assert not index.overlapping(5, 9)
    index.replace(moved, None)
    assert len(index) == 0
    assert index.get(first.id) is None
    index.replace(moved, None)  # was not here: a mark without a place


def test_random_changes_agree_with_a_plain_list():
    chance = random.Random(7)
    index, known = MarkIndex(), {}
    for number in range(3_000):
        if known and chance.random() < 0.4:
            gone = known.pop(chance.choice(list(known)))
            index.replace(gone, None)
        else:
            start = chance.randrange(2_000)
            added = mark(number, start, start + chance.choice((1, 5, 300)))
            index.replace(None, known.setdefault(added.id, added))
        if number % 100 == 0:
            start = chance.randrange(2_000)
            expected = sorted(
                (m for m in known.values() if m.start < start + 40 and m.end > start),
                key=reading_order,
            )
            assert index.overlapping(start, start + 40) == expected
    assert list(index) == sorted(known.values(), key=reading_order)


def test_a_change_costs_the_same_among_many():
    def seconds(count):
        index = MarkIndex(mark(n, n * 3, n * 3 + 50) for n in range(count))
        added = [mark(count + n, n * 997 % (count * 3), count * 3) for n in range(300)]
        begun = time.process_time()
        for one in added:
            index.replace(None, one)
        return time.process_time() - begun

    few = min(seconds(500) for _ in range(3))
    many = min(seconds(20_000) for _ in range(3))
    assert many < 10 * few
