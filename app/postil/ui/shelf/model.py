"""The rows of the shelf as a Qt model.

Marks that come and go are counted in the row itself: reading the whole list again after
each of them would make a gesture wait for the size of the library.
"""

from collections import Counter
from dataclasses import replace

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from postil.domain.annotation import Annotation
from postil.domain.history import ArticleRecord, Changes
from postil.domain.listing import ArticleRow
from postil.domain.tags import Group, Tag
from postil.ui.counting import counted
from postil.ui.dates import shown_date
from postil.ui.desk import Desk

ROW = Qt.ItemDataRole.UserRole + 1  # ArticleRow

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ShelfModel(QAbstractListModel):
    """The library's articles, newest first.

    Args:
        desk: tells of changes.
        parent: owns the model.
    """

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows = list(desk.library.articles())
        desk.library_changed.connect(self._follow)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return the number of articles."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title, the words for a screen reader, or the row itself."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title or self.tr("Untitled")
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title or self.tr('Untitled')}, {self.details(row)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (row.title, row.author, self.details(row))))
        return None

    def details(self, row: ArticleRow) -> str:
        """Return what stands under the title: outlet, date, number of marks."""
        marks = counted(row.marks, "1 mark", "%n marks") if row.marks else self.tr("no marks")
        return " · ".join(filter(None, (row.outlet, shown_date(row.published), marks)))

    def index_of(self, article_id: str) -> QModelIndex:
        """Return the place of an article, an invalid one when it is not here."""
        for number, row in enumerate(self._rows):
            if row.id == article_id:
                return self.index(number)
        return QModelIndex()

    def _follow(self, changes: Changes) -> None:
        if changes.everything or changes.touches(Group, Tag):
            self._read()
            return
        renewed = {
            record.id
            for edit in changes.edits
            if isinstance(record := edit.after or edit.before, ArticleRecord)
        }
        if renewed:
            self._renew(renewed)
        touched = {
            record.article_id
            for edit in changes.edits
            if isinstance(record := edit.after or edit.before, Annotation)
        } - renewed
        for number, row in enumerate(self._rows):
            if row.id in touched:
                self._rows[number] = self._recount(row, changes)
                self.dataChanged.emit(self.index(number), self.index(number))

    def _renew(self, ids: set[str]) -> None:
        """Read these articles again: they came, went or changed."""
        wanted = self._desk.library.articles(ids)
        here = {row.id: number for number, row in enumerate(self._rows)}
        for row in wanted:
            if (place := here.get(row.id)) is not None:
                self._rows[place] = row
                self.dataChanged.emit(self.index(place), self.index(place))
        left = ids - {row.id for row in wanted}
        for place in sorted((here[gone] for gone in left & here.keys()), reverse=True):
            self.beginRemoveRows(_NOWHERE, place, place)
            del self._rows[place]
            self.endRemoveRows()
        for row in reversed(wanted):
            if row.id in here:
                continue
            if any(other.added == row.added for other in self._rows):
                self._read()  # older libraries kept whole seconds: the library tells them apart
                return
            self._insert(row)

    def _insert(self, row: ArticleRow) -> None:
        """Put an article that came above all that are not newer."""
        places = (n for n, other in enumerate(self._rows) if other.added <= row.added)
        place = next(places, len(self._rows))
        self.beginInsertRows(_NOWHERE, place, place)
        self._rows.insert(place, row)
        self.endInsertRows()

    def _recount(self, row: ArticleRow, changes: Changes) -> ArticleRow:
        """Return the row with the marks that came and went."""
        marks, groups = row.marks, Counter(dict(row.groups))
        for before, after in changes.annotations(row.id):
            marks += (after is not None) - (before is not None)
            groups[self._colour(before)] -= 1
            groups[self._colour(after)] += 1
        del groups[""]
        most_first = sorted((+groups).items(), key=lambda item: (-item[1], item[0]))
        return replace(row, marks=marks, groups=tuple(most_first))

    def _colour(self, mark: Annotation | None) -> str:
        """Return the colour of a mark's first tag, as the library counts it, or nothing."""
        tag = self._desk.tags.get(mark.tags[0]) if mark and mark.tags else None
        group = self._desk.groups.get((tag.codebook_id, tag.group_id)) if tag else None
        return group.colour if group else ""

    def _read(self) -> None:
        """Read the list again, telling only what came, went or changed."""
        wanted = list(self._desk.library.articles())
        ids = {row.id for row in wanted}
        for number in range(len(self._rows) - 1, -1, -1):
            if self._rows[number].id not in ids:
                self.beginRemoveRows(_NOWHERE, number, number)
                del self._rows[number]
                self.endRemoveRows()
        here = {row.id for row in self._rows}
        for number, row in enumerate(wanted):
            if row.id not in here:
                self.beginInsertRows(_NOWHERE, number, number)
                self._rows.insert(number, row)
                self.endInsertRows()
        if [row.id for row in self._rows] != [row.id for row in wanted]:
            self.beginResetModel()
            self._rows = wanted
            self.endResetModel()
        elif self._rows != wanted:
            self._rows = wanted
            self.dataChanged.emit(self.index(0), self.index(len(wanted) - 1))
