import gzip
import io
import zipfile

import pytest

from postil.domain.errors import UserError
from postil.importers import sniffing

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(*names):
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for name in names:
            archive.writestr(name, "application/epub+zip" if name == "mimetype" else "x")
    return memory.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (OLE + b"x", "old Office"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "with a password"),
        (b"SQLite format 3\x00", "database"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"GIF89a", "GIF"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image"),
        (b"\x00\x00\x00\x20ftypmp42", "film"),
        (b"MZ\x90\x00\x03", "program"),
        (b"\x7fELF", "program"),
        (gzip.compress(b"x"), "gzip"),
        (zipped("[Content_Types].xml", "word/document.xml"), "Word"),
        (zipped("mimetype"), "EPUB"),
        (zipped("xl/workbook.xml"), "Excel"),
        (zipped("a.txt"), "ZIP"),
    ],
    ids=lambda value: value if isinstance(value, str) else "bytes",
)
def test_known_formats_are_named_with_a_remedy(data, kind):
    with pytest.raises(UserError, match=kind) as caught:
        sniffing.refuse_binary(data, "f.txt")
    assert caught.value.what.startswith("f.txt seems to be ")
    assert caught.value.remedy


@pytest.mark.parametrize("data", [b"MZ is a car plate.", b"RIFF raff", b"PK is short", b"x", b""])
def test_words_that_begin_alike_are_no_format(data):
    sniffing.refuse_binary(data, "f.txt")


def test_a_few_controls_are_no_noise_and_many_are():
    sniffing.refuse_noise("a\x00b", "f")
    sniffing.refuse_noise("word " * 100 + "\x00" * 10, "f")
    with pytest.raises(UserError, match="no text"):
        sniffing.refuse_noise("\x00\x01word" * 10, "f")


@pytest.mark.parametrize(
    ("text", "suffix", "reason"),
    [
        ('{"start": 1}', ".jsonl", "marks"),
        ('[{"a": 1}]', ".json", "marks"),
        ('<?xml version="1.0"?>\n<svg xmlns="x"/>', ".svg", "XML"),
        ("<rss version='2'>", ".xml", "XML"),
    ],
)
def test_other_formats_in_characters_are_refused(text, suffix, reason):
    with pytest.raises(UserError, match=reason):
        sniffing.refuse_other_text(text, suffix, "f")


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ('<?xml version="1.0"?>\n<html>', ".xhtml"),
        ("[1] is a note", ".json"),
        ("{so} it began", ".txt"),
        ("From: a friend", ".txt"),
    ],
)
def test_text_is_let_through(text, suffix):
    sniffing.refuse_other_text(text, suffix, "f")


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html>",
        "\n <HTML lang=en>",
        "<!-- saved --> <html>",
        "<?xml version='1.0'?><html>",
        "<body>",
    ],
)
def test_pages_are_known_by_their_beginning(text):
    assert sniffing.looks_like_html(text)


@pytest.mark.parametrize(
    "text", ["", "<p>x", "Then <html> is an element", "<htmlx>", "<!-- " * 1000]
)
def test_other_texts_are_no_whole_page(text):
    assert not sniffing.looks_like_html(text)


def test_elements_are_told_from_signs():
    assert sniffing.has_elements("a <p>b")
    assert sniffing.has_elements("a</b >")
    assert not sniffing.has_elements("a < b and c > d, <3")
