"""Files as somebody makes them who means harm, made here and small until they are opened.

Every attack on a parser that we know of, by name, with the format it comes in. `secret` is
the path of a file that none of them may get at, `address` one of the web that none may ask.
"""

import base64
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

_DOCUMENTS = Path(__file__).resolve().parent / "data" / "documents"
_BODY = "The ferry left at noon, and nobody waved."
_MAIL = "From: a@example.org\nSubject: The ferry\nDate: Mon, 4 May 2026 10:00:00 +0000\n"


def hostile_files(kind: str, secret: Path, address: str) -> Iterator[tuple[str, bytes]]:
    """Yield file names and bytes.

    Args:
        kind: one of `KINDS`.
        secret: an absolute path.
        address: beginning with http.
    """
    return KINDS[kind](secret.as_uri(), address)


def hostile_marks() -> Iterator[tuple[str, bytes]]:
    """Yield files that say they hold marks."""
    deep = b"[" * 100_000
    yield "depth.json", deep
    yield "closed-depth.json", deep + b"]" * 100_000
    yield "object-depth.jsonl", b'{"a":' * 50_000 + b"1" + b"}" * 50_000
    yield "number.jsonl", b'{"start": 1' + b"0" * 5_000 + b', "end": 2}'
    yield "nan.jsonl", b'{"start": NaN, "end": Infinity}'
    yield "twice.jsonl", b'{"quote": "The", "quote": "ferry"}'
    yield "halves.jsonl", b'{"quote": "\\ud800", "note": "\\udfff"}'
    yield "nothing.jsonl", b'{"quote": null, "start": null, "end": null}'
    selector = {"type": "TextPositionSelector", "start": -1, "end": 2**70}
    collection = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationCollection",
        "first": {"items": [{"type": "Annotation", "target": {"selector": selector}}]},
    }
    yield "huge-offset.jsonld", json.dumps(collection).encode()
    remote = collection | {"first": "http://127.0.0.1:9/page", "@context": "http://127.0.0.1:9/c"}
    yield "remote-page.jsonld", json.dumps(remote).encode()


def hostile_codebooks(secret: Path) -> Iterator[tuple[str, bytes]]:
    """Yield files that say they are codebooks."""
    yield "depth.json", b'{"groups": ' + b"[" * 100_000
    yield "number.json", b'{"groups": 1' + b"0" * 5_000 + b', "tags": []}'
    yield "large.json", b'{"groups": [], "tags": ["' + b"x" * 5_000_000 + b'"]}'
    yield "halves.json", b'{"groups": [], "tags": [], "id": "\\ud800", "name": "x"}'
    codes = "<Codes><Code guid='x' name='{}'/></Codes></CodeBook>"
    yield "laughs.qdc", f"{_laughs('CodeBook')}<CodeBook>{codes.format('&l9;')}".encode()
    yield "entity.qdc", f"{_outside('CodeBook', secret.as_uri())}{codes.format('&e;')}".encode()
    yield "depth.qdc", b"<CodeBook><Codes>" + b"<Code name='a'>" * 50_000
    yield "utf-16.qdc", _laughs("CodeBook").encode("utf-16")


def _laughs(root: str) -> str:
    """Return a declaration of entities that grow to a thousand million words."""
    lines = ['<!ENTITY l0 "ha">']
    lines += [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)]
    return f"<?xml version='1.0'?><!DOCTYPE {root} [{''.join(lines)}]>"


def _outside(root: str, uri: str) -> str:
    """Return a declaration of an entity that stands in a file."""
    return f"<?xml version='1.0'?><!DOCTYPE {root} [<!ENTITY e SYSTEM '{uri}'>]><{root}>"


