"""Approximate comparison and fitting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.anchoring.alignment import EDGE, LONG, beginning, codes, fit, similarity
from postil.anchoring.quotation import Quotation

TEXT = "The council says the bridge is inevitable, and only cranks disagree. That costs money."


def find(exact, prefix="", suffix="", text=TEXT, low=0, high=None):
    place = fit(
        Quotation(exact, prefix, suffix, None),
        codes(text),
        low,
        len(text) if high is None else high,
    )
    return None if place is None else text[slice(*place)]


def test_a_code_point_is_a_byte():
    assert codes("a\u00e9\u05e9\U0001f6a2\ud800") == b"a\xe9\xe9\xa2\x00"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("abcd", "abcd", 1.0),
        ("abcd", "abce", 0.75),
        ("abcd", "ab", 0.5),
        ("abcd", "", 0.0),
        ("", "abcd", 0.0),
        ("", "", 1.0),
        ("abcd", "wxyz", 0.0),
    ],
)
def test_similarity(one, other, alike):
    assert similarity(one.encode(), other.encode()) == alike


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("abcd", "abcdefgh", 1.0),
        ("abcd", "abXcdefgh", 0.75),
        ("abcd", "ab", 0.5),
        ("abcd", "", 0.0),
        ("", "abcd", 0.0),
    ],
)
def test_beginning(one, other, alike):
    assert beginning(one.encode(), other.encode()) == alike


@given(st.binary(max_size=80), st.binary(max_size=80))
def test_similarity_has_bounds_and_no_direction(one, other):
    assert 0 <= similarity(one, other) <= 1
    assert similarity(one, other) == similarity(other, one)
    assert (similarity(one, other) == 1) == (one == other)


class TestFit:
    def test_equal_words(self):
        assert find("only cranks disagree") == "only cranks disagree"

    def test_an_edited_word(self):
        assert find("only clowns disagree") == "only cranks disagree"

    def test_a_word_put_in(self):
        assert find("the bridge inevitable") == "the bridge is inevitable"

    def test_a_word_left_out(self):
        assert find("and only very few cranks disagree") == "and only cranks disagree"

    def test_the_context_finds_an_edited_end(self):
        assert find("only fools", "is inevitable, and ", " disagree. That") == "only cranks"

    def test_what_was_put_in_at_the_ends_stays_outside(self):
        assert find("cranks", "inevitable, and ", " That costs money") == "cranks"

    def test_words_that_are_gone_have_no_place(self):
        text = "inevitable, and disagree. That"
        assert find("only cranks ", "inevitable, and ", "disagree. That", text) is None

    def test_only_the_window_is_looked_at(self):
        assert find("bri", low=20, high=25) == "bri"
        assert fit(Quotation("only cranks", "", "", None), codes(TEXT), 0, 20)[1] <= 20

    @pytest.mark.parametrize(("low", "high"), [(5, 5), (5, 4), (1_000, 2_000)])
    def test_an_empty_window_has_no_place(self, low, high):
        assert find("only", low=low, high=high) is None

    def test_an_empty_text_has_no_place(self):
        assert find("only", text="") is None

    def test_a_long_quotation_is_found_by_its_ends(self):
        middle = " ".join(str(number) for number in range(LONG))
        text = f"{TEXT}\nBegin {middle} end.\n{TEXT}"
        asked = f"Begin {middle.replace(' 1000 ', ' 1000 put in ')} end."
        assert find(asked, "That costs money.\n", "\nThe council", text) == f"Begin {middle} end."

    def test_a_long_quotation_whose_end_is_gone_has_no_place(self):
        quotation = Quotation("b" * (LONG + 1), "", "", None)
        assert fit(quotation, codes("a" * EDGE), 0, EDGE) is None

    @given(
        st.text("ab \U0001f6a2\u0301", max_size=40),
        st.text("xyz\u05e9\u4e2d", min_size=1, max_size=300),
        st.text("ab \U0001f6a2\u0301", max_size=40),
    )
    def test_words_that_are_there_are_found_to_the_character(self, before, words, after):
        assert find(words, before[-32:], after[:32], before + words + after) == words

    @given(st.text(max_size=50), st.text(min_size=1, max_size=50), st.text(max_size=50))
    def test_any_place_is_in_the_window(self, text, words, context):
        quotation = Quotation(words, context[:25], context[25:], None)
        place = fit(quotation, codes(text), 2, len(text) - 2)
        assert place is None or 2 <= place[0] < place[1] <= len(text) - 2
