"""Ends on the edges of words."""

import pytest

from postil.anchoring.quotation import Quotation
from postil.anchoring.words import on_word_edges

TEXT = "only clowns disagree."


def edges(start, end, *, exact="cranks", prefix="only ", suffix=" disagree", text=TEXT):
    quotation = Quotation(exact, prefix, suffix, None)
    return {text[a:b] for a, b in on_word_edges(quotation, text, start, end)}


def test_whole_words_stay():
    assert edges(5, 11) == {"clowns"}


def test_a_cut_word_is_taken_whole_or_left():
    assert edges(5, 8) == {"clowns"}  # without it nothing is left
    assert edges(0, 8) == {"only clowns", "only "}
    assert edges(7, 20) == {"clowns disagree", " disagree"}
    assert edges(2, 15) == {"only clowns disagree", "only clowns ", " clowns disagree", " clowns "}


def test_a_quotation_that_cuts_words_itself_may_do_so():
    assert edges(7, 9, exact="an", prefix="cr", suffix="ks") == {"ow"}
    assert edges(7, 9, exact="an", prefix="cr", suffix=" ") == {"owns"}


def test_the_ends_of_the_text_are_edges():
    assert edges(2, 4, text="only") == {"only"}
    assert edges(0, 4, text="only", prefix="", suffix="") == {"only"}


def test_a_combining_mark_belongs_to_its_letter():
    assert edges(0, 4, text="caf\u0065\u0301 ") == {"caf\u0065\u0301"}


@pytest.mark.parametrize("length", [24, 100])
def test_runs_longer_than_words_are_cut_where_they_were_cut(length):
    text = "\u4e2d" * length
    assert edges(1, 12, text=text) == {text[1:12]}
