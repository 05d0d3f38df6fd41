import textwrap

import pytest

from postil.domain.article import BlockKind, SpanKind
from postil.domain.errors import UserError
from postil.importers.crossing import Request
from postil.importers.markdown import read_markdown


def read(text, **options):
    return read_markdown(Request(textwrap.dedent(text), **options))


def blocks(text):
    article = read(text).article
    return [(block.kind.value, article.block_text(block)) for block in article.blocks]


def test_blocks_of_every_kind():
    assert blocks("""\
        # Head

        A paragraph
        of two lines, *so* **far**.

        Another
        ===

        - a
            - b

        3. c
        4. d

        > quoted

        | x | y |
        | - | - |
        | 1 | 2 |

        ```
        code  *here*
        ```

            indented
        """) == [
        ("heading", "Head"),
        ("paragraph", "A paragraph of two lines, so far."),
        ("heading", "Another"),
        ("item", "a"),
        ("item", "b"),
        ("item", "c"),
        ("item", "d"),
        ("quotation", "quoted"),
        ("row", "x\ty"),
        ("row", "1\t2"),
        ("preformatted", "code  *here*"),
        ("preformatted", "indented"),
    ]


def test_spans_links_and_breaks():
    reading = read("a *b* __c__ `d*` [e](https://x.example/y) <https://z.example>  \nf")
    text = reading.article.text
    assert text == "a b c d* e https://z.example\u2028f"
    assert [(s.kind, text[s.start : s.end], s.address) for s in reading.article.spans] == [
        (SpanKind.EMPHASIS, "b", ""),
        (SpanKind.STRONG, "c", ""),
        (SpanKind.CODE, "d*", ""),
        (SpanKind.LINK, "e", "https://x.example/y"),
        (SpanKind.LINK, "https://z.example", "https://z.example"),
    ]


def test_raw_html_is_read_as_a_page_and_runs_nothing():
    assert blocks("<script>x</script>\n\n<div onclick=x>a <b>b</b></div>\n\nc<style>d</style>") == [
        ("paragraph", "a b"),
        ("paragraph", "c"),
    ]


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/hostname", "data:text/html,x", "x.md", "#x"]
)
def test_links_that_lead_astray_leave_their_words(link):
    reading = read(f"a [b]({link}) <{link}>")
    assert reading.article.text.startswith("a b")
    assert reading.article.spans == ()


@pytest.mark.parametrize(
    "place", ["https://x.example/y.png", "file:///x.png", "/x", "data:image/png,x"]
)
def test_images_are_dropped_and_counted(place):
    reading = read(f"a ![alt]({place}) b")
    assert reading.article.text == "a b"
    assert reading.remarks == ("1 image was left out.",)


def test_front_matter_becomes_the_articles_data():
    reading = read("---\ntitle: T\nurl: https://x.example/a/\nmood: grim\n---\n# Head\n\n[w](b)")
    assert reading.article.metadata.title == "T"
    assert reading.article.metadata.extra == ("mood: grim",)
    assert reading.article.text == "Head\nw"
    assert reading.article.spans[0].address == "https://x.example/a/b"


def test_the_first_heading_is_the_title_where_nothing_else_says_one():
    assert read("# The *ferry*\n\nWords").article.metadata.title == "The ferry"


def test_front_matter_that_cannot_be_read_is_left_out_and_told():
    reading = read("---\ntitle: [T\n---\nWords")
    assert reading.article.text == "Words"
    assert "front matter" in reading.remarks[0]


def test_rules_round_words_are_no_front_matter():
    assert blocks("---\nSome words in between.\n---\n\nMore.")[-1] == ("paragraph", "More.")
    assert "Some words" in read("---\nSome words in between.\n---\n\nMore.").article.text


def test_footnotes_that_are_no_notes_stay_at_the_end():
    text = (
        "A claim[^1] and more[^b].\n\n[^1]: The source.\n[^b]: Another\n\n    of two paragraphs.\n"
    )
    assert blocks(text) == [
        ("paragraph", "A claim[1] and more[b]."),
        ("paragraph", "[1] The source."),
        ("paragraph", "[b] Another"),
        ("paragraph", "of two paragraphs."),
    ]


def test_controls_in_footnotes_do_no_harm():
    assert read("a[^1]\n\n[^1]: \x1bb&#27;c&#0;").article.text.startswith("a[1]\n[1] bc")


def test_struck_words_are_words():
    assert read("a ~~b~~ c ~ d ~~ e").article.text == "a b c ~ d ~~ e"


@pytest.mark.parametrize("text", ["", " \n", "---\na: 1\n---\n", "![x](y)", "<!-- x -->"])
def test_no_words_are_refused(text):
    with pytest.raises(UserError, match="no text"):
        read(text)


def test_the_limit_of_words_is_the_one_that_is_asked_for():
    with pytest.raises(UserError, match="longer than 9"):
        read("0123456789", max_characters=9)


def test_bidirectional_signs_and_no_break_spaces_stay():
    assert read("a\u00a0b \u202ec\u202c d").article.text == "a\u00a0b \u202ec\u202c d"


def test_a_heading_inside_a_list_or_quotation_is_a_heading():
    assert BlockKind.HEADING.value in [kind for kind, _ in blocks("> # a\n> b")]
