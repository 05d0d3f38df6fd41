"""The rows of all marks as a Qt model: headings with the marks under them, read when looked at."""

from bisect import bisect_right
from collections.abc import Iterable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from postil.domain.overview import MarkGroup, MarkRow
from postil.domain.plain_note import note_in_one_line
from postil.library.overview import Overview, Stretch
from postil.ui.counting import counted
from postil.ui.desk import Desk
from postil.ui.overview.wording import about, heading
from postil.ui.sidebar.wording import quoted

GROUP = Qt.ItemDataRole.UserRole + 1  # MarkGroup of a heading, None of a mark
MARK = Qt.ItemDataRole.UserRole + 2  # MarkRow of a mark, None of a heading

_PAGE = 60  # rows read at once
_KEPT = 1_200  # rows in memory

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class AllMarks(QAbstractListModel):
    """The marks of an overview.

    Args:
        desk: knows the tags.
        parent: owns the model.
    """

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.overview: Overview | None = None
        self.folded: set[str] = set()  # keys of headings whose marks are not shown
        self._groups: list[MarkGroup] = []
        self._starts: list[int] = []  # row of each heading
        self._count = 0
        self._read: dict[int, MarkRow] = {}

    def show(self, overview: Overview) -> None:
        """Show other marks, or the same anew."""
        self.beginResetModel()
        if self.overview is None or self.overview.grouping is not overview.grouping:
            self.folded.clear()
        self.overview = overview
        self._groups = overview.groups
        self._set_out()
        self.endResetModel()

    def fold(self, key: str, *, folded: bool) -> None:
        """Hide or show the marks under a heading."""
        if folded != (key in self.folded):
            self.beginResetModel()
            (self.folded.add if folded else self.folded.discard)(key)
            self._set_out()
            self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return the number of headings and marks shown."""
        return 0 if parent.isValid() else self._count

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a heading or a mark, and what a screen reader says of it."""
        if not index.isValid():
            return None
        group, offset = self._at(index.row())
        if role == GROUP:
            return group if offset < 0 else None
        if role not in (MARK, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if offset < 0:
            return None if role == MARK else self.heading(group)
        row = self._row(index.row())
        if role == MARK or row is None:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return quoted(row.quotation)
        names = ", ".join(self._desk.tags[i].name for i in row.tags if i in self._desk.tags)
        parts = (quoted(row.quotation), names, note_in_one_line(row.note), about(row))
        return ". ".join(part for part in parts if part)

    def heading(self, group: MarkGroup) -> str:
        """Return a heading with the number of its marks."""
        assert self.overview is not None
        marks = counted(group.marks, "1 mark", "%n marks")
        return f"{heading(self.overview.grouping, group)} · {marks}"

    def heading_above(self, row: int) -> int:
        """Return the row of the heading a row stands under."""
        return self._starts[bisect_right(self._starts, row) - 1]

    def ids(self, ranges: Iterable[tuple[int, int]]) -> list[str]:
        """Return the ids of the marks in rows, each once; headings are passed over.

        Args:
            ranges: first and last rows.
        """
        if self.overview is None:
            return []
        stretches = [one for first, last in sorted(ranges) for one in self._stretches(first, last)]
        return list(dict.fromkeys(self.overview.ids(stretches)))

    def _set_out(self) -> None:
        """Give each heading its row."""
        self._read.clear()
        self._starts, self._count = [], 0
        for group in self._groups:
            self._starts.append(self._count)
            self._count += 1 + (0 if group.key in self.folded else group.marks)

    def _at(self, row: int) -> tuple[MarkGroup, int]:
        """Return the heading of a row and which mark under it this is; -1 is the heading."""
        at = bisect_right(self._starts, row) - 1
        return self._groups[at], row - self._starts[at] - 1

    def _stretches(self, first: int, last: int) -> list[Stretch]:
        """Return which marks lie in rows."""
        found: list[Stretch] = []
        at = max(bisect_right(self._starts, first) - 1, 0)
        while at < len(self._starts) and self._starts[at] <= last:
            group, top = self._groups[at], self._starts[at] + 1  # row of its first mark
            shown = 0 if group.key in self.folded else group.marks
            begin, end = max(first, top), min(last + 1, top + shown)
            if begin < end:
                found.append((group.key, begin - top, end - begin))
            at += 1
        return found

    def _row(self, row: int) -> MarkRow | None:
        """Return a mark, reading those around it too when it was not read yet."""
        if row not in self._read:
            self._load(row - row % _PAGE)
        return self._read.get(row)

    def _load(self, first: int) -> None:
        assert self.overview is not None
        if len(self._read) > _KEPT:
            self._read.clear()
        last = min(first + _PAGE, self._count) - 1
        ids = self.overview.ids(self._stretches(first, last))
        found = {row.id: row for row in self.overview.rows(ids)}
        places = (row for row in range(first, last + 1) if self._at(row)[1] >= 0)
        self._read.update(
            (place, found[i]) for place, i in zip(places, ids, strict=False) if i in found
        )
