"""Books (.epub): the child's side. The chapters in their order become one page, which is read.

The order is that of the spine (EPUB 3.3, section 5.7); what only finds one's way, such as the
table of contents, is left out.
"""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final
from urllib.parse import unquote

import msgspec
from lxml import etree

from postil.domain import limits
from postil.domain.article import Metadata
from postil.domain.canonical import clean_line
from postil.domain.errors import UserError
from postil.importers.archive import Archive
from postil.importers.crossing import Reading, Request, filled, request
from postil.importers.decoding import decode
from postil.importers.html import CHAPTER_ATTRIBUTE, read_page
from postil.importers.html_tree import parse

_CONTAINER: Final = "META-INF/container.xml"
_LOCKED: Final = "META-INF/encryption.xml"
_NCX: Final = "application/x-dtbncx+xml"
_NAV_TYPE: Final = "{http://www.idpf.org/2007/ops}type"
_TITLE_CHARACTERS: Final = 200  # of a chapter
_PAGES: Final = ("application/xhtml+xml", "text/html")
# Elements that would make a page reader take one chapter for the whole article.
_WHOLE: Final = frozenset({"article", "main"})


def convert(payload: bytes) -> bytes:
    """Read a book.

    Args:
        payload: a `Request` with the bytes.

    Raises:
        UserError: it is damaged, protected, over a limit, or there are no words in it.
    """
    return msgspec.json.encode(read_book(request(payload)))


def read_book(asked: Request) -> Reading:
    """Return what a book says, all chapters in one article.

    Raises:
        UserError: it is damaged, protected, over a limit, or there are no words in it.
    """
    archive = Archive(asked.data, asked.name)
    path, package = _package(archive, asked.name)
    chapters = _chapters(package, posixpath.dirname(path))
    if _LOCKED in archive and _is_locked(archive, chapters):
        raise UserError(f"{asked.name} is locked by its publisher", "Choose a copy without a lock.")
    chapters = [entry for entry in chapters if entry in archive]
    titles: dict[str, str] = {}
    if asked.wants_whole:
        titles = _heads(chapters, _titles(archive, package, posixpath.dirname(path)))
    page = "".join(_chapter(archive, entry, asked.name, titles.get(entry)) for entry in chapters)
    most = limits.ARTICLE_CHARACTERS_ASKED if asked.wants_whole else asked.max_characters
    book = Request(page, asked.name, asked.address, most, wants_whole=asked.wants_whole)
    reading, said = read_page(book), _metadata(package)
    told = reading.article.metadata
    # A heading in it is that of a chapter.
    article = replace(reading.article, metadata=replace(told, title=said.title or told.title))
    return filled(replace(reading, article=article), said)


def _package(archive: Archive, name: str) -> tuple[str, Any]:
    """Return the path and the root of the package document."""
    found = archive.xml(_CONTAINER).find(".//{*}rootfile")
    path = "" if found is None else found.get("full-path") or ""
    if path not in archive:
        raise UserError(f"{name} is damaged: its list of chapters is missing", "Fetch it again.")
    return path, archive.xml(path)


def _chapters(package: Any, folder: str) -> list[str]:  # noqa: ANN401 - lxml
    """Return the entries that are read, in order, each once."""
    items = {item.get("id"): item for item in package.findall("{*}manifest/{*}item")}
    spine = [items.get(ref.get("idref")) for ref in package.findall("{*}spine/{*}itemref")]
    found = [
        _path(folder, item.get("href"))
        for item in spine
        if item is not None
        and item.get("media-type") in _PAGES
        and "nav" not in (item.get("properties") or "").split()
    ]
    return list(dict.fromkeys(found))


def _heads(entries: list[str], titles: Mapping[str, str]) -> dict[str, str]:
    """Return the entries with which a chapter begins, and its title or nothing.

    An entry that the table of contents does not name goes on with the chapter before; what
    comes before all it names stands by itself.
    """
    heads: dict[str, str] = {}
    is_within = False
    for entry in entries:
        is_within = is_within or entry in titles
        if entry in titles or not is_within:
            heads[entry] = titles.get(entry, "")
    return heads


def _titles(archive: Archive, package: Any, folder: str) -> dict[str, str]:  # noqa: ANN401 - lxml
    """Return what the table of contents calls each entry; an entry it does not name is missing.

    Books of today have a page with it, older ones an NCX document, many both.
    """
    items = package.findall("{*}manifest/{*}item")
    navigation = [one for one in items if "nav" in (one.get("properties") or "").split()]
    navigation += [one for one in items if one.get("media-type") == _NCX]
    titles: dict[str, str] = {}
    for item in navigation:
        path = _path(folder, item.get("href"))
        if path not in archive:
            continue
        try:
            contents = archive.xml(path)
        except UserError:  # the words of the book can be read without it
            continue
        for href, title in _entries(contents):
            line = clean_line(title)[:_TITLE_CHARACTERS].strip()
            if line:
                titles.setdefault(_path(posixpath.dirname(path), href.partition("#")[0]), line)
        if titles:
            break
    return titles


def _entries(contents: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - lxml
    """Yield the address and the words of each line of a table of contents."""
    for point in contents.iter("{*}navPoint"):
        place = point.find("{*}content")
        yield (
            "" if place is None else place.get("src") or "",
            point.findtext("{*}navLabel/{*}text") or "",
        )
    for nav in contents.iter("{*}nav"):
        if nav.get(_NAV_TYPE, "toc") == "toc":
            for link in nav.iter("{*}a"):
                yield link.get("href") or "", "".join(link.itertext())


def _path(folder: str, href: str | None) -> str:
    """Return the entry an address in a file of this folder leads to."""
    return posixpath.normpath(posixpath.join(folder, unquote(href or "")))


def _is_locked(archive: Archive, chapters: list[str]) -> bool:
    """Return whether a chapter is encrypted; fonts often are, which does not matter."""
    named = archive.xml(_LOCKED).iter("{*}CipherReference")
    return any(unquote(one.get("URI") or "") in chapters for one in named)


def _chapter(archive: Archive, entry: str, name: str, title: str | None) -> str:
    """Return what stands in the body of a chapter; with its title, where that is asked for."""
    root = parse(decode(archive.read(entry), name, media_type="application/xhtml+xml").text)
    for element in root.iter():
        if element.tag in _WHOLE:
            element.tag = "div"
        if element.get("role") == "main":
            del element.attrib["role"]
    body = root.find(".//body")
    found = root if body is None else body
    found.tag = "div"
    found.attrib.clear()
    if title is not None:
        found.set(CHAPTER_ATTRIBUTE, title)
    return etree.tostring(found, method="html", encoding="unicode")


def _metadata(package: Any) -> Metadata:  # noqa: ANN401 - lxml
    def said(name: str) -> str:
        return clean_line(package.findtext(f"{{*}}metadata/{{*}}{name}") or "")

    return Metadata(
        title=said("title"),
        author=said("creator"),
        outlet=said("publisher"),
        published=said("date")[:10],
        language=said("language"),
    )
