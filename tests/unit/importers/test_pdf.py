"""PDF documents as LibreOffice and Chromium print them, in one column and in two, and bad ones."""

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.domain.errors import UserError
from postil.importers import pdf, read, source_from_file
from postil.importers.crossing import accept
from postil.resources import resource
from unit.importers.documents import FOLDER, TITLE, ask, blocks

FERRY = ("ferry-chromium.pdf", "ferry-columns-chromium.pdf")
TITLE_PRINTED = "The ferry that was promised"
HARBOUR = "harbour-libreoffice.pdf"


def reading(name, data=None):
    return accept(pdf.convert(msgspec.json.encode(ask(name, data))), name)


def bare(pages, *, extra=b""):
    """Return a PDF written here: pages of lines (x, y, size, words)."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>")
    for at, lines in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] /Contents {5 + 2 * at} 0 R"
            " /Resources << /Font << /F 3 0 R >> >> >>".encode()
        )
        drawn = "".join(
            f"BT /F {size} Tf {x} {y} Td ({words}) Tj ET\n" for x, y, size, words in lines
        ).encode()
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawn), drawn))
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R %b >>\n" % (len(objects) + 1, extra)
    return out + b"startxref\n%d\n%%%%EOF" % start


def column(*lines, x=40, top=500, size=12, step=14):
    return [(x, top - step * at, size, words) for at, words in enumerate(lines)]


def texts(*pages):
    article = reading("a.pdf", bare(pages)).article
    return [article.block_text(block) for block in article.blocks]


def sample_paragraphs():
    """Return the words of the sample's paragraphs, which the two files were printed from."""
    (path,) = resource("sample").glob("*.md")
    body = path.read_text("utf-8").split("---\n", 2)[2].partition("\n[^a1]: ")[0]
    body = re.sub(r"</?mark[^>]*>|\[\^a\d+\]|<!--.*?-->", "", body)
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)|[*_]", r"\1", body)
    cut = (re.sub(r"^(#+|>|-|\d+\.) ", "", part) for part in plain.strip().split("\n\n"))
    return [" ".join(part.split()) for part in cut if part.strip()]


@pytest.mark.parametrize("name", FERRY)
def test_paragraphs_are_those_that_were_printed(name):
    found = [" ".join(text.split()) for _, _, _, text in blocks(reading(name).article)]
    wanted = sample_paragraphs()
    assert len(wanted) > 10
    assert [text for text in wanted if text not in found] == []
    assert len(found) == len(wanted)


@pytest.mark.parametrize("name", FERRY)
def test_running_heads_and_page_numbers_are_left_out_and_counted(name):
    found = reading(name)
    assert "Harbour Post" not in found.article.text
    assert "Page 1" not in found.article.text
    assert found.remarks[0] == "Running heads and page numbers were left out: 4."


def test_headings_items_and_what_it_says_of_itself():
    article = reading(HARBOUR).article
    about = article.metadata
    assert (about.title, about.author, about.published) == (TITLE, "Ada Lind", "2026-11-25")
    found = blocks(article)
    assert found[:2] == [("heading", 1, None, TITLE), ("paragraph", 0, None, "Ada Lind")]
    assert ("heading", 2, None, "What the board says") in found
    assert ("item", 2, None, "and slower") in found
    assert ("item", 1, 1, "Count the cars") in found
    assert "😀" in article.text


def test_a_printed_page_has_no_date_of_the_day_it_was_printed():
    assert b"/CreationDate" in (FOLDER / FERRY[0]).read_bytes()
    assert reading(FERRY[0]).article.metadata.published == ""


@pytest.mark.parametrize("title", ["ferry.html", "Microsoft Word - a.doc", "file:///a b", "x"])
def test_what_a_program_wrote_for_want_of_a_title_is_none(title):
    printed = (FOLDER / FERRY[0]).read_bytes()
    assert reading(FERRY[0]).article.metadata.title == TITLE_PRINTED
    data = printed.replace(f"({TITLE_PRINTED})".encode(), f"({title})".encode())
    assert reading("a.pdf", data).article.metadata.title == ""


def test_it_is_told_by_its_bytes_and_read_in_the_child(tmp_path):
    path = tmp_path / "ferry.txt"
    path.write_bytes((FOLDER / HARBOUR).read_bytes())
    found = read(source_from_file(path))
    assert found.article.metadata.title == TITLE
    assert found.original.media_type == "application/pdf"


def test_words_broken_at_the_end_of_a_line_are_mended_and_compounds_kept():
    (text,) = texts(
        column(
            "The har-",
            "bour is well-known here, and a well-",
            "known ferry goes there on each and every day",
        )
    )
    assert text == (
        "The harbour is well-known here, and a well-known ferry goes there on each and every day"
    )


def test_paragraphs_part_at_gaps_indents_and_short_last_lines():
    lines = [
        *column("This line reaches to the end of it all.", "And so does this one, to the very end"),
        *column("of it.", "After a short line another one begins", "which goes on.", top=472),
        *column("After a gap there is a new paragraph", "too.", top=410),
        (60, 382, 12, "And after an indent there is one,"),
        (40, 368, 12, "which also goes on over a line."),
    ]
    assert texts(lines) == [
        "This line reaches to the end of it all. And so does this one, to the very end of it.",
        "After a short line another one begins which goes on.",
        "After a gap there is a new paragraph too.",
        "And after an indent there is one, which also goes on over a line.",
    ]


def test_a_paragraph_goes_on_over_columns_and_pages():
    first = column("It begins on the first", "page and then it goes")
    second = column("on in another column and", "again", x=220)
    third = column("on another page. The End.", "Another one begins with this line.")
    assert texts([*first, *second], third)[0].startswith(
        "It begins on the first page and then it goes on in another column and again on another"
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\nnothing", "damaged or cut off"),
        (bare([[]]), "seems to be scanned"),
        (bare([[(40, 500, 12, "7")]] * 3), "seems to be scanned"),
        (bare([column("words enough to be read")] * 1001), "more than 1,000"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(data, reason):
    with pytest.raises(UserError, match=reason) as caught:
        reading("a.pdf", data)
    assert "\n" not in str(caught.value)


def test_a_document_with_a_password_says_so():
    lock = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"41" * 32 + b"> /U <"
        b"42" * 32 + b"> >> /ID [<00> <00>]"
    )
    with pytest.raises(UserError, match="protected by a password"):
        reading("a.pdf", bare([column("words")], extra=lock))


@given(st.sampled_from((*FERRY, HARBOUR)), st.data())
def test_a_damaged_document_is_read_or_refused(name, data):
    good = (FOLDER / name).read_bytes()
    at = data.draw(st.integers(0, len(good) - 1))
    bad = good[:at] + data.draw(st.binary(max_size=8)) + good[at + data.draw(st.integers(0, 64)) :]
    try:
        outcome = reading(name, bad).article.text
    except UserError as error:
        outcome = str(error)
    assert outcome
