"""Hypothesis JSON, as the client of that service exports and imports it.

Positions count UTF-16 units, since they come from browsers. People are told by their alias
alone: accounts and groups there are none, and no time but those of the marks.
"""

import json
import re
import uuid
from typing import Any

from postil.annotated_markdown import HandedOn
from postil.domain.annotation import Annotation, reading_order
from postil.domain.utf16 import Utf16Offsets
from postil.exporters import strict
from postil.exporters.exporter import Exported, ExportOptions
from postil.exporters.left_out import Unsaid, left_out

_NOBODY = "anonymous"
_HOST = "postil.invalid"  # accounts need one; this name belongs to nobody for ever
_NO_LETTERS = re.compile(r"[^A-Za-z0-9._]+")
_UNSAID = (Unsaid.WAITING, Unsaid.FIELDS, Unsaid.STARS, Unsaid.LINKS, Unsaid.FOREIGN)

_Json = dict[str, Any]


def export(handed_on: HandedOn, _: ExportOptions) -> Exported:
    """Return the marks, and notes on the whole article as notes on the page."""
    marks = sorted(handed_on.annotations, key=reading_order)
    offsets = Utf16Offsets(handed_on.article.text)
    annotations = [_of_mark(mark, handed_on, offsets) for mark in marks]
    if handed_on.note:
        annotations.append(_of_page(handed_on, "note", handed_on.note))
    for tag_id, answer in handed_on.answers:
        question = handed_on.questions.get(tag_id, tag_id)
        annotations.append(_of_page(handed_on, tag_id, f"{question}\n\n{answer}"))
    people = {one["user"] for one in annotations}
    whole = {
        "export_date": max((mark.edited or mark.created for mark in marks), default=""),
        "export_userid": people.pop() if len(people) == 1 else _account(""),
        "client_version": "postil",
        "annotations": annotations,
    }
    text = json.dumps(whole, ensure_ascii=False, indent=1)
    return Exported(f"{text}\n".encode(), left_out([handed_on], *_UNSAID))


def _of_mark(mark: Annotation, handed_on: HandedOn, offsets: Utf16Offsets) -> _Json:
    anchor = mark.anchor
    start, end = offsets.to_units(anchor.start), offsets.to_units(anchor.end)
    quotation = {"exact": anchor.exact, "prefix": anchor.prefix, "suffix": anchor.suffix}
    selectors = [
        {"type": "TextPositionSelector", "start": start, "end": end},
        {"type": "TextQuoteSelector", **quotation},
    ]
    return {
        **_about(handed_on, mark.author),
        "id": mark.id,
        "created": mark.created,
        "updated": mark.edited or mark.created,
        "text": mark.note,
        "tags": [handed_on.tags[i].name if i in handed_on.tags else i for i in mark.tags],
        "target": [{"source": _source(handed_on), "selector": selectors}],
    }


def _of_page(handed_on: HandedOn, name: str, text: str) -> _Json:
    own_id = str(uuid.uuid5(uuid.NAMESPACE_URL, f"postil:{handed_on.article.sha256}/{name}"))
    return {
        **_about(handed_on, ""),
        "id": own_id,
        "created": "",
        "updated": "",
        "text": text,
        "tags": [],
        "target": [{"source": _source(handed_on)}],
    }


def _about(handed_on: HandedOn, author: str) -> _Json:
    """Return what every annotation says of where it stands and who may see it."""
    user = _account(author)
    return {
        "user": user,
        "user_info": {"display_name": author or None},
        "uri": _source(handed_on),
        "document": {"title": [handed_on.article.metadata.title]},
        "group": "__world__",
        "permissions": {
            "read": ["group:__world__"],
            "admin": [user],
            "update": [user],
            "delete": [user],
        },
        "links": {},
        "flagged": False,
        "hidden": False,
    }


def _source(handed_on: HandedOn) -> str:
    about, own = handed_on.article.metadata, f"urn:x-sha256:{handed_on.article.sha256}"
    return strict.address(about.source) or own


def _account(author: str) -> str:
    """Return an account in the form the client reads; the alias itself is the display name."""
    return f"acct:{_NO_LETTERS.sub('_', author).strip('_.') or _NOBODY}@{_HOST}"
