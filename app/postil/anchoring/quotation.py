"""What is asked for: the words, what stood around them, and where they are expected."""

from dataclasses import dataclass
from typing import Self

from postil.anchoring.describe import CONTEXT
from postil.domain.canonical import BLOCK_BREAK

_FAR = 2**40  # code points; a claim beyond is as good as this one, and fits a float


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation selector with the position selector as a hint."""

    exact: str  # never empty, no block breaks at its ends
    prefix: str  # at most `CONTEXT` code points, those next to the words
    suffix: str  # as above
    start: int | None  # where the words are expected; may lie outside the text
    is_carried: bool = False  # whether `start` already allows for what was edited before it

    @property
    def has_context(self) -> bool:
        """Whether it is known what stood around the words."""
        return bool(self.prefix or self.suffix)

    @classmethod
    def of(
        cls, start: int | None, end: int | None, exact: str | None, prefix: str, suffix: str
    ) -> Self | None:
        """Return the quotation that selectors of any quality tell, None if they tell no words."""
        exact = exact or ""
        words = exact.strip(BLOCK_BREAK)
        if not words:
            return None
        lead = len(exact) - len(exact.lstrip(BLOCK_BREAK))
        trail = len(exact) - lead - len(words)
        if start is None and end is not None:
            start = end - len(exact)
        return cls(
            words,
            (prefix + exact[:lead])[-CONTEXT:],
            (exact[len(exact) - trail :] + suffix)[:CONTEXT],
            None if start is None else min(max(start, -_FAR), _FAR) + lead,
        )
