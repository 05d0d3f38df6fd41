import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.domain import limits
from postil.domain.annotation import Confidence, Status, Voice
from postil.domain.errors import UserError
from postil.importers.mark_files import read

UUID = "0197c0e2-0000-7000-8000-000000000001"


def lines(*values):
    return "\n".join(v if isinstance(v, str) else json.dumps(v) for v in values)


def only(value):
    [mark] = read(lines(value), "m.jsonl").marks
    return mark


def test_a_line_with_every_field():
    mark = only(
        {
            "start": 3,
            "end": 9,
            "quote": "a\r\nb\tc\u2028d",
            "prefix": "p" * 99,
            "suffix": "s" * 99,
            "tags": ["persuasion23/doubt", "My  own\ntag", "persuasion23/doubt"],
            "note": "*so*\n",
            "id": f"urn:uuid:{UUID.upper()}",
            "author": " Dana\n",
            "created": "2026-05-04T12:00:00+02:00",
            "voice": "quoted",
            "confidence": "LIKELY",
            "status": "to-check",
            "score": 0.5,
            "is_new": True,
        }
    )
    assert (mark.start, mark.end, mark.exact) == (3, 9, "a\nb\tc\u2028d")
    assert (mark.prefix, mark.suffix) == ("p" * 32, "s" * 32)
    assert mark.tags == ("persuasion23/doubt", "My own tag")
    assert (mark.note, mark.id, mark.author) == ("*so*", UUID, "Dana")
    assert mark.created == "2026-05-04T10:00:00Z"
    assert (mark.voice, mark.confidence) == (Voice.QUOTED, Confidence.LIKELY)
    assert mark.status is Status.TO_CHECK
    assert mark.extra == (("score", "0.5"), ("is_new", "true"))


def test_a_position_or_a_quotation_is_enough():
    assert only({"start": 0, "end": 1}).exact is None
    assert only({"quote": "so"}).start is None
    assert only({"quote": "so", "tags": "doubt"}).tags == ("doubt",)


BAD = [
    ("{", "broken JSON"),
    ('{"quote": "so"', "broken JSON"),
    ("[]", "no object"),
    ("7", "no object"),
    ({}, "neither"),
    ({"quote": " \n"}, "neither"),
    ({"start": 1}, "whole numbers"),
    ({"start": 1.5, "end": 2}, "whole numbers"),
    ({"start": True, "end": 2}, "whole numbers"),
    ({"start": "1", "end": "2"}, "whole numbers"),
    ({"start": -1, "end": 2}, "lie in a text"),
    ({"start": 1, "end": 2**40}, "lie in a text"),
    ({"start": 2, "end": 2}, "before"),
    ({"start": 3, "end": 2}, "before"),
    ({"quote": 5}, "“quote” is no text"),
    ({"quote": "so", "tags": [1]}, "tag is no text"),
    ({"quote": "so", "tags": {"a": 1}}, "tag is no text"),
    ({"quote": "so", "note": ["n"]}, "“note” is no text"),
    ({"quote": "so", "note": "n" * (limits.NOTE_CHARACTERS + 1)}, "1 MB"),
    ('{"quote": "so", "quote": "no"}', "twice"),
    ('{"start": NaN, "end": 2}', "NaN"),
    ('{"start": 1, "end": Infinity}', "Infinity"),
    ('{"start": 1, "end": 1' + "0" * 5000 + "}", "number that is too long"),
    ('{"quote": ' + "[" * 100_000, "nested too deep"),
]


@pytest.mark.parametrize(("line", "reason"), BAD, ids=lambda value: str(value)[:30])
def test_a_bad_line_is_told_with_its_number_and_the_good_ones_are_taken(line, reason):
    reading = read(lines({"quote": "first"}, "", line, {"quote": "last"}), "m.jsonl")
    assert [mark.exact for mark in reading.marks] == ["first", "last"]
    [remark] = reading.remarks
    assert remark.startswith("Line 3 was left out: ")
    assert reason in remark


@pytest.mark.parametrize("line", [line for line, _ in BAD], ids=lambda value: str(value)[:30])
def test_a_file_with_nothing_good_in_it_is_refused(line):
    with pytest.raises(UserError, match=r"m\.jsonl"):
        read(lines(line), "m.jsonl")
    with pytest.raises(UserError, match=r"m\.jsonl"):
        read(lines(line, line), "m.jsonl")


def test_a_bad_first_line_does_not_spoil_the_rest():
    reading = read(lines("{broken", {"quote": "so"}), "m.jsonl")
    assert len(reading.marks) == 1
    assert "Line 1" in reading.remarks[0]


@pytest.mark.parametrize(
    ("value", "remark"),
    [
        ({"voice": "loud"}, "“loud” is no voice"),
        ({"status": "x" * 99}, "is no status"),
        ({"id": "a1"}, "no UUID"),
        ({"tags": ["x" * 201, "y"]}, "200 characters"),
    ],
)
def test_what_can_be_left_out_is_left_out_and_told(value, remark):
    reading = read(lines({"quote": "so", **value}), "m.jsonl")
    assert len(reading.marks) == 1
    assert remark in reading.remarks[0]


def test_times_that_are_none_are_left_out():
    assert only({"quote": "so", "created": "yesterday"}).created == ""
    assert only({"quote": "so", "created": "0001-01-01T00:00:00+14:00"}).created == ""


def test_one_list_of_plain_objects_is_read_too():
    reading = read('[{"quote": "a"}, 5, {"quote": "b"}]', "m.json")
    assert [mark.exact for mark in reading.marks] == ["a", "b"]
    assert reading.remarks == ("Mark 2 was left out: it is no object.",)


def test_too_many_marks_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "MARKS_PER_FILE", 3)
    assert read(lines(*[{"quote": "a"}] * 3), "m").marks
    with pytest.raises(UserError, match="more than 3 marks"):
        read(lines(*[{"quote": "a"}] * 4), "m")


def test_remarks_end_somewhere():
    reading = read(lines({"quote": "a"}, *["{}"] * 5000), "m")
    assert len(reading.remarks) == 1001
    assert reading.remarks[-1] == "And 4,000 more remarks like these."


@pytest.mark.parametrize("text", ["[]", "{}", "[[[]]]", "null", '"x"', "", "[1, 2]", "{not json}"])
def test_other_json_is_refused(text):
    with pytest.raises(UserError):
        read(text, "m.json")


KEYS = "start end quote tags note id target selector type body items exact creator voice value"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(KEYS.split()) | st.text(max_size=4), inner, max_size=6)
    ),
    max_leaves=20,
)


@given(st.lists(JSON, max_size=4), st.sampled_from(["\n", ""]))
def test_any_json_gives_marks_or_a_sentence(values, end):
    for text in (json.dumps(values), "\n".join(json.dumps(value) for value in values) + end):
        try:
            reading = read(text, "m.json")
        except UserError:
            continue
        for mark in reading.marks:
            assert mark.exact or mark.start is not None
            assert mark.start is None or 0 <= mark.start < mark.end
