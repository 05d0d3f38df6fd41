"""Fields of notes: what is written is read, whatever stands round it, and any text is read."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from postil.annotated_markdown.note_text import note_from_file, note_to_file
from postil.domain.canonical import clean_note
from postil.domain.note_fields import emptied, field_values, note_fields, written_fields

WORD = st.text(st.sampled_from("abAé.,!?'\"_%()[]<>&;`中אعّ😀"), min_size=1, max_size=6).filter(
    lambda word: not word.startswith((">", "```"))  # these begin blocks
)
LINE = st.lists(WORD, min_size=1, max_size=4).map(" ".join)
NAME = LINE.filter(lambda name: len(name) <= 60)
VALUE = st.lists(LINE, max_size=3).map("\n".join)
FIELDS = st.lists(st.tuples(NAME, VALUE), max_size=5)
FREE = st.text(st.sampled_from("ab*:-`~# >\n1."), max_size=40)


def pairs(note):
    return [(field.name, field.value) for field in note_fields(note)]


@given(FIELDS, LINE)
def test_what_is_written_is_read(fields, words):
    note = written_fields(fields)
    assert pairs(note) == fields
    around = f"{words}\n\n{note}\n\n{words}" if fields else words
    assert pairs(around) == fields
    kept = clean_note(around)
    assert pairs(kept) == pairs(note_from_file(note_to_file(kept))) == pairs(around)


@given(FREE)
@example("- **a:** b\n```\n- **c:** d\n```\n**e**: f\ng\n\nh")
def test_any_text_is_read_and_the_fields_can_be_emptied(note):
    fields = note_fields(note)
    ends = [field.end for field in fields]
    assert ends == sorted(set(ends))
    for field in fields:
        assert note[field.end : field.end + 1] in {"", "\n"}
        assert note[: field.end].rstrip().endswith(field.value.rpartition("\n")[2])
    assert pairs(emptied(note)) == [(field.name, "") for field in fields]
    assert set(field_values(note)) == {field.name for field in fields if field.value}


@pytest.mark.parametrize("note", ["`" * 1_000_000 + " x `", "- **a:**" * 100_000])
def test_a_note_of_a_megabyte_is_read_at_once(note):
    assert len(note_fields(note)) <= 1
    assert note_from_file(note_to_file(note)) == note


def test_the_forms_of_a_field():
    note = (
        "Free **words:** here\n- **Claim:** it rains\n  and pours\n**Found**: yes\n"
        "* **Verdict :**\n\n    **Code:** no\n- other item\n**:** none\n** :** none"
    )
    assert pairs(note) == [("Claim", "it rains\nand pours"), ("Found", "yes"), ("Verdict", "")]
    assert field_values("- **A:** b\n- **A:** c\n- **D:**") == {"A": "b\nc"}
    assert emptied("- **A:** b\n  c\n\nwords\n- **D:**") == "- **A:** \n\nwords\n- **D:** "
