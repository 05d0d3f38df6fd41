"""The annotation (the window says *mark*): a range of words, its tags, its note and its fields.

Offsets are code points of the text of the revision the annotation names, half open.
"""

from dataclasses import dataclass
from enum import StrEnum


class Voice(StrEnum):
    """Who is speaking in the marked words."""

    UNSAID = ""
    AUTHOR = "author"
    QUOTED = "quoted"
    HEADLINE = "headline"
    CAPTION = "caption"


class Confidence(StrEnum):
    """How sure the annotator is."""

    UNSAID = ""
    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"


class Status(StrEnum):
    """How far the check of a claim has come."""

    UNSAID = ""
    NONE = "none"
    TO_CHECK = "to-check"
    SUPPORTED = "supported"
    REFUTED = "refuted"
    OPEN = "open"


class Relation(StrEnum):
    """What one mark is to another."""

    EVIDENCE_FOR = "evidence-for"
    CONTRADICTS = "contradicts"
    REPEATS = "repeats"
    SOURCE_OF = "source-of"
    ANSWERS = "answers"


class Placement(StrEnum):
    """How surely a mark stands where it stands."""

    EXACT = "exact"
    MOVED = "moved"
    CHANGED = "changed"
    AMBIGUOUS = "ambiguous"
    UNPLACED = "unplaced"

    @property
    def is_placed(self) -> bool:
        """Whether the mark has a range in the current text."""
        return self in (Placement.EXACT, Placement.MOVED, Placement.CHANGED)


@dataclass(frozen=True, slots=True)
class Link:
    """A typed link from one mark to another."""

    relation: Relation
    target: str  # annotation id


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a mark stands: the W3C position and quotation selectors in one value."""

    start: int  # code points
    end: int  # code points; start < end
    exact: str  # the marked words
    prefix: str = ""  # up to 32 code points before
    suffix: str = ""  # up to 32 code points after


@dataclass(frozen=True, slots=True)
class Annotation:
    """A mark with everything said about it."""

    id: str  # UUID made by us
    article_id: str
    revision_id: str  # the text the anchor refers to
    anchor: Anchor
    tags: tuple[str, ...] = ()  # tag ids, "codebook/tag", in the order they were given
    note: str = ""  # canonical Markdown
    author: str = ""  # the alias of who made it
    created: str = ""  # ISO 8601 time in UTC, seconds
    edited: str = ""  # ISO 8601 time in UTC, seconds; empty if never
    voice: Voice = Voice.UNSAID
    confidence: Confidence = Confidence.UNSAID
    status: Status = Status.UNSAID
    links: tuple[Link, ...] = ()
    placement: Placement = Placement.EXACT  # ambiguous and unplaced ones keep their old revision
    extra: tuple[tuple[str, str], ...] = ()  # keys of other programs, kept as they came
    starred: bool = False  # worth coming back to

    @property
    def start(self) -> int:
        """First code point of the range."""
        return self.anchor.start

    @property
    def end(self) -> int:
        """Code point after the range."""
        return self.anchor.end


@dataclass(frozen=True, slots=True)
class IncomingMark:
    """A mark as a file tells it, before it has a place in a text of the library.

    Position, quotation or both may be there; `anchoring` decides what they are worth.
    """

    id: str = ""  # UUID, or empty for a new mark
    start: int | None = None  # code points, as the file claims
    end: int | None = None
    exact: str | None = None  # the whole quotation, as the file claims
    prefix: str = ""
    suffix: str = ""
    tags: tuple[str, ...] = ()  # tag ids, or free names
    tag_names: tuple[tuple[str, str], ...] = ()  # (id, name) of tags the file names both ways
    note: str = ""
    author: str = ""
    created: str = ""
    edited: str = ""
    voice: Voice = Voice.UNSAID
    confidence: Confidence = Confidence.UNSAID
    status: Status = Status.UNSAID
    links: tuple[Link, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    starred: bool = False
    counts_utf16: bool = False  # `start` and `end` are UTF-16 units, as browsers count


def reading_order(annotation: Annotation) -> tuple[int, int, str]:
    """Sort key of marks: by start, the longer first, then by id."""
    return (annotation.anchor.start, -annotation.anchor.end, annotation.id)


def smallest_first(annotation: Annotation) -> tuple[int, int, str]:
    """Sort key for picking: the shortest mark first, then by place, then by id."""
    return (annotation.end - annotation.start, annotation.start, annotation.id)
