"""PDF files as PDFium reads them: words in order, notes beside them, nothing where neutral."""

import gc
import itertools
import subprocess
import sys
import threading
from dataclasses import replace

import pypdfium2
import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPainter, QPdfWriter, QTextDocument, qGray

from factories import make_annotation, make_article, make_id
from postil.annotated_markdown import HandedOn
from postil.domain.annotation import Confidence, Link, Relation, Voice
from postil.domain.article import BlockKind, Metadata
from postil.domain.builder import ArticleBuilder
from postil.domain.tags import Codebook, Group, LineStyle, Tag, TagSet
from postil.exporters import ExportOptions, NotesPlace, Paper
from postil.page.style import PageStyle
from postil.printing import PDF, page_pictures, paint_page, set_pages
from postil.printing.words import Writer

pytestmark = pytest.mark.usefixtures("qapp")

DOUBT = Tag("persuasion23/doubt", "reputation", "Casting doubt", "DO", LineStyle.DOT, "Doubts it.")
CROWD = Tag("persuasion23/crowd", "reputation", "Vague crowd", "VC", LineStyle.WAVE)
TAG_SET = TagSet(
    Codebook("persuasion23", "Persuasion", "1"),
    (Group("persuasion23", "reputation", "Reputation", "#EE8866"),),
    (DOUBT, CROWD),
)
MARGIN, END = NotesPlace.MARGIN, NotesPlace.END


def word(number):
    """Return a word that stands nowhere else and has no ligature in any font."""
    return "zx" + "".join("abcdeghkmn"[int(digit)] for digit in f"{number:04d}")


def long_article(paragraphs=40, **metadata):
    numbers = itertools.count()
    blocks = (" ".join(word(next(numbers)) for _ in range(60)) for _ in range(paragraphs))
    return make_article(*blocks, heading="Long run", **metadata)


@pytest.fixture
def handed_on():
    article = make_article(
        "For years the council, that club of dinosaurs, has told us nothing can be done.",
        "Most observers agree it was a plot.",
        heading="The harbour",
        author="Ada Lind",
        published="2026-05-04",
        source="https://example.org/harbour",
    )
    marks = (
        make_annotation(
            article,
            "the council, that club",
            tags=(DOUBT.id, CROWD.id),
            note="Who *says*?\n\n- one\n- two",
            voice=Voice.QUOTED,
            confidence=Confidence.SURE,
            author="dana",
        ),
        make_annotation(
            article,
            "that club of dinosaurs",
            number=2,
            tags=(CROWD.id,),
            links=(Link(Relation.CONTRADICTS, make_id(1)), Link(Relation.REPEATS, make_id(9))),
        ),
        make_annotation(article, "Most observers", number=3, author="bo"),
    )
    return HandedOn(
        article=article,
        annotations=marks,
        tags={DOUBT.id: DOUBT, CROWD.id: CROWD},
        sets_in_use=(TAG_SET,),
        note="On the whole: slanted.",
        answers=((DOUBT.id, "An answer."), ("gone/question", "")),
        questions={DOUBT.id: "Who doubts?"},
    )


def export(handed_on, **options):
    return PDF.export(handed_on, ExportOptions(**options)).data


def pages(data):
    """Return the words of each page, as PDFium reads them."""
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_range().split() for page in document]


def text(data):
    return " ".join(" ".join(words) for words in pages(data))


def test_words_of_scripts_without_italics_stand_upright():
    writer = Writer(PageStyle(), points=8, width=200)
    writer.markdown("<p>😀 Or <em>مرحبا</em>, in <em>Latin</em> letters.</p>")
    block = writer.finish().begin()
    (slanted,) = [run for run in block.textFormats() if run.format.fontItalic()]
    assert slanted.length == len("Latin")


@pytest.mark.parametrize("paper", Paper)
def test_all_words_are_there_once_and_in_order(paper):
    article = long_article()
    found = pages(export(HandedOn(article), numbers=True, paper=paper))
    assert len(found) > 3
    ours = [w for words in found for w in words if w.startswith("zx")]
    assert ours == [w for w in article.text.split() if w.startswith("zx")]
    for number, words in enumerate(found):
        head = " ".join(words)
        assert f"{number + 1} / {len(found)}" in head
        assert "Long run" in head
    numbers = [w for words in found for w in words if w.isdigit()]
    assert [int(n) for n in numbers if int(n) > len(found)][-1] == 40


