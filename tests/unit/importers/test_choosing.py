"""What a person chooses: blocks of a page put back and thrown out, chapters of a book."""

from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.domain import limits
from postil.domain.article import Metadata
from postil.domain.errors import UserError
from postil.importers import Source, read
from postil.importers.choosing import (
    as_before,
    chapter_title,
    chapter_words,
    choose,
    choose_chapters,
    each_chapter,
)
from postil.importers.crossing import Request, accept
from postil.importers.epub import read_book
from postil.importers.html import convert, read_page
from postil.importers.whole import Chapter
from unit.importers.books import book

LONG = (
    "The council met on Tuesday to talk about the bridge that nobody had asked for so far, and"
    " after three hours it"
)
PAGE = f"""
<body><div class="masthead">The <b>Daily</b> Gull</div><h1>The Bridge</h1>
<div><p>{LONG} <em>voted</em> at last, <mark>so
late</mark>.</p><aside><p>Read <a href="https://example.org/more">more</a></p></aside>
<ul><li>One <i>or<div class="share">Share <i>this</i></div> more</i>
<li class="promo">Buy</li><li>Two</ul><p>{LONG} went home.</p>
<table><tr><td>a<td class="ad">x<td>b</table><p>{LONG} slept.</p></div>
<footer><p>About <mark>us</mark></p><p>Imprint</p></footer></body>
"""


def whole_page(markup=PAGE):
    return read(Source(markup.encode(), "page.html", "page.html", wants_whole=True))


def shown(whole):
    texts = map(whole.article.block_text, whole.article.blocks)
    return [("+ " if kept else "- ") + text for text, kept in zip(texts, whole.kept, strict=True)]


def texts(article):
    return [article.block_text(block) for block in article.blocks]


def test_all_blocks_of_a_page_come_in_order_those_left_out_among_them():
    assert shown(whole_page().whole) == [
        "- The Daily Gull", "+ The Bridge", f"+ {LONG} voted at last, so late.", "- Read more",
        "+ One or more", "- Share this", "- Buy", "+ Two", f"+ {LONG} went home.", "+ a\tb", "- x",
        f"+ {LONG} slept.", "- About us", "- Imprint",
    ]  # fmt: skip


def test_as_it_was_found_it_is_the_article_that_is_taken_in_without_a_choice():
    plain = read(Source(PAGE.encode(), "page.html", "page.html"))
    asked = whole_page()
    found = choose(asked, asked.whole.kept, asked.article.metadata)
    assert (found.article, found.marks) == (plain.article, plain.marks)
    assert (asked.article, asked.remarks) == (plain.article, plain.remarks)
    assert plain.whole is None
    assert plain.left_out == 7
    assert "7 passages beside the article were left out." in plain.remarks
    assert found.remarks == ()  # the person has seen them
    assert (found.left_out, found.whole, found.corrected) == (0, None, ())


def test_a_block_is_put_back_and_another_thrown_out():
    asked = whole_page()
    wanted = list(asked.whole.kept)
    wanted[0], wanted[1], wanted[12] = True, False, True
    found = choose(asked, wanted, replace(asked.article.metadata, author="Ada Lind"))
    said = texts(found.article)
    assert said[:2] == ["The Daily Gull", f"{LONG} voted at last, so late."]
    assert said[-1] == "About us"
    spans = [found.article.text[span.start : span.end] for span in found.article.spans]
    assert spans == ["Daily", "voted", "or more"]
    marks = [found.article.text[slice(*one.pieces)] for one in found.marks]
    assert marks == ["so late", "us"]
    assert [one.mark.exact for one in found.marks] == marks
    assert found.article.metadata.author == "Ada Lind"
    assert found.corrected == ("author",)
    assert found.original.data == PAGE.encode()


def test_a_mark_over_a_block_thrown_out_keeps_the_rest_and_one_in_it_goes():
    page = f"<body><p>{LONG}<mark> one</mark></p><mark><p>two</p><p>three</p></mark></body>"
    asked = whole_page(page)
    assert [one.mark.exact for one in asked.whole.marks] == ["one", "two\nthree"]
    found = choose(asked, [False, False, True], Metadata())
    assert [(one.mark.exact, one.pieces) for one in found.marks] == [("three", (0, 5))]


def test_nothing_and_too_much_are_refused(monkeypatch):
    asked = whole_page()
    with pytest.raises(UserError, match="Nothing is chosen"):
        choose(asked, [False] * len(asked.whole.kept), Metadata())
    monkeypatch.setattr(limits, "ARTICLE_CHARACTERS", 50)
    with pytest.raises(UserError, match="longer than 50 characters"):
        choose(asked, asked.whole.kept, Metadata())


def test_a_choice_made_before_is_found_again():
    whole = whole_page().whole
    wanted = [at in (1, 3, 8, 13) for at in range(len(whole.kept))]
    chosen = [text for text, one in zip(texts(whole.article), wanted, strict=True) if one]
    assert as_before(whole, chosen) == wanted
    assert as_before(whole, [*chosen[:2], "words corrected by hand", *chosen[2:]]) == wanted
    assert as_before(whole, texts(read_page(Request(PAGE, has_furniture=True)).article)) == list(
        whole.kept
    )
    assert as_before(whole, ["of another page"]) == list(whole.kept)