def _loading(uri: str, address: str) -> str:
    """Return markup with everything that makes a viewer load something."""
    targets = (uri, address, address.removeprefix("http:"), "\\\\127.0.0.1\\share\\x")
    return "".join(
        f"<link rel=stylesheet href='{target}'><link rel=preload as=image href='{target}'>"
        f"<style>@import '{target}'; p {{ background: url({target}) }}</style>"
        f"<img src='{target}' srcset='{target} 2x'><picture><source srcset='{target}'></picture>"
        f"<video src='{target}' poster='{target}'></video><audio src='{target}'></audio>"
        f"<iframe src='{target}'></iframe><object data='{target}'></object>"
        f"<embed src='{target}'><script src='{target}'></script>"
        f"<svg><image href='{target}'/><use href='{target}#x'/></svg>"
        f"<table background='{target}'><tr><td background='{target}'>A cell.</table>"
        f"<form action='{target}'><input type=image src='{target}'></form>"
        f"<meta http-equiv=refresh content='0;url={target}'><base href='{target}'>"
        f"<p style=\"background:url('{target}')\">{_BODY} <a href='{target}' ping='{target}'>"
        "there</a></p>"
        for target in targets
    )


def _pages(uri: str, address: str) -> Iterator[tuple[str, bytes]]:
    p = f"<p>{_BODY}</p>"
    yield "loading.html", f"<body>{_loading(uri, address)}{p}".encode()
    for name, opening in {
        "tables": "<table><tr><td>",
        "divs": "<div>",
        "lists": "<ul><li>",
        "fonts": "<font><b><i>",
        "quotes": "<blockquote>",
        "svgs": "<svg><foreignObject>",
    }.items():
        yield f"deep-{name}.html", (f"<body>{p}" + opening * 20_000 + "end").encode()
    yield (
        "spans.html",
        (f"{p}<table>" + "<tr><td colspan=99999 rowspan=99999>x" * 50 + "</table>").encode(),
    )
    yield "comments.html", (f"{p}" + "<!--" * 100_000).encode()
    yield "brackets.html", (f"{p}" + "<" * 500_000).encode()
    yield (
        "attributes.html",
        (f"{p}<p " + " ".join(f"a{n}=x" for n in range(10_000)) + ">end").encode(),
    )
    yield "references.html", (f"{p}" + "&#0;&#xD800;&#xFFFF;&#x110000;&nosuch;" * 2_000).encode()
    yield "data.html", (f"{p}<img src='data:image/png;base64,{'A' * 3_000_000}'>").encode()
    yield "one-word.html", f"<p>{'x' * 1_000_000}</p>".encode()
    yield (
        "svg.html",
        (
            f"{p}<svg><g id=a0><path/></g>"
            + "".join(f"<g id=a{n}>{f'<use href=#a{n - 1} />' * 10}</g>" for n in range(1, 12))
            + "</svg>"
        ).encode(),
    )
    laughs = _laughs("html") + f"<html><body><p>&l9; {_BODY}</p></body></html>"
    yield "laughs.xhtml", laughs.encode()
    yield (
        "entity.xhtml",
        (_outside("html", uri) + f"<body><p>&e; {_BODY}</p></body></html>").encode(),
    )
    yield "declared-utf-7.html", b"<meta charset=utf-7><p>+ADw-script+AD4-alert(1)</p>" + p.encode()


def _mails(uri: str, address: str) -> Iterator[tuple[str, bytes]]:
    page = f"Content-Type: text/html; charset=utf-8\n\n<p>{_BODY}</p>{_loading(uri, address)}"
    yield "loading.eml", f"{_MAIL}MIME-Version: 1.0\n{page}".encode()
    related = f'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n{page}\n'
    outside = f"--b\nContent-Type: image/png\nContent-Location: {uri}\n\nx\n--b--\n"
    yield "loading.mhtml", f"{_MAIL}{related}{outside}".encode()
    nested = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(3_000)
    )
    yield "nested.eml", f"{_MAIL}MIME-Version: 1.0\n{nested}Content-Type: text/plain\n\nx".encode()
    letters = "Content-Type: message/rfc822\n\n" * 3_000
    yield "letters.eml", f"{_MAIL}MIME-Version: 1.0\n{letters}{_MAIL}\nx".encode()
    parts = "--b\nContent-Type: text/plain\n\nx\n" * 5_000
    many = f'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n{parts}--b--'
    yield "parts.eml", f"{_MAIL}{many}".encode()
    yield "header.eml", f"{_MAIL}X-Long: {'=?utf-8?q?x?= ' * 50_000}\n\n{_BODY}".encode()
    yield (
        "subject.eml",
        (f"From: a@example.org\nSubject: {'=?utf-8?b?4oCu?= ' * 500}\nDate: x\n\n{_BODY}".encode()),
    )
    yield "charset.eml", (f"{_MAIL}Content-Type: text/plain; charset=rot13\n\n{_BODY}".encode())


