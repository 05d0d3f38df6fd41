"""The door: bytes under a name, through the child, to an article and its marks."""

import hashlib
import json
import subprocess
import sys

import pytest

from factories import make_article
from postil.annotated_markdown import HandedOn, write
from postil.domain import limits
from postil.domain.article import BlockKind
from postil.domain.errors import UserError
from postil.importers import Source, read, read_marks, source_from_file, source_from_text


def source(data, name="ferry.txt", **fields):
    return Source(data.encode() if isinstance(data, str) else data, name, name, **fields)


PAGE = "<!DOCTYPE html><title>T</title><h1>Head</h1><p>Some <b>words</b> here.</p>"


def test_a_text_and_what_it_was_made_of(tmp_path):
    path = tmp_path / "ferry.txt"
    data = "Die Fähre\r\n\r\nEin längerer Absatz über eine Fähre.".encode("cp1252")
    path.write_bytes(data)
    imported = read(source_from_file(path))
    assert imported.article.text == "Die Fähre\nEin längerer Absatz über eine Fähre."
    assert imported.article.metadata.title == "Die Fähre"
    original = imported.original
    assert (original.data, original.sha256) == (data, hashlib.sha256(data).hexdigest())
    assert (original.media_type, original.origin) == ("text/plain", "ferry.txt")
    assert original.encoding == "cp1252"
    assert original.taken_at.endswith("Z")
    assert path.read_bytes() == data


@pytest.mark.parametrize(
    ("name", "data", "kinds", "media_type"),
    [
        ("a.html", PAGE, ["heading", "paragraph"], "text/html"),
        ("a.HTM", "<p>only a part", ["paragraph"], "text/html"),
        ("a.md", "# Head\n\n- item", ["heading", "item"], "text/markdown"),
        ("a.txt", "# no head\n\n- no item here", ["heading", "paragraph"], "text/plain"),
        ("a", "words", ["paragraph"], "text/plain"),
        ("a.log", "words", ["paragraph"], "text/plain"),
    ],
)
def test_the_name_proposes(name, data, kinds, media_type):
    imported = read(source(data, name))
    assert [block.kind.value for block in imported.article.blocks] == kinds
    assert imported.original.media_type == media_type
    assert imported.remarks == ()


@pytest.mark.parametrize(
    ("name", "data", "media_type", "remark"),
    [
        ("a.txt", PAGE, "text/html", "named as plain text, but is a web page"),
        ("a.md", PAGE, "text/html", "named as Markdown, but is a web page"),
        ("a.html", "No markup, 3 < 5 and 7 > 6.", "text/plain", "a web page, but is plain text"),
    ],
)
def test_the_words_decide(name, data, media_type, remark):
    imported = read(source(data, name))
    assert imported.original.media_type == media_type
    assert remark in imported.remarks[0]


def test_the_clipboard_holds_words_or_markup():
    imported = read(source_from_text("Some words\ud800 here", html=False))
    assert imported.article.text == "Some words here"
    assert imported.article.metadata.title == "Some words here"
    assert imported.original.origin == "clipboard"
    [span] = read(source_from_text("<p>a <b>b</b>ü</p>", html=True)).article.spans
    assert (span.start, span.end) == (2, 3)


def test_a_title_stands_in_where_there_is_none():
    assert read(source("Only words.", "my ferry.txt")).article.metadata.title == "my ferry"
    long = read(source_from_text("word " * 50 + ".", html=False)).article.metadata.title
    assert long.endswith("word…")
    assert len(long) <= 81


def test_a_page_from_an_address_resolves_its_links():
    where = "https://example.org/news/"
    imported = read(Source(b"<p><a href=a>x</a></p>", "page.html", where))
    assert imported.article.spans[0].address == "https://example.org/news/a"
    assert imported.article.metadata.source == where


