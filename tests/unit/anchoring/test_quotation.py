"""What selectors of any quality come to."""

import pytest

from postil.anchoring.quotation import Quotation


def test_selectors_are_taken_as_they_are():
    assert Quotation.of(3, 6, "abc", "x", "y") == Quotation("abc", "x", "y", 3)


@pytest.mark.parametrize("exact", [None, "", "\n", "\n\n"])
def test_without_words_there_is_no_quotation(exact):
    assert Quotation.of(3, 6, exact, "x", "y") is None


def test_block_breaks_at_the_ends_of_the_words_become_context():
    assert Quotation.of(3, 9, "\nabc\n\n", "x", "y") == Quotation("abc", "x\n", "\n\ny", 4)


def test_the_context_next_to_the_words_is_kept():
    quotation = Quotation.of(0, 1, "a", "x" + "p" * 32, "s" * 32 + "y")
    assert quotation.prefix == "p" * 32
    assert quotation.suffix == "s" * 32


def test_an_end_alone_tells_the_start():
    assert Quotation.of(None, 9, "abc", "", "").start == 6


def test_a_position_may_be_missing():
    assert Quotation.of(None, None, "abc", "", "").start is None


@pytest.mark.parametrize("start", [10**400, -(10**400)])
def test_a_position_beyond_all_texts_still_fits_a_number_with_a_point(start):
    assert abs(float(Quotation.of(start, None, "abc", "", "").start)) > 10**9


def test_has_context():
    assert not Quotation.of(0, 1, "a", "", "").has_context
    assert Quotation.of(0, 1, "a", "b", "").has_context
    assert Quotation.of(0, 1, "a", "", "b").has_context
