import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.importers import front_matter

FRONT = """title: "The ferry: a story"
authors: [Ada Lind, Bo Ek]
publisher: Harbour Post
url: https://example.org/ferry
date: 2026-05-04
lang: en-GB
tags: [a, b]
rating: 5
summary: >
  Two lines
  of it
"""


def test_known_keys_become_fields_and_the_rest_is_kept():
    found = front_matter.read(FRONT)
    assert (found.title, found.author) == ("The ferry: a story", "Ada Lind, Bo Ek")
    assert (found.outlet, found.source) == ("Harbour Post", "https://example.org/ferry")
    assert (found.published, found.language) == ("2026-05-04", "en-GB")
    assert found.extra == (
        "foreign_tags: [a, b]",
        "rating: 5",
        "summary: >",
        "  Two lines",
        "  of it",
    )


def test_no_key_of_our_own_files_is_kept_as_a_foreign_one():
    found = front_matter.read('format: x\n"tags" : y\ntext_sha256: z\nauthor: {name: n}\n')
    assert found.extra == (
        "foreign_format: x",
        "foreign_tags: y",
        "foreign_text_sha256: z",
        "foreign_author: {name: n}",
    )


def test_keys_are_kept_in_a_form_that_every_file_takes():
    found = front_matter.read("'my key': v\nmood-2: w\n")
    assert found.extra == ("my_key: v", "mood-2: w")


def test_a_source_that_is_no_address_is_an_outlet():
    found = front_matter.read("source: The Harbour Post\n")
    assert (found.outlet, found.source) == ("The Harbour Post", "")


@pytest.mark.parametrize(
    ("text", "front", "body"),
    [
        ("---\na: 1\n---\nBody\n", "a: 1\n", "Body\n"),
        ("---\na: 1\n...\nBody", "a: 1\n", "Body"),
        ("---\na: 1\n---", "a: 1\n", ""),
        ("---  \na: 1\n--- \nBody", "a: 1\n", "Body"),
        ("---\na: 1\nBody", "", "---\na: 1\nBody"),
        ("\n---\na: 1\n---\n", "", "\n---\na: 1\n---\n"),
        ("----\na: 1\n----\n", "", "----\na: 1\n----\n"),
        ("Body", "", "Body"),
        ("", "", ""),
    ],
)
def test_front_matter_stands_between_rules_at_the_top(text, front, body):
    assert front_matter.split(text) == (front, body)


@pytest.mark.parametrize(
    "front",
    [
        "",
        "   \n",
        "only words",
        "- a\n- b",
        "a: &x [1]\nb: *x",
        "a: !!python/object/apply:os.system [true]",
        "a: " + "[" * 5000,
        "a: " + "{b: " * 5000,
        "\n".join(" " * n + "- " for n in range(200)),
        "a: 'open",
        "a: 1\n\tb: 2",
        "a: \x07",
        "a: " + "x" * 70_000,
        "%YAML 1.1\n--- \na: 1",
        "? [a, b]\n: [c\n",
    ],
    ids=lambda value: value[:20],
)
def test_what_is_large_deep_or_broken_is_not_read(front):
    assert front_matter.read(front) is None


def test_it_is_meant_where_it_begins_with_a_key():
    assert front_matter.is_meant("\ntitle: [x\n")
    assert not front_matter.is_meant("A rule above, and words: many\n")
    assert not front_matter.is_meant("")


def test_values_are_words_and_never_anything_else():
    found = front_matter.read("title: 2026-01-01\nauthor: yes\nlanguage: no\nretrieved: ~\n")
    assert (found.title, found.author, found.retrieved) == ("2026-01-01", "yes", "~")


@given(st.text())
def test_reading_is_total(text):
    found = front_matter.read(text)
    if found is not None:
        assert all("\n" not in line and line.strip() for line in found.extra)
