"""Codebook files: what is read, and the one sentence that refuses what is not a codebook."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.codebooks import read_codebook
from postil.domain import limits
from postil.domain.errors import UserError
from postil.domain.tags import Group, LineStyle, Tag


def make_document(**changes: Any) -> dict[str, Any]:
    document: dict[str, Any] = {
        "$schema": "codebook.schema.json",
        "id": "river",
        "name": "River talk",
        "version": "1.2",
        "language": "en",
        "description": "How people speak of the river.",
        "source": "Own.",
        "licence": "MIT",
        "groups": [
            {"id": "wet", "name": "Wet", "colour": "#99ddff"},
            {"id": "dry", "name": "Dry", "colour": "#EEDD88"},
        ],
        "tags": [
            {
                "id": "flood",
                "name": "Flood talk",
                "group": "wet",
                "code": "FL",
                "line_style": "wave",
                "definition": "Speaks of water as an attack.",
                "example": "The river came for us.",
                "question": "Who attacks?",
                "confused_with": ["drought", "sources/vague_crowd"],
                "labels": {"semeval2023": "Flood-Talk", "ipa": "Flood"},
            },
            {"id": "drought", "name": "Drought talk", "group": "dry", "code": "DR"},
        ],
    }
    return document | changes


def as_bytes(document: Any) -> bytes:
    return json.dumps(document).encode()


def refusal(data: bytes) -> UserError:
    with pytest.raises(UserError) as caught:
        read_codebook(data, "river.json")
    assert caught.value.what.startswith("“river.json” is not a usable codebook: ")
    assert caught.value.remedy.endswith(".")
    assert "\n" not in str(caught.value)
    return caught.value


def changed(path: list[Any], value: Any) -> bytes:
    """Return the document with one value changed; a value of `...` takes it out."""
    document = make_document()
    place: Any = document
    for step in path[:-1]:
        place = place[step]
    if value is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return as_bytes(document)


def test_everything_in_the_file_arrives():
    found = read_codebook(as_bytes(make_document()), "river.json")
    assert (found.codebook.id, found.codebook.name) == ("river", "River talk")
    assert (found.codebook.version, found.codebook.language) == ("1.2", "en")
    assert (found.codebook.source, found.codebook.licence) == ("Own.", "MIT")
    assert found.codebook.description == "How people speak of the river."
    assert not found.codebook.enabled
    assert found.groups == (
        Group("river", "wet", "Wet", "#99DDFF", 0),
        Group("river", "dry", "Dry", "#EEDD88", 1),
    )
    assert found.tags == (
        Tag(
            id="river/flood",
            group_id="wet",
            name="Flood talk",
            code="FL",
            line_style=LineStyle.WAVE,
            definition="Speaks of water as an attack.",
            example="The river came for us.",
            question="Who attacks?",
            confused_with=("river/drought", "sources/vague_crowd"),
            labels=(("semeval2023", "Flood-Talk"), ("ipa", "Flood")),
            position=0,
        ),
        Tag("river/drought", "dry", "Drought talk", "DR", position=1),
    )


def test_words_become_canonical_lines():
    data = changed(["tags", 0, "name"], "Cafe\u0301\u0000  of\nthe\ud800 river ")
    assert read_codebook(data, "river.json").tags[0].name == "Café of the river"


def test_a_byte_order_mark_and_codes_in_other_scripts_are_fine():
    data = b"\xef\xbb\xbf" + changed(["tags", 0, "code"], "ПОТ1")
    assert read_codebook(data, "river.json").tags[0].code == "ПОТ1"


@pytest.mark.parametrize("style", list(LineStyle))
def test_every_line_style_of_the_domain_can_be_written(style):
    found = read_codebook(changed(["tags", 0, "line_style"], str(style)), "river.json")
    assert found.tags[0].line_style is style


def test_names_may_be_as_long_as_the_domain_allows():
    read_codebook(changed(["tags", 0, "name"], "n" * limits.TAG_NAME_CHARACTERS), "river.json")
    refused = refusal(changed(["tags", 0, "name"], "n" * (limits.TAG_NAME_CHARACTERS + 1)))
    assert "tag 1, name: is longer than 200 characters" in refused.what


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (["id"], "River", "id: “River” is not small letters a to z, digits"),
        (["id"], "river\n", "id: “river” is not small letters"),
        (["id"], ..., ": “id” is missing"),
        (["palette"], {}, ": there is no field “palette”"),
        (["version"], "new!", "version: “new!” is not digits"),
        (["version"], 1.0, "version: must be text"),
        (["language"], "english please", "language: “english please” is not a language code"),
        (["groups"], {}, "groups: must be a list"),
        (["groups"], [], "groups: there is none"),
        (["groups", 1, "colour"], "blue", "group 2, colour: “blue” is not a colour such as"),
        (["groups", 1, "id"], "wet", "group 2, id: “wet” is already the id of group 1"),
        (["groups", 1, "name"], "WET", "group 2, name: “WET” is already the name of group 1"),
        (["tags"], [], "tags: there is none"),
        (["tags", 1], "drought", "tag 2: must be an object"),
        (["tags", 1, "code"], ..., "tag 2: “code” is missing"),
        (["tags", 1, "code"], "DROUG", "tag 2, code: “DROUG” is not one to four letters"),
        (["tags", 1, "code"], "D R", "tag 2, code: “D R” is not one to four letters"),
        (["tags", 1, "code"], "fl", "tag 2, code: “fl” is already the code of tag 1"),
        (["tags", 1, "id"], "flood", "tag 2, id: “flood” is already the id of tag 1"),
        (["tags", 1, "name"], "flood TALK", "tag 2, name: “flood TALK” is already the name"),
        (["tags", 1, "name"], " \u0000 ", "tag 2, name: is empty"),
        (["tags", 1, "group"], "damp", "tag 2, group: there is no group “damp”"),
        (["tags", 1, "line_style"], "double", "tag 2, line_style: “double” is not one of solid,"),
        (["tags", 1, "underline"], "dot", "tag 2: there is no field “underline”"),
        (["tags", 1, "definition"], "d" * 4001, "definition: is longer than 4000 characters"),
        (["tags", 1, "confused_with"], ["mud"], "tag 2, confused_with: there is no tag “mud”"),
        (["tags", 1, "confused_with"], ["river/mud"], "there is no tag “river/mud”"),
        (["tags", 1, "confused_with"], ["drought"], "confused_with: the tag names itself"),
        (["tags", 1, "confused_with"], ["a b"], "tag 2, confused_with 1: “a b” is not the id of"),
        (["tags", 1, "confused_with"], ["flood", "flood"], "the same tag stands there twice"),
        (["tags", 1, "confused_with"], [f"x/{n}" for n in range(51)], "there are more than 50"),
        (["tags", 1, "labels"], {"A B": "x"}, "tag 2, labels: “A B” is not small letters"),
        (["tags", 1, "labels"], {"ipa": None}, "tag 2, labels, ipa: must be text"),
        (["tags", 1, "labels"], {f"l{n}": "x" for n in range(51)}, "there are more than 50"),
    ],
)
def test_a_wrong_place_is_named(path, value, sentence):
    assert sentence in refusal(changed(path, value)).what


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "the file is empty"),
        (b" \n\t", "the file is empty"),
        (b"\xff\xfe\x00\x01", "the file is not UTF-8 text"),
        (b'{"id": "river",\n "name" "x"}', "line 2, column 9: broken JSON"),
        (b"[", "broken JSON"),
        (b"[]", "must be an object"),
        (b"12", "must be an object"),
        (b"[NaN]", "NaN is not a JSON value"),
        (b"1" * 5000, "digits"),
        (b'{"id": "a", "name": "x", "id": "b"}', "the field “id” stands twice in one object"),
        (b"[" * 21 + b"]" * 21, "lists and objects are nested more than 20 deep"),
        (b'{"a":' * 21 + b"1" + b"}" * 21, "lists and objects are nested more than 20 deep"),
        (b"[" * 200_000 + b"]" * 200_000, "lists and objects are nested more than 20 deep"),
        (b"[" + b" " * (4 * limits.MB) + b"]", "the file is larger than 4 MB, the limit"),
    ],
)
def test_what_is_no_json_of_a_codebook_is_refused(data, sentence):
    assert sentence in refusal(data).what


def test_long_values_are_shortened_in_the_message():
    refused = refusal(changed(["tags", 0, "code"], "x" * 1000))
    assert f"“{'x' * 40}…”" in refused.what
    assert len(refused.what) < 200


def test_too_many_tags_are_refused():
    tags = [
        {"id": f"t{n}", "name": f"Tag {n}", "group": "wet", "code": f"{n:04}"} for n in range(2001)
    ]
    assert "tags: there are more than 2,000" in refusal(as_bytes(make_document(tags=tags))).what
    assert len(read_codebook(as_bytes(make_document(tags=tags[1:])), "x.json").tags) == 2000


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.binary(max_size=60) | json_values.map(as_bytes))
def test_arbitrary_files_are_refused_in_words(data):
    refusal(data)


@given(
    st.sampled_from(["id", "name", "group", "code", "line_style", "confused_with", "labels", "x"]),
    json_values,
)
def test_a_field_of_any_value_is_read_or_refused_in_words(field, value):
    try:
        found = read_codebook(changed(["tags", 0, field], value), "river.json")
    except UserError as error:
        assert "river.json" in error.what  # noqa: PT017 - both ends are fine
    else:
        assert found.tags[0].id.startswith("river/")