def test_paper_has_its_size(handed_on):
    for paper, size in ((Paper.A4, (595, 842)), (Paper.LETTER, (612, 792))):
        with pypdfium2.PdfDocument(export(handed_on, paper=paper)) as document:
            assert [round(length) for length in document[0].get_size()] == list(size)


@pytest.mark.parametrize("notes", NotesPlace)
def test_notes_say_what_marks_say(handed_on, notes):
    found = text(export(handed_on, notes=notes, numbers=True))
    for words in (
        "1 DO Casting doubt, VC Vague crowd ¶1",
        "“the council, that club”",
        "Who says?",
        "one",
        "quoted · sure · dana",
        "contradicts 1",
        "– Plain mark ¶2",
        "Note on the article",
        "On the whole: slanted.",
        "Who doubts?",
        "An answer.",
        "gone/question",
        "Source: https://example.org/harbour",
        "Ada Lind · 4 May 2026",
    ):
        assert words in found.replace("\xa0", " ").replace("  ", " "), words
    assert ("Notes 1" in found) == (notes is END)
    assert "1 DO" in found
    assert "Doubts it." not in found


def test_the_legend_explains_the_tags(handed_on):
    assert "DO Casting doubt Doubts it." in text(export(handed_on, legend=True)).replace(
        "\xa0", " "
    ).replace("  ", " ")


def test_what_is_not_in_the_file_is_said(handed_on):
    [remark] = PDF.export(handed_on, ExportOptions()).remarks
    assert "to a mark that is not in the file" in remark


def test_long_notes_flow_on_and_end(handed_on):
    note = " ".join(word(number) for number in range(3_000))
    marks = (replace(handed_on.annotations[0], note=note), *handed_on.annotations[1:])
    for notes in NotesPlace:
        found = pages(export(replace(handed_on, annotations=marks), notes=notes))
        assert len(found) > 2
        flat = [w for words in found for w in words if w.startswith("zx")]
        assert sorted(flat) == sorted(note.split())
        assert any("observers”" in words for words in found)


def test_many_notes_on_few_words_stand_in_columns_at_the_end():
    article = long_article(20)
    numbers = itertools.count(5_000)
    notes = [" ".join(word(next(numbers)) for _ in range(40)) for _ in range(80)]
    marks = tuple(
        make_annotation(article, (10 + 8 * n, 14 + 8 * n), number=n, note=note)
        for n, note in enumerate(notes)
    )
    # PDFium takes a page with one narrow column for one that is written downwards.
    found = text(export(HandedOn(article, marks), room=True)).replace(" ", "")
    for one in (*article.text.split()[2:], *" ".join(notes).split()):
        assert found.count(one) == 1


@pytest.mark.parametrize("paragraphs", [6, 7])
def test_lines_to_write_on_are_many_or_on_a_page_of_their_own(paragraphs):
    article = HandedOn(long_article(paragraphs))
    with_room = len(pages(export(article, room=True)))
    assert with_room - len(pages(export(article))) in {0, 1}
    data = export(article, room=True)
    [picture] = page_pictures(data, 300, most=9)[0][with_room - 1 :]
    column = [qGray(picture.pixel(150, y)) < 200 for y in range(200, picture.height() - 25)]
    assert sum(column) >= 7, "ruled lines"


def test_notes_stand_on_the_page_of_their_words():
    article = long_article(30)
    starts = [block.start for block in article.blocks[1:]]
    marks = tuple(
        make_annotation(article, (start, start + 6), number=n, note=f"note{n:02d}x")
        for n, start in enumerate(starts)
    )
    for words in pages(export(HandedOn(article, marks))):
        for n, start in enumerate(starts):
            assert (f"note{n:02d}x" in words) == (article.text[start : start + 6] in words)


def test_a_neutral_copy_says_nothing_of_the_marks(handed_on):
    data = export(handed_on, neutral=True, legend=True, room=True, numbers=True, notes=END)
    found = text(data)
    assert "dinosaurs, has told us" in found
    for secret in ("DO", "VC", "doubt", "Vague", "says", "dana", "slanted", "answer", "Note"):
        assert secret not in found, secret
    assert b"dana" not in data
    one = replace(handed_on, annotations=handed_on.annotations[:1])
    both = replace(handed_on, annotations=handed_on.annotations[:2])
    as_if = make_annotation(handed_on.article, "the council, that club of dinosaurs", number=7)
    assert export(both, neutral=True) == export(replace(both, annotations=(as_if,)), neutral=True)
    assert export(one, neutral=True) != export(both, neutral=True)


