import textwrap

import pytest

from postil.importers.crossing import Request
from postil.importers.foreign_marks import footnotes
from postil.importers.markdown import read_markdown


def marks(text):
    """Return the words of the article and the (words, note) of each mark."""
    reading = read_markdown(Request(textwrap.dedent(text)))
    words = reading.article.text
    for parsed in reading.marks:
        assert words[slice(*parsed.pieces)] == parsed.mark.exact
    return words, [(parsed.mark.exact, parsed.mark.note) for parsed in reading.marks]


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("a ==b c== d", "a b c d", ["b c"]),
        ("==a== and ==b==", "a and b", ["a", "b"]),
        ("a == b and c == d", "a == b and c == d", []),
        ("a === b === c", "a === b === c", []),
        ("`==a==` ==b==", "==a== b", ["b"]),
        ("a ==b *c* `d`== e", "a b c d e", ["b c d"]),
        ("**==a==** *==b==*", "a b", ["a", "b"]),
        ("a ==b\nc== d", "a b c d", ["b c"]),
        ("==a\n\nb==", "==a\nb==", []),
        ("a <mark>b</mark> c", "a b c", ["b"]),
        ('a <mark class="x">*b*</mark> c', "a b c", ["b"]),
        ("a [b c]{.mark} d", "a b c d", ["b c"]),
        ("a [b [c](https://x.example) d]{.mark #id} e", "a b c d e", ["b c d"]),
        ("a [b]{.other} c", "a [b]{.other} c", []),
        ("a {==b==} c", "a b c", ["b"]),
        ("a {++b++} {--c --}d {~~e~>f~~}", "a b d f", []),
        ("x\n\n    ==code==\n", "x\n==code==", []),
        ("```\n==code==\n```", "==code==", []),
        ("- a ==b==\n- c", "a b\nc", ["b"]),
        ("| a ==b== | c |\n| - | - |\n| d | ==e== |", "a b\tc\nd\te", ["b", "e"]),
    ],
)
def test_marks_of_every_style(text, words, marked):
    found, notes = marks(text)
    assert found == words
    assert [exact for exact, _ in notes] == marked


def test_a_comment_of_criticmarkup_is_the_note_of_its_mark():
    assert marks("a {==b==}{>>so *what*?<<} c {==d==} {>>two<<}{>>three<<}") == (
        "a b c d",
        [("b", "so *what*?"), ("d", "two\n\nthree")],
    )


def test_a_comment_on_no_words_is_left_out_and_told():
    reading = read_markdown(Request("a{>>why<<} b ==c== d{>>how<<}"))
    assert reading.article.text == "a b c d"
    assert "no marked words" in reading.remarks[0]
    assert ": 2." in reading.remarks[0]


def test_a_footnote_after_a_mark_is_its_note():
    text = """\
        The bridge is ==inevitable==[^1], and ==cranks==[^x] doubt it[^2].

        [^1]: **Says who?** `id`

            Nobody asked.

        [^x]: Name calling.
        [^2]: A source.
        """
    words, notes = marks(text)
    assert words == "The bridge is inevitable, and cranks doubt it[2].\n[2] A source."
    assert notes == [
        ("inevitable", "**Says who?** `id`\n\nNobody asked."),
        ("cranks", "Name calling."),
    ]


@pytest.mark.parametrize(
    "mark",
    ["==a[^1]==", "<mark>a</mark>[^1]", "<mark>a[^1]</mark>", "{==a==}[^1]", "[a]{.mark}[^1]"],
)
def test_a_footnote_in_or_right_after_a_mark_of_any_style_is_its_note(mark):
    assert marks(f"{mark} b\n\n[^1]: Note.") == ("a b", [("a", "Note.")])


def test_a_footnote_further_on_is_no_note():
    words, notes = marks("==a== b[^1]\n\n[^1]: Note.")
    assert words == "a b[1]\n[1] Note."
    assert notes == [("a", "")]


def test_a_footnote_that_is_a_note_and_is_cited_elsewhere_stays():
    words, notes = marks("==a==[^1] b[^1]\n\n[^1]: Note.")
    assert words == "a b[1]\n[1] Note."
    assert notes == [("a", "Note.")]


def test_two_footnotes_are_one_note():
    assert marks("==a==[^1][^2]\n\n[^1]: One.\n[^2]: Two.")[1] == [("a", "One.\n\nTwo.")]


def test_a_reference_without_a_definition_is_words():
    assert marks("==a==[^1]")[0] == "a[^1]"


def test_definitions_are_found_where_markdown_finds_them():
    found = footnotes(
        "[^a]: One\nlazy\n\n    more\n\n\ttab\n\nEnd\n\n"
        "[^b]:\n    Two\n```\n[^c]: no\n```\n[^a]: again\n"
    )
    assert found == {"a": "One\nlazy\n\nmore\n\ntab", "b": "Two"}
