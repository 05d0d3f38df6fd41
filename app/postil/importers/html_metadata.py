"""What a page says about itself: title, author, outlet, address, date and language.

Read from <meta>, <link>, <title>, the only first-level heading, and the article's own
JSON-LD where there is one. Everything becomes one plain line, or stays empty.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final

from postil.domain.article import Metadata
from postil.domain.canonical import clean_line
from postil.importers.addresses import web_address
from postil.importers.html_tree import Element, Survey, shown_text

_CHARACTERS: Final = 500  # of one field
_JSON_CHARACTERS: Final = 256 * 1024
_JSON_NODES: Final = 2000  # objects of JSON-LD that are looked at
_BYLINE: Final = 100  # characters; more is no name
_NAMES: Final = 10  # of authors
_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report|Review|Column)$")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}")
_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
_BY = re.compile(r"^by\s+", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?:)?//", re.IGNORECASE)

# Browsers write "saved from url=(0042)https://…" in a comment, SingleFile " url: https://…".
_SAVED_FROM = re.compile(
    r"<!--[^>]{0,200}?\b(?:saved from url=\(\d{1,6}\)|url:[ \t]*)(https?://[^\s>]{1,2000})",
    re.IGNORECASE,
)
_TOP: Final = 4_096  # characters in which that is looked for

_NAMING: Final = ("property", "name", "itemprop", "http-equiv")  # attributes of a <meta>
_AUTHOR: Final = (
    "author",
    "article:author",
    "parsely-author",
    "dc.creator",
    "byl",
    "sailthru.author",
)
_OUTLET: Final = ("og:site_name", "dc.publisher", "publisher", "application-name")
_PUBLISHED: Final = (
    "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "dcterms.created", "parsely-pub-date", "pubdate", "publish-date", "sailthru.date",
)  # fmt: skip

_MODIFIED: Final = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "last-modified", "lastmod", "parsely-mod-date",
)  # fmt: skip


def read_metadata(root: Element, seen: Survey, address: str = "") -> Metadata:
    """Return what a page says about itself.

    Args:
        root: the whole page.
        seen: the survey of it.
        address: where it lay on the web, if known.
    """
    meta = _meta(root)
    linked = next(_articles(root), {})
    source = (
        web_address(_first_link(root, "canonical"), address)
        or web_address(meta.get("og:url", ""), address)
        or web_address(_text(linked.get("url")))
        or web_address(address)
    )
    heading = shown_text(seen.headings[0]) if len(seen.headings) == 1 else ""
    title = heading or _text(linked.get("headline")) or meta.get("og:title") or _title(root)
    published = _text(linked.get("datePublished")) or _of(meta, _PUBLISHED) or _time(root)
    modified = as_date(_text(linked.get("dateModified")) or _of(meta, _MODIFIED))
    published = as_date(published)
    language = root.get("lang") or meta.get("content-language") or meta.get("og:locale") or ""
    return Metadata(
        title=_line(title),
        author=_BY.sub("", _line(_names(linked.get("author")) or _author(meta) or _byline(root))),
        outlet=_line(_of(meta, _OUTLET) or _names(linked.get("publisher"))),
        source=source,
        published=published,
        modified=modified if modified != published else "",
        language=as_language(language),
    )


def saved_from(text: str) -> str:
    """Return the address a browser or a saver of pages noted at the top of a page, or empty."""
    said = _SAVED_FROM.search(text, 0, _TOP)
    return web_address(said[1]) if said else ""


def base_address(root: Element) -> str:
    """Return what a page declares its relative addresses to start from, or empty."""
    found = root.find(".//base")
    return (found.get("href") or "") if found is not None else ""


def as_date(text: str) -> str:
    """Return the ISO 8601 date in a text where there is one, else the text in one line."""
    text = _line(text)
    try:
        return datetime.fromisoformat(text).date().isoformat()
    except ValueError:
        pass
    found = _DATE.match(text)
    try:
        if found:
            return datetime(int(found[1]), int(found[2]), int(found[3])).date().isoformat()  # noqa: DTZ001 - a date only
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return text


def as_language(text: str) -> str:
    """Return a language tag (BCP 47), or empty."""
    tag = text.strip().replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else ""


def _line(text: str) -> str:
    return clean_line(clean_line(text)[:_CHARACTERS])


def _meta(root: Element) -> dict[str, str]:
    """Return the first content of each <meta> by its names in lower case: it may have several."""
    meta: dict[str, str] = {}
    for element in root.iter("meta"):
        content = (element.get("content") or "").strip()
        names = (element.get(attribute) or "" for attribute in _NAMING)
        for name in filter(None, names if content else ()):
            meta.setdefault(name.strip().lower(), content)
    return meta


def _of(meta: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((meta[name] for name in names if name in meta), "")


def _author(meta: Mapping[str, str]) -> str:
    """Return the first author that is a name and no address of a profile."""
    named = (meta[name] for name in _AUTHOR if name in meta)
    return next((name for name in named if not _ADDRESS.match(name)), "")


def _byline(root: Element) -> str:
    """Return the author that is named in the page and marked as such (microdata, rel=author)."""
    for element in root.iter():
        if element.get("itemprop") == "author" or (
            element.tag == "a" and "author" in (element.get("rel") or "").lower().split()
        ):
            named = next((one for one in element.iter() if one.get("itemprop") == "name"), element)
            name = named.get("content") or shown_text(named)
            if 0 < len(name) <= _BYLINE and not _ADDRESS.match(name):
                return name
    return ""


def _title(root: Element) -> str:
    found = root.find(".//title")
    return shown_text(found) if found is not None else ""


def _time(root: Element) -> str:
    for element in root.iter("time"):
        if element.get("pubdate") is not None or element.get("itemprop") == "datePublished":
            return element.get("datetime") or shown_text(element)
    return ""


def _first_link(root: Element, relation: str) -> str:
    for element in root.iter("link"):
        if relation in (element.get("rel") or "").lower().split():
            return element.get("href") or ""
    return ""


def _articles(root: Element) -> Iterator[dict[str, object]]:
    """Yield the objects of JSON-LD that describe an article."""
    for element in root.iter("script"):
        text = element.text or ""
        if "ld+json" not in (element.get("type") or "") or len(text) > _JSON_CHARACTERS:
            continue
        try:
            waiting = [json.loads(text)]
        except (ValueError, RecursionError):
            continue
        for _ in range(_JSON_NODES):
            if not waiting:
                break
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting.extend(node)
            elif isinstance(node, dict):
                if any(_ARTICLE_TYPE.search(kind) for kind in _texts(node.get("@type"))):
                    yield node
                waiting.extend(value for value in (node.get("@graph"),) if value)


def _texts(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for text in values if isinstance(text, str)]


def _text(value: object) -> str:
    return next(iter(_texts(value)), "")


def _names(value: object) -> str:
    """Return the names of people or organisations, joined by commas."""
    names = []
    for person in value if isinstance(value, list) else [value]:
        name = _text(person.get("name")) if isinstance(person, dict) else _text(person)
        if name and not _ADDRESS.match(name):
            names.append(clean_line(name))
    return ", ".join(dict.fromkeys(names[:_NAMES]))
