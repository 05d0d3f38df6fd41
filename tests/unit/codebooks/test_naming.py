"""Ids and codes for new tags, and the warning that a tag is there already."""

import re
from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.codebooks import naming, near_duplicates, new_code, slug
from postil.domain.tags import Tag


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Vague crowd", "vague-crowd"),
        ("  Name calling,  or labelling ", "name-calling-or-labelling"),
        ("Café Été", "cafe-ete"),
        ("Straße", "strasse"),
        ("under_score", "under-score"),
        ("№ 5", "no-5"),
    ],
)
def test_slugs_of_names_in_latin_letters_can_be_read(name, expected):
    assert slug(name) == expected


def test_names_in_other_scripts_get_slugs_of_their_own():
    names = [
        "Преувеличение",
        "Преувеличения",
        "夸张",
        "夸大",
        "مبالغة",
        "",
        "!!!",
        "夸张 B",
        "大 B",
    ]
    slugs = [slug(name) for name in names]
    assert len(set(slugs)) == len(names)
    assert slug("夸张 B").startswith("b-")
    assert slug("!!!").startswith("tag-")


def test_long_names_that_begin_alike_stay_apart():
    assert slug("a" * 200) != slug("a" * 199)
    assert len(slug("word " * 40)) <= 80


@given(st.text(max_size=250))
def test_a_slug_is_an_id_and_always_the_same(name):
    assert re.fullmatch("[a-z0-9_-]{1,80}", slug(name))
    assert slug(name) == slug(name.upper().lower().upper()) or not name.isascii()
    assert slug(slug(name)) == slug(name)


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [
        ("Vague crowd", (), "VC"),
        ("Name calling or labelling", (), "NCOL"),
        ("Name calling or labelling", ("NCOL",), "NC"),
        ("Doubt", (), "DO"),
        ("Doubt", ("do",), "DU"),
        ("Doubt", {"DO", "Du"}, "DB"),
        ("Été", (), "ET"),
        ("夸张", (), "夸张"),
        ("X", (), "X1"),
        ("X", {"X1", "X2"}, "X3"),
        ("?!", (), "T1"),
        ("3 2 1", (), "321"),
    ],
)
def test_codes_tell_of_the_name(name, taken, expected):
    assert new_code(name, taken) == expected


@given(st.text(max_size=40), st.sets(st.text("ABab12", min_size=1, max_size=2)))
def test_a_code_is_valid_and_free(name, taken):
    code = new_code(name, taken)
    assert re.fullmatch(r"[^\W_]{1,4}", code)
    assert code not in taken
    assert code.lower() not in taken


def test_thousands_of_tags_that_begin_alike_get_codes_of_their_own():
    taken: set[str] = set()
    for number in range(1000):
        code = new_code(f"Over and over {number % 500}", taken)
        assert re.fullmatch("[A-Z0-9]{1,4}", code)
        assert code not in taken
        taken.add(code)


def make_tags(*names: str) -> list[Tag]:
    return [Tag(f"my/{n}", "own", name, f"T{n}") for n, name in enumerate(names)]


def found(name: str, *names: str) -> list[str]:
    return [tag.name for tag in near_duplicates(name, make_tags(*names))]


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("vague crowd", "Vague crowd"),
        ("Vague crowds", "Vague crowd"),
        ("Vauge crowd", "Vague crowd"),
        ("crowd, vague", "Vague crowd"),
        ("CAFE", "Café"),
        ("labeling", "Labelling"),
        ("Преувеличение", "преувеличения"),
        ("!!", "!!"),
    ],
)
def test_nearly_equal_names_are_found(name, there):
    assert found(name, there, "Something else entirely") == [there]


@pytest.mark.parametrize(
    ("name", "other"),
    [("Hedge", "Doubt"), ("Report", "Repetition"), ("की", "का"), ("Named person", "Missing voice")],
)
def test_other_names_are_not(name, other):
    assert found(name, other) == []


def test_the_nearest_comes_first():
    assert found("Slogan", "Slogans!", "Sloganx", "slogan", "Slogan") == [
        "slogan",
        "Slogan",
        "Slogans!",
        "Sloganx",
    ]


def test_letters_that_agree_but_stand_elsewhere_are_no_duplicate():
    assert found("abcdefgh", "hgfedcba") == []


NAMES = st.text(st.sampled_from("abcdé ß-Ω"), min_size=1, max_size=12)


@given(NAMES, st.lists(NAMES, max_size=6, unique=True))
def test_what_is_passed_over_quickly_is_what_the_ratio_says(name, names):
    key = naming._key(name)
    near = {
        other
        for other in names
        if SequenceMatcher(None, naming._key(other), key, autojunk=False).ratio() >= 0.84
    }
    assert set(found(name, *names)) == near


def test_long_names_in_many_letters_are_compared_too():
    name = "".join(map(chr, range(0x4E00, 0x4E00 + 200)))
    assert found(name + "x", name, name[::-1]) == [name]


def test_names_are_made_ready_once_for_all_keys(monkeypatch):
    names = [f"Once and for all {n}" for n in range(50)]
    found("o", *names)
    folded = []
    fold = naming._fold
    monkeypatch.setattr(naming, "_fold", lambda name: folded.append(name) or fold(name))
    found("onc", *names)
    assert folded == ["onc"]
