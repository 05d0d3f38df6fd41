import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.domain.article import BlockKind
from postil.domain.errors import UserError
from postil.importers.text import convert

SAMPLE = Path(__file__).parents[3] / "../shared/data/sample-article.txt"
PROSE = (
    "The council says that the bridge is inevitable, and that nobody with any sense can doubt it. "
    "Its own engineers, who were asked in the spring, are less sure of it than the mayor is. "
    "They have written that the river moves, that the banks are soft, and that a bridge which "
    "was built there a century ago lies at the bottom of it to this day."
)
VERSE = (
    "Who would have thought that such a little ship\n"
    "Could carry home the harvest of a year,\n"
    "And who, that saw it, from the harbour slip,\n"
    "Would not have shed a sailor's honest tear?\n"
)


def blocks(text):
    article = convert(text)
    return [article.block_text(block) for block in article.blocks]


def kinds(text):
    return [block.kind for block in convert(text).blocks]


def test_blank_lines_part_paragraphs():
    assert blocks("One.\n\nTwo.\n \t\n\nThree.\n") == ["One.", "Two.", "Three."]


def test_without_blank_lines_every_line_is_a_paragraph():
    assert blocks("One is here.\nTwo is longer than one.\nThree.") == [
        "One is here.",
        "Two is longer than one.",
        "Three.",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2029"])
def test_every_kind_of_line_end_ends_a_line(end):
    assert blocks(end.join(["One.", "Two.", "Three."])) == ["One.", "Two.", "Three."]


def test_line_ends_may_be_mixed():
    assert blocks("One.\r\n\r\nTwo.\r\rThree.\n\nFour.") == ["One.", "Two.", "Three.", "Four."]


@pytest.mark.parametrize("width", [60, 66, 72, 78])
def test_broken_lines_are_joined_again(width):
    other = PROSE.replace("bridge", "ferry")
    text = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in (PROSE, other, PROSE))
    assert blocks(text) == [PROSE, other, PROSE]


def test_broken_lines_are_joined_where_paragraphs_are_indented():
    text = "\n".join(textwrap.fill(PROSE, 70, initial_indent="    ") for _ in range(3))
    assert blocks(text) == [PROSE] * 3


def test_a_word_broken_at_its_hyphen_keeps_it_and_gets_no_space():
    prose = PROSE.replace("a century ago", "a hard-headed-and-well-meaning century ago")
    widths = [w for w in range(55, 80) if "-\n" in textwrap.fill(prose, w)]
    assert widths
    for width in widths:
        text = textwrap.fill(prose, width) + "\n\n" + textwrap.fill(PROSE, width)
        assert blocks(text)[0] == prose


def test_verse_keeps_its_lines():
    [first, second] = blocks(f"{VERSE}\n{VERSE}")
    assert first == second == VERSE.strip().replace("\n", "\u2028")


def test_verse_among_broken_prose_keeps_its_lines():
    prose = textwrap.fill(PROSE, 72)
    assert blocks(f"{prose}\n\n{VERSE}\n{prose}") == [
        PROSE,
        VERSE.strip().replace("\n", "\u2028"),
        PROSE,
    ]


def test_lists_among_broken_prose_keep_their_entries():
    prose = textwrap.fill(PROSE, 72)
    found = blocks(f"{prose}\n\n- a ferry\n- a bridge\n- a tunnel\n\n{prose}")
    assert found[0] == found[-1] == PROSE
    assert "\u2028".join(found[1:-1]) == "- a ferry\u2028- a bridge\u2028- a tunnel"


def test_sentences_of_one_line_each_are_not_joined():
    lines = [
        f"The sentence of number {n} is of nearly the same length as all its friends."
        for n in range(9)
    ]
    assert blocks("\n".join(lines)) == lines
    assert len(blocks("A title\n\n" + "\n".join(lines))) == 2  # one block, its lines kept
    assert "\u2028" in blocks("A title\n\n" + "\n".join(lines))[1]


def test_long_lines_are_paragraphs_even_where_blank_lines_exist():
    assert blocks(f"{PROSE}\n{PROSE}\n\n{PROSE}") == [PROSE] * 3


@pytest.mark.parametrize("title", ["The ferry", "Who asked for it?", "“Enough!”", "A: the case 3"])
def test_a_short_first_line_is_the_title(title):
    article = convert(f"{title}\n\n{PROSE}\n")
    assert (article.blocks[0].kind, article.blocks[0].level) == (BlockKind.HEADING, 1)
    assert article.metadata.title == title


@pytest.mark.parametrize(
    "text",
    [
        f"It began so.\n\n{PROSE}",
        f"It began “so.”\n\n{PROSE}",
        f"{'long ' * 50}\n\n{PROSE * 3}",
        "Only one line",
        f"- a list\n\n{PROSE}",
        f"Dear readers,\n\n{PROSE}",
        f"Two short lines\nstand at the top\n\n{PROSE}",
        "A line that is longer than the others\nthan this\nor this",
    ],
)
def test_other_first_lines_are_no_title(text):
    article = convert(text)
    assert article.blocks[0].kind is BlockKind.PARAGRAPH
    assert article.metadata.title == ""


@pytest.mark.parametrize("text", ["", "\n \t\n", "\x00\x01", " \u00a0 \n\n"])
def test_no_words_are_refused(text):
    with pytest.raises(UserError, match="no text"):
        convert(text)


def test_too_many_words_are_refused_by_the_limit_that_is_given():
    assert convert("a" * 100, max_characters=100)
    with pytest.raises(UserError, match="longer than 99 characters"):
        convert("a" * 100, max_characters=99)


def test_controls_and_surrogates_go_and_no_break_spaces_stay():
    assert blocks("a\x00b\ud800c\u00a0d\ufffe\u202ee\tf") == ["abc\u00a0d\u202ee f"]


def test_indented_and_trailing_spaces_go():
    assert blocks("   One.  \n\n  Two. ") == ["One.", "Two."]


def test_the_sample_article_has_nine_blocks_and_a_title():
    if not SAMPLE.exists():
        pytest.skip("the article for tests is not beside the repository")
    article = convert(SAMPLE.read_text("utf-8"))
    assert len(article.text) == 5949
    assert [block.kind for block in article.blocks] == [
        BlockKind.HEADING,
        *[BlockKind.PARAGRAPH] * 8,
    ]
    assert article.metadata.title == article.block_text(article.blocks[0])


@given(st.text())
def test_no_visible_character_is_lost(text):
    try:
        article = convert(text)
    except UserError:
        return
    from postil.domain.canonical import clean_run, normalise

    def visible(words):
        return "".join(normalise(clean_run(words)).split()).replace(" ", "")

    assert visible(article.text) == visible(text)
