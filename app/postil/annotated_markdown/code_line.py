"""The line of code that ends a footnote: what a machine needs of a mark, in `key=value` pairs.

Values are percent-encoded but for unreserved characters and `:`; the slash of a tag id and
the commas between tags and links stay. Keys nobody here knows are kept with their values.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeVar
from urllib.parse import quote, unquote

from postil.domain.annotation import Annotation, Confidence, Link, Relation, Status, Voice
from postil.domain.canonical import clean_line
from postil.domain.dates import as_time

_LINE = re.compile(r"`([^`]+)`")
_AT = re.compile(r"(\d{1,9})-(\d{1,9})")
KEYS: Final = (
    *("id", "at", "tags", "by", "on", "edited", "voice", "confidence", "status", "star", "links"),
)

_STAR = "1"  # other values may mean something to a newer version

_Value = TypeVar("_Value", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class CodeLine:
    """What a line of code says."""

    id: str
    at: tuple[int, int] | None = None
    tags: tuple[str, ...] = ()
    author: str = ""
    created: str = ""
    edited: str = ""
    voice: Voice = Voice.UNSAID
    confidence: Confidence = Confidence.UNSAID
    status: Status = Status.UNSAID
    links: tuple[Link, ...] = ()
    extra: tuple[tuple[str, str], ...] = field(default=())
    starred: bool = False


def write_code_line(annotation: Annotation, start: int, end: int) -> str:
    """Return the line of a mark from `start` to `end`, in code points."""
    links = ",".join(
        f"{link.relation.value}:{quote(link.target, safe=':')}" for link in annotation.links
    )
    values = {
        "id": _encode(annotation.id),
        "at": f"{start}-{end}",
        "tags": ",".join(quote(tag, safe=":/") for tag in annotation.tags),
        "by": _encode(annotation.author),
        "on": _encode(annotation.created),
        "edited": _encode(annotation.edited),
        "voice": _encode(annotation.voice),
        "confidence": _encode(annotation.confidence),
        "status": _encode(annotation.status),
        "star": _STAR if annotation.starred else "",
        "links": links,
    }
    pairs = [f"{key}={value}" for key, value in values.items() if value]
    # A value of a newer version under a key of ours was kept as extra; it goes back there.
    pairs += (
        f"{quote(key, safe='')}={_encode(value)}"
        for key, value in annotation.extra
        if key and not values.get(key)
    )
    return f"`{' '.join(pairs)}`"


def _encode(value: str) -> str:
    return quote(value, safe=":", errors="replace")


def read_code_line(lines: Sequence[str]) -> CodeLine | None:
    """Return what the lines of a paragraph say, or None if they are not a line of code."""
    match = _LINE.fullmatch(" ".join(line.strip() for line in lines))
    if match is None:
        return None
    pairs = list(_pairs(match[1]))
    known: dict[str, str] = {}
    extra: list[tuple[str, str]] = []
    for key, value in pairs:
        if key in KEYS and key not in known:
            known[key] = value
        else:
            extra.append((unquote(key), unquote(value)))
    if not known.get("id"):
        return None
    at = _AT.fullmatch(known.get("at", ""))
    if known.get("star", _STAR) != _STAR:
        extra.append(("star", unquote(known.pop("star"))))
    return CodeLine(
        id=clean_line(unquote(known["id"])),
        at=(int(at[1]), int(at[2])) if at else None,
        tags=tuple(clean_line(unquote(tag)) for tag in _items(known.get("tags", ""))),
        author=_line(known, "by"),
        created=_time("on", known, extra),
        edited=_time("edited", known, extra),
        voice=_value(Voice, "voice", known, extra),
        confidence=_value(Confidence, "confidence", known, extra),
        status=_value(Status, "status", known, extra),
        links=_links(known, extra),
        extra=tuple(extra),
        starred="star" in known,
    )


def _pairs(line: str) -> Iterator[tuple[str, str]]:
    for word in line.split():
        key, equals, value = word.partition("=")
        if key and equals:
            yield key, value


def _items(value: str) -> list[str]:
    return [item for item in value.split(",") if item]


def _line(known: dict[str, str], key: str) -> str:
    return clean_line(unquote(known.get(key, "")))


def _time(key: str, known: dict[str, str], extra: list[tuple[str, str]]) -> str:
    """Return a time that others can be compared with; one that is none is kept as extra."""
    value = _line(known, key)
    time = as_time(value)
    if value and not time:
        extra.append((key, value))
    return time


def _value(
    kind: type[_Value], key: str, known: dict[str, str], extra: list[tuple[str, str]]
) -> _Value:
    """Return a value of a field; one that a newer version may know is kept as extra."""
    value = unquote(known.get(key, ""))
    try:
        return kind(value)
    except ValueError:
        extra.append((key, value))
        return kind("")


def _links(known: dict[str, str], extra: list[tuple[str, str]]) -> tuple[Link, ...]:
    links = []
    for item in _items(known.get("links", "")):
        relation, _, target = item.partition(":")
        if relation not in set(Relation) or not target:
            extra.append(("links", unquote(known["links"])))
            return ()
        links.append(Link(Relation(relation), clean_line(unquote(target))))
    return tuple(links)
