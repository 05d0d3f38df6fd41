"""Which marks are to be seen, and how much of them: one value that all who paint marks read."""

from dataclasses import dataclass

from postil.domain.annotation import Annotation


@dataclass(frozen=True, slots=True)
class Showing:
    """What is shown of the marks; the plain value shows everything."""

    is_quiet: bool = False  # the words are left alone, the margin shows the marks
    is_hidden: bool = False  # no mark is shown anywhere
    isolated: frozenset[str] = frozenset()  # ids of the tags that stand out; empty: all do
    name: str = ""  # of the tag or group that stands out

    def fades(self, mark: Annotation) -> bool:
        """Return whether a mark steps back behind those that stand out."""
        return bool(self.isolated) and self.isolated.isdisjoint(mark.tags)

    def tints(self, mark: Annotation) -> bool:
        """Return whether the words of a mark are painted on its colour."""
        return not self.is_quiet and not self.fades(mark)