def _words(uri: str, address: str) -> Iterator[tuple[str, bytes]]:
    yield "one-word.txt", b"x" * 1_000_000
    yield "too-long.txt", b"word " * 1_100_000
    yield "zeros.txt", bytes(100_000)
    yield "halves.txt", "The ferry \ud800 left \udfff.".encode("utf-16-le", "surrogatepass")
    yield "overlong.txt", b"The ferry \xc0\xaf\xe0\x80\xaf\xf8\x88\x80\x80\x80 left."
    yield "library.txt", b"SQLite format 3\0" + bytes(4_080)
    yield "accents.txt", ("e" + "\u0301" * 100_000 + " left.").encode()
    yield "turned.txt", ("\u202e\u2066" * 50_000 + _BODY).encode()
    for name, unit in {
        "stars": "*a **a ", "ticks": "`a``",
        "quotes": "> ", "tables": "|a|\n|-|\n", "references": "[a]: <", "angles": "<a ",
        "entities": "&#x;", "lines": "- \n\n", "footnotes": "[^a1]",
    }.items():  # fmt: skip
        yield f"{name}.md", (f"# The ferry\n\n{_BODY}\n\n" + unit * 5_000).encode()
    yield (
        "loading.md",
        (
            f"# The ferry\n\n{_BODY} ![x]({uri}) ![y][r] [z](javascript:alert(1))\n\n"
            f"[r]: {address} 'x'\n\n{_loading(uri, address)}\n"
        ).encode(),
    )
    aliases = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9)
    )
    for name, front in {
        "aliases": aliases,
        "merges": "a: &a {b: c}\n" + "d: {<<: [*a, *a]}\n" * 2_000,
        "objects": "title: !!python/object/apply:os.system ['false']\n",
        "depth": "title: " + "[" * 5_000 + "\n",
        "times": "published: 99999-99-99T99:99:99\ntitle: 0x" + "f" * 9_000 + "\n",
    }.items():
        yield f"front-{name}.md", f"---\n{front}---\n\n{_BODY}\n".encode()
    code = "    `id=00000000-0000-4000-8000-000000000001 by=%00%FF created=x`\n"
    yield "ours.md", (
        '---\nformat: "postil/1"\ntitle: "\u202ex"\ntags: [[[[\n---\n\n'
        + "<mark>" * 3_000 + _BODY + "[^a1]" * 3_000 + f"\n\n[^a1]: **x**\n\n{code}" * 200
    ).encode()  # fmt: skip


