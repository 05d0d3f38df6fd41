"""Candidates by shared runs of three words."""

import pytest

from postil.anchoring.shingles import ShingleIndex

FILLER = " ".join(f"filler{number}" for number in range(2_000))
PASSAGE = "only cranks and dinosaurs would ever disagree with the council"


def near(start, text, passage):
    return abs(start - text.index(passage)) <= 128


def test_a_passage_is_near_where_it_stands():
    text = f"{FILLER} {PASSAGE} {FILLER}"
    (start, *_) = ShingleIndex(text).likely_starts(PASSAGE, 6)
    assert near(start, text, PASSAGE)


def test_edits_and_case_are_tolerated():
    text = f"{FILLER} {PASSAGE} {FILLER}"
    asked = PASSAGE.upper().replace("DINOSAURS", "CLOWNS")
    assert near(ShingleIndex(text).likely_starts(asked, 1)[0], text, PASSAGE)


def test_no_more_than_asked_for_and_the_likeliest_first():
    half = " ".join(PASSAGE.split()[:5])
    text = f"{half} {FILLER} {PASSAGE} {FILLER} {half}"
    starts = ShingleIndex(text).likely_starts(PASSAGE, 2)
    assert len(starts) == 2
    assert near(starts[0], text, PASSAGE)


@pytest.mark.parametrize("shift", range(0, 128, 32))
def test_a_passage_with_words_put_in_is_one_place(shift):
    middle = len(PASSAGE) // 2
    put_in = PASSAGE[:middle] + " and nobody knows why this stands here" * 2 + PASSAGE[middle:]
    text = f"{FILLER} {'x' * shift} {put_in} {FILLER}"
    (start,) = ShingleIndex(text).likely_starts(PASSAGE, 6)
    assert near(start, text, put_in)


def test_what_stands_everywhere_tells_nothing():
    text = f"{PASSAGE} " * 65
    assert ShingleIndex(text).likely_starts(PASSAGE, 6) == []


def test_other_words_have_no_place():
    assert ShingleIndex(FILLER).likely_starts(PASSAGE, 6) == []


def test_fewer_than_three_words_have_no_place():
    assert ShingleIndex("one two").likely_starts("one two", 6) == []


def test_scripts_without_spaces_have_shingles():
    filler = "".join(chr(0x4E00 + 7 * number % 5_000) for number in range(900))
    text = filler + "\u6e21\u8239\u8fdf\u5230\u4e86" + filler
    (start, *_) = ShingleIndex(text).likely_starts("\u6e21\u8239\u8fdf\u5230", 6)
    assert abs(start - 900) <= 128
