import json
import uuid
from pathlib import Path

import pytest

from postil.domain.annotation import Link, Relation, Status, Voice
from postil.domain.errors import UserError
from postil.importers.mark_files import read

SHARED = Path(__file__).parents[3] / "../shared/data/examples/w3c_one.json"
UUID = "0197c0e2-0000-7000-8000-000000000001"
QUOTE = {"type": "TextQuoteSelector", "exact": "so 😀", "prefix": "pre", "suffix": "suf"}
POSITION = {"type": "TextPositionSelector", "start": 3, "end": 7}


def annotation(**fields):
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "Annotation",
        "target": {"source": "https://example.org/a", "selector": [QUOTE, POSITION]},
        **fields,
    }


def marks(value):
    return read(json.dumps(value), "a.jsonld").marks


def only(**fields):
    [mark] = marks(annotation(**fields))
    return mark


def test_selectors_say_where():
    mark = only()
    assert (mark.start, mark.end, mark.exact) == (3, 7, "so 😀")
    assert (mark.prefix, mark.suffix) == ("pre", "suf")


@pytest.mark.parametrize(
    ("target", "start", "exact"),
    [
        ({"selector": QUOTE}, None, "so 😀"),
        ({"selector": POSITION}, 3, None),
        ([{"selector": {"type": "FragmentSelector"}}, {"selector": [POSITION]}], 3, None),
        ({"selector": [{"type": ["TextQuoteSelector"], "exact": "x"}]}, None, "x"),
    ],
)
def test_targets_of_every_shape(target, start, exact):
    mark = only(target=target)
    assert (mark.start, mark.exact) == (start, exact)


def test_bodies_are_tags_and_notes():
    mark = only(
        body=[
            {"type": "TextualBody", "purpose": "tagging", "value": "Doubt"},
            {
                "type": "TextualBody",
                "purpose": "tagging",
                "value": "Doubt",
                "postil:tag": "p/doubt",
            },
            {"type": "TextualBody", "purpose": ["commenting"], "value": "One."},
            "Two.",
            {"type": "TextualBody", "value": "Three."},
            5,
        ]
    )
    assert mark.tags == ("Doubt", "p/doubt")
    assert mark.note == "One.\n\nTwo.\n\nThree."
    assert only(bodyValue="Short").note == "Short"
    assert only(motivation="tagging", body={"value": "Doubt"}).tags == ("Doubt",)


@pytest.mark.parametrize(
    ("creator", "author"),
    [
        ("Dana", "Dana"),
        ({"name": "Dana O", "nickname": "dana"}, "dana"),
        ([{"id": "x"}, {"name": "Dana"}], "Dana"),
        (None, ""),
        (5, ""),
    ],
)
def test_creators_of_every_shape(creator, author):
    assert only(creator=creator).author == author


def test_ids_are_uuids_or_made_of_addresses():
    assert only(id=f"urn:uuid:{UUID}").id == UUID
    address = "https://example.org/annotations/1"
    assert (
        only(id=address).id == str(uuid.uuid5(uuid.NAMESPACE_URL, address)) == only(id=address).id
    )


def test_what_we_wrote_ourselves_comes_back():
    mark = only(
        created="2026-05-04T10:00:00Z",
        modified="2026-05-05T10:00:00Z",
        **{
            "postil:voice": "quoted",
            "postil:status": "open",
            "postil:links": [f"repeats:{UUID}", "x"],
        },
    )
    assert (mark.voice, mark.status) == (Voice.QUOTED, Status.OPEN)
    assert mark.links == (Link(Relation.REPEATS, UUID),)
    assert (mark.created, mark.edited) == ("2026-05-04T10:00:00Z", "2026-05-05T10:00:00Z")


@pytest.mark.parametrize(
    "wrap",
    [
        lambda items: items,
        lambda items: {"type": "AnnotationPage", "items": items},
        lambda items: {
            "type": ["AnnotationCollection"],
            "first": {"type": "AnnotationPage", "items": items},
        },
        lambda items: [{"type": "AnnotationPage", "items": items[:1]}, *items[1:]],
        lambda items: {"type": "AnnotationPage", "@graph": items},
    ],
)
def test_collections_of_every_shape(wrap):
    items = [annotation(target={"selector": {**QUOTE, "exact": word}}) for word in ("a", "b", "c")]
    assert [mark.exact for mark in marks(wrap(items))] == ["a", "b", "c"]


def test_a_bad_annotation_is_told_with_its_number():
    reading = read(
        json.dumps([annotation(), annotation(target="https://x.example/"), 5, annotation()]),
        "a.json",
    )
    assert len(reading.marks) == 2
    assert reading.remarks == (
        "Annotation 2 was left out: it has neither a quotation nor a position.",
        "Annotation 3 was left out: it is no object.",
    )


def test_a_collection_in_itself_ends():
    page = {"type": "AnnotationPage", "items": []}
    for _ in range(300):
        page = {"type": "AnnotationPage", "items": [page]}
    with pytest.raises(UserError):
        marks(page)


def test_an_empty_collection_is_refused():
    with pytest.raises(UserError, match="no mark"):
        marks({"type": "AnnotationPage", "items": []})


def test_an_example_of_another_hand():
    if not SHARED.exists():
        pytest.skip("the examples are not beside the repository")
    [mark] = read(SHARED.read_text("utf-8"), "a.json").marks
    assert mark.exact == "inevitable 😀, and only cranks"
    assert (mark.start, mark.end) == (31, 60)
    assert (mark.tags, mark.note) == (("Name-calling",), "Overlaps the first.")
    assert mark.author == "Dana Okafor"
