"""The order on the shelf: collections of articles, which are shown and how, and likenesses."""

from dataclasses import dataclass
from enum import StrEnum

from postil.domain.annotation import Status

UNFILED = "unfiled"  # in place of a collection's id: the articles that are in none


@dataclass(frozen=True, slots=True)
class Collection:
    """A named set of articles; it may lie in another one."""

    id: str  # UUID made by us
    name: str  # one line
    parent_id: str | None = None  # the collection it lies in


@dataclass(frozen=True, slots=True)
class Membership:
    """That an article is in a collection; it may be in several."""

    collection_id: str
    article_id: str

    @property
    def id(self) -> str:
        """Both, which together are found once."""
        return f"{self.collection_id}/{self.article_id}"


class ShelfOrder(StrEnum):
    """By what the articles are sorted."""

    ADDED = "added"
    TITLE = "title"
    OUTLET = "outlet"
    AUTHOR = "author"
    PUBLISHED = "published"
    MARKS = "marks"


@dataclass(frozen=True, slots=True)
class ShelfQuestion:
    """Which articles are shown, and in what order; everything in it must hold."""

    collection: str = ""  # id, those within it counted in; or UNFILED; empty: all
    outlet: str | None = None
    author: str | None = None
    since: str = ""  # published on this date or later: year, month or day, ISO 8601
    until: str = ""  # published on this date or earlier, all of the year or month
    codebook: str = ""  # id: a mark has one of its tags
    status: Status | None = None  # a mark has it
    only_duplicates: bool = False  # likely to be the same as another one
    order: ShelfOrder = ShelfOrder.ADDED
    is_descending: bool = True

    @property
    def is_plain(self) -> bool:
        """Whether it leaves every article, the newest first."""
        return self == ShelfQuestion()

    @property
    def asks_marks(self) -> bool:
        """Whether the answer may change with a mark."""
        return bool(self.codebook) or self.status is not None or self.order is ShelfOrder.MARKS


@dataclass(frozen=True, slots=True)
class ShelfCounts:
    """How many articles there are."""

    all: int
    unfiled: int
    collections: dict[str, int]  # by id, those within it counted in


class Likeness(StrEnum):
    """Why two articles may be one; the surest first."""

    TEXT = "same text"
    ADDRESS = "same address"
    NEARLY = "nearly the same text"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Another article that may be the same."""

    article_id: str
    title: str
    likeness: Likeness
