"""Whatever words an article, its marks and tags are made of, a file of ours does nothing else.

Each format is read by a program that is not ours: HTML by lxml, Markdown by Python-Markdown and
by markdown-it, documents and projects by zipfile and lxml, tables by csv.
"""

import csv
import io
import json
import re
import zipfile
from dataclasses import replace

import lxml.etree
import lxml.html
import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from factories import make_annotation, make_article
from postil.annotated_markdown import HandedOn
from postil.domain.canonical import clean_line, clean_note
from postil.domain.tags import Codebook, Group, Tag, TagSet
from postil.exporters import EXPORTERS, ExportOptions
from postil.files import safe_file_name

PIECES = (
    "<script>alert(1)</script>", "</script>", "</style>", "</title>", "<img src=//evil.test/x ",
    "onerror=alert(1)>", "<svg/onload=alert(1)>", "<iframe src='javascript:alert(1)'>", "-->",
    "<!--", "]]>", "<![CDATA[", "<?xml?>", "<!DOCTYPE x [", "&lt;script&gt;", "&#x6A;avascript:",
    "javascript:alert(1)", "data:text/html,x", "[a](javascript:alert(1))", "![x](//evil.test/x)",
    "<javascript:alert(1)>", "[r]: //evil.test/x", "[^a1]", "[^a1]: ", "`", "```", '"', "'", "\\",
    "*", "_", "|", "#", "> ", "- ", "1. ", "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\u202e",
    "\u2066", "\u2028", "\n", "\n\n", "\n    ", "words", " ", "שלום", "😀", "{{7*7}}", "${7}",
)  # fmt: skip
words = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join)

_ELEMENTS = frozenset(
    """html head meta title style body header details summary fieldset legend label input main
    article div h1 h2 h3 h4 h5 h6 p mark sup sub a ul ol li blockquote table tbody thead tr td th
    em strong code br span bdi aside section footer dl dt dd pre hr del""".split()  # noqa: SIM905 - to be read
)
_ATTRIBUTES = frozenset(
    """lang charset http-equiv content name dir class type id checked href title aria-label start
    aria-labelledby value rel role""".split()  # noqa: SIM905 - to be read
)
_HREF = re.compile(r"#[a-z0-9:-]+|https?://[^\s]*|mailto:[^\s]*", re.IGNORECASE)


@st.composite
def handed_on(draw):
    """Return an article with marks, notes, a codebook, questions; all words mean harm."""
    said = lambda: clean_line(draw(words)) or "x"  # noqa: E731
    article = make_article(
        draw(words), f"{draw(words)} end.", heading=said(), author=said(), outlet=said(),
        published=said(), source=draw(st.sampled_from(("", "javascript:alert(1)", "https://a.test/"))),
        language=draw(st.sampled_from(("en", '"><script>'))),
    )  # fmt: skip
    name = said()[:150]
    tag = Tag("own/x", "g", name, said()[:2], definition=said(), question=said())
    group = Group("own", "g", said(), "#EE8866")
    tag_set = TagSet(Codebook("own", said(), "1"), (group,), (tag,))
    mark = make_annotation(
        article, (0, len(article.text.partition("\n")[0])), tags=("own/x", "gone/x"),
        note=clean_note(draw(words)), author=said(),
    )  # fmt: skip
    return HandedOn(
        article=article, annotations=(mark,), tags={tag.id: tag}, sets_in_use=(tag_set,),
        note=clean_note(draw(words)), answers=(("own/x", clean_note(draw(words))),),
    )  # fmt: skip


def check_markup(page):
    """See that only elements and attributes stand there that do nothing."""
    for element in page.iter(lxml.etree.Element):
        assert element.tag in _ELEMENTS, element.tag
        assert set(element.attrib) <= _ATTRIBUTES, (element.tag, dict(element.attrib))
        assert _HREF.fullmatch(element.get("href", "#a")), element.get("href")
        if element.tag == "meta":
            policy = element.get("content", "")
            assert element.get("http-equiv") in (None, "Content-Security-Policy")
            assert element.get("http-equiv") is None or policy.startswith("default-src 'none'")


def check_html(data):
    text = data.decode()
    check_markup(lxml.html.document_fromstring(text))
    assert text.count("</style>") == text.count("<style>") == 1


def check_markdown(data):
    body = re.sub(r"\A---\n.*?\n---\n", "", data.decode(), flags=re.DOTALL)
    for render in (
        lambda: markdown.markdown(body, extensions=["footnotes", "tables"]),
        lambda: MarkdownIt("commonmark").render(body),
    ):
        made = render()
        assert "<script" not in made.lower()
        page = lxml.html.fragment_fromstring(made, create_parent="div")
        check_markup(page)


def check_xml(data):
    root = lxml.etree.fromstring(data)
    assert root.getroottree().docinfo.internalDTD is None
    return root


def check_archive(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            assert not name.startswith(("/", "\\"))
            assert ".." not in name.split("/")
            assert re.fullmatch(r"[\w./\[\] -]+", name), name
            if name.endswith((".xml", ".rels", ".qde")):
                root = check_xml(archive.read(name))
                for link in root.iter("{*}Relationship"):
                    if link.get("TargetMode") == "External":  # a link to click, nothing loaded
                        assert link.get("Type", "").endswith("/hyperlink")
                        assert _HREF.fullmatch(link.get("Target", ""))


def check_table(data):
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
        for cell in row:
            assert not re.match(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]", cell), cell


def check_lines(data):
    for line in data.decode().splitlines():
        assert len(line.split("\t")) == 4


CHECKS = {
    "markdown": check_markdown,
    "html": check_html,
    "docx": check_archive,
    "qdpx": check_archive,
    "qdc": check_xml,
    "csv": check_table,
    "labels": check_lines,
    "jsonld": json.loads,
    "hypothesis": json.loads,
}


@pytest.mark.parametrize("name", sorted(EXPORTERS))
@settings(max_examples=10)
@given(handed=handed_on())
def test_i34_an_export_does_nothing_for_whoever_opens_it(name, handed):
    exporter = EXPORTERS[name]
    check = CHECKS.get(name) or CHECKS[exporter.suffix.lstrip(".").replace("md", "markdown")]
    for options in (ExportOptions(), ExportOptions(legend=True, numbers=True, room=True)):
        check(exporter.export(handed, options).data)
        if not exporter.takes:
            return


@given(title=words)
def test_names_of_files_turn_nothing_and_lead_nowhere(title):
    name = safe_file_name(title, ".html")
    assert not re.search(r"[/\\\u202a-\u202e\u2066-\u2069\n]", name)


@given(handed=handed_on())
@settings(max_examples=10)
def test_titles_names_and_tags_turn_nothing_beside_them(handed):
    about = handed.article.metadata
    named = [about.title, about.author, about.outlet, *(tag.name for tag in handed.tags.values())]
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", "".join(named))
    assert replace(handed.article, metadata=about) == handed.article
