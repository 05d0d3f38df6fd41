"""How far a presentation has come: which marks are revealed, and which of them is spoken of."""

from collections.abc import Sequence

from postil.domain.annotation import Annotation


class Unveiling:
    """Marks in reading order, of which the first few are revealed.

    Args:
        marks: all that are presented, in reading order.
    """

    def __init__(self, marks: Sequence[Annotation]) -> None:
        self.marks = marks
        self.revealed = 0
        self._at = -1

    @property
    def total(self) -> int:
        """How many marks are presented."""
        return len(self.marks)

    @property
    def current(self) -> Annotation | None:
        """The mark that is spoken of."""
        return self.marks[self._at] if 0 <= self._at < self.revealed else None

    def turn_to(self, revealed: int) -> Sequence[Annotation]:
        """Have so many marks revealed, and speak of the last of them.

        Args:
            revealed: how many; what is beyond either end means that end.

        Returns:
            The marks that were revealed or hidden by this.
        """
        before, self.revealed = self.revealed, min(max(revealed, 0), self.total)
        self._at = self.revealed - 1
        return self.marks[min(before, self.revealed) : max(before, self.revealed)]

    def pick(self, mark: Annotation) -> None:
        """Speak of a mark that is revealed already."""
        self._at = next(at for at in range(self.revealed) if self.marks[at].id == mark.id)
