import pytest

from factories import make_annotation
from postil.annotated_markdown import HandedOn, parse, write
from postil.domain.article import Article, Block, BlockKind, Span, SpanKind

EM, STRONG, CODE, LINK = SpanKind.EMPHASIS, SpanKind.STRONG, SpanKind.CODE, SpanKind.LINK
PAGE = "https://e.org/a"


def inline(text, *spans, marks=()):
    """Return how a paragraph is written; spans are (kind, words[, address]), marks are words."""
    placed = []
    for kind, words, *address in spans:
        start = text.index(words)
        placed.append(Span(kind, start, start + len(words), *address))
    placed.sort(key=lambda span: (span.start, -span.end, span.kind, span.address))
    article = Article(text, (Block(BlockKind.PARAGRAPH, 0, len(text)),), tuple(placed))
    annotations = tuple(
        make_annotation(article, words, number=number) for number, words in enumerate(marks, 1)
    )
    written = write(HandedOn(article, annotations))
    parsed = parse(written)
    assert parsed.article == article
    assert parsed.hash_matches
    rest = written.split("\n---\n\n", 1)[1].removesuffix("\n\n<!-- end of file -->\n")
    return rest.split("\n\n[^a1]: ")[0].rstrip("\n")


@pytest.mark.parametrize(
    ("text", "span", "written"),
    [
        ("a word here", (EM, "word"), "a *word* here"),
        ("a word, here", (STRONG, "word"), "a **word**, here"),
        ("(word)", (EM, "word"), "(*word*)"),
        ("Read more.", (STRONG, "Read more."), "**Read more.**"),
        ("a “Yes.” b", (EM, "“Yes.”"), "a *“Yes.”* b"),
        ("a 5 * 6 b", (EM, "5 * 6"), "a *5 &#42; 6* b"),
        ("call f(x) now", (CODE, "f(x)"), "call `f(x)` now"),
        ("a plan]! b", (LINK, "plan]!", PAGE), f"a [plan&#93;!]({PAGE}) b"),
        ("wow!plan", (LINK, "plan", PAGE), f"wow&#33;[plan]({PAGE})"),
    ],
)
def test_spans_are_markdown_where_that_is_safe(text, span, written):
    assert inline(text, span) == written


@pytest.mark.parametrize(
    ("text", "span", "written"),
    [
        ("unbelievable", (EM, "believ"), "un<em>believ</em>able"),
        ("a “Yes.”, b", (EM, "“Yes.”"), "a <em>“Yes.”</em>, b"),
        ("a word here", (STRONG, "word "), "a <strong>word </strong>here"),
        ("漢字強調", (EM, "字強"), "漢<em>字強</em>調"),
        ("a\u2028b", (EM, "a\u2028b"), "<em>a<br>\nb</em>"),
        ("a `x` b", (CODE, "`x`"), "a <code>&#96;x&#96;</code> b"),
        ("a <b> c", (CODE, "<b>"), "a <code>&lt;b></code> c"),
        ("a x  y c", (CODE, "x  y"), "a <code>x  y</code> c"),
        ("\\x", (CODE, "x"), "\\\\<code>x</code>"),
        ("a\u2028b", (LINK, "a\u2028b", PAGE), f'<a href="{PAGE}">a<br>\nb</a>'),
    ],
)
def test_spans_are_elements_elsewhere(text, span, written):
    assert inline(text, span) == written


def test_nested_spans():
    assert inline("a b c d e", (STRONG, "b c d"), (EM, "c")) == "a **b <em>c</em> d** e"
    assert inline("a b c d e", (EM, "b c d"), (CODE, "c")) == "a *b `c` d* e"
    assert inline("a b c", (STRONG, "b"), (LINK, "b", PAGE)) == f"a **[b]({PAGE})** c"
    assert inline("a b c", (LINK, "b", PAGE), (CODE, "b")) == f"a [`b`]({PAGE}) c"
    link = (LINK, "b c d", PAGE)
    assert inline("a b c d e", link, (EM, "c")) == f"a [b <em>c</em> d]({PAGE}) e"
    assert inline("a b c", (CODE, "a b c"), (EM, "b")) == "<code>a <em>b</em> c</code>"
    assert inline("a b c", (STRONG, "b"), (EM, "b")) == "a **<em>b</em>** c"


def test_crossing_spans_are_cut_and_come_back_whole():
    assert inline("a b c d", (EM, "a b c"), (STRONG, "c d")) == (
        "<em>a b <strong>c</strong></em><strong> d</strong>"
    )


def test_touching_emphasis_is_never_two_runs_of_asterisks():
    assert inline("ab! c", (STRONG, "ab"), (EM, "! c")) == "<strong>ab</strong><em>! c</em>"
    assert inline("a.”b", (STRONG, "a."), (EM, "”b")) == "<strong>a.</strong><em>”b</em>"


