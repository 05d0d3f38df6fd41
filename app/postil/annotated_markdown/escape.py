"""The escape table: how the article's words are written so that they stay words.

Every rule is here because some reader (Python-Markdown, cmark-gfm, markdown-it, mistune,
pandoc, or an editor such as Obsidian) would otherwise take a word for markup. A backslash
stands only where all of them know it, an entity elsewhere; inside elements only entities
stand, since not every reader looks for Markdown there. `unescape` undoes all of it.
"""

import html
import re
from collections.abc import Mapping
from functools import lru_cache
from html.entities import html5
from typing import Final
from urllib.parse import quote

from postil.domain.canonical import LINE_BREAK

# Emphasis, code, links and footnotes, attributes, headings and Obsidian tags; and at the
# start of a line quotations, bullets, rules and numbers. Python-Markdown knows all of these.
_BY_BACKSLASH: Final = "\\`*_[{#>+-.)"

# Key of the full stop that would make a link of what follows "www".
_HOST_STOP: Final = "www."

MARKDOWN: Final[Mapping[str, str]] = {
    **{char: f"\\{char}" for char in _BY_BACKSLASH},
    _HOST_STOP: "&#46;",
    "<": "&lt;",  # HTML and autolinks
    "&": "&amp;",  # before what looks like an entity; "R&D" stays
    **{
        char: f"&#{ord(char)};"
        for char in (
            "~",  # strike through, subscript
            "^",  # superscript, inline notes, block ids
            "|",  # tables
            "\t",  # between cells; Python-Markdown makes spaces of a bare tab
            "$",  # mathematics, where two stand in a block
            "=",  # highlight where doubled; underlines of headings at the start of a line
            "%",  # comments of Obsidian, where doubled
            ":",  # addresses, emoji codes; definition lists at the start of a line
            "@",  # citations and mentions
            "(",  # fancy lists of pandoc; the target of a link after a reference
            " ",  # at either end of a line, where readers and editors strip it
            "!",  # before a link, which it would make an image
            "\u0338",  # a slash that normal form would join to the ">" of a tag
            "\ufeff",  # readers and editors drop it where they take it for a byte order mark
        )
    },
}
ENTITIES: Final[Mapping[str, str]] = {
    **MARKDOWN,
    **{char: f"&#{ord(char)};" for char in _BY_BACKSLASH},
}

_ANYWHERE = (
    # The set at the front lets the search skip ordinary words quickly.
    r"[\\`*_\[{#<~^|\t\u0338\ufeff&=%+:.@__DOLLAR__]"
    r"(?:(?<=[\\`*_\[{#<~^|\t\u0338\ufeff__DOLLAR__])"
    r"|(?<=&)(?=#?\w+;)"
    r"|(?<==)(?:(?==)|(?<===))"
    r"|(?<=%)(?:(?=%)|(?<=%%))"
    r"|(?<=\+)(?:(?=\+)|(?<=\+\+))"
    r"|(?<=:)(?=//|[\w+-]+:)"
    r"|(?<=[wW][wW][wW]\.)"
    r"|(?<=@)(?=[\w{*])(?<![^\W_]@))"
)
_SPECIAL = re.compile(_ANYWHERE.replace("__DOLLAR__", ""))
_SPECIAL_WITH_DOLLAR = re.compile(_ANYWHERE.replace("__DOLLAR__", "$"))
# What begins a block or, in pandoc, a list of letters or Roman numbers.
_LINE_MARKERS: Final = ">+-=:"
_LIST_START = re.compile(r"(\()?(?:[0-9]+|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+|@[\w-]*)([.)])(?=\s|$)")


@lru_cache(maxsize=64)
def table(*, entities: bool, line_break: str) -> Mapping[str, str]:
    """Return the table of replacements by key of `specials`.

    Args:
        entities: whether the words stand inside an element.
        line_break: what a line break inside the block is written as.
    """
    return {**(ENTITIES if entities else MARKDOWN), LINE_BREAK: line_break}


def _pattern(text: str) -> re.Pattern[str]:
    return _SPECIAL_WITH_DOLLAR if text.count("$") > 1 else _SPECIAL


def starts_like_markup(text: str) -> bool:
    """Return whether the first words of a line could be taken for the start of a block."""
    return text[:1] in _LINE_MARKERS or _LIST_START.match(text) is not None


def specials(text: str) -> list[tuple[int, str]]:
    """Return the places of a block's text that must be replaced, with their keys in the table."""
    found = {
        match.start(): _HOST_STOP if match[0] == "." else match[0]
        for match in _pattern(text).finditer(text)
    }
    start = 0
    while True:
        end = text.find(LINE_BREAK, start)
        _add_line(text, start, len(text) if end < 0 else end, found)
        if end < 0:
            return sorted(found.items())
        found[end] = LINE_BREAK
        start = end + 1


def _add_line(text: str, start: int, end: int, found: dict[int, str]) -> None:
    """Add what must be replaced only because it stands at an end of a line."""
    if start == end:
        return
    if text[start] in _LINE_MARKERS:
        found[start] = text[start]
    elif match := _LIST_START.match(text, start, end):
        if match[1]:
            found[start] = "("
        found[match.start(2)] = match[2]
    for at in (start, end - 1):
        if text[at] == " ":
            found[at] = " "


def escape(text: str, *, entities: bool = False, line_break: str = "<br>") -> str:
    """Return words without spans and marks as Markdown, or as the words of an element.

    Args:
        text: the words of a block or of a line.
        entities: whether they stand inside an element.
        line_break: what a line break among them is written as.
    """
    if text[:1] == " " or text[-1:] == " " or LINE_BREAK in text or starts_like_markup(text):
        replacements = table(entities=entities, line_break=line_break)
        pieces: list[str] = []
        at = 0
        for place, key in specials(text):
            pieces += (text[at:place], replacements[key])
            at = place + 1
        return "".join(pieces) + text[at:]
    written = ENTITIES if entities else MARKDOWN
    return _pattern(text).sub(
        lambda match: written[_HOST_STOP if match[0] == "." else match[0]], text
    )


_ESCAPED = re.compile(
    r"\\([!-/:-@\[-`{-~])|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)


def unescape(text: str) -> str:
    """Return Markdown words without their backslashes and entities, all that CommonMark knows."""
    return _ESCAPED.sub(lambda match: match[1] or entity(match[0]), text)


def entity(written: str) -> str:
    """Return the character of an entity, or the words themselves if there is none such."""
    if written[1] == "#":
        return html.unescape(written)
    return html5.get(written[1:], written)


# What ends or breaks an address in some reader, and what no address holds bare.
_NOT_IN_ADDRESS = re.compile("[\\s()<>\"'\\\\`{}|^\x00-\x20\x7f-\x9f]")
_SCHEMES: Final = ("http:", "https:", "mailto:")


def is_address(address: str) -> bool:
    """Return whether a link may lead there."""
    return address.lower().startswith(_SCHEMES)


def escape_address(address: str) -> str:
    """Return the address of a link percent-encoded, for Markdown and for an attribute alike."""
    encoded = _NOT_IN_ADDRESS.sub(lambda match: quote(match[0], safe=""), address)
    return encoded.replace("&", "&amp;").replace("$", "&#36;").replace("*", "&#42;")
