"""The words that copies for people have for an article's source and for what a mark says."""

import re
from collections.abc import Iterator

from postil.domain.annotation import Annotation, Confidence, Relation, Status, Voice
from postil.domain.article import Metadata

PLAIN_MARK = "Plain mark"

_WHOLE = 160  # characters of a quotation; a longer one is shortened in the middle
_HEAD, _TAIL = 95, 55
_OPENING, _CLOSING = '“„«»"”‟', '”“»«"‟'

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DATE = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:[T ].*)?", re.ASCII)
_VOICES = {
    Voice.UNSAID: "",
    Voice.AUTHOR: "author’s voice",
    Voice.QUOTED: "quoted",
    Voice.HEADLINE: "headline",
    Voice.CAPTION: "caption",
}
_CONFIDENCES = {
    Confidence.UNSAID: "",
    Confidence.SURE: "sure",
    Confidence.LIKELY: "likely",
    Confidence.UNSURE: "unsure",
}
_STATUSES = {
    Status.UNSAID: "",
    Status.NONE: "nothing to check",
    Status.TO_CHECK: "to check",
    Status.SUPPORTED: "supported",
    Status.REFUTED: "refuted",
    Status.OPEN: "left open",
}
_RELATIONS = {
    Relation.EVIDENCE_FOR: "supports",
    Relation.CONTRADICTS: "contradicts",
    Relation.REPEATS: "repeats",
    Relation.SOURCE_OF: "source of",
    Relation.ANSWERS: "answers",
}


def date_words(text: str) -> str:
    """Return an ISO 8601 date or time as "4 May 2026"; anything else comes back as it is."""
    match = _DATE.fullmatch(text)
    return f"{int(match[3])} {_MONTHS[int(match[2]) - 1]} {match[1]}" if match else text


def source_parts(about: Metadata) -> tuple[str, ...]:
    """Return what the line under a title says: author, outlet and date, as far as known."""
    return tuple(filter(None, (about.author, about.outlet, date_words(about.published))))


def said(mark: Annotation, *, with_author: bool) -> Iterator[str]:
    """Yield what the fields of a mark say, in words."""
    if mark.starred:
        yield "★ starred"
    words = (_VOICES[mark.voice], _CONFIDENCES[mark.confidence], _STATUSES[mark.status])
    yield from filter(None, words)
    if with_author and mark.author:
        yield mark.author


def relation_words(relation: Relation) -> str:
    """Return what one mark is to another."""
    return _RELATIONS[relation]


def quoted(text: str) -> str:
    """Return marked words on one line and between quotation marks, unless they have their own.

    Many words are shortened in the middle.
    """
    words = " ".join(text.split())
    if len(words) > _WHOLE:
        head, tail = words[:_HEAD], words[-_TAIL:]
        head, tail = head.rpartition(" ")[0] or head, tail.partition(" ")[2] or tail
        words = f"{head} … {tail}"
    if len(words) > 1 and words[0] in _OPENING and words[-1] in _CLOSING:
        return words
    return f"“{words}”"
