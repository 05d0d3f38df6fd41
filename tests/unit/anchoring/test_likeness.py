"""How much two texts have in common."""

import pytest

from postil.anchoring import likeness

TEXT = "The council told us that nothing can be done about the ferry this year."


@pytest.mark.parametrize(
    ("other", "low", "high"),
    [
        (TEXT, 1, 1),
        (TEXT.upper() + " ", 1, 1),
        (TEXT.replace("ferry", "bridge"), 0.6, 0.9),
        ("Quite other words stand here in this text of ours.", 0, 0),
        ("The council", 0, 0),
    ],
)
def test_likeness_is_the_share_of_runs_of_words(other, low, high):
    assert low <= likeness(TEXT, other) <= high
    assert likeness(TEXT, other) == likeness(other, TEXT)


def test_a_few_words_are_alike_when_they_are_the_same():
    assert likeness("The ferry", "the FERRY!") == 1
    assert likeness("The ferry", "The bridge") == 0
