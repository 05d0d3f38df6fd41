"""The difference of two texts: tiled, told word by word, moves told apart, fast."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.differences import Kind, compare, replacements

TEXTS = st.lists(st.sampled_from(["a", "bb", "the", " ", "\n", "😀", "中", "."]), max_size=40).map(
    "".join
)


def told(before, after):
    """Return the changes as (kind, words)."""
    difference = compare(before, after)
    return [
        (run.kind.value, difference.words(run))
        for run in difference.runs
        if run.kind is not Kind.SAME
    ]


@given(TEXTS, TEXTS)
def test_runs_tile_both_texts(before, after):
    difference = compare(before, after)
    at, there = 0, 0
    for run in difference.runs:
        assert (run.before[0], run.after[0]) == (at, there)
        at, there = run.before[1], run.after[1]
        if run.kind is Kind.SAME:
            same = before[slice(*run.before)], after[slice(*run.after)]
            assert same[0].removesuffix("\n") == same[1].removesuffix("\n")
    assert (at, there) == (len(before), len(after))
    assert bool(difference.passages) == (before.rstrip("\n") != after.rstrip("\n"))


@given(TEXTS, TEXTS)
def test_replacements_make_the_other_text(before, after):
    made, at = "", 0
    for (start, end), (first, last) in replacements(before, after):
        made += before[at:start] + after[first:last]
        at = end
    assert made + before[at:] == after


def test_a_word_is_told_and_not_its_paragraph():
    before = "The council said nothing.\nIt rained."
    after = "The council said something.\nIt rained."
    assert told(before, after) == [("deleted", "nothing"), ("inserted", "something")]


def test_a_joined_paragraph_is_but_a_break_less():
    assert told("One two.\nThree four.", "One two. Three four.") == [
        ("deleted", "\n"),
        ("inserted", " "),
    ]


def test_a_moved_paragraph_is_no_deletion():
    lines = [f"Paragraph {word} says what it has to say." for word in ("one", "two", "three")]
    before = "\n".join(lines)
    after = "\n".join([lines[2], lines[0], lines[1]])
    kinds = {kind for kind, _ in told(before, after)}
    assert kinds == {"moved-here", "moved-away"}


def test_what_is_edited_beside_a_moved_paragraph_is_told_by_words():
    moved = "Residents of the island disagree, and three hundred of them said so on Tuesday."
    first = "The board wrote that the annual loss of the ferry came to four million last year."
    second = "It is a scandal, said a fisherman, who paid for the boat and saw it sold again."
    before = f"Head\n{moved}\n{first}\n{second}\nTail"
    edited = [first.replace("annual", "yearly"), second.replace("scandal", "disgrace")]
    after = "\n".join(["Head", *edited, moved, "Tail"])
    assert told(before, after) == [
        ("moved-away", f"{moved}\n"),
        ("deleted", "annual"),
        ("inserted", "yearly"),
        ("deleted", "scandal"),
        ("inserted", "disgrace"),
        ("moved-here", f"{moved}\n"),
    ]


def test_a_paragraph_that_stayed_is_no_part_of_the_changes_around_it():
    stayed = "Residents of the island disagree, and three hundred of them said so on Tuesday."
    gone, new = "alpha beta gamma delta " * 8, "one two three four five " * 8
    changes = told(f"{gone}\n{stayed}\nend", f"{stayed}\n{new}\nend")
    assert changes == [("deleted", f"{gone}\n"), ("inserted", f"{new}\n")]


def test_a_moved_sentence_inside_other_words_is_seen():
    sentence = "Nobody had asked the ferry company about it."
    before = f"Alpha beta gamma delta. {sentence} Epsilon zeta.\nEta theta iota kappa lambda."
    after = f"Alpha beta gamma delta. Epsilon zeta.\nEta theta iota kappa lambda. {sentence}"
    assert {kind for kind, _ in told(before, after)} == {"moved-away", "moved-here"}


def test_chance_words_do_not_cut_a_rewritten_passage():
    before = "We looked at the figures and saw a hole."
    after = "Somebody read through all the records, but a person kept silent."
    assert len(compare(before, after).passages) == 1


@pytest.mark.timeout(120)  # a second at most
def test_a_megabyte_with_changes_everywhere_is_compared_at_once():
    draw = random.Random(7)
    words = [f"word{n}" for n in range(4000)]
    lines = [" ".join(draw.choices(words, k=60)) for _ in range(2500)]
    changed = [" ".join(w if draw.random() > 0.05 else "x" for w in s.split()) for s in lines]
    difference = compare("\n".join(lines), "\n".join(changed))
    assert len(difference.passages) > 3000


@pytest.mark.timeout(120)  # as above
def test_equal_lines_without_end_do_not_hang():
    compare("a b\n" * 60_000, "b a\n" * 50_000)
    compare("a " * 100_000, "b a " * 80_000)
