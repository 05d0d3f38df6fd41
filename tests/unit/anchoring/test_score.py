"""Likeness and rank: scores fall as places get worse."""

import pytest

from postil.anchoring.alignment import LONG, codes
from postil.anchoring.quotation import Quotation
from postil.anchoring.score import Scorer

BEFORE, WORDS, AFTER = "The bridge is inevitable, and ", "only cranks", " disagree. That costs."
FULL = Quotation(WORDS, BEFORE, AFTER, None)


def weigh(text, words, quotation=FULL):
    at = text.index(words)
    return Scorer(quotation, codes(text)).weigh(at, at + len(words))


def test_the_same_passage_is_wholly_alike():
    found = weigh(BEFORE + WORDS + AFTER, WORDS)
    assert (found.words, found.context, found.likeness, found.rank) == (1, 1, 1, 1)


def test_scores_fall_as_places_get_worse():
    passages = [
        (BEFORE + WORDS + AFTER, WORDS),
        (BEFORE + "only clowns" + AFTER, "only clowns"),
        (BEFORE.replace("bridge", "tunnel") + "only clowns" + AFTER, "only clowns"),
        ("Nobody has ever asked us, yet " + "only clowns" + AFTER, "only clowns"),
        ("Nobody has ever asked us, yet " + "only clowns" + " would have it so.", "only clowns"),
    ]
    scores = [weigh(*passage).likeness for passage in passages]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


def test_unrelated_context_counts_as_nothing():
    text = f"\u3042\u3044\u3046 0123456789{WORDS}9876543210 \u3048\u304a"
    found = weigh(text, WORDS)
    assert found.words == 1
    assert found.context == 0
    found = weigh(f"Nobody has ever asked us, yet {WORDS} would have it so.", WORDS)
    assert found.context < 0.1


def test_what_is_put_in_beside_the_words_counts_once():
    put_in = weigh(BEFORE + "quite " + WORDS + AFTER, WORDS)
    assert put_in.context > 0.8


def test_without_context_the_words_decide():
    found = weigh("Here only clowns go.", "only clowns", Quotation(WORDS, "", "", None))
    assert found.context == 1
    assert found.likeness == found.words < 1


def test_context_on_one_side_only():
    found = weigh(BEFORE + WORDS + "?", WORDS, Quotation(WORDS, BEFORE, "", None))
    assert found.likeness == 1


def test_the_nearer_of_equal_places_ranks_higher():
    text = "no. " * 50
    scorer = Scorer(Quotation("no.", "", "", 100), codes(text))
    ranks = [scorer.weigh(at, at + 3).rank for at in (100, 104, 120, 40, 196)]
    assert ranks == sorted(ranks, reverse=True)
    assert len(set(ranks)) == len(ranks)


def test_an_expected_place_far_outside_adds_nothing():
    text = "no. " * 50
    assert Scorer(Quotation("no.", "", "", 10**12), codes(text)).weigh(0, 3).rank == 1


def test_a_carried_place_tells_near_from_far_sharply():
    text = "no. " * 5_000
    known = Scorer(Quotation("no.", "", "", 100, is_carried=True), codes(text))
    guessed = Scorer(Quotation("no.", "", "", 100), codes(text))

    def gap(scorer):
        return scorer.weigh(2_000, 2_003).rank - scorer.weigh(18_000, 18_003).rank

    assert gap(known) < 0.05 < gap(guessed)


@pytest.mark.parametrize(("kept", "least", "most"), [(1.0, 1, 1), (0.5, 0.7, 0.9), (0.0, 0, 0.4)])
def test_a_long_quotation_is_judged_by_ends_and_length(kept, least, most):
    words = " ".join(f"word{number}" for number in range(LONG))
    text = words[: int(len(words) * kept)] + "\u3042" * 10
    end = max(int(len(words) * kept), 10)
    found = Scorer(Quotation(words, "", "", None), codes(text)).weigh(0, end)
    assert least <= found.words <= most


def test_equal_words_are_never_outdone_by_equal_words():
    text = "no no no no"
    scorer = Scorer(Quotation("no no", "", "", None), codes(text))
    first, second, other = scorer.weigh(0, 5), scorer.weigh(3, 8), scorer.weigh(1, 7)
    assert not second.is_outdone_by(first)
    assert other.is_outdone_by(first)
    assert not scorer.weigh(9, 11).is_outdone_by(first)