PIECES = (
    "<p>word</p>", "<div>", "</div>", "<aside>side ", "</aside>", "<span class=share>s</span>",
    "<li>item", "<table><tr><td>", "</table>", "<b>", "</b>", "<mark>m", "</mark>", "<br>",
    " text ", "<h1>Head</h1>", "<div class=ad>", f"<p>{LONG}, {LONG}, {LONG}</p>",
    "<article>", "<a href=/x>",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_any_page_read_whole_has_the_same_article(pieces):
    asked = Request("<body>first " + "".join(pieces), has_furniture=True, wants_whole=True)
    found = read_page(asked)
    plain = read_page(replace(asked, wants_whole=False))
    assert (found.article, found.marks) == (plain.article, plain.marks)
    kept = zip(found.whole.article.blocks, found.whole.kept, strict=True)
    words = [found.whole.article.block_text(block) for block, is_kept in kept if is_kept]
    assert words == texts(plain.article)
    for one in found.whole.marks:
        assert found.whole.article.text[slice(*one.pieces)] == one.mark.exact


@pytest.mark.parametrize(
    "spoil",
    [
        lambda whole: replace(whole, kept=whole.kept[1:]),
        lambda whole: replace(whole, chapters=(Chapter("One", 0, 99),)),
        lambda whole: replace(whole, chapters=(Chapter("One", 2, 1),)),
        lambda whole: replace(whole, chapters=(Chapter("two\nlines", 0, 1),)),
    ],
)
def test_what_no_child_of_ours_sends_is_refused(spoil):
    answer = convert(msgspec.json.encode(Request(PAGE, wants_whole=True)))
    reading = accept(answer, "page.html")
    spoilt = msgspec.json.encode(replace(reading, whole=spoil(reading.whole)))
    with pytest.raises(UserError, match=r"page\.html could not be read"):
        accept(spoilt, "page.html")


# --- books ---

BODIES = (
    "<p>The cover</p>",
    "<h1>Wood</h1><main role='main'><p>It burnt.</p></main>",
    "<p>Long after.</p>",
    "<h2>Stone</h2><article><p>It stands.</p></article>",
    "<img/>",
    "<p>Iron rusts.</p>",
)
PLAIN_CONTENTS = ((2, "Of Wood"), (4, "Of Stone"), (6, "Of Iron"))
CONTENTS = ((2, "Of <i>Wood</i>"), (4, "Of Stone"), (6, "Of Iron"))


def read_whole(data):
    return read(Source(data, "b.epub", "b.epub", wants_whole=True))


def told(data):
    """Return the titles of the chapters of a book, and what stands in them."""
    whole = read_book(Request("", "b.epub", data=data, wants_whole=True)).whole
    numbers = range(len(whole.chapters))
    return [(chapter_title(whole, number), chapter_words(whole, number)) for number in numbers]


@pytest.mark.parametrize("options", [{"contents": CONTENTS}, {"ncx": PLAIN_CONTENTS}])
def test_chapters_are_those_of_the_table_of_contents(options):
    assert told(book(BODIES, **options)) == [
        ("The cover", "The cover"),
        ("Of Wood", "It burnt.\nLong after."),
        ("Of Stone", "It stands."),
        ("Of Iron", "Iron rusts."),
    ]


@pytest.mark.parametrize("nav", [None, "<html>&nbsp;<broken", "<html/>"])
def test_without_one_that_can_be_read_each_file_is_a_chapter(nav):
    titles = [title for title, _ in told(book(BODIES, nav=nav))]
    assert titles == ["The cover", "Wood", "Long after.", "Stone", "Iron rusts."]


def test_a_book_without_a_choice_is_one_article_with_all_of_it():
    data = book(BODIES, contents=CONTENTS)
    plain = read(Source(data, "b.epub", "b.epub"))
    assert plain.whole is None
    imported = read_whole(data)
    assert imported.article == plain.article
    assert choose_chapters(imported, range(4)).article == plain.article


def test_some_chapters_are_one_article_or_one_each():
    imported = read_whole(book(BODIES, contents=CONTENTS))
    one = choose_chapters(imported, (1, 3)).article
    assert texts(one) == ["Wood", "It burnt.", "Long after.", "Iron rusts."]
    assert one.metadata.title == "Four Bridges"
    wood, iron = (each.article for each in each_chapter(imported, (1, 3)))
    assert texts(wood) == ["Wood", "It burnt.", "Long after."]
    told = iron.metadata
    assert (told.title, told.outlet, told.author) == ("Of Iron", "Four Bridges", "Ada Lind")


def test_a_book_too_long_for_an_article_can_still_be_chosen_from(monkeypatch):
    data = book(["<p>Too long by far.</p>", "<p>Short.</p>"])
    with pytest.raises(UserError, match="longer than 9 characters"):
        read_book(Request("", "b.epub", data=data, max_characters=9))
    reading = read_book(Request("", "b.epub", data=data, max_characters=9, wants_whole=True))
    imported = replace(read_whole(data), whole=reading.whole)
    monkeypatch.setattr(limits, "ARTICLE_CHARACTERS", 9)
    with pytest.raises(UserError, match="longer than 9 characters"):
        choose_chapters(imported, (0, 1))
    assert choose_chapters(imported, (1,)).article.text == "Short."
