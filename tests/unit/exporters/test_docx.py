"""Word documents: comments on crossing marks, what LibreOffice makes of them, and the way back."""

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace

import docx
import pytest
from hypothesis import given, settings
from lxml import etree

from factories import make_annotation
from postil.annotated_markdown import HandedOn
from postil.domain.article import BlockKind, Metadata, SpanKind
from postil.domain.builder import ArticleBuilder
from postil.domain.tags import LineStyle
from postil.exporters import EXPORTERS, ExportOptions
from postil.importers.crossing import Request
from postil.importers.docx import read_document
from properties.strategies import handed_on

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def export(content):
    return EXPORTERS["docx"].export(content, ExportOptions())


def opened(content):
    return docx.Document(io.BytesIO(export(content).data))


def commented(document):
    """Return the words each comment's range holds, by the comment's number."""
    found, running = {}, set()
    for node in document.element.body.iter():
        if node.tag == f"{W}commentRangeStart":
            running.add(node.get(f"{W}id"))
        elif node.tag == f"{W}commentRangeEnd":
            running.remove(node.get(f"{W}id"))
        elif node.tag == f"{W}t":
            for number in running:
                found[number] = found.get(number, "") + node.text
    assert not running
    return found


def structured():
    """Return an article with every kind of block."""
    builder = ArticleBuilder(Metadata(title="All kinds", language="en"))
    builder.block(BlockKind.HEADING, "All kinds", level=1)
    builder.block(BlockKind.HEADING, "Below", level=3)
    builder.begin(BlockKind.PARAGRAPH).text("Some ").open_span(SpanKind.STRONG).text("bold")
    builder.close_span().text(" and ").open_span(SpanKind.LINK, "https://example.org/a?b=1&c=2")
    builder.text("a ").open_span(SpanKind.EMPHASIS).text("linked").close_span().text(" word")
    builder.close_span().text(", then ").open_span(SpanKind.CODE).text("code").close_span()
    builder.line_break().text("and a new line").end()
    for level, number, text in ((1, 3, "three"), (2, 1, "inner"), (1, 4, "four"), (1, 9, "nine")):
        builder.block(BlockKind.ITEM, text, level=level, number=number)
    builder.block(BlockKind.ITEM, "a dot", level=1)
    builder.block(BlockKind.QUOTATION, "“Said somebody.”")
    for cells in (("a", "b", "c"), ("short",), ("d", "e")):
        builder.begin(BlockKind.ROW).text(cells[0])
        for cell in cells[1:]:
            builder.cell_break().text(cell)
    builder.block(BlockKind.CAPTION, "A caption")
    builder.block(BlockKind.PREFORMATTED, "def x():\n    pass")
    builder.block(BlockKind.PARAGRAPH, "שלום, אמר ראש העיר.")
    return builder.finish()


def test_each_mark_has_a_comment_over_exactly_its_words(rich):
    document = opened(rich)
    words = commented(document)
    assert [words[str(number)] for number in range(5)] == [
        "The ferry",
        "the council, that club",
        "club of dinosaurs, has told",
        "done.שלום,",
        "אמר",
    ]
    comments = {comment.comment_id: comment for comment in document.comments}
    assert comments[0].text == "On the whole article\nOn the *whole*.\nWho pays?\nA ferry company."
    assert comments[1].text == (
        "Loaded language (LL) · my/gone\n"
        "voice: author · certainty: sure · check: to-check · ★\n"
        "Who *says*?\n- one\n- two\n"
        "contradicts: “club of dinosaurs, has told”"
    )
    assert (comments[1].author, comments[1].initials) == ("Dana Okafor", "DO")
    assert comments[1].timestamp.isoformat() == "2026-05-04T10:00:00+00:00"
    assert comments[2].timestamp is None
    assert comments[4].text == "No tag"


def test_marks_are_told_by_colour_and_by_line(rich):
    runs = {
        run.text: run._r.rPr
        for p in opened(rich).paragraphs
        for run in p.runs
        if run._r.rPr is not None
    }
    doubt = rich.tags["persuasion23/doubt"]
    line = {LineStyle.SOLID: "single", LineStyle.DASH: "dash", LineStyle.DOT: "dotted"}
    shown = runs[", has told"]
    assert shown.find(f"{W}shd").get(f"{W}fill") == rich.groups[doubt.id].colour[1:]
    assert shown.find(f"{W}color").get(f"{W}val") == "111111"  # whatever a link looks like
    assert shown.find(f"{W}u").get(f"{W}val") == line.get(doubt.line_style, "wave")
    assert runs["אמר"].find(f"{W}rtl") is not None
    assert runs["אמר"].find(f"{W}shd").get(f"{W}fill") == "DDDDDD"


