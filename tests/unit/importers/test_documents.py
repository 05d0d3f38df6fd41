"""Documents that other programs wrote: each gives the same article, told by its bytes alone.

`tests/data/documents` holds one text, written by pandoc, LibreOffice, Chromium and s-nail.
"""

import io
import zipfile

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.domain.errors import UserError
from postil.importers import Source, docx, epub, mail, odt, read, rtf, table
from postil.importers.crossing import accept
from unit.importers.documents import BODY, FOLDER, SPANS, TITLE, ask, blocks, spans

READERS = {"docx": docx, "epub": epub, "eml": mail, "mhtml": mail, "odt": odt, "rtf": rtf}
FILES = sorted(
    path.name for path in FOLDER.iterdir() if path.suffix not in (".md", ".pdf")
)  # PDFs have tests of their own
# What each program keeps: LibreOffice writes neither headings nor lists into books.
WHOLE = [
    "harbour-chromium.mhtml",
    "harbour-libreoffice.odt",
    "harbour-pandoc.docx",
    "harbour-pandoc.epub",
    "harbour-pandoc.odt",
]


def reading(name, data=None):
    """Read a file in this process, as the child does in its own."""
    module = READERS[name.rpartition(".")[2]]
    return accept(module.convert(msgspec.json.encode(ask(name, data))), name)


def altered(name, entries):
    """Return an archive with entries replaced (bytes) or taken out (None)."""
    made = io.BytesIO()
    with zipfile.ZipFile(FOLDER / name) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.namelist():
            data = entries.get(entry, old.read(entry))
            if data is not None:
                new.writestr(entry, data)
        for entry in entries.keys() - set(old.namelist()):
            new.writestr(entry, entries[entry])
    return made.getvalue()


def inside(name, entry):
    with zipfile.ZipFile(FOLDER / name) as archive:
        return archive.read(entry).decode()


def test_every_kind_of_document_has_a_file():
    assert {name.rpartition(".")[2] for name in FILES} == set(READERS)


@pytest.mark.parametrize("name", FILES)
def test_the_bytes_alone_choose_the_reader_and_all_words_arrive(name):
    data = (FOLDER / name).read_bytes()
    found = read(Source(data, "unnamed", "unnamed"))
    suffix = "." + name.rpartition(".")[2]
    assert suffix in table.of_bytes(data).suffixes
    if name != "harbour-pandoc.rtf":  # pandoc writes none there
        assert found.article.metadata.title == TITLE
    words = found.article.text.replace("\n", " ").replace("\t", " ").replace("\u2028", " ").split()
    for kind, _, _, text in BODY:
        if (name, kind) != ("harbour-libreoffice.epub", "row"):  # it loses the heads of tables
            assert set(text.split()) <= set(words)
    assert found.original.data == data


@pytest.mark.parametrize("name", WHOLE)
def test_blocks_and_spans_arrive_as_they_were(name):
    article = reading(name).article
    found = blocks(article)
    at = found.index(BODY[0])
    assert found[at : at + len(BODY)] == BODY
    assert found[at + len(BODY) :] == [
        ("paragraph", 0, None, "The form is called T-7 by everybody.[1]"),
        ("item", 1, 1, "Only the clerk calls it a permit."),
    ]
    assert spans(article) == [*SPANS, ("code", "T-7", "")]
    assert article.metadata.author == "Ada Lind"
    assert article.metadata.language.startswith("en")


@pytest.mark.parametrize(
    "name", ["harbour-chromium.mhtml", "harbour-pandoc.rtf", "harbour-libreoffice.rtf"]
)
@pytest.mark.parametrize("share", [0.3, 0.35])
def test_a_document_cut_off_within_its_words_is_refused(name, share):
    data = (FOLDER / name).read_bytes()
    with pytest.raises(UserError, match="cut off"):
        reading(name, data[: int(len(data) * share)])


def test_a_page_whose_pictures_were_cut_off_is_read():
    start = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
    page = b"Content-Type: text/html\n\n<p>The toll is back.\n--b\n"
    data = start + page + b"Content-Type: image/png\n\nhalf"
    assert reading("a.mhtml", data).article.text == "The toll is back."


@pytest.mark.parametrize("name", ["harbour-pandoc.rtf", "harbour-libreoffice.rtf"])
def test_rich_text_keeps_paragraphs_headings_items_and_rows(name):
    read_ = reading(name)
    found = blocks(read_.article)
    at = found.index(BODY[0])
    kept = [b if b[0] != "quotation" else ("paragraph", *b[1:]) for b in BODY]
    assert found[at : at + len(kept)] == kept
    assert "not kept" in read_.remarks[0]


def test_a_saved_page_says_where_and_when_it_was_fetched():
    about = reading("harbour-chromium.mhtml").article.metadata
    assert about.source == "http://harbour.example:8765/harbour.html"
    assert (about.retrieved, about.published) == ("2026-11-25", "")


def test_a_mail_says_who_wrote_it_and_when():
    about = reading("harbour-s-nail.eml").article.metadata
    assert (about.author, about.published) == ("Ada Lind", "2026-11-25")


