"""Hypothesis JSON: what the client of that service exports, and what its interface answers.

Answers to an annotation are added to its note with the name of who wrote them. Positions
count UTF-16 units of the page as the browser had it, so they are no more than a hint.
"""

import re
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from postil.domain.annotation import IncomingMark
from postil.domain.canonical import clean_line
from postil.domain.dates import as_time
from postil.importers.mark_fields import ALIAS, CONTEXT, BadMarkError, Fields, words
from postil.importers.web_annotations import selectors

_ADDRESS: Final = "https://hypothes.is/a/"  # of an annotation, before its id
_SHOWN: Final = 200  # characters of a note that is told and not taken
_OUR_TEXT = re.compile(r"urn:x-sha256:([0-9a-f]{64})")  # of an article without an address
_ACCOUNT = re.compile(r"acct:([^@]*)@")

_Read = Callable[[], tuple[IncomingMark, list[str]]]


def is_hypothesis(value: object) -> bool:
    """Return whether JSON is an export of the client, or a list of its annotations."""
    found = _annotations(value)
    if not found:
        return isinstance(value, dict) and "export_userid" in value
    first: object = found[0]
    return isinstance(first, dict) and "uri" in first and ("user" in first or "target" in first)


def entries(value: object) -> Iterator[tuple[str, _Read]]:
    """Yield each annotation with its place in the file and what reads it."""
    found = _annotations(value)
    ids = {one["id"] for one in found if isinstance(one, dict) and isinstance(one.get("id"), str)}
    answers: dict[str, list[dict[str, object]]] = defaultdict(list)
    for one in found:
        if root := _root(one):
            answers[root].append(one)
    for at, one in enumerate(found, 1):
        root = _root(one)
        if not root:
            own = one.get("id") if isinstance(one, dict) else None
            replies = answers.get(own, []) if isinstance(own, str) else []
            yield f"Annotation {at}", partial(read, one, replies)
        elif root not in ids:
            yield f"Annotation {at}", _refuse_answer


def text_sha256(value: object) -> str:
    """Return the hash of the text all annotations are on, where they name one of our articles."""
    found = {str(one.get("uri")) for one in _annotations(value) if isinstance(one, dict)}
    named = _OUR_TEXT.fullmatch(found.pop()) if len(found) == 1 else None
    return named[1] if named else ""


def read(value: object, replies: list[dict[str, object]]) -> tuple[IncomingMark, list[str]]:
    """Return the mark in one annotation, and what was left out of it.

    Args:
        value: the annotation.
        replies: answers to it and to its answers.

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
        said = clean_line(fields.text("text"))
        shown = said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"
        raise BadMarkError(f"it is a note on the whole page: “{shown}”")
    parts = [fields.text("text")]
    for reply in sorted(replies, key=_when):
        try:
            parts.append(_answer(reply))
        except BadMarkError as error:
            fields.remarks.append(f"an answer to it was left out: {error}")
    said = "\n\n".join(filter(None, parts))
    created, updated = fields.time("created"), fields.time("updated")
    mark = IncomingMark(
        id=_id(fields),
        start=span[0] if span else None,
        end=span[1] if span else None,
        exact=exact if exact.strip() else None,
        prefix=words(quotation.text("prefix"))[-CONTEXT:] if quotation else "",
        suffix=words(quotation.text("suffix"))[:CONTEXT] if quotation else "",
        tags=fields.tags(value.get("tags")),
        note=Fields({"text": said}).note("text"),
        author=_person(value),
        created=created,
        edited=updated if updated != created else "",
        counts_utf16=True,
    )
    return mark, fields.remarks


def _annotations(value: object) -> list[dict[str, object]]:
    """Return the list of annotations, wherever a file has it; what stands in it is unchecked."""
    if isinstance(value, dict):
        value = value.get("annotations", value.get("rows"))
    return value if isinstance(value, list) else []


def _root(value: object) -> str:
    """Return the id of the annotation that an answer belongs to; empty if it is none."""
    references = value.get("references") if isinstance(value, dict) else None
    first = references[0] if isinstance(references, list) and references else ""
    return first if isinstance(first, str) else ""


def _refuse_answer() -> tuple[IncomingMark, list[str]]:
    raise BadMarkError("it answers an annotation that is not in the file")


def _when(value: dict[str, object]) -> str:
    created = value.get("created")
    return as_time(created) if isinstance(created, str) else ""


def _answer(value: dict[str, object]) -> str:
    """Return an answer as a paragraph of the note it is added to."""
    fields = Fields(value)
    tags = ", ".join(fields.tags(value.get("tags")))
    said = fields.text("text").strip()
    parts = [f"**{_person(value) or '?'}:**", said, f"({tags})" if tags else ""]
    return " ".join(filter(None, parts))


def _person(value: dict[str, object]) -> str:
    """Return the name somebody shows, else that of the account."""
    info = value.get("user_info")
    shown = Fields(info).line("display_name") if isinstance(info, dict) else ""
    account = _ACCOUNT.match(Fields(value).text("user"))
    name = clean_line(account[1])[:ALIAS] if account else ""
    return shown or ("" if name == "anonymous" else name)


def _id(fields: Fields) -> str:
    """Return a UUID: the id itself where it is one, else one made of its address."""
    own = fields.line("id")
    try:
        return str(uuid.UUID(own))
    except ValueError:
        return Fields({"id": _ADDRESS + own}).id() if own else ""
