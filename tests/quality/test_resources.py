"""The shipped assets are whole: codebooks, themes, icons and the sample article."""

import itertools
import json
import re
import uuid
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, qAlpha
from PySide6.QtSvg import QSvgRenderer

from postil.anchoring import describe
from postil.annotated_markdown import HandedOn, ParsedFile, parse, write
from postil.codebooks import read_codebook, shipped, shipped_versions
from postil.domain.annotation import Annotation, Confidence, Status, Voice
from postil.domain.article import BlockKind, SpanKind
from postil.domain.tags import Tag
from postil.page.numbers import paragraph_numbers
from postil.page.style import PageStyle
from postil.resources import resource

THEMES = ("light", "sepia", "dark")
PAGE_COLOURS = {field.name for field in fields(PageStyle) if str(field.default).startswith("#")}
ICONS = sorted(resource("icons").glob("*.svg"))


def luminance(colour: str) -> float:
    """Relative luminance of "#RRGGBB" as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def theme(name: str) -> dict[str, dict]:
    return json.loads(resource("themes", f"{name}.json").read_text(encoding="utf-8"))


def every_tag() -> list[Tag]:
    return [tag for tag_set in shipped() for tag in tag_set.tags]


# Codebooks


def test_every_codebook_in_the_folder_is_shipped_and_named_by_its_id():
    files = {path.stem for path in resource("codebooks").glob("*.json")} - {"codebook.schema"}
    assert files == {tag_set.codebook.id for tag_set in shipped()}
    for stem in files:
        data = resource("codebooks", f"{stem}.json").read_bytes()
        assert read_codebook(data, stem).codebook.id == stem


def test_the_validator_accepts_the_schema_itself():
    from jsonschema import Draft202012Validator

    schema = json.loads(resource("codebooks", "codebook.schema.json").read_bytes())
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("field", ["code", "name", "id"])
def test_tags_of_all_codebooks_are_told_apart(field):
    values = [getattr(tag, field).casefold() for tag in every_tag()]
    assert sorted(set(values)) == sorted(values)


def test_within_a_group_the_line_style_tells_the_tag():
    for tag_set in shipped():
        styles = [(tag.group_id, tag.line_style) for tag in tag_set.tags]
        assert len(set(styles)) == len(styles), tag_set.codebook.id


def test_groups_of_a_codebook_differ_in_colour_and_each_has_tags():
    for tag_set in shipped():
        colours = [group.colour for group in tag_set.groups]
        assert len(set(colours)) == len(colours), tag_set.codebook.id
        assert {group.id for group in tag_set.groups} == {tag.group_id for tag in tag_set.tags}


def test_every_tag_explains_itself():
    for tag in every_tag():
        assert tag.definition.endswith((".", "!", "?")), tag.id
        assert tag.example, tag.id
        assert tag.question.endswith(("?", ".")), tag.id
        for text in (tag.definition, tag.example, tag.question):
            assert "'" not in text, f"{tag.id}: a straight apostrophe"
            assert '"' not in text, f"{tag.id}: straight quotation marks"


def test_confusions_name_tags_that_exist():
    known = {tag.id for tag in every_tag()}
    for tag in every_tag():
        assert set(tag.confused_with) <= known, tag.id


@pytest.mark.parametrize("codebook_id", ["persuasion23", "claims", "sources"])
def test_confusions_are_named_for_every_tag_of(codebook_id):
    tag_set = next(found for found in shipped() if found.codebook.id == codebook_id)
    assert all(tag.confused_with for tag in tag_set.tags)


def test_codebooks_say_where_they_come_from():
    for tag_set in shipped():
        codebook = tag_set.codebook
        assert codebook.version == "1.0"
        assert codebook.language == "en"
        assert codebook.source
        assert codebook.licence
        assert codebook.description


# Themes


def test_all_themes_have_the_same_colours():
    first = theme("light")
    for name in THEMES:
        found = theme(name)
        assert found.keys() == {"page", "shell"}
        assert found["page"].keys() == PAGE_COLOURS | {"is_dark"}
        assert found["shell"].keys() == first["shell"].keys()
        colours = [found["page"][key] for key in PAGE_COLOURS] + list(found["shell"].values())
        assert all(re.fullmatch("#[0-9A-F]{6}", colour) for colour in colours), name
        assert found["page"]["is_dark"] is (luminance(found["page"]["paper"]) < 0.2)


@pytest.mark.parametrize("name", THEMES)
def test_the_page_can_be_read(name):
    page = theme(name)["page"]
    assert contrast(page["ink"], page["paper"]) >= 7
    assert contrast(page["ink_soft"], page["paper"]) >= 4.5
    assert contrast(page["link"], page["paper"]) >= 4.5
    assert contrast(page["accent"], page["paper"]) >= 3
    for ground in ("selection", "hit"):
        assert contrast(page["mark_ink"], page[ground]) >= 7, ground


@pytest.mark.parametrize("name", THEMES)
def test_the_shell_can_be_read(name):
    shell = theme(name)["shell"]
    grounds = ("window", "panel", "card", "field", "hover", "selected")
    for ground in grounds:
        assert contrast(shell["text"], shell[ground]) >= 7, ground
        assert contrast(shell["text_soft"], shell[ground]) >= 4.5, ground
        assert contrast(shell["danger"], shell[ground]) >= 4.5, ground
        assert contrast(shell["warning"], shell[ground]) >= 4.5, ground
        assert contrast(shell["accent"], shell[ground]) >= 3, ground
        assert contrast(shell["focus"], shell[ground]) >= 3, ground
    assert contrast(shell["accent_text"], shell["accent"]) >= 4.5
    assert contrast(shell["toast_text"], shell["toast"]) >= 7


@pytest.mark.parametrize("name", THEMES)
def test_words_in_a_mark_can_be_read_on_every_group_colour(name):
    ink = theme(name)["page"]["mark_ink"]
    for tag_set in shipped():
        for group in tag_set.groups:
            assert contrast(ink, group.colour) >= 7, (tag_set.codebook.id, group.id)


# Icons


def drawn(path: Path, side: int) -> QImage:
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(path.read_bytes()).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return image


def test_the_icons_of_the_program_are_there():
    wanted = """
        article back backup caret check close codebook columns copy delete edit export filter find
        forward full-screen help history import info keyboard link mark more next note open
        palette parts paste plus postil present previous print quit quote redo save search
        settings shelf sidebar tag theme undo warning zoom-in zoom-out
    """
    assert [path.stem for path in ICONS] == wanted.split()


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_an_icon_is_one_plain_drawing_in_the_common_style(path):
    text = path.read_text(encoding="utf-8")
    root = ET.fromstring(text)
    assert not re.search("script|href|style=|url\\(|<!|<\\?", text)
    if path.stem == "postil":
        assert "currentColor" not in text
        return
    assert root.get("viewBox") == "0 0 24 24"
    assert root.get("stroke-width") == "1.75"
    assert root.get("stroke") == "currentColor"
    assert "#" not in text, "one colour, given by the theme"


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
@pytest.mark.parametrize("side", [16, 48])
def test_an_icon_can_be_seen_and_is_not_cut_off(path, side):
    image = drawn(path, side)
    places = itertools.product(range(side), repeat=2)
    points = [(x, y) for x, y in places if qAlpha(image.pixel(x, y)) > 128]
    assert len(points) >= side / 2
    edge = {0, side - 1}
    assert not [(x, y) for x, y in points if path.stem != "postil" and {x, y} & edge]


# The sample article


@pytest.fixture(scope="module")
def sample_text() -> str:
    path = resource("sample", "the-ferry-that-was-promised.md")
    return path.read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def sample(sample_text) -> ParsedFile:
    return parse(sample_text)


def ranges(sample: ParsedFile) -> list[tuple[int, int]]:
    found = [(parsed.mark.start, parsed.mark.end) for parsed in sample.marks]
    assert None not in itertools.chain(*found)
    return found


def related(sample: ParsedFile, relation: Callable[..., bool]) -> bool:
    """Whether two marks of the sample stand in a relation, given as (start, end, start, end)."""
    return any(relation(*a, *b) for a, b in itertools.permutations(ranges(sample), 2))


def test_the_sample_is_whole_and_says_what_it_is(sample):
    assert sample.is_ours
    assert sample.hash_matches
    assert not sample.partial
    assert not sample.remarks
    metadata = sample.article.metadata
    assert (metadata.title, metadata.author) == ("The ferry that was promised", "Ada Lind")
    assert (metadata.outlet, metadata.published) == ("Harbour Post", "2026-05-04")
    assert metadata.source.startswith("https://example.org/")
    assert metadata.language == "en"
    assert 600 <= len(sample.article.text.split()) <= 900


def test_the_sample_shows_the_kinds_of_blocks_and_spans(sample):
    kinds = {block.kind for block in sample.article.blocks}
    assert kinds >= {BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ITEM, BlockKind.QUOTATION}
    assert {span.kind for span in sample.article.spans} >= {SpanKind.LINK, SpanKind.EMPHASIS}
    text = sample.article.text
    sentences = re.findall(r"[^.!?\n]+[.!?]", text)
    assert any(len(s.split()) > 40 and text.count(s) == 2 for s in sentences), "the thesis, twice"


def test_the_sample_has_marks_of_every_kind(sample):
    assert 20 <= len(sample.marks) <= 30
    assert related(sample, lambda a, b, c, d: a < c < b < d), "crossing"
    assert related(sample, lambda a, b, c, d: a <= c < d < b), "nested"
    assert related(sample, lambda a, b, c, d: (a, b) == (c, d)), "identical"
    text = sample.article.text
    assert any("\n" in text[start:end] for start, end in ranges(sample)), "over a border"
    marks = [parsed.mark for parsed in sample.marks]
    assert any(not mark.tags and not mark.note for mark in marks), "plain"
    assert any(len(mark.tags) > 1 for mark in marks)
    assert {mark.voice for mark in marks} >= {Voice.AUTHOR, Voice.QUOTED, Voice.HEADLINE}
    assert {mark.status for mark in marks} >= {Status.TO_CHECK, Status.OPEN}
    assert {mark.confidence for mark in marks} >= {Confidence.SURE, Confidence.LIKELY}


def test_marks_of_the_sample_use_shipped_tags_and_quote_their_words(sample):
    known = {tag.id for tag in every_tag()}
    for parsed in sample.marks:
        mark = parsed.mark
        assert set(mark.tags) <= known, mark.exact
        assert mark.author == "Postil"
        assert uuid.UUID(mark.id).version == 4
        assert (mark.start, mark.end) == parsed.pieces
    assert not sample.tag_sets
    versions = shipped_versions()
    used = {tag.partition("/")[0] for parsed in sample.marks for tag in parsed.mark.tags}
    assert set(sample.codebooks) == {f"{codebook}@{versions[codebook]}" for codebook in used}


def test_paragraphs_that_notes_point_to_exist(sample):
    last = max(number or 0 for number in paragraph_numbers(sample.article))
    named = [int(n) for p in sample.marks for n in re.findall(r"¶(\d+)", p.mark.note)]
    assert named
    assert max(named) <= last


def test_writing_the_sample_again_gives_the_same_bytes(sample, sample_text):
    annotations = tuple(
        Annotation(
            id=mark.id,
            article_id="",
            revision_id="",
            anchor=describe(sample.article.text, mark.start, mark.end),
            tags=mark.tags,
            note=mark.note,
            author=mark.author,
            created=mark.created,
            edited=mark.edited,
            voice=mark.voice,
            confidence=mark.confidence,
            status=mark.status,
            links=mark.links,
        )
        for mark in (parsed.mark for parsed in sample.marks)
    )
    again = HandedOn(
        article=sample.article,
        annotations=annotations,
        tags={tag.id: tag for tag in every_tag()},
        tag_sets=sample.tag_sets,
        codebooks=sample.codebooks,
        original_sha256="",
        note=sample.note,
        answers=sample.answers,
        questions={tag.id: tag.question for tag in every_tag()},
        partial=sample.partial,
    )
    assert write(again) == sample_text
