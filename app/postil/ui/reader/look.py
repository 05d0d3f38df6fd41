"""How a mark looks, by its tags."""

from postil.domain.annotation import Annotation
from postil.domain.tags import LineStyle
from postil.page.painter import MarkLook
from postil.ui.desk import Desk


class Looks:
    """Tells the look of marks; remembers it by tags, which many marks share.

    Args:
        desk: knows the tags; whoever hears `tags_changed` calls `forget`.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[tuple[str, ...], MarkLook] = {}

    def __call__(self, mark: Annotation) -> MarkLook:
        """Return the look of a mark: that of its first known tag, and whether it has more."""
        look = self._known.get(mark.tags)
        if look is None:
            look = self._known[mark.tags] = self._find(mark)
        return look

    def forget(self) -> None:
        """Tags have changed."""
        self._known.clear()

    def _find(self, mark: Annotation) -> MarkLook:
        tags = [tag for tag_id in mark.tags if (tag := self._desk.tags.get(tag_id))]
        style = tags[0].line_style if tags else LineStyle.SOLID
        more = "+" if len(tags) > 1 else ""
        return MarkLook(self._desk.colour(mark), style, f"{tags[0].code}{more}" if tags else "")
