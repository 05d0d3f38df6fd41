import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.domain import limits
from postil.domain.article import BlockKind, SpanKind
from postil.domain.errors import UserError
from postil.importers.crossing import Request
from postil.importers.html import read_page

P, H, I = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ITEM  # noqa: E741
Q, R, C, F = BlockKind.QUOTATION, BlockKind.ROW, BlockKind.CAPTION, BlockKind.PREFORMATTED


def read(markup, **options):
    return read_page(Request(markup, **options))


def blocks(markup):
    article = read(markup).article
    return [(block.kind, article.block_text(block)) for block in article.blocks]


def words(markup):
    return [text for _, text in blocks(markup)]


def spans(markup, **options):
    article = read(markup, **options).article
    return [
        (span.kind, article.text[span.start : span.end], span.address) for span in article.spans
    ]


def test_blocks_of_every_kind():
    assert blocks(
        "<h2>Head</h2><p>Para<ul><li>Item</ul><blockquote>Quote</blockquote>"
        "<pre>  code\n  more</pre><figure><img><figcaption>Caption</figcaption></figure>"
        "<table><caption>Table</caption><tr><td>a<td>b</table>"
    ) == [
        (H, "Head"),
        (P, "Para"),
        (I, "Item"),
        (Q, "Quote"),
        (F, "code\u2028  more"),
        (C, "Caption"),
        (C, "Table"),
        (R, "a\tb"),
    ]


def test_headings_keep_their_level():
    levels = [b.level for b in read("".join(f"<h{n}>x</h{n}>" for n in range(1, 7))).article.blocks]
    assert levels == [1, 2, 3, 4, 5, 6]


def test_spaces_collapse_as_on_a_page():
    assert words("<p> a\n\t b <b> c</b>  d<i> </i>e &nbsp; f </p>") == ["a b c d e \u00a0 f"]
    assert words("<p>a<b>b</b>c</p>") == ["abc"]
    assert words("<p>one</p> <p> </p> two") == ["one", "two"]


def test_line_breaks_and_empty_lines():
    assert words("<p>a <br> b<br/>c<br></p>") == ["a\u2028b\u2028c"]
    assert words("<div>a<br><br>b<br>\n<br>\n<br>c</div>") == ["a", "b", "c"]
    assert words("<h1>a<br>b</h1>") == ["a b"]
    assert words("<ul><li>a<br><br>b</ul>") == ["a\u2028b"]
    assert words("<pre>a<br><br>b</pre>") == ["a\u2028\u2028b"]


def test_text_without_paragraphs_is_parted_by_blocks():
    assert words("a<div>b<section>c</section>d</div>e<hr>f") == ["a", "b", "c", "d", "e", "f"]


def test_lists_nest_and_numbered_ones_keep_their_numbers():
    article = read(
        "<ol start=3><li>a<ul><li>b<li>c</ul><li value=9>d<p>e</p><li>f</ol><ul><li>g</ul>"
    ).article
    found = [(b.kind, article.block_text(b), b.level, b.number) for b in article.blocks]
    assert found == [
        (I, "a", 1, 3),
        (I, "b", 2, None),
        (I, "c", 2, None),
        (I, "d", 1, 9),
        (P, "e", 0, None),
        (I, "f", 1, 10),
        (I, "g", 1, None),
    ]


@pytest.mark.parametrize("start", ["-5", "999999999999999999999", "x", "999999999", ""])
def test_numbers_of_items_stay_small_and_positive(start):
    article = read(f"<ol start='{start}'><li>a<li>b</ol><li>c").article
    assert all(0 <= (block.number or 0) <= 999_999_999 for block in article.blocks)


def test_quotations_hold_paragraphs_and_lists():
    assert blocks("<blockquote><p>a</p><p>b</p><ul><li>c</ul></blockquote>d") == [
        (Q, "a"),
        (Q, "b"),
        (I, "c"),
        (P, "d"),
    ]


def test_short_quotations_get_their_marks():
    assert words("<p>She said <q>no <em>way</em></q>.</p>") == ["She said “no way”."]


def test_spans_cover_words_and_no_spaces():
    assert spans("<p>a<b> c </b>d <i>e</i> <code>f</code> <a href='https://x.y/'> g </a></p>") == [
        (SpanKind.STRONG, "c", ""),
        (SpanKind.EMPHASIS, "e", ""),
        (SpanKind.CODE, "f", ""),
        (SpanKind.LINK, "g", "https://x.y/"),
    ]


def test_spans_go_on_in_the_next_block():
    assert spans("<em><p>a</p><p>b</p></em>") == [
        (SpanKind.EMPHASIS, "a", ""),
        (SpanKind.EMPHASIS, "b", ""),
    ]


def test_a_span_in_one_of_its_kind_is_the_same_span():
    assert spans("<p><b>a <strong>b</strong> c</b></p>") == [(SpanKind.STRONG, "a b c", "")]


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        " java\nscript:x",
        "data:x",
        "file:///etc/hostname",
        "#top",
        "",
        "x.html",
    ],
)
def test_links_that_lead_astray_leave_their_words(href):
    assert spans(f"<p><a href='{href}'>words</a></p>") == []
    assert words(f"<p><a href='{href}'>words</a></p>") == ["words"]


