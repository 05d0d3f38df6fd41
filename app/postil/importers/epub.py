"""Books (.epub): the child's side. The chapters in their order become one page, which is read.

The order is that of the spine (EPUB 3.3, section 5.7); what only finds one's way, such as the
table of contents, is left out.
"""

import posixpath
from typing import Any, Final
from urllib.parse import unquote

import msgspec
from lxml import etree

from postil.domain.article import Metadata
from postil.domain.canonical import clean_line
from postil.domain.errors import UserError
from postil.importers.archive import Archive
from postil.importers.crossing import Reading, Request, filled, request
from postil.importers.decoding import decode
from postil.importers.html import read_page
from postil.importers.html_tree import parse

_CONTAINER: Final = "META-INF/container.xml"
_LOCKED: Final = "META-INF/encryption.xml"
_PAGES: Final = ("application/xhtml+xml", "text/html")
# Elements that would make a page reader take one chapter for the whole article.
_WHOLE: Final = ("article", "main")


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
    page = "".join(_chapter(archive, entry, asked.name) for entry in chapters if entry in archive)
    reading = read_page(Request(page, asked.name, asked.address, asked.max_characters))
    return filled(reading, _metadata(package))


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
        posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
        for item in spine
        if item is not None
        and item.get("media-type") in _PAGES
        and "nav" not in (item.get("properties") or "").split()
    ]
    return list(dict.fromkeys(found))


def _is_locked(archive: Archive, chapters: list[str]) -> bool:
    """Return whether a chapter is encrypted; fonts often are, which does not matter."""
    named = archive.xml(_LOCKED).iter("{*}CipherReference")
    return any(unquote(one.get("URI") or "") in chapters for one in named)


def _chapter(archive: Archive, entry: str, name: str) -> str:
    """Return what stands in the body of a chapter."""
    root = parse(decode(archive.read(entry), name, media_type="application/xhtml+xml").text)
    for element in root.iter(*_WHOLE):
        element.tag = "div"
    body = root.find(".//body")
    return etree.tostring(root if body is None else body, method="html", encoding="unicode")


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