def test_what_it_cannot_say_is_said(rich):
    assert export(rich).remarks == (
        "The formatting of 2 notes is plain: their Markdown stands as it is written.",
        "1 field of another program is left out.",
        "1 link to a mark that is not in the file is left out.",
        "2 marks overlap: where they do, the colour of one shows; each has its own comment.",
    )
    assert export(HandedOn(structured())).remarks == ()


def test_our_own_reader_finds_the_same_article(rich):
    article = structured()
    for content in (rich, HandedOn(article, (make_annotation(article, (20, 60)),))):
        data = export(content).data
        came = read_document(Request("", "a.docx", data=data)).article
        assert came.text == content.article.text
        kinds = [(block.kind, block.level) for block in came.blocks]
        assert kinds == [(block.kind, block.level) for block in content.article.blocks]
        assert came.spans == content.article.spans
    assert came.metadata.title == "All kinds"


def test_lists_count_as_in_the_article():
    builder = ArticleBuilder()
    for number in (3, 4, 9, 10**6, -1):
        builder.block(BlockKind.ITEM, "An item", number=number)
    article = builder.finish()
    starts = {
        one.get(f"{W}val")
        for one in opened(HandedOn(article)).part.numbering_part.element.iter(f"{W}startOverride")
    }
    assert starts == {"3", "9", "32767", "0"}


def test_a_table_read_leftwards_begins_at_the_right():
    builder = ArticleBuilder()
    builder.begin(BlockKind.ROW).text("שלום").cell_break().text("one").end()
    body = opened(HandedOn(builder.finish())).element.body
    assert body.find(f".//{W}bidiVisual") is not None
    assert body[-2].tag == f"{W}p"  # Word wants a paragraph after a table


@given(handed_on(kinds=[kind for kind in BlockKind if kind is not BlockKind.PREFORMATTED]))
@settings(max_examples=12, deadline=None)
def test_whatever_is_handed_on_comes_back_word_for_word(content):
    data = export(content).data
    assert export(replace(content, annotations=content.annotations[::-1])).data == data
    document = docx.Document(io.BytesIO(data))
    on_the_whole = bool(content.note or content.answers)
    assert len(document.comments) == len(content.annotations) + on_the_whole
    commented(document)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    said = "".join(node.text or "" for node in body.iter(f"{W}t"))
    assert said == content.article.text.translate({ord(c): None for c in "\n\t\u2028"})


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_with_all_comments(rich, tmp_path):
    (tmp_path / "a.docx").write_bytes(export(rich).data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "fodt", "--outdir", tmp_path]
    subprocess.run([*command, tmp_path / "a.docx"], check=True, capture_output=True, timeout=100)
    root = etree.parse(tmp_path / "a.fodt").getroot()
    spaces = {"office": root.nsmap["office"], "text": root.nsmap["text"], "dc": root.nsmap["dc"]}
    comments = root.findall(".//office:annotation", spaces)
    assert len(comments) == 5
    assert {c.findtext("dc:creator", namespaces=spaces) for c in comments} >= {"Dana Okafor", "=bo"}
    said = ["".join(comment.itertext()) for comment in comments]
    assert any("Loaded language (LL)" in words and "Who *says*?" in words for words in said)
    assert len(root.findall(".//office:annotation-end", spaces)) == 5
    for comment in comments:
        comment.clear(keep_tail=True)
    text = "".join(root.find(".//office:body", spaces).itertext())
    assert rich.article.block_text(rich.article.blocks[1]) in text


def test_pandoc_finds_every_comment_too(rich, tmp_path):
    import pypandoc

    (tmp_path / "a.docx").write_bytes(export(rich).data)
    words = ["--track-changes=all", "--wrap=none"]
    text = pypandoc.convert_file(str(tmp_path / "a.docx"), "markdown", extra_args=words)
    assert text.count("{.comment-start ") == text.count("{.comment-end ") == 5
    assert 'id="1" author="Dana Okafor" date="2026-05-04T10:00:00Z"' in text
    assert "](https://example.org/dinosaurs)" in text
