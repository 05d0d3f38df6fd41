"""Tags, their groups, and the codebooks they stand in."""

from dataclasses import dataclass
from enum import StrEnum

MY_TAGS = "my"  # id of the codebook that takes tags made up on the spot
MY_GROUP = "own"  # id of its group


class LineStyle(StrEnum):
    """How the underline of a mark is drawn; with the code it tells the tag without colour."""

    SOLID = "solid"
    DASH = "dash"
    DOT = "dot"
    DASHDOT = "dashdot"
    WAVE = "wave"


@dataclass(frozen=True, slots=True)
class Group:
    """A group of tags; its colour is the colour of their marks."""

    codebook_id: str
    id: str  # unique in the codebook
    name: str
    colour: str  # "#RRGGBB"
    position: int = 0


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag of a codebook."""

    id: str  # "codebook/tag", each part [a-z0-9_-]+
    group_id: str
    name: str
    code: str  # one to four letters or digits, unique in the codebook
    line_style: LineStyle = LineStyle.SOLID
    definition: str = ""
    example: str = ""
    question: str = ""  # the telling question
    confused_with: tuple[str, ...] = ()  # tag ids
    labels: tuple[tuple[str, str], ...] = ()  # (corpus, label used there)
    position: int = 0
    retired: bool = False  # not offered any more; marks that have it keep it

    @property
    def codebook_id(self) -> str:
        """Id of the codebook the tag stands in."""
        return self.id.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Codebook:
    """A set of tags; its groups and tags name it by `codebook_id`."""

    id: str  # [a-z0-9_-]+
    name: str
    version: str
    language: str = ""
    description: str = ""
    source: str = ""
    licence: str = ""
    enabled: bool = False
    position: int = 0


@dataclass(frozen=True, slots=True)
class TagSet:
    """A codebook with all that stands in it, as read from a file or asked of the library."""

    codebook: Codebook
    groups: tuple[Group, ...]
    tags: tuple[Tag, ...]

    @property
    def offered(self) -> tuple[Tag, ...]:
        """The tags that new marks are offered: none of a codebook that is off, none retired."""
        return tuple(t for t in self.tags if not t.retired) if self.codebook.enabled else ()
