"""What of a page is taken in: the article whole and in order, and nothing round it."""

import pytest

from postil.importers import Source, read, source_from_text
from postil.importers.crossing import Request
from postil.importers.html import read_page

LONG = (
    "The council met on Tuesday to talk about the bridge that nobody had asked for so far, and"
    " after three hours in which every member had said what all of them knew beforehand, it"
)
ONE, TWO, THREE = (f"{LONG} {end}." for end in ("adjourned", "voted", "went home without a word"))
TEASER = (
    '<div><h3><a href="/x">Another story that is here to be clicked</a></h3><p>A teaser.</p></div>'
)
NAV = '<nav><a href="/">Home</a> <a href="/news">News</a></nav>'


def words(markup, **options):
    options = {"has_furniture": True} | options
    article = read_page(Request(markup, **options)).article
    return [article.block_text(block) for block in article.blocks]


def page(body, *, before="", after=""):
    return f"<body>{NAV}{before}<div class='x1'>{body}</div>{after}<footer>About us</footer></body>"


def test_menus_footers_and_teasers_are_left_out():
    around = f"<div class='c2'>{TEASER * 12}</div>"
    markup = page(f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>", before=around, after=around)
    assert words(markup) == [ONE, TWO, THREE]


@pytest.mark.parametrize(
    "furniture",
    [
        "<aside><p>{}</p></aside>",
        "<div class='related-stories'><p>{}</p></div>",
        "<div class='relatedStories'><p>{}</p></div>",
        "<div id='comments'><p>{}</p></div>",
        "<section role='complementary'><p>{}</p></section>",
        "<form><p>{}</p></form>",
    ],
)
def test_what_calls_itself_furniture_is_left_out_of_the_middle(furniture):
    inside = furniture.format("Words that are no part of it.")
    markup = page(f"<p>{ONE}</p>{inside}<p>{TWO}</p><p>{THREE}</p>")
    assert words(markup) == [ONE, TWO, THREE]


def test_names_that_only_contain_such_a_word_are_no_furniture():
    body = f"<p class='shared-heritage loading'>{ONE}</p><p class='pronavigate'>{TWO}</p>"
    assert words(page(f"{body}<p>{THREE}</p>")) == [ONE, TWO, THREE]


def test_a_name_on_what_holds_the_article_is_not_believed():
    markup = page(f"<div class='has-sidebar'><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></div>")
    markup = markup.replace("has-sidebar", "sidebar")
    assert words(markup) == [ONE, TWO, THREE]


def test_short_parts_of_the_article_stay_in_order():
    body = (
        f"<p>{ONE}</p><h2>Why</h2><p>No.</p><ul><li>First</li><li><a href='/a'>Linked</a></li></ul>"
        f"<blockquote><p>Yes.</p></blockquote><table><tr><td>a<td>b</table>"
        f"<figure><img><figcaption>The bridge</figcaption></figure><p>{TWO}</p><p>{THREE}</p>"
        "<p>So it ends.</p>"
    )
    assert words(page(body)) == [
        ONE, "Why", "No.", "First", "Linked", "Yes.", "a\tb", "The bridge", TWO, THREE,
        "So it ends.",
    ]  # fmt: skip


def test_an_article_in_several_parts_is_taken_whole():
    advert = "<div class='ad'><p>Buy a bridge.</p></div>"
    parts = [f"<div><div><p>{text}</p></div></div>" for text in (ONE, TWO, THREE)]
    assert words(page(advert.join(parts))) == [ONE, TWO, THREE]


def test_lists_of_links_after_the_last_paragraph_are_left_out_and_those_before_it_stay():
    links = "<ul><li><a href='/a'>One more story</a></li><li><a href='/b'>And another</a></li></ul>"
    markup = page(f"<p>{ONE}</p><p>{TWO}</p>{links}<p>{THREE}</p>{links}")
    assert words(markup) == [ONE, TWO, "One more story", "And another", THREE]


def test_the_heading_and_the_lead_above_the_article_are_kept():
    head = f"<header class='masthead'><h1>A Bridge</h1><p>{ONE}</p></header>"
    body = f"<p>{TWO}</p><p>{THREE}</p><p>{ONE}</p>"
    assert words(page(head + body)) == ["A Bridge", ONE, TWO, THREE, ONE]


def test_breaks_part_paragraphs_of_old_pages():
    markup = page(f"<table><tr><td>{ONE}<br><br>{TWO}<br><br>{THREE}</table>")
    assert words(markup.replace("<td>", "<td><h2>x</h2>"))[1:] == [ONE, TWO, THREE]


@pytest.mark.parametrize(
    "markup",
    [
        f"<h1>Mine</h1><p>Short.</p><div><p>{ONE}</p><p>{TWO}</p></div><p>End.</p>",
        "<nav><a href='/'>Home</a></nav><p>Short.</p><p class='related'>Also short.</p>",
    ],
    ids=["no furniture", "no article to be sure of"],
)
def test_other_pages_come_in_whole(markup):
    assert words(markup) == words(markup, has_furniture=False)


def test_what_was_copied_comes_in_whole_and_a_file_does_not():
    markup = page(f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>", after="<aside>Beside it</aside>")
    copied = read(source_from_text(markup, html=True))
    opened = read(Source(markup.encode(), "page.html", "page.html"))
    assert "Beside it" in copied.article.text
    assert opened.article.text == f"{ONE}\n{TWO}\n{THREE}"
    assert opened.remarks == ("2 passages beside the article were left out.",)
    assert markup.encode() == opened.original.data


def test_deeply_nested_parts_are_read():
    deep = "<div class='a'>" * 180 + f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>" + "</div>" * 180
    assert words(page(deep)) == [ONE, TWO, THREE]


@pytest.mark.parametrize(
    ("header", "is_left_out"), [("Snapshot-Content-Location", True), ("X", False)]
)
def test_of_a_saved_page_the_article_is_taken_and_of_a_mail_all(header, is_left_out):
    markup = page(f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>", after="<aside>Beside it</aside>")
    head = f"From: <a@b.org>\nSubject: S\n{header}: https://example.org/a\nMIME-Version: 1.0\n"
    data = f"{head}Content-Type: text/html; charset=utf-8\n\n{markup}".encode()
    imported = read(Source(data, "page.mhtml", "page.mhtml"))
    assert ("Beside it" not in imported.article.text) == is_left_out
