"""What a query means: words, phrases, beginnings, unwanted ones, operators, and nonsense."""

import pytest

from postil.domain.annotation import Status
from postil.search.query import Field, Query, Term, last_piece, parse


def term(*words, prefix=False):
    return Term(words, prefix)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ferry", (term("ferry"),)),
        ("Ferry CAFÉ ferry", (term("ferry"), term("cafe"))),
        ('"nothing can" be', (term("nothing", "can"), term("be"))),
        ("“nothing can”", (term("nothing", "can"),)),
        ('"nothing can', (term("nothing", "can"),)),
        ("ferr*", (term("ferr", prefix=True),)),
        ('"nothing ca"*', (term("nothing", "ca", prefix=True),)),
        ("well-known don't", (term("well", "known"), term("don", "t"))),
        ("渡船", (term("渡", "船"),)),
        ("NEAR(a b)", (term("near", "a"), term("b"))),
        ("a AND b", (term("a"), term("and"), term("b"))),
        ("note: ferry", (term("note"), term("ferry"))),
        ("http://example.org", (term("http", "example", "org"),)),
        ("* ! -- : \x00", ()),
    ],
)
def test_words_and_phrases(text, wanted):
    query = parse(text)
    assert query.wanted == wanted
    assert query.is_empty == (not wanted)
    assert query.unwanted == ()


def test_unwanted_words():
    query = parse('ferry -council -"nothing can" -dino*')
    assert query.wanted == (term("ferry"),)
    assert query.unwanted == (
        term("council"),
        term("nothing", "can"),
        term("dino", prefix=True),
    )
    assert not parse("-council").is_empty


def test_operators():
    query = parse(
        'tag:doubt tag:"name calling" -tag:AN AUTHOR:Lind outlet:"Harbour Post" '
        "after:2026-05 before:2027 status:open in:title in:note"
    )
    assert query == Query(
        tags=("doubt", "name calling"),
        unwanted_tags=("AN",),
        authors=("Lind",),
        outlets=("Harbour Post",),
        after="2026-05",
        before="2027",
        statuses=frozenset({Status.OPEN}),
        fields=frozenset({Field.TITLE, Field.NOTE}),
    )


def test_the_narrower_date_counts():
    query = parse("after:2025 after:2026-02 before:2027 before:2026-12-24")
    assert (query.after, query.before) == ("2026-02", "2026-12-24")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("before:soon", "takes a date"),
        ("after:2026-5", "takes a date"),
        ("before:2026-02-30", "takes a date"),
        ("status:wrong", "takes one of none, to-check"),
        ("in:space", "takes one of title, text, note, quote"),
        ("word " * 300, "first 1,000 characters"),
        (" ".join(f"w{number}" for number in range(100)), "first 64 words"),
    ],
)
def test_what_cannot_be_meant_is_said(text, problem):
    assert problem in parse(text).problems[0]


def test_an_operator_without_a_value_is_still_being_typed():
    for text in ("tag:", "before:", "in:", 'author:"'):
        assert parse(text).is_empty
        assert parse(text).problems == ()


def test_the_last_word_may_go_on_while_one_is_typing():
    def last(text):
        return parse(text, is_typing=True).wanted[-1].is_prefix

    assert last("the fer")
    assert last('"nothing ca')
    assert not last("the ferry ")
    assert not last('"nothing can"')
    assert not last("ferry!")
    assert not parse("the fer", is_typing=True).wanted[0].is_prefix


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("ferry tag:do", (10, "tag", "do")),
        ('tag:"name ca', (4, "tag", "name ca")),
        ("-tag:", (5, "tag", "")),
        ("fer", (0, "", "fer")),
        ("ferry ", (6, "", "")),
        ('tag:"doubt"', (11, "", "")),
        ("note:x", (5, "", "x")),
    ],
)
def test_what_is_being_typed(text, piece):
    assert last_piece(text) == piece
