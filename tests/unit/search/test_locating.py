"""Where words stand in a text, and what is shown around them."""

import pytest

from postil.search.locating import places, ranges, sieve, surroundings
from postil.search.query import parse

TEXT = "Für die Fähre — sagt der Rat — fehlt „das Geld“. Die Fähre kommt nicht."


def found(text, query):
    return [text[start:end] for start, end in ranges(text, parse(query).wanted)]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("fahre", ["Fähre", "Fähre"]),
        ("FÄHRE rat", ["Fähre", "Rat", "Fähre"]),
        ("geld*", ["Geld"]),
        ("da*", ["das"]),
        ('"die fähre" die', ["die Fähre", "Die Fähre"]),
        ('"sagt der ra"*', ["sagt der Rat"]),
        ("ähr", []),
        ('"geld die fahr"', []),
    ],
)
def test_words_are_found_as_they_are_written(query, words):
    assert found(TEXT, query) == words
    if words:
        assert sieve(parse(query).wanted)(TEXT)


def test_accents_that_stand_alone_soft_hyphens_and_joiners():
    text = "The coun\u00adcil x\u0302 met \u200dal\u200cso 👍🏽 ﬁne"
    assert found(text, "council x also 👍 fine") == [
        "coun\u00adcil",
        "x\u0302",
        "al\u200cso",
        "👍",
        "ﬁne",
    ]


def test_letters_of_scripts_without_spaces():
    assert found("渡船明天不開。เรือข้ามฟาก", "明天 ข้าม") == ["明天", "ข้าม"]


def test_a_phrase_does_not_reach_into_the_next_paragraph():
    assert found("one two\nthree", '"two three"') == []
    assert found("one two\u2028three", '"two three"') == ["two\u2028three"]


def test_which_term_stands_where():
    assert [place.term for place in places("b a b", parse("a b").wanted)] == [1, 0, 1]


def test_surroundings_are_one_line_cut_at_words():
    text = "word " * 60 + "the\tferry\u2028sails " + "word " * 60
    shown = surroundings(text, ranges(text, parse("ferry").wanted))
    assert shown.words.startswith("…word word")
    assert "the ferry sails" in shown.words
    assert shown.words.endswith("word…")
    assert [shown.words[start:end] for start, end in shown.matches] == ["ferry"]
    assert len(shown.words) < 160


def test_surroundings_of_a_short_text_are_the_text():
    assert surroundings("A ferry.", [(2, 7)]).words == "A ferry."
    assert surroundings("A ferry.").matches == ()


def test_a_hit_longer_than_what_is_shown_is_cut():
    text = "a" * 1_000
    shown = surroundings(text, [(0, 1_000)])
    assert shown.words == "a" * 150 + "…"
    assert shown.matches == ((0, 150),)
