"""Markdown: the child's side. Python-Markdown makes a page of it, and the page is read.

What is no Markdown for it, front matter and lists of quotations, is taken off before.
"""

import re
from dataclasses import replace
from typing import Final

import msgspec
from markdown import Markdown
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension

from postil.domain.article import Metadata
from postil.importers import front_matter, quotations
from postil.importers.code_spans import CodeSpans
from postil.importers.crossing import Reading, Request, request
from postil.importers.foreign_marks import ForeignMarks, footnotes
from postil.importers.html import read_page

_UNREADABLE: Final = "The front matter could not be read and was left out."
_BACK: Final = re.compile(r'(?:&#160;)?<a class="footnote-backref"[^>]*>[^<]*</a>')


def convert(payload: bytes) -> bytes:
    """Read Markdown.

    Args:
        payload: a `Request`.

    Raises:
        UserError: there are no words in it, or too many.
    """
    return msgspec.json.encode(read_markdown(request(payload)))


def read_markdown(asked: Request) -> Reading:
    """Return what a Markdown file says.

    Raises:
        UserError: there are no words in it, or too many.
    """
    front, body = front_matter.split(asked.text)
    metadata = front_matter.read(front)
    is_unreadable = metadata is None and front_matter.is_meant(front)
    if metadata is None:
        metadata = Metadata()
        body = body if is_unreadable else asked.text
    listed = quotations.find(body)
    if listed is not None:
        reading = quotations.as_reading(listed, asked.max_characters)
    else:
        page = replace(asked, text=_page(body), address=metadata.source or asked.address)
        reading = read_page(page, footnotes(body))
    article = replace(reading.article, metadata=_joined(metadata, reading.article.metadata))
    remarks = (_UNREADABLE,) if is_unreadable else ()
    return replace(reading, article=article, remarks=remarks + reading.remarks)


def _page(text: str) -> str:
    converter: Markdown = Markdown(
        extensions=[
            CodeSpans(),
            FencedCodeExtension(),
            FootnoteExtension(BACKLINK_TEXT=""),
            SaneListExtension(),
            TableExtension(),
            ForeignMarks(),
        ],
        output_format="html",
    )
    return f"<body>{_BACK.sub('', converter.convert(text))}</body>"


def _joined(said: Metadata, shown: Metadata) -> Metadata:
    """Return what the front matter says, and the rest from the text."""
    fields = ("title", "author", "outlet", "source", "published", "retrieved", "language")
    return replace(said, **{name: getattr(said, name) or getattr(shown, name) for name in fields})
