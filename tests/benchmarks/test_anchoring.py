"""Marks found again after edits: how many, how many wrongly, and how long it takes.

The figures are printed; the bounds on accuracy are asserted, time is not.
"""

import pytest

from edited_texts import (
    LEAST_FOUND,
    MARKS,
    MOST_WRONG,
    another,
    block,
    measure,
    scatter,
    tell,
    typo,
)


@pytest.mark.benchmark
@pytest.mark.parametrize("knows_before", [False, True], ids=["alone", "with-former-text"])
@pytest.mark.parametrize("edit", [scatter, block, typo])
def test_marks_are_found_again(edit, knows_before, capsys):
    score = measure(edit, 1, knows_before=knows_before)
    with capsys.disabled():
        print(tell(edit.__name__ + (", former text" if knows_before else ""), score), end="")
    assert score.found >= LEAST_FOUND
    assert score.wrong <= MOST_WRONG


@pytest.mark.benchmark
def test_marks_of_another_article_are_not_placed(capsys):
    score = measure(another, 1, knows_before=False)
    with capsys.disabled():
        print(tell("another article", score), end="")
    assert score.gone == MARKS
    assert score.wrong <= MOST_WRONG