@pytest.mark.parametrize(
    ("head", "address", "expected"),
    [
        ("<base href='https://b.example/x/'>", "", "https://b.example/x/y"),
        ("<link rel=canonical href='https://c.example/p/q'>", "", "https://c.example/p/y"),
        ("<meta property='og:url' content='https://o.example/'>", "", "https://o.example/y"),
        ("", "https://from.example/z/", "https://from.example/z/y"),
        ("<base href='/base/'>", "https://from.example/", "https://from.example/base/y"),
    ],
)
def test_relative_links_start_from_where_the_page_lay(head, address, expected):
    page = f"<html><head>{head}</head><body><p><a href=y>w</a></p>"
    assert spans(page, address=address) == [(SpanKind.LINK, "w", expected)]


def test_what_is_no_text_is_dropped():
    assert words(
        "<p>a</p><script>b</script><style>c</style><noscript>d</noscript><template>e</template>"
        "<svg><text>f</text></svg><nav>g</nav><button>h</button><select><option>i</select>"
        "<textarea>j</textarea><iframe>k</iframe><object>l</object><video>m</video><p>z</p>tail"
    ) == ["a", "z", "tail"]


def test_what_is_hidden_is_dropped():
    assert words(
        "<p hidden>a</p><p style='Display : none'>b</p><p style='visibility:hidden'>c</p>"
        "<p>d<span hidden>e</span> f</p><p hidden=until-found>g</p>"
    ) == ["d f", "g"]


def test_a_page_whose_body_is_hidden_until_a_script_runs_is_read():
    assert words("<html><body style='display:none'><p>a</p></body></html>") == ["a"]


def test_images_are_dropped_and_counted():
    assert read("<p>a<img src='file:///x'>b</p>").remarks == ("1 image was left out.",)
    two = read("<p>a<img src='https://x.example/y.png'></p><picture><img></picture>")
    assert two.remarks == ("2 images were left out.",)


def test_comments_and_instructions_are_no_words():
    assert words("<p>a<!-- b -->c<?php d ?>e</p>") == ["ace"]


def test_tables_become_rows():
    assert blocks(
        "<table><thead><tr><th>a<th>b<th>c</thead><tr><td colspan=2>d<td>e<tr><td><p>f</p><p>g</p>"
        "<td><ul><li>h<li>i</ul><td>j</table>"
    ) == [(R, "a\tb\tc"), (R, "d\t\te"), (R, "f\u2028g\th\u2028i\tj")]


def test_a_table_for_the_looks_is_read_as_what_is_in_it():
    assert blocks(
        "<table><tr><td><h1>a</h1><p>b</p><table><tr><td>c<td>d</table><td>e</table>"
    ) == [(H, "a"), (P, "b"), (R, "c\td"), (P, "e")]
    assert blocks("<table role=presentation><tr><td>a<td>b</table>") == [(P, "a"), (P, "b")]
    assert blocks("<table><tr><td>a<td>b<br><br>c</table>") == [(P, "a"), (P, "b"), (P, "c")]


def test_spans_of_cells_are_clamped():
    [(_, row)] = blocks("<table><tr><td colspan=99999>a<td>b</table>")
    assert row == "a" + "\t" * limits.CELL_SPAN + "b"


def test_a_page_that_asks_for_a_password_says_so():
    form = "<form><p>Log in to read on.</p><input type=password></form>"
    (remark,) = read(form).remarks
    assert "password" in remark
    assert read(f"{'<p>Words of a long article. ' * 80}{form}").remarks == ()


