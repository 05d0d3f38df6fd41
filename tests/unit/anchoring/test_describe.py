"""From a range to an anchor."""

import pytest

from postil.anchoring import CONTEXT, describe
from postil.anchoring.describe import trim
from postil.domain.annotation import Anchor

TEXT = "Ferries.\nThe ferry that was promised came late.\nNobody wondered."


def test_the_anchor_holds_position_words_and_context():
    anchor = describe(TEXT, 13, 18)
    assert anchor == Anchor(13, 18, "ferry", "Ferries.\nThe ", " that was promised came late.\nNo")
    assert len(anchor.suffix) == CONTEXT


def test_at_the_ends_of_the_text_there_is_less_context():
    assert describe(TEXT, 0, len(TEXT)) == Anchor(0, len(TEXT), TEXT, "", "")


def test_block_breaks_at_the_ends_are_trimmed():
    assert describe(TEXT, 8, 48) == describe(TEXT, 9, 47)
    assert describe(TEXT, 8, 48).exact == "The ferry that was promised came late."


def test_block_breaks_inside_stay():
    assert describe(TEXT, 0, 12).exact == "Ferries.\nThe"


def test_code_points_are_counted():
    text = "\U0001f6a2\U0001f6a2 e\u0301 \u05e9\u05dc"
    assert describe(text, 3, 5) == Anchor(3, 5, "e\u0301", "\U0001f6a2\U0001f6a2 ", " \u05e9\u05dc")


@pytest.mark.parametrize(
    ("start", "end"), [(0, 0), (5, 4), (-3, 4), (0, 1_000), (8, 9), (70, 80), (10**30, 10**31)]
)
def test_a_range_without_words_is_refused(start, end):
    with pytest.raises(ValueError, match="no words in"):
        describe(TEXT, start, end)


def test_nothing_is_left_of_block_breaks():
    assert trim("a\n\nb", 1, 3) is None
    assert trim("a\n\nb", 1, 4) == (3, 4)
    assert trim("a\n\nb", 0, 2) == (0, 1)
