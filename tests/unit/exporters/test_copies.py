"""The copies of a class: what they show, and that what was said of the article is not in them."""

import io
import re
import zlib
from dataclasses import replace

import pytest
from pypdfium2 import PdfDocument

from factories import make_annotation, make_article, make_id
from postil.annotated_markdown import HandedOn, parse
from postil.domain.annotation import Link, Relation, Status
from postil.domain.tags import Codebook, Group, LineStyle, Tag, TagSet
from postil.exporters import EXPORTERS, Copy, ExportOptions, Guide
from postil.printing import PDF

QUESTION = "Who exactly?"
SECRETS = (
    "Sneerword", "ZQXJ", "zz-slug", "#AB1234", "Xylophrase", "Ocelotnote", "Pangolin", "Wombatsay",
    "Quokkafact", "Lemurline", "2031-09-08", "cafe5eed", make_id(1),
)  # fmt: skip
BOOK = TagSet(
    Codebook("zz-slug", "Sneerword book", "1"),
    (Group("zz-slug", "g", "Sneerword group", "#AB1234"),),
    (
        Tag("zz-slug/crowd", "g", "Sneerword", "ZQXJ", LineStyle.WAVE, "Xylophrase", "Xylophrase"),
        Tag("zz-slug/ask", "g", "Sneerword too", "ZQXK", question=QUESTION),
    ),
)


@pytest.fixture
def secret():
    """Return an article of which everything is said that must not be in a student's hands."""
    article = make_article(heading="The ferry", author="Ada Lind", original_sha256="cafe5eed")
    about = replace(article.metadata, extra=("mood: Lemurline",), retrieved="2031-09-08T10:00:00Z")
    article = replace(article, metadata=about)
    said = {
        "author": "Pangolin",
        "created": "2031-09-08T10:00:00Z",
        "note": "Ocelotnote",
        "status": Status.REFUTED,
        "links": (Link(Relation.CONTRADICTS, make_id(2)),),
        "extra": (("x", "Lemurline"),),
    }
    return HandedOn(
        article,
        (
            make_annotation(article, "club of dinosaurs", tags=("zz-slug/crowd",), **said),
            make_annotation(article, "of dinosaurs, has", number=2, tags=("zz-slug/ask",)),
        ),
        tags={tag.id: tag for tag in BOOK.tags},
        tag_sets=(BOOK,),
        sets_in_use=(BOOK,),
        codebooks=("zz-slug@1",),
        original_sha256="cafe5eed",
        note="Wombatsay",
        answers=(("zz-slug/ask", "Quokkafact"),),
        questions={"zz-slug/ask": QUESTION, "zz-slug/crowd": "Sneerword"},
        partial=True,
    )


def export(name, content, copy, **options):
    exporter = PDF if name == "pdf" else EXPORTERS[name]
    return exporter.export(content, ExportOptions(copy=copy, **options)).data


def laid_bare(name, data):
    """Return all that can be found in a file, with what is packed in it and painted by it."""
    if name != "pdf":
        return data
    streams = re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL)
    opened = []
    for stream in streams:
        try:
            opened.append(zlib.decompress(stream))
        except zlib.error:
            opened.append(stream)
    with PdfDocument(io.BytesIO(data)) as document:
        words = [page.get_textpage().get_text_range() for page in document]
    return b"\n".join([data, *opened, *(one.encode() for one in words)])


@pytest.mark.parametrize("name", ["markdown", "html", "pdf"])
def test_nothing_that_was_said_is_in_the_copies_of_a_class(secret, name, qapp):
    whole = laid_bare(name, export(name, secret, Copy.KEY)).decode("latin-1")
    assert "Sneerword" in whole
    assert "Ocelotnote" in whole
    for copy, guide in (
        (Copy.STUDENT, Guide.BOTH),
        (Copy.PRACTICE, Guide.BOTH),
        (Copy.GUIDED, Guide.PASSAGES),
        (Copy.GUIDED, Guide.BOTH),
    ):
        found = laid_bare(name, export(name, secret, copy, guide=guide, legend=True)).decode(
            "latin-1"
        )
        assert [word for word in SECRETS if word.lower() in found.lower()] == []
        assert "dinosaurs" in found
        assert (QUESTION in found) == (copy is Copy.GUIDED and guide is Guide.BOTH)
        assert "partial" not in found


