"""Both ways with the prototype of the format, an independent reader and writer of its core."""

import importlib.util
import random
import sys
from pathlib import Path

import pytest

from postil.annotated_markdown import HandedOn, parse, write
from postil.annotated_markdown.note_text import note_from_file, note_to_file
from postil.domain.annotation import Anchor, Annotation, reading_order
from postil.domain.article import BlockKind, Metadata
from postil.domain.builder import ArticleBuilder
from postil.domain.canonical import clean_line, clean_note
from postil.domain.errors import UserError
from postil.domain.tags import Tag

EXAMPLES = Path(__file__).parents[3] / "shared" / "data" / "examples"
DOCUMENTS = 1_000
KINDS = {
    "p": (BlockKind.PARAGRAPH, 0),
    "h2": (BlockKind.HEADING, 2),
    "li": (BlockKind.ITEM, 1),
    "q": (BlockKind.QUOTATION, 0),
}


def load(name):
    """Return one of the examples' modules."""
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def prototype():
    """Return the prototype and its generator of documents."""
    if not EXAMPLES.is_dir():
        pytest.skip("the prototype lies beside the repository, and is not there")
    arguments, sys.argv = sys.argv, ["fuzz", "1"]
    try:
        yield load("annotated_markdown_prototype"), load("annotated_markdown_fuzz")
    finally:
        sys.argv = arguments
        for name in ("annotated_markdown_prototype", "annotated_markdown_fuzz"):
            sys.modules.pop(name, None)


def as_ours(document):
    """Return a document of the prototype as ours, or None where ours would not be the same."""
    builder = ArticleBuilder(Metadata(title=clean_line(document["meta"]["title"])))
    for kind, text in document["blocks"]:
        block_kind, level = KINDS[kind]
        builder.block(block_kind, text, level=level)
    try:
        article = builder.finish()
    except UserError:
        return None
    if article.text != "\n".join(text for _, text in document["blocks"]):
        return None  # tabs, which only rows have, or an end that we strip
    tags, marks = {}, []
    for note in document["notes"]:
        names = [clean_line(name) for name in note["tags"]]
        ids = []
        for name in names:
            tag_id = f"my/t{len(tags)}"
            tags[tag_id] = Tag(tag_id, "own", name, "X")
            ids.append(tag_id)
        anchor = Anchor(note["start"], note["end"], article.text[note["start"] : note["end"]])
        body = clean_note(note["note"])
        marks.append(Annotation(note["id"], "a", "r", anchor, tags=tuple(ids), note=body))
    return HandedOn(article, tuple(marks), tags)


def documents(fuzzer):
    """Yield documents of the prototype's own generator together with ours."""
    random.seed(20_260_504)
    known = 0
    while known < DOCUMENTS:
        document = fuzzer.mkdoc()
        ours = as_ours(document)
        if ours is not None:
            known += 1
            yield document, ours


def names_of(ours, mark):
    return tuple(ours.tags[tag].name for tag in mark.tags)


def test_the_prototype_reads_what_we_write(prototype):
    module, fuzzer = prototype
    for _, ours in documents(fuzzer):
        read, hash_matches, warnings = module.load(
            write(ours).replace("<!-- end of file -->\n", "")
        )
        assert hash_matches
        assert warnings == []
        assert "\n".join(text for _, text in read["blocks"]) == ours.article.text
        expected = sorted(ours.annotations, key=reading_order)
        found = sorted(read["notes"], key=lambda n: (n["start"], -n["end"], n["id"]))
        for note, mark in zip(found, expected, strict=True):
            assert (note["id"], note["start"], note["end"]) == (mark.id, mark.start, mark.end)
            assert tuple(map(clean_line, note["tags"])) == names_of(ours, mark)
            assert clean_note(note["note"]) == note_to_file(mark.note)


def test_we_read_what_the_prototype_writes(prototype):
    module, fuzzer = prototype
    for document, ours in documents(fuzzer):
        parsed = parse(module.export(document))
        assert not parsed.is_ours
        assert parsed.hash_matches
        assert parsed.article.text == ours.article.text
        assert parsed.article.blocks == ours.article.blocks
        assert len(parsed.marks) == len(ours.annotations)
        for found, mark in zip(parsed.marks, ours.annotations, strict=True):
            assert (found.mark.start, found.mark.end) == (mark.start, mark.end)
            assert found.pieces == (mark.start, mark.end)
            assert found.tag_names == names_of(ours, mark)
            assert found.mark.note == clean_note(note_from_file(mark.note))
