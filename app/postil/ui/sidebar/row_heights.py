"""Heights of the rows of a long list, most of them never measured.

Rows that were not measured count with an estimate, so that a list of 50,000 rows opens at
once. Heights lie in blocks with their sums: finding, adding or dropping a row touches one.
"""

from array import array
from itertools import accumulate

_BLOCK = 512  # rows in a block when it is made; it is split at twice that


class RowHeights:
    """Heights of rows in pixels; 0 in a block stands for "not measured".

    Args:
        count: how many rows there are.
        estimate: height of a row that was not measured, in pixels; at least 1.
    """

    def __init__(self, count: int = 0, estimate: int = 1) -> None:
        self._estimate = max(1, estimate)
        self._blocks: list[array[int]] = []
        self._sums: list[int] = []
        self._count = 0
        self.insert(0, count)

    def __len__(self) -> int:
        return self._count

    @property
    def total(self) -> int:
        """Height of all rows."""
        return sum(self._sums)

    def height(self, row: int) -> int:
        """Return the height of a row, estimated if it was not measured."""
        block, at = self._locate(row)
        return self._blocks[block][at] or self._estimate

    def is_measured(self, row: int) -> bool:
        """Return whether the height of a row is known."""
        block, at = self._locate(row)
        return self._blocks[block][at] > 0

    def top(self, row: int) -> int:
        """Return where a row begins; for the row after the last one, the total."""
        if row >= self._count:
            return self.total
        block, at = self._locate(row)
        return sum(self._sums[:block]) + self._sum(self._blocks[block][:at])

    def row_at(self, y: int) -> int:
        """Return the row at a height, the nearest one outside; -1 when there are no rows."""
        if not self._count:
            return -1
        before = 0
        y = max(0, y)
        for block, height in zip(self._blocks, self._sums, strict=True):
            if y < height:
                ends = accumulate(value or self._estimate for value in block)
                return before + next(at for at, end in enumerate(ends) if y < end)
            y -= height
            before += len(block)
        return self._count - 1

    def measure(self, row: int, height: int) -> int:
        """Set the height of a row and return by how much it grew."""
        block, at = self._locate(row)
        growth = height - (self._blocks[block][at] or self._estimate)
        self._blocks[block][at] = height
        self._sums[block] += growth
        return growth

    def insert(self, row: int, count: int = 1) -> None:
        """Make room for rows that were not measured."""
        if count <= 0:
            return
        if not self._blocks:
            self._blocks, self._sums = [array("i")], [0]
        block, at = self._locate(row)
        self._blocks[block][at:at] = array("i", bytes(count * array("i").itemsize))
        self._count += count
        self._split(block)

    def remove(self, row: int, count: int = 1) -> None:
        """Drop rows."""
        while count > 0:
            block, at = self._locate(row)
            rows = self._blocks[block]
            here = min(count, len(rows) - at)
            self._sums[block] -= self._sum(rows[at : at + here])
            del rows[at : at + here]
            if not rows:
                del self._blocks[block], self._sums[block]
            self._count -= here
            count -= here

    def _sum(self, rows: "array[int]") -> int:
        return sum(rows) + rows.count(0) * self._estimate

    def _locate(self, row: int) -> tuple[int, int]:
        """Return the block of a row and its place there; the end belongs to the last block."""
        for block, rows in enumerate(self._blocks):
            if row < len(rows):
                return block, row
            row -= len(rows)
        return len(self._blocks) - 1, len(self._blocks[-1]) + row

    def _split(self, block: int) -> None:
        """Keep blocks small, and their sums true, after rows came in."""
        rows = self._blocks[block]
        if len(rows) <= 2 * _BLOCK:
            parts = [rows]
        else:
            parts = [rows[at : at + _BLOCK] for at in range(0, len(rows), _BLOCK)]
        self._blocks[block : block + 1] = parts
        self._sums[block : block + 1] = [self._sum(part) for part in parts]
