"""Word documents as pandoc and LibreOffice write them, and as somebody may who means harm."""

import io
import zipfile

import msgspec
import pytest

from postil.domain import limits
from postil.domain.errors import UserError
from postil.importers import docx, read, source_from_file
from postil.importers.crossing import accept
from unit.importers.documents import BODY, FOLDER, SPANS, TITLE, ask, blocks, spans

FILES = ("harbour-pandoc.docx", "harbour-libreoffice.docx")


def reading(asked):
    return accept(docx.convert(msgspec.json.encode(asked)), asked.name)


def altered(entries, name=FILES[0]):
    """Return a file with entries replaced (bytes) or taken out (None)."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(FOLDER / name) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            data = entries.get(entry, old.read(entry))
            if data is not None:
                new.writestr(entry, data)
        for entry in entries.keys() - set(old.namelist()):
            new.writestr(entry, entries[entry])
    return made.getvalue()


def document(name=FILES[0]):
    with zipfile.ZipFile(FOLDER / name) as archive:
        return archive.read("word/document.xml").decode()


@pytest.mark.parametrize("name", FILES)
def test_the_article_is_read_whole(name):
    article = reading(ask(name)).article
    assert (article.metadata.title, article.metadata.author) == (TITLE, "Ada Lind")
    found = blocks(article)
    assert found[0] == ("heading", 1, None, TITLE)
    assert found[2 : 2 + len(BODY)] == BODY
    assert found[2 + len(BODY) :] == [
        ("paragraph", 0, None, "The form is called T-7 by everybody.[1]"),
        ("item", 1, 1, "Only the clerk calls it a permit."),
    ]
    assert spans(article)[: len(SPANS)] == SPANS


def test_the_bytes_decide_whatever_the_file_is_called(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_bytes((FOLDER / FILES[0]).read_bytes())
    found = read(source_from_file(path))
    assert found.article.metadata.title == TITLE
    assert found.original.media_type.endswith("wordprocessingml.document")
    assert found.original.encoding == ""
    assert found.original.data == path.read_bytes()


def test_insertions_are_words_and_deletions_are_none():
    tracked = document().replace(
        '<w:t xml:space="preserve">Nobody</w:t></w:r>',
        "<w:t>Nobody</w:t></w:r><w:ins w:id='1'><w:r><w:t xml:space='preserve'> here</w:t></w:r>"
        "</w:ins><w:del w:id='2'><w:r><w:delText> gone</w:delText></w:r></w:del>",
    )
    assert tracked != document()
    data = altered({"word/document.xml": tracked.encode()})
    assert "Nobody here asked" in reading(ask(FILES[0], data)).article.text


def test_a_file_without_properties_is_read_all_the_same():
    article = reading(ask(FILES[0], altered({"docProps/core.xml": None}))).article
    assert (article.metadata.title, article.metadata.author) == (TITLE, "")


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY e0 "ha">'
    + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    + "]><x>&e9;</x>"
).encode()
ENTITY = b'<!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ({"word/document.xml": b"<w:document"}, "XML is broken"),
        ({"word/document.xml": ENTITY}, "declares entities"),
        ({"word/extra.xml": ENTITY}, "declares entities"),
        ({"word/document.xml": LAUGHS}, "entities that grow"),
        ({"word/document.xml": b"<x>" * 100_000 + b"</x>" * 100_000}, "nested deeper than 256"),
        ({"word/document.xml": None}, "damaged"),
        ({"big.bin": bytes(limits.MB * 20)}, "200 times its size"),
        ({"big.bin": bytes(limits.ENTRY_BYTES * 4 + 1)}, "more than 200 MB"),
        ({f"e{number}": b"" for number in range(limits.ENTRIES)}, "5,000 entries"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_damaged_or_means_harm_is_one_sentence(entries, reason):
    with pytest.raises(UserError, match=reason) as caught:
        reading(ask(FILES[0], altered(entries)))
    assert caught.value.what.startswith(FILES[0])


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_that_is_cut_off_is_refused(share):
    data = (FOLDER / FILES[0]).read_bytes()
    with pytest.raises(UserError, match="damaged or cut off"):
        reading(ask(FILES[0], data[: int(len(data) * share)]))


def test_a_file_with_a_password_says_so():
    data = bytearray((FOLDER / FILES[0]).read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    with pytest.raises(UserError, match="protected by a password"):
        reading(ask(FILES[0], bytes(data)))


def test_pictures_are_left_out_and_other_files_are_not_read(tmp_path):
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret words")
    picture = (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/'
        '2006/wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.openxmlformats.org/'
        'drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats'
        '.org/drawingml/2006/picture"><pic:blipFill><a:blip r:link="rIdX" xmlns:r="http://schemas'
        '.openxmlformats.org/officeDocument/2006/relationships"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p><w:sectPr"
    )
    with zipfile.ZipFile(FOLDER / FILES[0]) as archive:
        links = archive.read("word/_rels/document.xml.rels").decode()
    link = (
        '<Relationship Id="rIdX" TargetMode="External" Target="' + secret.as_uri() + '" Type="http:'
        '//schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>'
    )
    data = altered(
        {
            "word/document.xml": document().replace("<w:sectPr", picture, 1).encode(),
            "word/_rels/document.xml.rels": links.replace("</Relationships>", link).encode(),
        }
    )
    found = reading(ask(FILES[0], data))
    assert "1 image was left out." in found.remarks
    assert "secret" not in found.article.text
