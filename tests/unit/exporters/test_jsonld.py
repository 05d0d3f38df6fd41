"""W3C Web Annotations: what the model demands, and the way there and back."""

import json

import jsonschema
import pytest
from hypothesis import given, settings

from postil.exporters import EXPORTERS, ExportOptions
from postil.importers.mark_files import read
from postil.resources import resource
from properties.strategies import handed_on

SCHEMA = jsonschema.Draft202012Validator(
    json.loads(resource("web-annotation.schema.json").read_bytes())
)


def export(handed_on):
    return EXPORTERS["jsonld"].export(handed_on, ExportOptions())


@given(handed_on())
@settings(max_examples=30, deadline=None)
def test_whatever_is_handed_on_is_as_the_model_demands(content):
    whole = json.loads(export(content).data)
    SCHEMA.validate(whole)
    for one in whole["first"]["items"]:
        quotation, position = one["target"]["selector"]
        place = slice(position["start"], position["end"])
        assert content.article.text[place] == quotation["exact"]


def test_all_that_a_mark_says_comes_back(rich):
    came = {mark.id: mark for mark in read(export(rich).data.decode(), "a.jsonld").marks}
    assert len(came) == len(rich.annotations)
    for was in rich.annotations:
        mark = came[was.id]
        anchor = was.anchor
        assert (mark.start, mark.end, mark.exact) == (anchor.start, anchor.end, anchor.exact)
        assert (mark.prefix, mark.suffix) == (anchor.prefix, anchor.suffix)
        fields = "tags note author edited voice confidence status links starred"
        for field in fields.split():
            assert getattr(mark, field) == getattr(was, field), field


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["@context"], "http://example.org"),
        (["type"], "Collection"),
        (["first", "items", 0, "id"], "no address"),
        (["first", "items", 0, "body", 0, "value"], None),
        (["first", "items", 0, "target", "selector", 1, "start"], -1),
        (["first", "items", 0, "created"], "yesterday"),
    ],
)
def test_the_schema_refuses_what_the_model_refuses(rich, path, value):
    whole = json.loads(export(rich).data)
    node = whole
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        SCHEMA.validate(whole)
