"""The rows of the shelf as a Qt model.

Only the order of the articles is held; rows are read a page at a time where they are looked at.
Marks that come and go are counted in the row itself: reading the marks of an article again after
each of them would make a gesture wait for their number.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice

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
ID = Qt.ItemDataRole.UserRole + 2  # of the article; for it no row is read

_PAGE = 32  # rows read at once

_TOLD = {
    ROW,
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
}
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
        self._ids = desk.library.article_ids()
        self._rows: dict[str, ArticleRow] = {}  # those that were looked at
        desk.library_changed.connect(self._follow)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return the number of articles."""
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title, the words for a screen reader, the id, or the row itself."""
        if not index.isValid():
            return None
        if role == ID:
            return self._ids[index.row()]
        if role not in _TOLD:
            return None
        row = self._row(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title or self.tr("Untitled")
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title or self.tr('Untitled')}, {self.details(row)}"
        return "\n".join(filter(None, (row.title, row.author, self.details(row))))

    def match(
        self,
        start: _Index,
        role: int,
        value: object,
        hits: int = 1,
        flags: Qt.MatchFlag = Qt.MatchFlag.MatchStartsWith,
    ) -> list[QModelIndex]:
        """Return articles whose titles begin with some letters, without reading their rows."""
        if role != Qt.ItemDataRole.DisplayRole:
            return super().match(start, role, value, hits, flags)
        titles, letters = self._desk.library.titles(), str(value).casefold()
        order = chain(range(start.row(), len(self._ids)), range(start.row()))
        found = (n for n in order if titles.get(self._ids[n], "").casefold().startswith(letters))
        return [self.index(number) for number in islice(found, hits if hits > 0 else None)]

    def details(self, row: ArticleRow) -> str:
        """Return what stands under the title: outlet, date, number of marks."""
        marks = counted(row.marks, "1 mark", "%n marks") if row.marks else self.tr("no marks")
        return " · ".join(filter(None, (row.outlet, shown_date(row.published), marks)))

    def index_of(self, article_id: str) -> QModelIndex:
        """Return the place of an article, an invalid one when it is not here."""
        if article_id in self._ids:
            return self.index(self._ids.index(article_id))
        return QModelIndex()

    def _row(self, number: int) -> ArticleRow:
        """Return a row, reading those around it too when it was not read yet."""
        article_id = self._ids[number]
        if article_id not in self._rows:
            first = number - number % _PAGE
            page = [i for i in self._ids[first : first + _PAGE] if i not in self._rows]
            self._rows.update((row.id, row) for row in self._desk.library.articles(page))
        # Another program may have deleted it since; the order tells so in a moment.
        return self._rows.get(article_id) or ArticleRow(article_id, "", "", "", "", "", 0, 0)

    def _follow(self, changes: Changes) -> None:
        if changes.everything or changes.touches(Group, Tag):
            self._rows.clear()
            self._set_out()
            if self._ids:
                self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))
            return
        records = [edit.after or edit.before for edit in changes.edits]
        renewed = {record.id for record in records if isinstance(record, ArticleRecord)}
        if renewed:
            for article_id in renewed:
                self._rows.pop(article_id, None)
            self._set_out()
        touched = {record.article_id for record in records if isinstance(record, Annotation)}
        for article_id in (touched - renewed) & self._rows.keys():
            self._rows[article_id] = self._recount(self._rows[article_id], changes)
        for article_id in renewed | touched:
            index = self.index_of(article_id)
            if index.isValid():
                self.dataChanged.emit(index, index)

    def _set_out(self) -> None:
        """Read the order again, telling only what came and went."""
        wanted = self._desk.library.article_ids()
        left = set(wanted)
        for first, last in reversed(list(_runs(self._ids, left))):
            self.beginRemoveRows(_NOWHERE, first, last)
            del self._ids[first : last + 1]
            self.endRemoveRows()
        here = set(self._ids)
        for first, last in _runs(wanted, here):
            self.beginInsertRows(_NOWHERE, first, last)
            self._ids[first:first] = wanted[first : last + 1]
            self.endInsertRows()
        if self._ids != wanted:
            self.beginResetModel()
            self._ids = wanted
            self.endResetModel()

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


def _runs(ids: Iterable[str], others: set[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and last places of ids in a row that are not among others."""
    first = last = -1
    for place, article_id in enumerate(ids):
        if article_id in others:
            continue
        if first >= 0 and place != last + 1:
            yield first, last
            first = -1
        first, last = (place if first < 0 else first), place
    if first >= 0:
        yield first, last
