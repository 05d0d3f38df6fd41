import textwrap
from pathlib import Path

import pytest

from postil.importers import quotations
from postil.importers.crossing import Request
from postil.importers.markdown import read_markdown

DATA = Path(__file__).parents[2] / "data" / "quotations"
INEVITABLE = "The bridge is inevitable, and only cranks disagree."
COSTS = "That costs $41 million & more."


def listed(name):
    text = (DATA / name).read_text("utf-8")
    found = quotations.find(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "name",
    ["readwise.md", "readwise-blocks.md", "zotero.md", "annotator.md", "hypothesis.md", "plain.md"],
)
def test_every_style_gives_words_notes_and_tags(name):
    marks = [quotation.mark() for quotation in listed(name).quotations]
    assert [mark.exact for mark in marks] == [INEVITABLE, COSTS]
    assert marks[0].note == "Says *who*?"
    assert marks[1].note == ""
    if name != "zotero.md":  # it exports no tags
        assert marks[0].tags == ("Loaded language", "doubt") or marks[0].tags == ("loaded", "doubt")
    assert all(mark.start is None and mark.end is None for mark in marks)


def test_what_is_said_of_the_article_is_kept():
    found = listed("readwise.md").metadata
    assert (found.title, found.author) == ("The Bridge Nobody Asked For", "Ada Lind")
    assert found.source == "https://example.org/bridge"


def test_the_annotator_keeps_what_stands_beside():
    first = listed("annotator.md").quotations[0].mark()
    assert (first.prefix, first.suffix) == ("The council says: ", " So it goes.")


def test_a_list_is_taken_in_as_quotations_that_are_marked():
    reading = read_markdown(Request((DATA / "readwise.md").read_text("utf-8")))
    assert not reading.has_body
    assert quotations.REMARK in reading.remarks
    text = reading.article.text
    assert [text[slice(*m.pieces)] for m in reading.marks] == [INEVITABLE, COSTS]
    assert text == f"The Bridge Nobody Asked For\n{INEVITABLE}\n{COSTS}"


@pytest.mark.parametrize(
    "text",
    [
        "> A motto\n\nA whole article of words follows here, and it goes on. Note: so.",
        "# Title\n\n> quoted\n\nWords about it.\n\n> quoted again\n\nMore words.",
        "- one\n- two\n- three",
        "Words only",
        "",
        "> only a quotation",
        "Tags: #a #b",
        "> quoted\n\nNote: n\n\n" + "And then a whole article of many words follows. " * 3,
    ],
)
def test_articles_with_quotations_are_no_lists(text):
    assert quotations.find(text) is None


def test_a_quotation_of_several_lines_is_one():
    found = quotations.find("> one\n> two\n>\n> three\n\nNote: n\n")
    assert [quotation.words for quotation in found.quotations] == ["one two three"]


def test_a_note_may_go_on():
    text = textwrap.dedent("""\
        ## Highlights
        - words of it
            - Note: first
              second
            - Tags: #a
        """)
    mark = quotations.find(text).quotations[0].mark()
    assert (mark.note, mark.tags) == ("first\nsecond", ("a",))
