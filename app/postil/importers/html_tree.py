"""A page as a tree, and a look over it before it is read.

lxml parses it without loading anything; nothing here recurses, so that no depth of nesting
can exhaust the stack. The survey finds which part holds the article, which tables are there
for their looks only, and how much words each part has.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from postil.domain import limits
from postil.domain.errors import UserError

Element = etree._Element  # noqa: SLF001 - lxml has no public name for it

# Elements whose words are not words of the page.
DROPPED: Final = frozenset(
    {
        "applet", "area", "audio", "base", "button", "canvas", "col", "colgroup", "datalist",
        "dialog", "embed", "frame", "frameset", "head", "iframe", "img", "input", "link", "map",
        "menuitem", "meta", "meter", "nav", "noembed", "noframes", "noscript", "object",
        "optgroup", "option", "param", "picture", "progress", "script", "select", "source",
        "style", "svg", "template", "textarea", "title", "track", "video",
    }
)  # fmt: skip
HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# A table that holds one of these is there for the look of the page.
_MAKES_LAYOUT: Final = HEADINGS | {"article", "blockquote", "main", "pre", "section", "table"}
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# XML closes elements that HTML cannot close like this; all that follows would be lost.
_CLOSED_LIKE_XML = re.compile(
    r"<((?:script|style|title|iframe|textarea|noscript|template)\b[^<>]*)/>", re.IGNORECASE
)
# Each attribute is compared with all before it. Counted as the parser counts them, in tags that
# do not overlap, without going back: this takes no more than a look at each character.
_ATTRIBUTE: Final = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_TAG: Final = re.compile(
    rf"<[a-z][^\s/>]*+(?:{_ATTRIBUTE}){{0,{limits.ELEMENT_ATTRIBUTES}}}+({_ATTRIBUTE})?",
    re.IGNORECASE | re.ASCII,
)
_DEPTH: Final = 2_048  # of elements; libxml2 reads no deeper
_SHOWN_TEMPLATE: Final = frozenset({"shadowrootmode", "shadowmode"})  # attributes
_GONE: Final = "postil-gone"
_MOST = 0.5  # the share of a page's words that an article element must hold to be the article


@dataclass(slots=True)
class Survey:
    """What was seen in the look over."""

    words: dict[Element, int] = field(default_factory=dict)  # of article and main elements
    total: int = 0  # characters that are no spaces, in the whole page
    headings: list[Element] = field(default_factory=list)  # h1 elements that are shown
    layout_tables: set[Element] = field(default_factory=set)


def parse(text: str) -> Element:
    """Return the root of a page.

    Raises:
        UserError: there is no element in it, they are nested too deep, or one has too many
            attributes.
    """
    text = text.replace("\x00", "")
    if any(tag[1] for tag in _TAG.finditer(text)):
        raise UserError(
            f"One of its elements has more than {limits.ELEMENT_ATTRIBUTES:,} attributes",
            "Copy its words and paste them.",
        )
    if text.lstrip()[:5].lower() == "<?xml":
        text = _CLOSED_LIKE_XML.sub(lambda found: f"<{found[1]}></{found[1].split()[0]}>", text)
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        root = None
    complaints = {complaint.type_name for complaint in parser.error_log}
    if "ERR_NO_MEMORY" in complaints:
        raise MemoryError
    if "ERR_RESOURCE_LIMIT" in complaints:  # the parser left out what comes after
        raise UserError(
            f"Its elements are nested deeper than {_DEPTH:,}", "Copy its words and paste them."
        )
    if root is None:
        raise UserError("There is no text in it", "Choose a page with words.")
    return root


def walk(root: Element) -> Iterator[tuple[str, Element, str]]:
    """Yield ("start" or "end", element, tag) of what is shown, in order.

    Dropped and hidden elements come as "drop", once, without what is in them.
    """
    steps = etree.iterwalk(root, events=("start", "end"))
    dropped: Element | None = None
    for event, element in steps:
        if element is dropped:
            dropped = None
            continue
        tag = element.tag.lower() if isinstance(element.tag, str) else ""
        if event == "start" and element is not root and is_dropped(element, tag):
            steps.skip_subtree()
            dropped = element
            yield "drop", element, tag
        else:
            yield event, element, tag


def is_dropped(element: Element, tag: str) -> bool:
    """Return whether an element is not shown, or is no part of a text."""
    if tag in DROPPED:  # what a component shows is written as a template of its own kind
        return tag != "template" or _SHOWN_TEMPLATE.isdisjoint(element.keys())
    if not element.attrib or tag in ("html", "body"):
        return False
    hidden = element.get("hidden")
    return (hidden is not None and hidden != "until-found") or (
        _HIDDEN_STYLE.search(element.get("style") or "") is not None
    )


def survey(root: Element) -> Survey:
    """Look over a page once."""
    seen = Survey()
    open_regions: list[tuple[Element, int]] = []
    open_tables: list[Element] = []
    for event, element, tag in walk(root):
        if event == "start":
            seen.total += _weight(element.text)
            if open_tables and (tag in _MAKES_LAYOUT or _parts_paragraphs(element, tag)):
                seen.layout_tables.add(open_tables[-1])
            if tag in ("article", "main") or element.get("role") == "main":
                open_regions.append((element, seen.total - _weight(element.text)))
            elif tag == "table":
                open_tables.append(element)
                if element.get("role") in ("presentation", "none"):
                    seen.layout_tables.add(element)
            elif tag == "h1":
                seen.headings.append(element)
            continue
        if event == "end":
            if open_regions and open_regions[-1][0] is element:
                seen.words[element] = seen.total - open_regions.pop()[1]
            if open_tables and open_tables[-1] is element:
                open_tables.pop()
        if element is not root:
            seen.total += _weight(element.tail)
    return seen


def _parts_paragraphs(element: Element, tag: str) -> bool:
    """Return whether this is the second of two breaks: a cell with paragraphs holds no data."""
    before = element.getprevious() if tag == "br" else None
    return before is not None and before.tag == "br" and not (before.tail or "").strip()


def article_element(root: Element, seen: Survey) -> Element:
    """Return the element that holds the article: <article>, <main>, or the whole page."""
    for wanted in ("article", "main"):
        found = [
            (words, -at, element)
            for at, (element, words) in enumerate(seen.words.items())
            if (element.tag == "article") == (wanted == "article")
        ]
        if found:
            words, _, element = max(found, key=lambda item: item[:2])
            if words > _MOST * seen.total:
                return element
    return root


def shown_text(element: Element) -> str:
    """Return the words of an element, in one line."""
    pieces: list[str] = []
    for event, at, _ in walk(element):
        if event == "start" and at.text:
            pieces.append(at.text)
        elif event != "start" and at is not element and at.tail:
            pieces.append(at.tail)
    return " ".join("".join(pieces).split())


def settle_footnotes(root: Element) -> None:
    """Put the numbers of footnotes in brackets, and take out the links from a note to its place.

    Told by their roles (DPUB-ARIA 1.0) and by what programs that write footnotes call them.
    """
    for link in root.iter("a"):
        said = f"{link.get('role')} {link.get('class')} {link.get('epub:type')}"
        if "doc-backlink" in said or "footnote-back" in said:
            link.tag = _GONE
        elif "noteref" in said or "footnote-ref" in said:
            link.text = f"[{shown_text(link).strip('[]')}]"
            del link[:]
            link.set("href", "")  # it leads to a place in the page
    etree.strip_elements(root, _GONE, with_tail=False)


def _weight(text: str | None) -> int:
    return len(text) - text.count(" ") - text.count("\n") if text else 0
