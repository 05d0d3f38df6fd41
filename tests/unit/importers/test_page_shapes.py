"""Pages of different build: the article of each is taken whole, with nothing beside it."""

import pytest

from postil.importers import Source, read
from postil.importers.crossing import Request
from postil.importers.html import read_page

LONG = (
    "The council met on Tuesday to talk about the bridge that nobody had asked for so far, and"
    " after three hours in which every member had said what all of them knew beforehand, it"
)
TEXTS = [f"{LONG} {end}." for end in ("adjourned", "voted", "went home", "slept", "met", "sang")]
TALK = [
    "Who asked for it?", "Nobody did.", "Then why build it?", "Because it was planned.", "By whom?",
    "By those who were here before us.", "And the ferry?", "It will be sold.", "To whom?",
    "To whoever wants a ferry.", "What does it cost?", "More than we have.", "Is that fair?",
    "Ask the river.", "Will it stand?", "The drawing does.", "And if it falls?",
    "Then we had a bridge once.",
]  # fmt: skip
TITLE = "The Bridge"


def paragraphs(texts, tag="p"):
    return "".join(f"<{tag}>{text}</{tag.partition(' ')[0]}>" for text in texts)


def entries(tag):
    parts = (f"<{tag}><time>10:0{n}</time><p>{text}</p></{tag}>" for n, text in enumerate(TEXTS))
    return "".join(parts)


PAIRS = zip(TALK[::2], TALK[1::2], strict=True)
TALKED = "".join(f"<dt>{one}</dt><dd>{two}</dd>" for one, two in PAIRS)
LISTED = [(f"{n}. Bridge {n}", f"It is bridge number {n}.", f"See {n}") for n in range(1, 10)]
READERS = paragraphs([f"I, reader {n}, think that {LONG} should not have met." for n in range(30)])
TIMED = [piece for n, text in enumerate(TEXTS) for piece in (f"10:0{n}", text)]

COSTS = (
    "<table><caption>Costs</caption><tr><th>What<th>How much<tr><td>Bridge"
    "<td><a href=/b>90</a></table>"
)
PAID = ["Costs", "What\tHow much", "Bridge\t90"]
BANK = "<figure><img><figcaption>The bank</figcaption></figure>"

