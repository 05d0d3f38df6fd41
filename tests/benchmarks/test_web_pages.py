"""How much of an article is taken from a page, and how little beside it.

The pages are saved ones of real newspapers with the article each holds; they are no part of
the project, so the measure is skipped where they do not lie beside it. A paragraph of 25
characters or more is found where one of the other side differs in at most a tenth.
"""

import json
import time
from pathlib import Path

import edlib
import pytest

from postil.domain.article import BlockKind
from postil.importers.crossing import Request
from postil.importers.decoding import decode
from postil.importers.html import read_page

pytestmark = pytest.mark.benchmark

_PAGES = Path(__file__).resolve().parents[3] / "shared" / "data" / "pages"
_SHORTEST = 25
_TITLE = "A Bridge"


def _line(text):
    return " ".join(text.lower().split())


def _paragraphs(reading, title, *, captions=True):
    article = reading.article
    lines = (
        _line(article.block_text(block))
        for block in article.blocks
        if captions or block.kind is not BlockKind.CAPTION
    )
    return [x for x in lines if len(x) >= _SHORTEST and not _same(x, _line(title))]


def _same(one, other):
    most = max(len(one), len(other)) // 10
    if abs(len(one) - len(other)) > most:
        return False
    return one == other or edlib.align(one, other, k=most)["editDistance"] >= 0


def _share(these, those):
    return sum(any(_same(one, other) for other in those) for one in these) / len(these)


def _figures(folder):
    """Return precision, precision without captions, recall, and whether the title is right."""
    said = json.loads((folder / "expected-metadata.json").read_text("utf-8"))
    page = decode((folder / "source.html").read_bytes(), "a page", media_type="text/html").text
    found = read_page(Request(page, has_furniture=True))
    gold = read_page(Request((folder / "expected.html").read_text("utf-8")))
    wanted = _paragraphs(gold, said["title"])
    words, title = found.article.metadata.title, said["title"]
    is_title = _line(words).replace("“", '"').replace("”", '"') in _line(title)
    return (
        _share(_paragraphs(found, title), wanted),
        _share(_paragraphs(found, title, captions=False), wanted),
        _share(wanted, _paragraphs(found, title)),
        is_title,
    )


@pytest.mark.skipif(not _PAGES.is_dir(), reason="the pages do not lie beside the project")
def test_articles_are_taken_whole_and_alone():
    rows = []
    for folder in sorted(_PAGES.iterdir()):
        rows.append(_figures(folder))
        print(f"{folder.name:12}", *(f"{figure:.2f}" for figure in rows[-1]))
    precision, without_captions, recall, titles = (
        sum(f) / len(rows) for f in zip(*rows, strict=True)
    )
    print(
        f"precision {precision:.3f} ({without_captions:.3f} without captions) recall {recall:.3f}"
    )
    assert without_captions >= 0.97
    assert precision >= 0.94
    assert recall >= 0.97
    assert titles == 1


def test_finding_the_article_takes_little_beside_reading_it():
    words = "The council met on Tuesday to talk about the bridge that nobody had asked for. " * 4
    link = '<li class="teaser"><a href="/another/story">Another story to be clicked</a></li>'
    page = f"<body><nav>{link * 700}</nav><h1>{_TITLE}</h1>{f'<p>{words}</p>' * 600}{link * 700}"
    assert len(page) > 250_000

    def seconds(*, has_furniture):
        began = time.process_time()  # both are reckoning alone; who else runs is no part of it
        read_page(Request(page, has_furniture=has_furniture))
        return time.process_time() - began

    pairs = [(seconds(has_furniture=False), seconds(has_furniture=True)) for _ in range(5)]
    whole, found = map(min, zip(*pairs, strict=True))
    print(f"article of a page of {len(page):,} characters: {found / whole:.2f} x reading all of it")
    assert found <= 1.5 * whole