def test_a_table_over_the_limit_keeps_its_words():
    reading = read("<table>" + "<tr><td>a<td>b" * (limits.TABLE_CELLS // 2 + 3) + "</table>")
    kinds = [block.kind for block in reading.article.blocks]
    assert kinds.count(R) == limits.TABLE_CELLS // 2
    assert reading.article.text.count("a") == reading.article.text.count("b") == len(kinds) - 3
    assert "more than 10,000 cells" in reading.remarks[0]


def test_deep_elements_are_taken_as_plain_words():
    depth = 600
    reading = read("".join(f"<div>w{n} " for n in range(depth)))
    assert reading.article.text.split() == [f"w{n}" for n in range(depth)]
    assert "nested deeper than 200" in reading.remarks[0]


@pytest.mark.parametrize("tag", ["b", "blockquote", "ul><li", "table><tr><td", "font", "mark"])
def test_bombs_of_depth_are_shown_or_refused_whole(tag):
    refusals = []
    for depth in (100, 500, 100_000):
        try:
            reading = read(f"<{tag}>x" * depth)
        except UserError as error:
            refusals.append(error.what)
        else:
            assert reading.article.text.count("x") == depth
    assert len(refusals) < 3
    assert all("nested deeper than 2,048" in refusal for refusal in refusals)


def test_an_element_of_more_attributes_than_anybody_writes_is_refused():
    values = ("", "=1", '= ">"', "='<'")
    many = " ".join(f"a{n}{values[n % 4]}" for n in range(limits.ELEMENT_ATTRIBUTES))
    assert words(f"<p {many}>Words") == ["Words"]
    for more in (" z", "/z=1", "\nz = '>'"):
        with pytest.raises(UserError, match="more than 1,000 attributes"):
            read(f"<p {many}{more}>Words")


def test_the_article_element_is_preferred_where_it_holds_most():
    page = "<body><p>Menu</p><article><p>{}</p></article><p>Footer</p></body>"
    assert words(page.format("The article's own words")) == ["The article's own words"]
    assert words(page.format("Few")) == ["Menu", "Few", "Footer"]
    after = "<article><p>Few words</p></article>And many more words come after it"
    assert words(after) == ["Few words", "And many more words come after it"]
    assert words(page.replace("article", "main").format("The main words of it")) == [
        "The main words of it"
    ]


def test_the_largest_of_several_articles_is_taken():
    page = "<article>teaser</article><article>{}</article><article>teaser</article>"
    assert words(page.format("The real one is much longer")) == ["The real one is much longer"]
    assert len(words(page.format("teaser"))) == 3


def test_the_heading_before_the_article_comes_with_it():
    page = (
        "<h1>Logo</h1><h1>The title</h1><nav>x</nav>"
        "<article><p>Long enough words here</p></article>"
    )
    assert words(page) == ["The title", "Long enough words here"]
    inside = "<h1>Logo</h1><article><h1>Title</h1><p>Long enough words here</p></article>"
    assert words(inside) == ["Title", "Long enough words here"]
    after = "<article><p>Long enough words here</p></article><h1>More</h1>"
    assert words(after) == ["Long enough words here"]


def test_mark_elements_become_marks():
    reading = read("<p>a <mark>b <b>c</b></mark> d</p><mark><p>e</p><p>f</p></mark><p>g</p>")
    text = reading.article.text
    assert [(m.mark.exact, text[slice(*m.pieces)]) for m in reading.marks] == [
        ("b c", "b c"),
        ("e\nf", "e\nf"),
    ]
    assert all(not span.address for span in reading.article.spans)


def test_marks_may_nest_and_empty_ones_are_none():
    reading = read("<p><mark>a <mark>b</mark></mark><mark> </mark><mark></mark></p>")
    assert [m.mark.exact for m in reading.marks] == ["a b", "b"]


def test_marks_keep_their_place_when_letters_are_joined():
    reading = read("<p>e\u0301 <mark>o\u0308ffne</mark>t <mark>e</mark>\u0301</p>")
    assert [m.mark.exact for m in reading.marks] == ["öffne", "é"]
    assert reading.article.text == "é öffnet é"


def test_xml_that_closes_its_scripts_like_xml_is_read_to_the_end():
    page = (
        "<?xml version='1.0'?><html><head><script src='x'/><title/></head>"
        "<body><p>a</p></body></html>"
    )
    assert words(page) == ["a"]


@pytest.mark.parametrize(
    "markup", ["", " ", "<html></html>", "<!-- x -->", "<script>x</script>", "\x00"]
)
def test_a_page_without_words_is_refused(markup):
    with pytest.raises(UserError, match="no text"):
        read(markup)


def test_a_page_that_breaks_off_is_read_as_far_as_it_goes():
    assert words("<html><body><p>Whole.</p><p>Half a <a href='htt") == ["Whole.", "Half a"]


def test_the_limit_of_words_is_the_one_that_is_asked_for():
    with pytest.raises(UserError, match="longer than 9"):
        read("<p>0123456789</p>", max_characters=9)


def test_odd_characters_never_reach_the_text():
    [found] = words("<p>a\x00b\ufffec&#1;d\u202ee&#xD800;f\u2028g</p>")
    assert found.replace("\ufffd", "") == "abcd\u202eef\u2028g"


TAGS = [
    "p",
    "b",
    "a href='x'",
    "li",
    "ul",
    "ol",
    "td",
    "tr",
    "table",
    "pre",
    "br",
    "mark",
    "h1",
    "q",
    "div",
    "/b",
    "/p",
    "/table",
    "/ul",
    "/mark",
]


@given(
    st.lists(
        st.one_of(
            st.sampled_from([f"<{tag}>" for tag in TAGS]), st.text("ab é\n\u0301", max_size=4)
        )
    )
)
def test_any_soup_gives_an_article_or_a_sentence(pieces):
    try:
        reading = read("".join(pieces))
    except UserError:
        return
    text = reading.article.text
    assert all(text[slice(*m.pieces)] == m.mark.exact for m in reading.marks)
    assert not any(
        text[slice(*m.pieces)] != text[slice(*m.pieces)].strip(" \u2028") for m in reading.marks
    )
    given_words = "".join(piece for piece in pieces if not piece.startswith("<"))
    assert letters(text) == letters(given_words)


def letters(text):
    return [c for c in unicodedata.normalize("NFD", text) if c in "abe"]
