"""All marks of the library at once: which are asked for, how they are grouped, one line of each."""

from dataclasses import dataclass
from enum import StrEnum

from postil.domain.annotation import Confidence, Placement, Status, Voice


class Grouping(StrEnum):
    """What the marks under one heading have in common."""

    ARTICLE = "article"
    TAG = "tag"
    TAG_GROUP = "tag-group"
    OUTLET = "outlet"
    AUTHOR = "author"  # of the article
    ANNOTATOR = "annotator"  # of the mark
    MONTH = "month"  # in which the article was published
    STATUS = "status"


class Sorting(StrEnum):
    """The order of the marks under one heading."""

    PLACE = "place"  # article by article, in reading order
    NEWEST = "newest"  # made last
    OLDEST = "oldest"
    QUOTATION = "quotation"


@dataclass(frozen=True, slots=True)
class MarkQuery:
    """Which marks are asked for; everything in it must hold. None and empty: any."""

    text: str = ""  # words of quotation and note, with the operators of the search
    is_typing: bool = False  # the last word of the text may still go on
    tag: str = ""  # id
    outlet: str | None = None
    author: str | None = None  # of the article
    voice: Voice | None = None
    statuses: frozenset[Status] = frozenset()  # one of them

    @property
    def is_empty(self) -> bool:
        """Whether it leaves every mark."""
        return self == MarkQuery(is_typing=self.is_typing)


@dataclass(frozen=True, slots=True)
class MarkGroup:
    """The marks under one heading."""

    key: str  # an id where the heading is a tag, a group ("codebook/group") or an article
    label: str  # in the words of the library; empty where nothing was said
    marks: int
    words: int = 0  # of the articles it is about; only where words were asked for


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One line: a mark with what is said about its article."""

    id: str
    article_id: str
    start: int  # code points
    end: int
    quotation: str
    note: str
    tags: tuple[str, ...]  # ids
    annotator: str
    created: str  # ISO 8601 time in UTC
    voice: Voice
    confidence: Confidence
    status: Status
    starred: bool
    placement: Placement
    title: str
    author: str
    outlet: str
    published: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A value marks can be narrowed to."""

    value: str
    label: str
    marks: int