def test_pages_of_a_student_copy_are_those_of_an_article_without_marks(secret, qapp):
    alone = HandedOn(make_article(heading="The ferry", author="Ada Lind"))
    assert export("pdf", secret, Copy.STUDENT) == export("pdf", alone, Copy.STUDENT)


def test_a_guided_copy_shows_passages_or_questions_as_the_teacher_chose(secret):
    shown = {
        guide: export("markdown", secret, Copy.GUIDED, guide=guide).decode() for guide in Guide
    }
    assert [text.count("<mark>") for text in shown.values()] == [1, 0, 1]
    assert [text.count(f"**1. {QUESTION}**") for text in shown.values()] == [0, 1, 1]
    other = export("markdown", secret, Copy.GUIDED, guide=Guide.QUESTIONS, focus=("zz-slug/crowd",))
    assert QUESTION not in other.decode()  # that tag has no question
    marks = parse(shown[Guide.PASSAGES]).marks
    assert [mark.mark.exact for mark in marks] == ["club of dinosaurs, has"]


def test_what_a_student_writes_comes_back_as_the_note_on_the_article(secret):
    text = export("markdown", secret, Copy.STUDENT).decode()
    assert parse(text).note == ""
    assert parse(text.replace("\n>\n", "\n> I doubt it.\n")).note == "I doubt it."
    text = export("markdown", secret, Copy.GUIDED, guide=Guide.QUESTIONS).decode()
    answered = text.replace(f"{QUESTION}**\n>\n>", f"{QUESTION}**\n>\n> Nobody.\n>")
    assert parse(answered).note == f"**1. {QUESTION}**\n\nNobody."


def test_practice_copy_and_key_have_one_id_that_stays_with_the_article(secret):
    practice = export("markdown", secret, Copy.PRACTICE).decode()
    [line] = [line for line in practice.split("\n") if line.startswith("practice:")]
    assert line in export("markdown", secret, Copy.KEY).decode().split("\n")
    number = line.partition('"')[2].strip('"')
    for copy in (Copy.PRACTICE, Copy.KEY):
        assert number in export("html", secret, copy).decode()
    back = HandedOn(parse(practice).article)
    again = export("markdown", back, Copy.WHOLE).decode()
    assert again.count(line) == 1
    assert export("markdown", back, Copy.KEY).decode().count(line) == 1


def test_quotations_hold_the_marked_words_below_the_numbers_of_their_paragraphs(secret):
    article = secret.article
    across = make_annotation(
        article, (article.text.index("done."), article.text.index(" observers")), number=3
    )
    space = make_annotation(article, (4 + len("The ferry"), 5 + len("The ferry")), number=4)
    title = make_annotation(article, "ferry", number=5)
    content = replace(secret, annotations=(*secret.annotations, across, space, title))
    text = export("markdown", content, Copy.QUOTATIONS).decode()
    parsed = parse(text)
    assert "nothing can be" not in text
    assert parsed.article.text.split("\n")[2:] == [
        "Heading", "ferry", "¶ 1", "club of dinosaurs, has", "¶ 1–2", "done.", "Most",
    ]  # fmt: skip
    assert parsed.partial
    assert [mark.mark.note for mark in parsed.marks][1] == "Ocelotnote"
    ids = [mark.mark.id for mark in parsed.marks]
    assert make_id(1) not in ids
    assert parsed.marks[1].mark.links[0].target == ids[2]
    bare = replace(content, article=replace(article, metadata=replace(article.metadata, title="")))
    first = parse(export("markdown", bare, Copy.QUOTATIONS).decode()).article.text.split("\n")[0]
    assert first.startswith("Quotations")


def test_quotations_of_one_paragraph_have_its_number_once():
    article = make_article("First words, and last ones.")
    marks = (make_annotation(article, "First"), make_annotation(article, "last", number=2))
    text = export("markdown", HandedOn(article, marks), Copy.QUOTATIONS).decode()
    assert parse(text).article.text.split("\n")[1:] == ["¶ 1", "First", "last"]