def _zip(entries: Mapping[str, bytes | str], *, stored: str = "") -> bytes:
    """Return an archive; the entry called `stored` comes first and is not packed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in entries.items():
            kind = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            archive.writestr(name, data, kind)
    return made.getvalue()


def _with(name: str, entries: Mapping[str, bytes | str]) -> bytes:
    """Return a document of the test data with other entries."""
    with zipfile.ZipFile(_DOCUMENTS / name) as old:
        kept = {entry: old.read(entry) for entry in old.namelist()}
    return _zip(kept | entries, stored="mimetype")


def _lying(data: bytes, entry: str, size: int) -> bytes:
    """Return an archive that says another unpacked size of an entry, in both places."""
    changed = bytearray(data)
    name = entry.encode()
    for mark, back, field in ((b"PK\x03\x04", 30, 22), (b"PK\x01\x02", 46, 24)):
        at = changed.find(name)
        while at >= 0 and changed[at - back : at - back + 4] != mark:
            at = changed.find(name, at + 1)
        struct.pack_into("<I", changed, at - back + field, size)
    return bytes(changed)


def _overlapping(copies: int) -> bytes:
    """Return an archive whose entries all lie on the same packed bytes."""
    data = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = data.compress(bytes(1_000_000)) + data.flush()
    about = struct.pack("<HHHHHIII", 20, 0, 8, 0, 0, zlib.crc32(bytes(1_000_000)), len(packed),
                        1_000_000)  # fmt: skip
    first = b"PK\x03\x04" + about + struct.pack("<HH", 17, 0) + b"word/document.xml" + packed
    rows = b""
    for number in range(copies):
        name = b"word/document.xml" if not number else b"word/copy%07d" % number
        rows += b"PK\x01\x02" + struct.pack("<H", 20) + about
        rows += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
    end = struct.pack("<HHHHIIH", 0, 0, copies, copies, len(rows), len(first), 0)
    return first + rows + b"PK\x05\x06" + end


def _archives(uri: str, address: str) -> Iterator[tuple[str, bytes]]:
    docx, odt, epub = "harbour-pandoc.docx", "harbour-pandoc.odt", "harbour-pandoc.epub"
    main = {docx: "word/document.xml", odt: "content.xml", epub: "META-INF/container.xml"}
    for name, entry in main.items():
        kind = name.rpartition(".")[2]
        root = {"docx": "w:document", "odt": "office:document-content", "epub": "container"}[kind]
        yield f"laughs.{kind}", _with(name, {entry: f"{_laughs(root)}<{root}>&l9;</{root}>"})
        yield f"entity.{kind}", _with(name, {entry: f"{_outside(root, uri)}&e;</{root}>"})
        yield (
            f"remote-dtd.{kind}",
            _with(name, {entry: f"<!DOCTYPE {root} SYSTEM '{address}/x.dtd'><{root}/>"}),
        )
        yield f"depth.{kind}", _with(name, {entry: f"<{root}>" + "<a>" * 100_000})
        yield f"zeros.{kind}", _with(name, {"x.bin": bytes(40_000_000)})
        yield f"many.{kind}", _with(name, {f"e{n}": b"" for n in range(5_000)})
        yield f"lying.{kind}", _lying(_with(name, {entry: bytes(60_000_000)}), entry, 1_000)
        yield f"cut.{kind}", (_DOCUMENTS / name).read_bytes()[:-200]
        yield (
            f"outside.{kind}",
            _with(
                name,
                {"../../../../tmp/evil": "x", "/etc/evil": "x", "C:\\evil": "x", "con.txt": "x"},
            ),
        )
        yield f"nested.{kind}", _with(name, {"inner.zip": (_DOCUMENTS / name).read_bytes()})
    yield "overlap.docx", _overlapping(4_000)
    yield "tables.docx", _with(docx, {"word/document.xml": _word("<w:tbl><w:tr><w:tc>" * 2_000)})
    yield "loading.docx", _with(docx, {
        "word/_rels/document.xml.rels": "<Relationships xmlns='http://schemas.openxmlformats.org/"
        "package/2006/relationships'>" + "".join(
            f"<Relationship Id='r{n}' Type='http://schemas.openxmlformats.org/officeDocument/2006/"
            f"relationships/{kind}' Target='{target}' TargetMode='External'/>"
            for n, (kind, target) in enumerate(
                (kind, target)
                for kind in ("image", "attachedTemplate", "oleObject", "subDocument")
                for target in (uri, address, "\\\\127.0.0.1\\share\\x")
            )
        ) + "</Relationships>",
    })  # fmt: skip
    spine = "<itemref idref='a'/>" * 20_000
    book = (
        "<package xmlns='http://www.idpf.org/2007/opf'><manifest><item id='a' href='{}'"
        " media-type='application/xhtml+xml'/></manifest><spine>{}</spine></package>"
    )
    container = (
        "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>"
        "<rootfile full-path='b.opf'/></rootfiles></container>"
    )
    page = f"<html><body><p>{_BODY * 50}</p>{_loading(uri, address)}</body></html>"
    front = {"mimetype": "application/epub+zip", "META-INF/container.xml": container}
    for name, href, order in (
        ("spine", "a.xhtml", spine),
        ("loading", "a.xhtml", "<itemref idref='a'/>"),
        ("outside-spine", "../../../../../../etc/hostname", "<itemref idref='a'/>"),
        ("file-spine", uri, "<itemref idref='a'/>"),
    ):
        yield (
            f"{name}.epub",
            _zip(front | {"b.opf": book.format(href, order), "a.xhtml": page}, stored="mimetype"),
        )


def _word(inside: str) -> str:
    return (
        "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
        f"<w:body>{inside}<w:p><w:r><w:t>{_BODY}</w:t></w:r></w:p></w:body></w:document>"
    )


def _rich_text(uri: str, _: str) -> Iterator[tuple[str, bytes]]:
    start = r"{\rtf1\ansi The ferry left. "
    yield "depth.rtf", (start + "{" * 200_000).encode()
    yield "closed-depth.rtf", (start + "{x" * 50_000 + "}" * 50_001).encode()
    yield "binary.rtf", (start + r"{\pict\bin2000000000 x}}").encode()
    yield "numbers.rtf", (start + r"\u99999999999? \u-1? \uc999999999 \u65?x" * 200 + "}").encode()
    yield "object.rtf", (
        start + r"{\object\objupdate{\*\objdata " + base64.b16encode(bytes(9_000)).decode() + "}}"
        + rf'{{\field{{\*\fldinst INCLUDEPICTURE "{uri}"}}{{\fldrslt picture}}}}}}'
    ).encode()  # fmt: skip
    yield "backslashes.rtf", (start + "\\" * 300_000 + "}").encode()


def _pdf(*objects: str | bytes) -> bytes:
    """Return a document of these objects; the first is its catalogue."""
    data = b"%PDF-1.7\n"
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(data))
        body = one.encode() if isinstance(one, str) else one
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        start,
    )


def _stream(words: bytes) -> bytes:
    packed = zlib.compress(words, 9)
    return (
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed + b"\nendstream"
    )


def _pdfs(uri: str, address: str) -> Iterator[tuple[str, bytes]]:
    catalogue = "<< /Type /Catalog /Pages 2 0 R {} >>"
    pages = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    page = (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R {}"
        " /Resources << /Font << /F 5 0 R >> >> >>"
    )
    words = _stream(b"BT /F 12 Tf 50 700 Td (The ferry left at noon.) Tj ET")
    yield "loop.pdf", _pdf(catalogue.format(""), "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>")
    yield "count.pdf", _pdf(
        catalogue.format(""), "<< /Type /Pages /Kids [3 0 R] /Count 999999 >>", page.format(""),
        words, font,
    )  # fmt: skip
    yield (
        "stream.pdf",
        _pdf(catalogue.format(""), pages, page.format(""), _stream(b" " * 30_000_000), font),
    )
    yield (
        "graphics.pdf",
        _pdf(catalogue.format(""), pages, page.format(""), _stream(b"q " * 500_000), font),
    )
    yield "array.pdf", _pdf(catalogue.format("/X " + "[" * 100_000), pages, page.format(""), words)
    actions = (
        f"/OpenAction << /S /URI /URI ({address}) >>"
        f" /AA << /WC << /S /JavaScript /JS (app.alert(1)) >> >>"
        f" /Names << /EmbeddedFiles << /Names [(x) << /F ({uri}) >>] >> >>"
    )
    launch = f"/AA << /O << /S /Launch /F ({uri}) >> >>"
    yield "actions.pdf", _pdf(catalogue.format(actions), pages, page.format(launch), words, font)
    outside = f"<< /Length 0 /F ({uri}) /FFilter /FlateDecode >>\nstream\n\nendstream"
    yield "outside.pdf", _pdf(catalogue.format(""), pages, page.format(""), outside, font)
    yield "box.pdf", _pdf(
        catalogue.format(""), pages,
        page.format("").replace("600 800", "99999999999 1e30"), words, font,
    )  # fmt: skip
    yield "own-form.pdf", _pdf(
        catalogue.format(""), pages,
        page.format("").replace("/Font", "/XObject << /X 6 0 R >> /Font"),
        _stream(b"/X Do"), font,
        "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"
        " /Length 5 >>\nstream\n/X Do\nendstream",
    )  # fmt: skip


KINDS: Mapping[str, Callable[[str, str], Iterator[tuple[str, bytes]]]] = {
    "pages": _pages,
    "mails": _mails,
    "words": _words,
    "archives": _archives,
    "rich text": _rich_text,
    "pdfs": _pdfs,
}