def test_room_is_left_to_write_in(handed_on):
    few = pages(export(HandedOn(handed_on.article), room=True))
    assert len(few) == 1
    article = long_article(9)
    assert len(pages(export(HandedOn(article), room=True))) >= len(pages(export(HandedOn(article))))


@pytest.mark.parametrize("notes", NotesPlace)
def test_documents_are_freed_on_the_thread_that_laid_them_out(handed_on, notes):
    """Their timers are that thread's; the collector of garbage runs on another one."""
    gc.collect()
    gc.disable()
    try:
        before = {id(thing) for thing in gc.get_objects() if isinstance(thing, QTextDocument)}
        export(handed_on, notes=notes)
        left = [thing for thing in gc.get_objects() if isinstance(thing, QTextDocument)]
    finally:
        gc.enable()
    assert [thing for thing in left if id(thing) not in before] == []


def test_the_file_is_a_function_of_its_content(handed_on):
    data = export(handed_on)
    assert data == export(replace(handed_on, annotations=handed_on.annotations[::-1]))
    with pypdfium2.PdfDocument(data) as document:
        said = document.get_metadata_dict()
    assert (said["Title"], said["Author"], said["Creator"]) == (
        "The harbour", "Ada Lind", "Postil",
    )  # fmt: skip
    assert said["CreationDate"] == said["ModDate"] == ""
    assert b"CreateDate" not in data


def test_a_printer_with_finer_dots_gets_pictures(handed_on):
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    printer = QPdfWriter(buffer)
    printer.setResolution(600)
    set_ = set_pages(handed_on, ExportOptions())
    printer.setPageLayout(set_.sheet.layout)
    painter = QPainter(printer)
    paint_page(painter, set_, 0)
    painter.end()
    pictures, count = page_pictures(bytes(buffer.data().data()), 200, most=5)
    direct, _ = page_pictures(export(handed_on), 200, most=5)
    assert count == len(pictures) == len(direct) == 1
    assert pictures[0].size() == direct[0].size()
    places = itertools.product(range(0, 200, 4), range(0, 280, 4))
    apart = [abs(qGray(pictures[0].pixel(*at)) - qGray(direct[0].pixel(*at))) for at in places]
    assert sum(apart) / len(apart) < 8, "the same page"


def test_blocks_of_all_kinds_in_both_directions():
    builder = ArticleBuilder(Metadata(title="Kinds"))
    builder.block(BlockKind.PARAGRAPH, "שלום לכולם, אמר הסופר")
    builder.block(BlockKind.ITEM, "item", level=1, number=3)
    builder.block(BlockKind.QUOTATION, "quotation")
    builder.begin(BlockKind.ROW).text("cell").cell_break().text("other").end()
    builder.block(BlockKind.PREFORMATTED, "lines\n  of code")
    builder.block(BlockKind.CAPTION, "caption")
    article = builder.finish()
    table = "| a | b |\n| --- | --- |\n| one | two |\n"
    marks = [
        make_annotation(article, (block.start, block.end), number=number, note=table)
        for number, block in enumerate(article.blocks)
    ]
    found = text(export(HandedOn(article, tuple(marks))))
    for words in ("Kinds", "3.", "item", "quotation", "cell", "other", "of code", "caption", "one"):
        assert words in found
    assert set("שלום") <= set(found)


def test_it_may_be_made_on_any_thread_and_its_mistakes_come_back(handed_on, monkeypatch):
    made = []
    thread = threading.Thread(target=lambda: made.append(export(handed_on)))
    thread.start()
    thread.join()
    assert made == [export(handed_on)]

    def wrong(*_args):
        made.append("wrong")
        raise ValueError("told")

    monkeypatch.setattr("postil.printing.pdf.set_pages", wrong)
    failures = []

    def run():
        with pytest.raises(ValueError, match="told") as caught:
            export(handed_on)
        failures.append(caught)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert failures
    assert made[-1] == "wrong"


def test_a_process_without_a_display_makes_one_too():
    script = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from factories import make_article\n"
        "from postil.annotated_markdown import HandedOn\n"
        "from postil.exporters import ExportOptions\n"
        "from postil.printing import PDF\n"
        "sys.stdout.buffer.write(PDF.export(HandedOn(make_article()), ExportOptions()).data)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert "dinosaurs" in text(done.stdout)
