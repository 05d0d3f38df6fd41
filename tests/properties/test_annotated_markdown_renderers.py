"""The words of an article stay what they are, whoever renders the file."""

from dataclasses import replace

import cmarkgfm
import markdown
import mistune
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from postil.annotated_markdown import HandedOn, write
from postil.domain.article import BlockKind
from postil.domain.builder import ArticleBuilder
from properties.strategies import handed_on

_cmark = cmarkgfm.github_flavored_markdown_to_html
_unsafe = Options.CMARK_OPT_FOOTNOTES | Options.CMARK_OPT_UNSAFE
_markdown_it = (
    MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).use(footnote_plugin)
)
RENDERERS = {
    "python-markdown": lambda text: markdown.markdown(text, extensions=["footnotes"]),
    "python-markdown-extra": lambda text: markdown.markdown(text, extensions=["extra"]),
    "markdown-it": _markdown_it.render,
    "mistune": mistune.create_markdown(
        escape=False, plugins=["footnotes", "strikethrough", "table"]
    ),
    "cmark-gfm": lambda text: _cmark(text, options=_unsafe),
    "cmark-gfm-safe": lambda text: _cmark(text, options=Options.CMARK_OPT_FOOTNOTES),
}
# What a renderer adds: the notes, their numbers, and rules before them.
ADDED = (
    '//section[contains(@class, "footnotes")] | //div[contains(@class, "footnote")]'
    ' | //*[contains(@id, "fnref")] | //*[contains(@class, "footnote-ref")]'
    " | //comment() | //hr"
)
# How a renderer understands notes is its own matter; here they only have to be there.
bodies = st.sampled_from(("", "A *note* on it.", "Why?\n\n- one\n- two"))


def body_of(written):
    """Return a file without front matter, which most renderers leave to the caller."""
    return written.split("\n---\n\n", 1)[1]


def visible(rendered):
    """Return the words of rendered Markdown without notes and numbers."""
    tree = html.fromstring(f"<div>{rendered}</div>")
    for added in tree.xpath(ADDED):
        added.drop_tree()
    for block in tree.iter("br", "p", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"):
        block.tail = f" {block.tail or ''}"
    return " ".join(tree.text_content().split())


def words_of(article):
    return " ".join(article.text.split())


@pytest.mark.parametrize("name", RENDERERS)
@given(given_on=handed_on(bodies=bodies))
def test_words_are_the_same_when_rendered(name, given_on):
    written = body_of(write(replace_sections(given_on)))
    shown, expected = visible(RENDERERS[name](written)), words_of(given_on.article)
    if name == "cmark-gfm-safe":  # it leaves out the breaks of lines, being markup
        shown, expected = shown.replace(" ", ""), expected.replace(" ", "")
    assert shown == expected


def replace_sections(given_on):
    """Return the same without what stands after the notes, which is not the article's."""
    return replace(given_on, note="", answers=())


@settings(max_examples=12)
@given(st.lists(handed_on(bodies=bodies), min_size=8, max_size=8))
def test_words_are_the_same_in_pandoc(several):
    pypandoc = pytest.importorskip("pypandoc", reason="pandoc is not installed")
    rule = "\n\n###### next article\n\n"
    parts = [
        body_of(write(replace_sections(given_on))).replace("[^a", f"[^n{number}a")
        for number, given_on in enumerate(several)
    ]
    preserve = ["--wrap=preserve"]
    shown = visible(pypandoc.convert_text(rule.join(parts), "html", "gfm", extra_args=preserve))
    assert shown == " next article ".join(words_of(given_on.article) for given_on in several)


def test_blocks_are_rendered_as_what_they_are():
    builder = ArticleBuilder()
    builder.block(BlockKind.HEADING, "Of ferries", level=2)
    for number, level in ((3, 1), (None, 2), (None, 2), (4, 1), (9, 1), (None, 1)):
        builder.block(BlockKind.ITEM, f"item {number}", level=level, number=number)
    builder.block(BlockKind.QUOTATION, "First.").block(BlockKind.QUOTATION, "Second.")
    tree = html.fromstring(_cmark(body_of(write(HandedOn(builder.finish()))), options=_unsafe))
    assert [found.text for found in tree.xpath("//h2")] == ["Of ferries"]
    assert [found.get("start") for found in tree.xpath("//ol")] == ["3", "9"]
    assert len(tree.xpath("//ol/li/ul/li")) == 2
    assert len(tree.xpath("./ul/li")) == 1
    assert len(tree.xpath("//blockquote")) == 2
