"""How marks look in copies for people: as in the window, by the first known tag of each."""

from collections.abc import Iterable
from dataclasses import dataclass

from postil.annotated_markdown import HandedOn
from postil.annotated_markdown.tag_sets import name_of
from postil.domain.annotation import Annotation
from postil.domain.colours import readable_fill
from postil.domain.tags import LineStyle, Tag

PLAIN_FILL = "#DDDDDD"  # of marks without a tag, and of neutral copies


@dataclass(frozen=True, slots=True)
class Look:
    """The look that a tag gives its marks."""

    fill: str  # "#RRGGBB"
    line_style: LineStyle
    code: str  # may be empty


PLAIN = Look(PLAIN_FILL, LineStyle.SOLID, "")


class Looks:
    """Tells how the marks and tags of one article look.

    Args:
        handed_on: the article with its tags.
    """

    def __init__(self, handed_on: HandedOn) -> None:
        self._tags = handed_on.tags
        self._groups = handed_on.groups

    def of_mark(self, mark: Annotation) -> Look:
        """Return the look of a mark: that of its first known tag; its code says if it has more."""
        known = [tag_id for tag_id in mark.tags if tag_id in self._tags]
        if not known:
            return PLAIN
        look = self.of_tag(known[0])
        more = "+" if len(known) > 1 else ""
        return Look(look.fill, look.line_style, f"{look.code}{more}")

    def of_tag(self, tag_id: str) -> Look:
        """Return the look of a tag by its id; one that nobody knows is plain."""
        tag = self._tags.get(tag_id)
        if tag is None:
            return PLAIN
        group = self._groups.get(tag_id)
        fill = readable_fill(group.colour) if group else PLAIN_FILL
        return Look(fill, tag.line_style, tag.code)

    def tag(self, tag_id: str) -> Tag | None:
        """Return a tag by its id."""
        return self._tags.get(tag_id)

    def name(self, tag_id: str) -> str:
        """Return the name of a tag by its id."""
        return name_of(tag_id, self._tags)

    def in_use(self, marks: Iterable[Annotation]) -> list[str]:
        """Return the ids of the tags these marks have, by name."""
        used = {tag_id for mark in marks for tag_id in mark.tags}
        return sorted(used, key=lambda tag_id: (self.name(tag_id).casefold(), tag_id))
