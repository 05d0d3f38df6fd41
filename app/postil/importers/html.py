"""Pages: the child's side of HTML. What is the article of a page is found and read.

Where somebody wants to choose, what stands round it and in it is read as well, apart from it
but in one walk, so that the article is the same in both cases.
"""

from collections.abc import Container, Mapping
from typing import Final

import msgspec

from postil.domain.article import Article
from postil.importers.addresses import web_address
from postil.importers.crossing import Reading, Request, request
from postil.importers.flow import Flow
from postil.importers.html_extraction import Found, find_article
from postil.importers.html_metadata import base_address, read_metadata, saved_from
from postil.importers.html_reader import Reader
from postil.importers.html_tree import (
    Element,
    Survey,
    article_element,
    parse,
    settle_footnotes,
    survey,
    walk,
)
from postil.importers.whole import Chapter, Cut, Whole, interleaved

CHAPTER_ATTRIBUTE: Final = "data-postil-chapter"  # the title, on elements right in the body
_GATE: Final = 1_500  # characters beside which a field for a password is what a page is about
_HEADINGS: Final = 50  # headings that are looked at for the title


def convert(payload: bytes) -> bytes:
    """Read a page.

    Args:
        payload: a `Request`.

    Raises:
        UserError: there are no words in it, or too many.
    """
    asked = request(payload)
    return msgspec.json.encode(read_page(asked))


def read_page(asked: Request, notes: Mapping[str, str] | None = None) -> Reading:
    """Return what a page says.

    Args:
        asked: the page and what is known of it.
        notes: Markdown of footnotes by their label; those that are referenced from a mark
            become its note and leave the text.

    Raises:
        UserError: there are no words in it, or too many.
    """
    root = parse(asked.text)
    if notes is None:  # else they become notes of marks
        settle_footnotes(root)
    seen = survey(root)
    address = asked.address or saved_from(asked.text)
    metadata = read_metadata(root, seen, address)
    base = web_address(base_address(root), address) or metadata.source or address
    found = find_article(root, seen.headings) if asked.has_furniture else None
    found = found or Found(article_element(root, seen))
    title = _title_outside(found.element, root, seen)
    parts = [found.element] if title is None else [title, found.element]
    reader, beside = (
        Reader(Flow(asked.max_characters), seen, base, notes or {}) for _ in ("article", "rest")
    )
    whole = None
    if asked.wants_whole:
        reader.chapters = _chapters(root)
        cuts = _read_apart(root, reader, parts, beside, found.furniture)
        article, marks = reader.flow.finish(metadata)
        whole = Whole(article, (True,) * len(article.blocks), marks, _ranges(reader, article))
        if beside.flow.count:
            whole = interleaved((article, marks), beside.flow.finish(metadata), cuts)
    else:
        for element in found.furniture:
            element.set("hidden", "")
        for part in parts:
            reader.read(part)
        article, marks = reader.flow.finish(metadata)
    remarks = reader.remarks()
    if len(article.text) < _GATE and root.find(".//input[@type='password']") is not None:
        remarks.append("The page asks for a password: look whether this is the article.")
    return Reading(article, marks, remarks=tuple(remarks), left_out=found.left_out, whole=whole)


def _title_outside(article: Element, root: Element, seen: Survey) -> Element | None:
    """Return the page's heading where it stands before the element with the article."""
    headings = seen.headings[:_HEADINGS]
    if article is root or any(article in heading.iterancestors() for heading in headings):
        return None
    found = article.xpath("preceding::h1")
    shown = set(seen.headings)
    before = [one for one in found if one in shown] if isinstance(found, list) else []
    return before[-1] if before and isinstance(before[-1], Element) else None


def _read_apart(
    root: Element,
    reader: Reader,
    parts: Container[Element],
    beside: Reader,
    furniture: Container[Element],
) -> list[Cut]:
    """Read a whole page, the article with one reader and the rest with another.

    Args:
        root: the page.
        reader: is given the parts with the article.
        parts: the elements that are the article's.
        beside: is given the rest.
        furniture: elements in the article that are not.

    Returns:
        Where the rest goes on.
    """
    reading = [beside]
    cuts = [Cut(0, 0)]

    def go_on(with_: Reader, after: Reader) -> None:
        """Let another reader read on, or the same one; the rest begins a new block then."""
        if with_ is not after:
            beside.flow.part()
            if with_ is beside:
                cuts.append(Cut(beside.flow.count, reader.flow.count))

    for event, element, tag in walk(root):
        if event == "start":
            now = reader if element in parts else beside if element in furniture else reading[-1]
            go_on(now, reading[-1])
            reading.append(now)
        reading[-1].step(event, element, tag)
        if event == "end":
            ended = reading.pop()
            go_on(reading[-1], ended)
        if event != "start" and element is not root and element.tail:
            reading[-1].flow.text(element.tail)
    return cuts


def _chapters(root: Element) -> dict[Element, str]:
    """Return the elements that are chapters, with their titles."""
    body = root.find("body")
    marked = () if body is None else body.iterchildren("div")
    return {
        one: one.get(CHAPTER_ATTRIBUTE, "") for one in marked if CHAPTER_ATTRIBUTE in one.attrib
    }


def _ranges(reader: Reader, article: Article) -> tuple[Chapter, ...]:
    """Return which blocks are in which chapter, those without words left out."""
    starts = [start for _, start in reader.begun]
    ends = [*starts[1:], len(article.blocks)]
    told = zip(reader.begun, ends, strict=False)  # without a chapter there is one end
    return tuple(Chapter(title, start, end) for (title, start), end in told if start < end)
