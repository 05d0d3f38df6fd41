"""Whatever bytes come in: an article that holds its invariants, or one sentence."""

import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from postil.domain.article import Article
from postil.domain.canonical import clean_run
from postil.domain.errors import UserError
from postil.importers import Source, read, read_marks
from postil.importers.crossing import Request
from postil.importers.html import read_page
from postil.importers.markdown import read_markdown

NAMES = ["a.txt", "a.md", "a.html", "a", "a.jsonl", "a.pdf"]
# Pieces that mean something to one of the importers, to be thrown together.
PIECES = [
    "<p>", "</p>", "<b>", "</b>", "<table><tr><td>", "<li>", "<ol>", "<mark>", "</mark>", "<br>",
    "<h1>", "<pre>", "<a href='https://x.example/'>", "</a>", "<!--", "-->", "<script>", "&amp;",
    "---\n", "title: x\n", "# ", "> ", "- ", "1. ", "    ", "```\n", "| a | b |\n", "==", "{==",
    "==}", "{>>", "<<}", "[^1]", "[^1]: ", "[a](", ")", "*", "_", "`", "\\", "\n", "\n\n", "\r\n",
    "\x00", "\ufeff", "\u2028", "\u2029", "\u202e", "e\u0301", "😀", "\u00a0", "\t", "Words here. ",
    '{"start": 1, "end": 2}', "id=", "    `id=a at=1-2`\n", 'format: "postil/1"\n', "<svg>", "<q>",
]  # fmt: skip
SOUP = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=25).map("".join)


def check(article):
    """Check what every article promises, beyond what its constructor checks."""
    assert Article(article.text, article.blocks, article.spans, article.metadata) == article
    assert unicodedata.is_normalized("NFC", article.text)
    article.text.encode()  # no lone surrogates
    for block in article.blocks:
        words = article.block_text(block)
        assert words.strip()
        # A row may begin or end with cells that are empty.
        assert words == words.strip(" \u2028" if block.kind == "row" else " \t\u2028")
        assert clean_run(words, tab="\t") == words
        assert (block.level > 0) == (block.kind in ("heading", "item"))
        assert "\t" not in words or block.kind == "row"
    for span in article.spans:
        assert (span.kind == "link") == bool(span.address)
        assert span.address.startswith(("http://", "https://", "mailto:")) or not span.address


def outcome(door, *arguments):
    """Return what a door gives, or its sentence."""
    try:
        return door(*arguments)
    except UserError as error:
        return error


@settings(max_examples=60)
@given(st.binary(max_size=400), st.sampled_from(NAMES))
@example(b"\xff\xfe", "a.txt")
@example(b"\xef\xbb\xbf", "a.md")
@example(b"\x00" * 50, "a.html")
@example(b"---\nformat: postil/1\n---\n", "a.md")
def test_any_bytes_give_an_article_or_a_sentence(data, name):
    source = Source(data, name, name)
    for door in (read, read_marks):
        found = outcome(door, source)
        if isinstance(found, UserError):
            assert name in found.what
            assert "\n" not in str(found)
        elif door is read:
            check(found.article)
            assert found.original.data == data


@settings(max_examples=60)
@given(SOUP, st.sampled_from(["a.txt", "a.md", "a.html"]))
def test_any_soup_of_markup_gives_an_article_or_a_sentence(text, name):
    imported = outcome(read, Source(text.encode("utf-8", "ignore"), name, name))
    if isinstance(imported, UserError):
        assert name in imported.what
        return
    check(imported.article)
    for parsed in imported.marks:
        if parsed.pieces and not imported.is_ours:
            assert imported.article.text[slice(*parsed.pieces)] == parsed.mark.exact


@given(SOUP)
def test_the_childs_side_raises_nothing_but_sentences(text):
    for reader in (read_page, read_markdown):
        reading = outcome(reader, Request(text))
        if not isinstance(reading, UserError):
            check(reading.article)


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co", "Zl", "Zp")), min_size=1),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_the_encoding_does_not_matter_to_the_words(text, encoding):
    plain = f"Some plain words, and then: {text.lstrip(chr(0xFEFF))}"
    if encoding != "utf-8" or plain.isascii():
        imported = read(Source(plain.encode(encoding), "a.txt", ""))
        assert imported.article.text == unicodedata.normalize("NFC", plain).strip(" ")


@given(st.lists(st.text("abc é.", min_size=1).filter(str.strip), min_size=1, max_size=6))
def test_paragraphs_of_a_page_are_those_of_the_article(paragraphs):
    page = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    article = read_page(Request(page)).article
    expected = [" ".join(paragraph.split(" ")).split() for paragraph in paragraphs]
    assert [article.block_text(block).split() for block in article.blocks] == expected
