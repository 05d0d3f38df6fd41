"""The child's side of notes: Python-Markdown, then nh3 with our own list of what may stay.

Nothing that loads (images, style sheets), runs or changes the look of the page around it
is let through; links go to http, https and mailto only.
"""

from typing import Final

import nh3
from markdown import Markdown
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension

_TAGS: Final = frozenset(
    {
        "a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
        "li", "ol", "p", "pre", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead",
        "tr", "ul",
    }
)  # fmt: skip
_EMPTIED: Final = frozenset(
    {"iframe", "math", "noscript", "object", "script", "style", "svg", "template", "title"}
)
_SCHEMES: Final = frozenset({"http", "https", "mailto"})


def render(payload: bytes) -> bytes:
    """Render one note.

    Args:
        payload: Markdown in UTF-8.
    """
    converter: Markdown = Markdown(
        extensions=[FencedCodeExtension(), SaneListExtension(), TableExtension()],
        output_format="html",
    )
    return clean(converter.convert(payload.decode())).encode()


def clean(markup: str) -> str:
    """Return HTML with nothing in it but what a note may show."""
    return nh3.clean(
        markup,
        tags=set(_TAGS),
        clean_content_tags=set(_EMPTIED),
        attributes={"a": {"href"}, "ol": {"start"}},
        attribute_filter=_keep,
        url_schemes=set(_SCHEMES),
        link_rel="noreferrer",
    )


def _keep(tag: str, name: str, value: str) -> str | None:
    """Drop addresses without a scheme: a note has no place they could be relative to."""
    if tag == "a" and name == "href":
        return value if value.strip().lower().partition(":")[0] in _SCHEMES else None
    if name == "start":
        return value if value.isascii() and value.isdigit() and len(value) < 10 else None
    return value
