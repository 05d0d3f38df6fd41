"""W3C Web Annotation JSON-LD: one AnnotationCollection with quotation and position selectors.

Source: the W3C Recommendation "Web Annotation Data Model" of 23 February 2017. Positions
count code points, as it asks. What the model has no word for stands under `postil:`.
"""

import json
from typing import Any

from postil.annotated_markdown import HandedOn
from postil.domain.annotation import Annotation, reading_order
from postil.exporters import strict
from postil.exporters.exporter import Exported, ExportOptions
from postil.exporters.left_out import Unsaid, left_out

CONTEXT = ("http://www.w3.org/ns/anno.jsonld", {"postil": "urn:postil:"})

_UNSAID = (Unsaid.WAITING, Unsaid.FOREIGN, Unsaid.ARTICLE_NOTE, Unsaid.ANSWERS)

_Json = dict[str, Any]


def export(handed_on: HandedOn, _: ExportOptions) -> Exported:
    """Return the marks as JSON-LD; the article's words are not in it."""
    article = handed_on.article
    source = strict.address(article.metadata.source) or f"urn:sha256:{article.sha256}"
    marks = sorted(handed_on.annotations, key=reading_order)
    collection = {
        "@context": list(CONTEXT),
        "id": f"urn:sha256:{article.sha256}",
        "type": "AnnotationCollection",
        "label": article.metadata.title,
        "total": len(marks),
        "first": {
            "id": f"urn:sha256:{article.sha256}#page",
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": [_annotation(mark, handed_on, source) for mark in marks],
        },
    }
    text = json.dumps(collection, ensure_ascii=False, indent=1)
    return Exported(f"{text}\n".encode(), left_out([handed_on], *_UNSAID))


def _annotation(mark: Annotation, handed_on: HandedOn, source: str) -> _Json:
    body = [
        {
            "type": "TextualBody",
            "purpose": "tagging",
            "value": handed_on.tags[tag_id].name if tag_id in handed_on.tags else tag_id,
            "postil:tag": tag_id,
        }
        for tag_id in mark.tags
    ]
    if mark.note:
        body.append(
            {
                "type": "TextualBody",
                "purpose": "commenting",
                "value": mark.note,
                "format": "text/markdown",
            }
        )
    found: _Json = {
        "id": f"urn:uuid:{mark.id}",
        "type": "Annotation",
        "created": strict.time(mark.created),
        "modified": strict.time(mark.edited),
        "creator": {"type": "Person", "name": mark.author} if mark.author else None,
        "motivation": "commenting" if mark.note else "tagging" if mark.tags else "highlighting",
        "body": body,
        "target": {"source": source, "selector": _selectors(mark)},
        "postil:voice": mark.voice.value,
        "postil:confidence": mark.confidence.value,
        "postil:status": mark.status.value,
        "postil:star": mark.starred,
        "postil:links": [f"{link.relation.value}:{link.target}" for link in mark.links],
    }
    return {key: value for key, value in found.items() if value}


def _selectors(mark: Annotation) -> list[_Json]:
    anchor = mark.anchor
    return [
        {
            "type": "TextQuoteSelector",
            "exact": anchor.exact,
            "prefix": anchor.prefix,
            "suffix": anchor.suffix,
        },
        {"type": "TextPositionSelector", "start": anchor.start, "end": anchor.end},
    ]
