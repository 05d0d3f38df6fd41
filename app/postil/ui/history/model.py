"""The history as a Qt model: steps and restore points, the newest first, the beginning last."""

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from postil.domain.listing import HistoryRow
from postil.ui.dates import shown_time
from postil.ui.folding import fold
from postil.ui.step_names import step_name
from postil.ui.tips import as_tip

LINE = Qt.ItemDataRole.UserRole + 1
DETAIL = Qt.ItemDataRole.UserRole + 2  # what the second line says

_DELETES = frozenset(
    {"delete-collection", "delete-article", "delete-articles", "delete-mark", "delete-marks"}
)

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list."""

    goal: int  # number of the step that is the last one done once this line is gone to
    row: HistoryRow | None  # the step; None for the beginning
    is_point: bool = False  # the restore point after the step, and not the step
    is_now: bool = False  # this is where the library stands
    is_undone: bool = False

    @property
    def key(self) -> tuple[int, bool]:
        """Which line it is, also when the list is read anew."""
        return self.goal, self.is_point

    @property
    def can_restore(self) -> bool:
        """Whether the step took away what can be brought back."""
        return not (self.row is None or self.is_point or self.is_undone) and (
            self.row.step.name in _DELETES
        )


class HistoryModel(QAbstractListModel):
    """The lines that fit what was typed."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.now = 0  # number of the last step done
        self._all: list[Line] = []
        self._shown: list[Line] = []
        self._words: dict[tuple[int, bool], str] = {}  # folded, of each line that was asked for
        self._filter: list[str] = []

    def show(self, rows: list[HistoryRow]) -> None:
        """Show a history read anew."""
        self.beginResetModel()
        self.now = next((row.step.id for row in rows if not row.is_undone), 0)
        self._all = []
        for row in rows:
            goal = row.step.id
            if row.point is not None:
                self._all.append(Line(goal, row, is_point=True, is_undone=row.is_undone))
            is_now = goal == self.now
            self._all.append(Line(goal, row, is_now=is_now, is_undone=row.is_undone))
        self._all.append(Line(0, None, is_now=not self.now))
        self._words.clear()
        self._narrow()
        self.endResetModel()

    def set_filter(self, text: str) -> None:
        """Show only lines in which every word stands; case and accents aside."""
        self.beginResetModel()
        self._filter = fold(text).split()
        self._narrow()
        self.endResetModel()

    def steps_to(self, line: Line) -> int:
        """Return how many steps lie between now and a line; below 0 they are to be undone."""
        ids = [one.goal for one in self._all if one.goal and not one.is_point]
        if line.goal < self.now:
            return -sum(line.goal < step <= self.now for step in ids)
        return sum(self.now < step <= line.goal for step in ids)

    def row_of(self, key: tuple[int, bool]) -> int:
        """Return where a line stands, or -1."""
        return next((row for row, line in enumerate(self._shown) if line.key == key), -1)

    def now_row(self) -> int:
        """Return where the line of now stands, or -1."""
        return next((row for row, line in enumerate(self._shown) if line.is_now), -1)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many lines are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a line, its words, and what a screen reader says of it."""
        if not index.isValid():
            return None
        line = self._shown[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return self._name(line)
        if role == DETAIL:
            return self._detail(line)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            words = ". ".join(part for part in (self._name(line), self._detail(line)) if part)
            return as_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        return None

    def _narrow(self) -> None:
        wanted = self._filter
        self._shown = [
            line for line in self._all if all(word in self._haystack(line) for word in wanted)
        ]

    def _haystack(self, line: Line) -> str:
        if line.key not in self._words:
            self._words[line.key] = fold(f"{self._name(line)}\n{self._detail(line)}")
        return self._words[line.key]

    def _name(self, line: Line) -> str:
        if line.row is None:
            return self.tr("Beginning of what is kept")
        point = line.row.point
        if not line.is_point or point is None:
            return step_name(line.row.step)
        return (
            self.tr("Restore point “{0}”").format(point.name)
            if point.name
            else self.tr("Restore point")
        )

    def _detail(self, line: Line) -> str:
        parts = [self.tr("now")] if line.is_now else []
        if line.is_undone:
            parts.append(self.tr("undone"))
        row = line.row
        if row is not None and line.is_point and row.point is not None:
            parts.append(shown_time(row.point.at))
        elif row is not None:
            title = "" if row.title == row.step.subject else row.title
            parts += [title, row.author, shown_time(row.step.at)]
        return " · ".join(part for part in parts if part)