def test_spans_and_marks():
    assert inline("a b c d", (EM, "b"), marks=["a b c"]) == (
        '<mark class="a1">a <em>b</em> c</mark>[^a1] d'
    )
    assert inline("a b c d", (EM, "a b"), marks=["b c"]) == (
        '<em>a <mark class="a1">b</mark></em><mark class="a1"> c</mark>[^a1] d'
    )
    assert inline("a bb c", (EM, "a bb c"), marks=["b"]) == (
        '<em>a <mark class="a1">b</mark>[^a1]b c</em>'
    )


def test_a_reference_follows_the_link_it_would_stand_in():
    link = (LINK, "b c d", PAGE)
    assert inline("a b c d e", link, marks=["c"]) == (
        f'a <a href="{PAGE}">b <mark class="a1">c</mark> d</a>[^a1] e'
    )
    assert inline("a b c d e", link, marks=["a b c", "b c d e"]) == (
        f'<mark class="a1">a </mark><a href="{PAGE}"><mark class="a1 a2">b c</mark>'
        f'<mark class="a2"> d</mark></a>[^a1]<mark class="a2"> e</mark>[^a2]'
    )


def test_words_that_meet_markup_are_escaped():
    assert inline("a(b) c@d", marks=["a"]) == '<mark class="a1">a</mark>[^a1]&#40;b) c@d'
    assert inline("ab@c", marks=["ab"]) == '<mark class="a1">ab</mark>[^a1]&#64;c'
    assert inline("a]b", marks=["a"]) == '<mark class="a1">a</mark>[^a1]]b'


def test_links_in_links_and_to_forbidden_places_are_not_written():
    text = "a b c"
    spans = (
        Span(LINK, 0, 5, PAGE),
        Span(LINK, 2, 3, "https://e.org/b"),
        Span(EM, 4, 5),
    )
    block = Block(BlockKind.PARAGRAPH, 0, 5)
    assert f"[a b <em>c</em>]({PAGE})" in write(HandedOn(Article(text, (block,), spans)))
    script = (Span(LINK, 0, 5, "javascript:alert(1)"),)
    assert "javascript" not in write(HandedOn(Article(text, (block,), script)))


def spans_in(text):
    article = parse(text).article
    return article.text, [
        (span.kind.value, article.text[span.start : span.end], span.address)
        for span in article.spans
    ]


@pytest.mark.parametrize(
    ("written", "words", "spans"),
    [
        ("_a_ __b__ ***c***", "a b c", ["emphasis", "strong", "emphasis", "strong"]),
        ("*a* **b** <i>c</i> <b>d</b>", "a b c d", ["emphasis", "strong", "emphasis", "strong"]),
        ("snake_case_name 2*3*4", "snake_case_name 234", ["emphasis"]),
        ("* a* **b", "a* **b", []),
        ("a* b* c", "a* b* c", []),
        ("*a **b* c", "a **b c", ["emphasis"]),
        ("****a****", "****a****", []),
        ("`` a`b `` ` c", "a`b ` c", ["code"]),
        ("`a\nb` x", "a b x", ["code"]),
        ("<em>a<em>b</em>c</em>d</em>", "abcd", ["emphasis"]),
        ("<strong>a<em>b</strong>c</em>", "abc", ["strong", "emphasis"]),
        ("<u>a</u> < b", "<u>a</u> < b", []),
        ("a ](c) [d](e)", "a ](c) d", []),
        ("<a name=x>a</a>", "a", []),
        ("[a](javascript:x) <a href='file:///x'>b</a>", "a b", []),
        ("a <!-- never closed <!-- b", "a <!-- never closed <!-- b", []),
        ("a<!-- gone -->b", "ab", []),
        ("[^nothing] there", "[^nothing] there", []),
    ],
)
def test_what_other_hands_and_editors_write_is_read(written, words, spans):
    text, found = spans_in(written)
    assert text.strip() == words.strip()
    assert [kind for kind, *_ in found] == spans


@pytest.mark.parametrize(
    "written",
    [
        f"[a]({PAGE})",
        f"[a](<{PAGE}>)",
        f'[a]({PAGE} "title")',
        f"[a]({PAGE} 'title')",
        f'<a href="{PAGE}" rel=x>a</a>',
        f"<a href=“{PAGE}”>a</a>",
    ],
)
def test_links_in_all_forms(written):
    assert spans_in(written) == ("a", [("link", "a", PAGE)])
    assert spans_in("[a](https://e.org/a_(b)_c)")[1] == [("link", "a", "https://e.org/a_(b)_c")]


def test_images_are_left_out_and_counted():
    parsed = parse("one ![*alt](a.png)* two ![b](c.png)\n\n![only](d.png)")
    assert parsed.article.text == "one * two"
    assert parsed.remarks == ("Images were left out: 3.",)
