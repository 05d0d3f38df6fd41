"""Small files that would be large, deep or endless to whoever is not on guard."""

import io
import random
import zipfile
import zlib

from torture.mutations import DATA

_DOCX = DATA / "documents" / "harbour-pandoc.docx"
_EPUB = DATA / "documents" / "harbour-pandoc.epub"
_MB = 1_000_000
_FONT = b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"


def _html(body):
    return "bomb.html", f"<html><body><article><p>Words.</p>{body}</article></body></html>".encode()


def _with_entry(path, changed, content, more=()):
    """Return an archive with another entry in place of its own, and more of them."""
    written = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == changed else old.read(name))
        for name in more:
            new.writestr(name, b"")
    return path.name, written.getvalue()


def _document(body, before=""):
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    whole = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    return f'<?xml version="1.0"?>{before}{whole}'


def _paragraph(words):
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def _laughs():
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    before = f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]>'
    return _with_entry(_DOCX, "word/document.xml", _document(_paragraph("&a11;"), before))


def _pdf(pages, content=b"", loop=False):
    """Return a PDF of one stream; with a loop its page tree is its own child."""
    packed = zlib.compress(content)
    kids = "2 0 R" if loop else " ".join(["3 0 R"] * pages)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {pages}/Kids[{kids}]>>".encode(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R" + _FONT + b">>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    data, places = b"%PDF-1.4\n", []
    for number, written in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj%s\nendobj\n" % (number, written)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(data)
    return "bomb.pdf", data + b"xref\n0 5\n0000000000 65535 f \n" + table + end


def _yaml_aliases():
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]" for n in range(1, 12)]
    return "bomb.md", ("---\n" + "\n".join(lines) + "\n---\nWords.\n").encode()


def _letters(count):
    chance = random.Random(1)
    return "".join(chance.choices("abcdefgh", k=count))


def _parts(depth):
    """Return a mail whose parts hold parts."""
    lines = ["From: a@b.example", "Subject: deep", "MIME-Version: 1.0"]
    for number in range(depth):
        lines += [f'Content-Type: multipart/mixed; boundary="b{number}"', "", f"--b{number}"]
    return "bomb.eml", "\r\n".join([*lines, "Content-Type: text/plain", "", "Words."]).encode()


BOMBS = {
    "nested tables": lambda: _html("<table><tr><td>" * 50_000 + "deep"),
    "nested boxes": lambda: _html("<div>" * 100_000 + "deep" + "</div>" * 100_000),
    "nested lists": lambda: _html("<ul><li>" * 20_000 + "deep"),
    "wide cells": lambda: _html("<table>" + "<tr><td colspan=99999 rowspan=9999>x" * 500),
    "comments": lambda: _html("<!--" * 100_000),
    "open tags": lambda: _html("<a <b " * 100_000),
    "attributes": lambda: _html("<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x"),
    "one word": lambda: ("bomb.txt", _letters(4 * _MB).encode()),
    "one letter": lambda: ("bomb.txt", b"word\n" + "e\u0301".encode() + "\u0301".encode() * _MB),
    "right and left": lambda: ("bomb.txt", ("word \u202e\u2066" * 100_000).encode()),
    "nothing but zeros": lambda: ("bomb.txt", bytes(4 * _MB)),
    "data address": lambda: _html(f'<img src="data:image/png;base64,{"A" * 20_000_000}">x'),
    "billion laughs": _laughs,
    "deep document": lambda: _with_entry(
        _DOCX, "word/document.xml", _document("<w:p>" * 50_000 + "</w:p>" * 50_000)
    ),
    "archive that swells": lambda: _with_entry(
        _DOCX, "word/document.xml", _document(_paragraph("x" * 60 * _MB))
    ),
    "many entries": lambda: _with_entry(_EPUB, "", b"", [f"e{n}" for n in range(20_000)]),
    "brackets": lambda: ("bomb.md", b"[" * 50_000),
    "links": lambda: ("bomb.md", b"[a](" * 20_000),
    "quotations": lambda: ("bomb.md", b">" * 20_000 + b" deep"),
    "emphasis": lambda: ("bomb.md", b"*a **b " * 20_000),
    "backticks": lambda: ("bomb.md", b"".join(b"`" * n + b" " for n in range(1, 1_500))),
    "aliases": _yaml_aliases,
    "deep front matter": lambda: ("bomb.md", b"---\na: " + b"[" * 20_000 + b"\n---\nWords.\n"),
    "deep JSON": lambda: ("bomb.json", b"[" * 200_000),
    "long number": lambda: ("bomb.jsonl", b'{"start": ' + b"9" * _MB),
    "braces": lambda: ("bomb.rtf", b"{\\rtf1 " + b"{" * 200_000 + b"deep"),
    "parts in parts": lambda: _parts(3_000),
    "page tree loop": lambda: _pdf(10, loop=True),
    "many pages": lambda: _pdf(100_000, b"BT /F 9 Tf 9 9 Td (x) Tj ET"),
    "long stream": lambda: _pdf(1, b"BT /F 9 Tf 9 9 Td " + b"(words) Tj " * 3_000_000 + b"ET"),
}
