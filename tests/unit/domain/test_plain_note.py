"""Notes as plain words for lists."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postil.domain.plain_note import note_in_one_line, plain_note


@pytest.mark.parametrize(
    ("note", "line"),
    [
        (
            "- **Claim:** it left\n- **Found:** \n- **Verdict:** false",
            "Claim: it left · Verdict: false",
        ),
        ("# Head\n\n> said *she*, __loud__", "Head · said she, loud"),
        ("see [the map](https://example.org) and `code`", "see the map and code"),
        ("2 * 3 * 4 and snake_case_name ** alone", "2 * 3 * 4 and snake_case_name ** alone"),
        ("1. first\n  - second", "first · second"),
    ],
)
def test_signs_of_markdown_are_taken_off(note, line):
    assert note_in_one_line(note) == line


@settings(max_examples=50)
@given(st.text(alphabet="ab *_`[]()#>-\n", max_size=60))
def test_no_word_is_lost(note):
    kept = "".join(one for one in plain_note(note) if one.isalpha())
    if "](" not in note:
        assert kept == "".join(one for one in note if one.isalpha())