MAIL = b"From: a@b.example\nMIME-Version: 1.0\n"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (
            MAIL + b"Content-Type: text/html; charset=koi8-r\n\n<p>\xf0\xf2\xe9\xf7\xe5\xf4",
            "ПРИВЕТ",
        ),
        (
            MAIL + b"Content-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: "
            b"text/plain\n\nplain\n--x\nContent-Type: text/html\n\n<p>rich</p>\n--x--\n",
            "rich",
        ),
        (
            MAIL + b"Content-Type: multipart/mixed; boundary=x\n\n--x\n"
            b"Content-Type: text/html\nContent-Disposition: attachment\n\n<p>closed</p>\n"
            b"--x\nContent-Type: text/plain\n\nplain words\n--x--\n",
            "plain words",
        ),
        (MAIL + b"Subject: =?utf-8?q?=ff=fe?=\nDate: never\n\nwords", "words"),
    ],
)
def test_mails_of_other_shapes(data, text):
    assert reading("a.eml", data).article.text == text


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.eml", MAIL + b"\n\n", "holds no words"),
        ("a.eml", MAIL + b"Content-Type: image/png\n\nx", "holds no words"),
        (
            "a.eml",
            MAIL
            + b"Content-Type: multipart/mixed; boundary=x\n\n"
            + b"--x\nContent-Type: text/css\n\nx\n" * 1001
            + b"--x--\n",
            "more than 1,000 parts",
        ),
        ("a.rtf", b"{\\rtf1 }", "no text"),
        ("a.odt", b"PK\x03\x04", "damaged or cut off"),
        (
            "harbour-pandoc.odt",
            altered("harbour-pandoc.odt", {"content.xml": b"<x><body/></x>"}),
            "no text document",
        ),
        (
            "harbour-pandoc.odt",
            altered(
                "harbour-pandoc.odt",
                {"META-INF/manifest.xml": b"<m><encryption-data/></m>"},
            ),
            "protected by a password",
        ),
        (
            "harbour-pandoc.epub",
            altered("harbour-pandoc.epub", {"EPUB/content.opf": None}),
            "list of chapters",
        ),
        (
            "harbour-pandoc.epub",
            altered(
                "harbour-pandoc.epub",
                {
                    "META-INF/encryption.xml": b'<e><CipherReference URI="EPUB/text/ch001.xhtml"/>'
                    b"</e>"
                },
            ),
            "locked by its publisher",
        ),
        (
            "harbour-pandoc.epub",
            altered("harbour-pandoc.epub", {"EPUB/content.opf": b"<p><manifest/><spine/></p>"}),
            "no text",
        ),
    ],
)
def test_what_cannot_be_read_is_one_sentence(name, data, reason):
    with pytest.raises(UserError, match=reason) as caught:
        reading(name, data)
    assert "\n" not in str(caught.value)


def test_a_book_with_locked_fonts_is_read():
    lock = b'<e><CipherReference URI="EPUB/fonts/a.otf"/></e>'
    data = altered("harbour-pandoc.epub", {"META-INF/encryption.xml": lock})
    assert TITLE in reading("harbour-pandoc.epub", data).article.text


def test_a_book_whose_chapters_are_articles_is_read_whole():
    entry = "EPUB/text/ch001.xhtml"
    page = inside("harbour-pandoc.epub", entry)
    halves = page.replace("<section", "<article").replace("</section", "</article")
    found = reading("harbour-pandoc.epub", altered("harbour-pandoc.epub", {entry: halves.encode()}))
    assert "Ada Lind" in found.article.text
    assert "Count them again" in found.article.text


def test_what_no_reader_sees_is_no_part_of_a_document():
    entry = "content.xml"
    words = inside("harbour-pandoc.odt", entry).replace(
        "asked</text:span>",
        "asked</text:span><office:annotation><text:p>a comment</text:p></office:annotation>"
        '<text:s text:c="2"/>twice<text:tab/>over<text:line-break/>again<draw:frame><draw:image/>'
        "</draw:frame>",
    )
    hidden = "<text:tracked-changes><text:p>deleted words</text:p></text:tracked-changes>"
    words = words.replace("<office:text>", f"<office:text>{hidden}")
    found = reading("harbour-pandoc.odt", altered("harbour-pandoc.odt", {entry: words.encode()}))
    assert "comment" not in found.article.text
    assert "deleted" not in found.article.text
    assert "Nobody asked twice over\u2028again for" in found.article.text
    assert "1 image was left out." in found.remarks


def test_a_document_without_what_it_could_say_of_itself():
    for name, entry in (("harbour-pandoc.odt", "meta.xml"), ("harbour-pandoc.odt", "styles.xml")):
        assert TITLE in reading(name, altered(name, {entry: None})).article.text


@pytest.mark.parametrize(
    "text",
    [
        "From: the river\nto the sea\n\nDate: never",
        "Note: this is a text.\nFrom: nobody",
        "{\\rt is no rich text",
        "PK is short",
    ],
)
def test_words_that_begin_alike_stay_words(text):
    assert table.of_bytes(text.encode()) is None


@given(st.sampled_from(FILES), st.data())
def test_a_damaged_document_is_read_or_refused(name, data):
    good = (FOLDER / name).read_bytes()
    at = data.draw(st.integers(0, len(good) - 1))
    bad = good[:at] + data.draw(st.binary(max_size=8)) + good[at + data.draw(st.integers(0, 64)) :]
    try:
        outcome = reading(name, bad).article.text
    except UserError as error:
        outcome = str(error)
    assert outcome