SHAPES = {
    "an interview": (f"<p>{TEXTS[0]}</p>{paragraphs(TALK)}", [TEXTS[0], *TALK]),
    "an interview in <div>s": (
        f"<div>{TEXTS[0]}</div>{paragraphs(TALK, 'div class=q')}",
        [TEXTS[0], *TALK],
    ),
    "an interview as a list": (f"<p>{TEXTS[0]}</p><dl>{TALKED}</dl>", [TEXTS[0], *TALK]),
    "a list of things": (
        f"<p>{TEXTS[0]}</p>"
        + "".join(
            f"<div><h2>{head}</h2><img><p>{text}</p><p><a href=/{link}>{link}</a></p></div>"
            for head, text, link in LISTED
        ),
        [TEXTS[0], *(piece for one in LISTED for piece in one)],
    ),
    "a live blog": (entries("div class=entry").replace("</div class=entry>", "</div>"), TIMED),
    "a live blog of articles": (entries("article"), TIMED),
    "line breaks for paragraphs": ("<br><br>".join(TEXTS), TEXTS),
    "spans set as blocks": (paragraphs(TEXTS, "span style='display: block'"), TEXTS),
    "verses": (
        "".join(f"<p>{'<br>'.join(TALK[at : at + 6])}</p>" for at in (0, 6, 12)),
        ["\u2028".join(TALK[at : at + 6]) for at in (0, 6, 12)],
    ),
    "tables and captions": (
        f"<p>{TEXTS[0]}</p>{COSTS}<p>{TEXTS[1]}</p>{BANK}<p>{TEXTS[2]}</p>",
        [TEXTS[0], *PAID, TEXTS[1], "The bank", TEXTS[2]],
    ),
    "half of it for those who pay": (
        f"{paragraphs(TEXTS[:3])}<div class=subscriber-content>{paragraphs(TEXTS[3:])}</div>",
        TEXTS,
    ),
    "paragraphs for those who pay": (
        paragraphs(TEXTS[:3]) + paragraphs(TEXTS[3:], "p class=paywall"),
        TEXTS,
    ),
    "a sentence on paying": (
        f"{paragraphs(TEXTS)}<div class=paywall><p>{LONG} wants money.</p></div>",
        TEXTS,
    ),
    "a quotation from elsewhere": (
        f"{paragraphs(TEXTS[:3])}<blockquote class=social-embed><p>So it is.</p></blockquote>"
        + paragraphs(TEXTS[3:]),
        [*TEXTS[:3], "So it is.", *TEXTS[3:]],
    ),
    "readers who say more than it": (
        f"{paragraphs(TEXTS[:4])}</div><div class=comments>{READERS}</div><div>",
        TEXTS[:4],
    ),
    "a holder of all that says it has comments": (
        f"<div class='post has-comments'>{paragraphs(TEXTS)}</div>{paragraphs(TEXTS[:2])}",
        [*TEXTS, *TEXTS[:2]],
    ),
    "readers beside an article": (
        f"<article><h1>{TITLE}</h1>{paragraphs(TEXTS[:4])}</article></div><section>{READERS}</section><div>",
        TEXTS[:4],
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_an_article_is_taken_whole_and_alone(shape):
    body, wanted = SHAPES[shape]
    head = "" if "<h1>" in body else f"<h1>{TITLE}</h1>"
    menu = paragraphs([f"<a href=/{n}>Section {n}</a>" for n in range(12)], "li")
    teaser = "<h3>Another story that wants to be clicked</h3><p>It goes on for quite a while.</p>"
    more = paragraphs([teaser] * 8, "a href=/x")
    page = (
        f"<body><div class=nav><ul>{menu}</ul></div><div class=x>{head}<div class=y>{body}</div>"
        f"<div>{more}</div></div><footer>About us</footer></body>"
    )
    article = read_page(Request(page, has_furniture=True)).article
    assert [article.block_text(block) for block in article.blocks] == [TITLE, *wanted]


SAVED = """<!DOCTYPE html> <html lang=en><!--
 Page saved with SingleFile
 url: https://example.org/bridge
 saved date: Tue May 05 2026
--><head><meta charset=utf-8><style>:root{{--a:url("data:image/png;base64,{0}")}}</style></head>
<body><h1>The Bridge</h1><p>{1}<img src="data:image/png;base64,{0}"></p><my-box>
<template shadowrootmode="open" delegatesfocus><p>{2}</p></template></my-box>
<template><p>Not shown</p></template><iframe srcdoc="<p>A frame</p>"></iframe></body></html>"""


def test_a_page_saved_as_one_file_is_its_words_and_says_where_it_lay():
    page = SAVED.format("iVBORw0KGgo" * 50_000, *TEXTS[:2])
    imported = read(Source(page.encode(), "page.html", "page.html"))
    assert imported.article.text == "\n".join([TITLE, *TEXTS[:2]])
    assert imported.article.metadata.source == "https://example.org/bridge"
    assert imported.remarks == ("1 image was left out.",)


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("saved from url=(0024)https://example.org/a", "https://example.org/a"),
        ("saved from url=(0014)about:internet", ""),
        ("saved from url=(0016)file:///etc/x", ""),
        ("The url: is not here", ""),
    ],
)
def test_a_complete_page_says_where_it_lay(said, source):
    page = f"<!DOCTYPE html>\n<!-- {said} -->\n<html><p>Words</p></html>"
    assert read_page(Request(page)).article.metadata.source == source
    named = page.replace("<p>", "<link rel=canonical href=https://example.org/b><p>")
    found = read_page(Request(named, address="https://example.org/c")).article.metadata
    assert found.source == "https://example.org/b"
