"""W3C Web Annotations (JSON-LD): one, a list, or the items of a collection or a page.

Only what the model calls textual is read: bodies with words, and selectors of quotation and
position. Positions count code points, as the model says.
"""

import re
from collections.abc import Iterator

from postil.domain import limits
from postil.domain.annotation import Confidence, IncomingMark, Status, Voice
from postil.domain.canonical import clean_line
from postil.importers.mark_fields import ALIAS, CONTEXT, BadMarkError, Fields, words

_KINDS = frozenset({"Annotation", "AnnotationCollection", "AnnotationPage"})
_HASH = re.compile(r"urn:sha256:([0-9a-f]{64})")  # what we call an article by
_PAGES = 10_000  # nested collections that are looked into


def is_web_annotations(value: object) -> bool:
    """Return whether JSON says that it holds annotations of this model."""
    first = value[0] if isinstance(value, list) and value else value
    if not isinstance(first, dict):
        return False
    return bool(_KINDS.intersection(_strings(first.get("type")))) or "target" in first


def items(value: object) -> Iterator[object]:
    """Yield the annotations in a document, in order."""
    waiting = [value]
    looked = 0
    while waiting:
        node = waiting.pop()
        inner = _inner(node)
        if inner is None or looked >= _PAGES:
            yield node
        else:
            looked += 1
            waiting.extend(reversed(inner))


def _inner(node: object) -> list[object] | None:
    """Return what a list, collection or page holds; None for an annotation."""
    if isinstance(node, list):
        return node
    if isinstance(node, dict) and "target" not in node:
        for key in ("items", "first", "@graph"):
            if isinstance(node.get(key), list | dict):
                found = node[key]
                return found if isinstance(found, list) else [found]
    return None


def text_sha256(value: object) -> str:
    """Return the hash of the text the annotations are on, where a document of ours tells it."""
    named = value.get("id") if isinstance(value, dict) else None
    found = _HASH.fullmatch(named) if isinstance(named, str) else None
    return found[1] if found else ""


def read(value: object) -> tuple[IncomingMark, list[str]]:
    """Return the mark in one annotation, and what was left out of it.

    Raises:
        BadMarkError: it is none, or points to no words.
    """
    if not isinstance(value, dict):
        raise BadMarkError("it is no object")
    fields = Fields(value)
    quotation, position = selectors(value.get("target"))
    exact = words(quotation.text("exact")) if quotation else ""
    span = position.position() if position else None
    if span is None and not exact.strip():
        raise BadMarkError("it has neither a quotation nor a position")
    tags, names, note = _bodies(value)
    mark = IncomingMark(
        id=fields.id(),
        start=span[0] if span else None,
        end=span[1] if span else None,
        exact=exact if exact.strip() else None,
        prefix=words(quotation.text("prefix"))[-CONTEXT:] if quotation else "",
        suffix=words(quotation.text("suffix"))[:CONTEXT] if quotation else "",
        tags=fields.tags(tags),
        tag_names=names,
        note=Fields({"note": note}).note("note"),
        author=_creator(value.get("creator")),
        created=fields.time("created"),
        edited=fields.time("modified"),
        voice=fields.choice("postil:voice", Voice),
        confidence=fields.choice("postil:confidence", Confidence),
        status=fields.choice("postil:status", Status),
        links=fields.links("postil:links"),
        starred=fields.flag("postil:star"),
    )
    return mark, fields.remarks


def selectors(target: object) -> tuple[Fields | None, Fields | None]:
    """Return the first selector of quotation and the first of position."""
    quotation = position = None
    for one in target if isinstance(target, list) else [target]:
        given = one.get("selector") if isinstance(one, dict) else None
        for selector in given if isinstance(given, list) else [given]:
            if not isinstance(selector, dict):
                continue
            kinds = _strings(selector.get("type"))
            if "TextQuoteSelector" in kinds:
                quotation = quotation or Fields(selector)
            elif "TextPositionSelector" in kinds:
                position = position or Fields(selector)
    return quotation, position


def _bodies(value: dict[str, object]) -> tuple[list[object], tuple[tuple[str, str], ...], str]:
    """Return the tags of an annotation, the names of those that have an id, and the note."""
    tags: list[object] = []
    names: dict[str, str] = {}
    notes = [Fields(value).text("bodyValue")]
    bodies = value.get("body")
    for body in bodies if isinstance(bodies, list) else [bodies]:
        if isinstance(body, str):
            notes.append(body)
        elif isinstance(body, dict):
            said = Fields(body)
            purposes = _strings(body.get("purpose")) or _strings(value.get("motivation"))
            if "tagging" in purposes or "classifying" in purposes:
                tag_id, name = clean_line(said.text("postil:tag")), clean_line(said.text("value"))
                tags.append(tag_id or name)
                if tag_id and name:
                    names[tag_id] = name[: limits.TAG_NAME_CHARACTERS]
            else:
                notes.append(said.text("value"))
    return tags, tuple(names.items()), "\n\n".join(filter(None, notes))


def _creator(value: object) -> str:
    for person in value if isinstance(value, list) else [value]:
        if isinstance(person, str):
            return clean_line(clean_line(person)[:ALIAS])
        if isinstance(person, dict):
            named = Fields(person)
            if name := named.line("nickname") or named.line("name"):
                return name
    return ""


def _strings(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for text in values if isinstance(text, str)]
