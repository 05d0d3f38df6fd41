"""JSON-LD and CSV as other programs read them; Markdown's own tests stand with its grammar."""

import csv
import io
import json
from dataclasses import replace

import pytest

from factories import make_annotation, make_article, make_id
from postil.annotated_markdown import HandedOn, parse
from postil.domain.annotation import Confidence, Link, Relation, Status, Voice
from postil.domain.tags import LineStyle, Tag
from postil.exporters import EXPORTERS, ExportOptions

DOUBT = Tag("persuasion23/doubt", "reputation", "Casting doubt", "DO", LineStyle.DOT)


@pytest.fixture
def handed_on():
    article = make_article(
        "For years 😀 the council has told us nothing can be done.",
        "=SUM(A1) is what “most observers” agree on.",
        heading="The ferry",
        author="Ada Lind",
        source="https://example.org/ferry",
    )
    return HandedOn(
        article=article,
        annotations=(
            make_annotation(article, "the council", tags=(DOUBT.id, "my/gone"), note="Who *says*?"),
            make_annotation(
                article,
                "=SUM(A1)",
                number=2,
                author="@bo",
                voice=Voice.QUOTED,
                confidence=Confidence.SURE,
                status=Status.OPEN,
                links=(Link(Relation.CONTRADICTS, make_id(1)),),
                created="2026-05-04T10:00:00Z",
            ),
        ),
        tags={DOUBT.id: DOUBT},
        note="On the whole.",
    )


def export(name, handed_on):
    return EXPORTERS[name].export(handed_on, ExportOptions())


def test_json_ld_selects_by_quotation_and_by_code_points(handed_on):
    collection = json.loads(export("jsonld", handed_on).data)
    first, second = collection["first"]["items"]
    assert collection["type"] == "AnnotationCollection"
    assert collection["total"] == 2
    quotation, position = first["target"]["selector"]
    text = handed_on.article.text
    assert quotation["exact"] == "the council" == text[position["start"] : position["end"]]
    assert quotation["prefix"].endswith("years 😀 ")
    assert first["id"] == f"urn:uuid:{make_id(1)}"
    assert [(b["purpose"], b["value"]) for b in first["body"]] == [
        ("tagging", "Casting doubt"),
        ("tagging", "my/gone"),
        ("commenting", "Who *says*?"),
    ]
    assert "creator" not in first
    assert second["creator"] == {"type": "Person", "name": "@bo"}
    assert second["postil:links"] == [f"contradicts:{make_id(1)}"]
    assert second["motivation"] == "highlighting"


def test_the_table_has_a_row_for_each_tag_and_no_formula(handed_on):
    data = export("csv", handed_on).data
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [(r["paragraph"], r["tag"], r["code"], r["codebook"]) for r in rows] == [
        ("1", "Casting doubt", "DO", "persuasion23"),
        ("1", "my/gone", "", ""),
        ("2", "", "", ""),
    ]
    assert rows[2]["quotation"] == "'=SUM(A1)"
    assert rows[2]["annotator"] == "'@bo"
    assert data.count(b"\r\n") == 4


def test_what_a_format_cannot_say_is_said(handed_on, rich):
    assert export("markdown", rich).remarks == ()
    assert export("jsonld", handed_on).remarks == ("The note on the whole article is left out.",)
    assert export("csv", rich).remarks == (
        "The note on the whole article is left out.",
        "1 answer to a guiding question is left out.",
    )


@pytest.mark.parametrize("name", sorted(set(EXPORTERS) - {"qdc"}))
def test_marks_that_wait_for_a_place_are_told(rich, name):
    told = export(name, replace(rich, waiting=2)).remarks
    assert "2 marks that wait for their places are left out." in told


def test_the_table_has_every_field_of_a_mark(rich):
    data = export("csv", rich).data.decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(data, newline="")))
    assert [column for column in row if not row[column]] == ["published"]
    assert row["group"] == "Manipulative wording"
    assert row["links"] == f"contradicts:{make_id(2)} repeats:{make_id(9)}"
    assert row["other"] == "mood=calm"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_a_table_is_a_formula(handed_on, start):
    mark = replace(handed_on.annotations[0], note=f"{start}1+1", author=f"{start}x")
    (row, *_) = csv.DictReader(
        io.StringIO(
            export("csv", replace(handed_on, annotations=(mark,))).data.decode("utf-8-sig"),
            newline="",
        )
    )
    assert (row["note"], row["annotator"]) == (f"'{start}1+1", f"'{start}x")


def test_the_table_has_a_column_for_each_field_of_notes(handed_on):
    note = "- **Claim:** it left\n- **Date:** =1\n- **Found:**"
    first, *others = handed_on.annotations
    noted = replace(handed_on, annotations=(replace(first, note=note), *others))
    data = export("csv", noted).data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(data, newline="")))
    assert [(r["note: Claim"], r["note: Date"]) for r in rows] == [
        ("it left", "'=1"),
        ("it left", "'=1"),
        ("", ""),
    ]
    assert "note: Found" not in rows[0]


def test_markdown_is_the_grammars_file(handed_on):
    data = EXPORTERS["markdown"].export(handed_on, ExportOptions(numbers=True, legend=True)).data
    parsed = parse(data.decode())
    assert parsed.article.text == handed_on.article.text
    assert b'<sup class="n">1</sup>' in data


@pytest.mark.parametrize("name", sorted(EXPORTERS))
def test_the_order_of_making_does_not_show(rich, name):
    turned = replace(rich, annotations=rich.annotations[::-1])
    assert export(name, turned) == export(name, rich)


def test_every_format_has_a_name_and_a_suffix_of_its_own():
    suffixes = [exporter.suffix for exporter in EXPORTERS.values()]
    assert len(set(suffixes)) == len(suffixes)
    assert all(exporter.name and exporter.media_type for exporter in EXPORTERS.values())