def test_another_encoding_can_be_told():
    assert read(source("é".encode()), encoding="cp1252").article.text == "Ã©"
    with pytest.raises(UserError, match=r"ferry\.txt is not written in utf-8"):
        read(source(b"caf\xe9 au lait"), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\t", "no text"),
        ("a.html", b"<html></html>", "no text"),
        ("a.md", b"![x](y)", "no text"),
        ("a.txt", b"%PDF-1.4\nx", "damaged or cut off"),
        ("a.html", b"PK\x03\x04word/", "Word"),
        ("a.md", b"\x00\x01\x02" * 300, "no text|encoding"),
        ("a.jsonl", b'{"start": 1}', "marks and no article"),
        ("a.mhtml", b"From: a@b.example\nMIME-Version: 1.0\n\n", "holds no words"),
        ("a.md", b'---\nformat: "postil/2"\n---\nx', r"newer version of Postil \(postil/2\)"),
        ("a.html", b"<div>x" * 50_000, "nested"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_bad_input_is_one_sentence_with_name_reason_and_remedy(name, data, reason):
    with pytest.raises(UserError, match=reason) as caught:
        read(source(data, name))
    assert name in caught.value.what
    assert "\n" not in str(caught.value)
    assert caught.value.remedy


def test_a_hundred_megabytes_are_refused_at_once(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(100 * limits.MB)
    with pytest.raises(UserError, match="50 MB"):
        source_from_file(path)
    with pytest.raises(UserError, match="50 MB"):
        read(source(bytes(limits.FILE_BYTES + 1)))


def test_long_texts_are_refused_until_they_are_wanted():
    text = "word " * (limits.ARTICLE_CHARACTERS // 5 + 10)
    with pytest.raises(UserError, match="5,242,880"):
        read(source(text))
    imported = read(source(text), max_characters=limits.ARTICLE_CHARACTERS_ASKED)
    assert len(imported.article.text) == len(text) - 1


@pytest.mark.timeout(90)
@pytest.mark.parametrize("bomb", ["[" * 8_000, "x\n\n" + "[a](" * 8_000], ids=["[", "[a]("])
def test_markdown_that_hangs_comes_in_as_plain_text(bomb):
    imported = read(source(bomb, "bomb.md"))
    assert "plain text" in imported.remarks[0]
    assert imported.article.text.replace("\n", "") == bomb.replace("\n", "")


def test_our_own_file_is_read_as_one_under_any_name():
    article = make_article()
    file = write(HandedOn(article))
    for name in ("a.md", "a.txt", "a"):
        imported = read(source("\ufeff" + file.replace("\n", "\r\n"), name))
        assert imported.is_ours
        assert imported.hash_matches
        assert imported.claimed_sha256 == article.sha256
        assert imported.article.text == article.text
        assert imported.original.media_type == "text/markdown"


def test_code_lines_show_a_file_of_ours_that_lost_its_front_matter():
    file = (
        'The bridge is <mark class="a1">inevitable</mark>[^a1].\n\n'
        "[^a1]: **Doubt** — “inevitable”\n\n    Who says?\n\n"
        "    `id=0197c0e2-0000-7000-8000-000000000001 at=14-24`\n"
    )
    imported = read(source(file, "a.md"))
    [parsed] = imported.marks
    assert parsed.mark.note == "Who says?"
    assert imported.article.text == "The bridge is inevitable."


def test_marks_of_foreign_markdown_come_with_the_article():
    imported = read(source("A ==bold== claim.[^1]\n\n[^1]: Source.", "a.md"))
    [parsed] = imported.marks
    assert (parsed.mark.exact, parsed.pieces) == ("bold", (2, 6))
    assert not imported.is_ours


def test_json_lines_are_marks():
    lines = [json.dumps({"start": 0, "end": 4, "quote": "Some"}), "{}", '{"quote": "words"}']
    marks, remarks = read_marks(source("\n".join(lines), "m.jsonl"))
    assert [mark.exact for mark in marks] == ["Some", "words"]
    assert remarks[0].startswith("Line 2")


def test_marks_of_markdown_are_told_by_place_and_words():
    marks, _ = read_marks(source("A ==bold== claim.", "a.md"))
    [mark] = marks
    assert (mark.start, mark.end, mark.exact) == (2, 6, "bold")
    assert (mark.prefix, mark.suffix) == ("A ", " claim.")


def test_marks_of_a_list_of_quotations_have_no_place():
    marks, _ = read_marks(source("> Some words\n\nNote: why\n", "a.md"))
    [mark] = marks
    assert (mark.start, mark.exact, mark.note) == (None, "Some words", "why")


def test_marks_of_our_own_file_are_told_by_place_and_words():
    file = (
        'The bridge is <mark class="a1">inevitable</mark>[^a1].\n\n[^a1]: “inevitable”\n\n'
        "    `id=0197c0e2-0000-7000-8000-000000000001`\n"
    )
    [mark] = read_marks(source(file, "a.md"))[0]
    assert (mark.start, mark.end, mark.exact) == (14, 24, "inevitable")


@pytest.mark.parametrize(
    "data",
    [b"", b"words only", b"[1, 2]", b"{", b"[" * 100_000, b"%PDF-1"],
    ids=lambda value: str(value)[:30],
)
def test_files_without_marks_are_refused(data):
    with pytest.raises(UserError, match=r"m\.md") as caught:
        read_marks(source(data, "m.md"))
    assert caught.value.remedy


def test_headings_are_blocks_and_fields_whatever_the_format():
    for name, data in (
        ("a.txt", "The ferry\n\nIt will come some day, they say."),
        ("a.md", "# The ferry\n\nIt will come."),
        ("a.html", "<h1>The ferry</h1><p>It will come."),
    ):
        article = read(source(data, name)).article
        assert (article.blocks[0].kind, article.blocks[0].level) == (BlockKind.HEADING, 1)
        assert article.metadata.title == article.block_text(article.blocks[0]) == "The ferry"


def test_parsers_are_loaded_in_the_child_only():
    script = (
        "import sys\nfrom postil.importers import Source, read\n"
        "read(Source(b'# a', 'a.md', ''))\nread(Source(b'<p>a', 'a.html', ''))\n"
        "print([m for m in ('lxml', 'markdown', 'nh3', 'chardet', 'PySide6') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
    assert not done.stderr
