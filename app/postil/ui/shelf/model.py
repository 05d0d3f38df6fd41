"""The articles on the shelf as a Qt model: which answer the question, in its order.

Only ids are read for all of them; a row is read with its neighbours when it is looked at.
Marks that come and go are counted in the row itself: reading it again after each of them
would make a gesture wait for the number of marks.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, islice

from PySide6.QtCore import (
    QAbstractTableModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from postil.domain.annotation import Annotation
from postil.domain.direction import isolated
from postil.domain.history import ArticleRecord, Changes
from postil.domain.listing import ArticleRow
from postil.domain.shelf import Collection, Membership, ShelfOrder, ShelfQuestion
from postil.domain.tags import Group, Tag
from postil.ui.counting import counted
from postil.ui.dates import shown_date
from postil.ui.desk import Desk
from postil.ui.shelf.looking import Looking
from postil.ui.shelf.wording import likeness_words, order_word
from postil.ui.tips import as_tip

ROW = Qt.ItemDataRole.UserRole + 1  # ArticleRow
TITLE = Qt.ItemDataRole.UserRole + 2  # the title alone
ID = Qt.ItemDataRole.UserRole + 3  # of the article; for it no row is read
ARTICLES = "application/x-postil-articles"  # ids of dragged articles, one a line
COLUMNS = (
    ShelfOrder.TITLE,
    ShelfOrder.OUTLET,
    ShelfOrder.AUTHOR,
    ShelfOrder.PUBLISHED,
    ShelfOrder.ADDED,
    ShelfOrder.MARKS,
)
_READ_AT_ONCE = 32  # rows
_RUNS = 50  # stretches that come or go one by one; beyond, the list is told to be new

_TOLD = {
    ROW,
    TITLE,
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
}
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ShelfModel(QAbstractTableModel):
    """The library's articles, the newest first until something else is asked for.

    Args:
        desk: tells of changes.
        parent: owns the model.
    """

    asked = Signal()  # `question` is new, or its answer is there
    looked = Signal()  # for the duplicates that were asked for

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.question = ShelfQuestion()
        self._ids: list[str] = []
        self._places: dict[str, int] = {}  # by id; empty while it is not known
        self._rows: dict[str, ArticleRow] = {}  # those looked at
        self._remarks: dict[str, str] = {}  # why an article is shown among the duplicates
        self._is_anew = False  # what is looked for was asked for just now
        self._looking = Looking(desk, self)
        self._looking.done.connect(self._on_looked)
        self._looking.failed.connect(self._on_failed)
        self._ids = self._answers()
        desk.library_changed.connect(self._follow)

    def ask(self, question: ShelfQuestion) -> None:
        """Show other articles, or in another order."""
        if question == self.question:
            return
        is_new = question.only_duplicates and not self.question.only_duplicates
        self.question = question
        self._looking.stop()
        if question.only_duplicates and (is_new or not self._may_answer):
            self._is_anew = True
            self._looking.begin()  # what stands here stays until there is an answer
        else:
            self._reset()
        self.asked.emit()

    @property
    def is_looking(self) -> bool:
        """Whether the answer is still looked for."""
        return self._looking.is_busy

    def close(self) -> None:
        """Look for nothing any more."""
        self._looking.stop()

    @property
    def ids(self) -> Sequence[str]:
        """The ids of the articles, in order."""
        return self._ids

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return the number of articles."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Return the number of things said of each."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what is said in a column, the words for a screen reader, or the row itself."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if COLUMNS[index.column()] is ShelfOrder.MARKS else None
        if role == ID:
            return self._ids[index.row()]
        if role not in _TOLD:
            return None
        row = self._row(index.row())
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tip("\n".join(filter(None, (row.title, row.author, self.details(row)))))
        if role == TITLE:
            return row.title or self.tr("Untitled")
        if role == Qt.ItemDataRole.AccessibleTextRole and not index.column():
            return f"{row.title or self.tr('Untitled')}, {self.details(row)}"
        return self._said(row, COLUMNS[index.column()])

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
        return [self.index(number, 0) for number in islice(found, hits if hits > 0 else None)]

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the name of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return order_word(COLUMNS[section])
        return None

    def details(self, row: ArticleRow) -> str:
        """Return what stands under the title: outlet, date, number of marks.

        The outlet may run the other way and must not turn the rest around.
        """
        marks = counted(row.marks, "1 mark", "%n marks") if row.marks else self.tr("no marks")
        parts = (
            self._remarks.get(row.id, ""),
            isolated(row.outlet),
            isolated(shown_date(row.published)),
            marks,
        )
        return " · ".join(filter(None, parts))

    def index_of(self, article_id: str) -> QModelIndex:
        """Return the place of an article, an invalid one when it is not here."""
        if not self._places:
            self._places = {one: place for place, one in enumerate(self._ids)}
        place = self._places.get(article_id, -1)
        return self.index(place, 0) if place >= 0 else QModelIndex()

    # --- dragging ---

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return that articles may be dragged."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def supportedDragActions(self) -> Qt.DropAction:
        """Return that dragging takes nothing away."""
        return Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        """Return what a drag carries."""
        return [ARTICLES]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the ids of dragged articles."""
        rows = sorted({index.row() for index in indexes})
        data = QMimeData()
        data.setData(ARTICLES, QByteArray("\n".join(self._ids[row] for row in rows).encode()))
        return data

    # --- rows ---

    def _row(self, place: int) -> ArticleRow:
        """Return a row, reading it with those around it."""
        article_id = self._ids[place]
        if article_id not in self._rows:
            first = place // _READ_AT_ONCE * _READ_AT_ONCE
            around = self._ids[first : first + _READ_AT_ONCE]
            wanted = [one for one in around if one not in self._rows]
            self._rows |= {row.id: row for row in self._desk.library.articles(wanted)}
        # Another process may have taken it away, which will be told soon.
        return self._rows.get(article_id) or ArticleRow(article_id, "", "", "", "", "", 0, 0)

    def _said(self, row: ArticleRow, column: ShelfOrder) -> str:
        match column:
            case ShelfOrder.TITLE:
                title = row.title or self.tr("Untitled")
                return " · ".join(filter(None, (title, self._remarks.get(row.id, ""))))
            case ShelfOrder.PUBLISHED:
                return shown_date(row.published)
            case ShelfOrder.ADDED:
                return shown_date(row.added)
            case ShelfOrder.MARKS:
                return f"{row.marks:,}" if row.marks else ""
            case _:
                return str(getattr(row, column.value))

    def _reset(self) -> None:
        """Read which articles answer, and show them from the first on."""
        self.beginResetModel()
        self._ids, self._places = self._answers(), {}
        self.endResetModel()

    @property
    def _may_answer(self) -> bool:
        """Whether nobody waits for an answer: all texts are compared for duplicates."""
        return not self.question.only_duplicates or self._desk.library.shelving.has_looked

    def _answers(self) -> list[str]:
        shelving = self._desk.library.shelving
        ids = shelving.answers(self.question)
        alike = shelving.duplicates() if self.question.only_duplicates else {}
        self._remarks = {one: likeness_words(alike[one][0]) for one in ids} if alike else {}
        return ids

    def _on_looked(self) -> None:
        if not self._is_anew:  # the library has changed
            self._take(self._answers())
            self._tell_all()
            return
        self._is_anew = False
        self._reset()
        self.asked.emit()
        self.looked.emit()

    def _on_failed(self) -> None:
        """Show what was shown before, and all the same without a filter that has no answer."""
        self.ask(replace(self.question, only_duplicates=False))

    # --- following ---

    def _follow(self, changes: Changes) -> None:
        if changes.everything or changes.touches(Group, Tag):
            self._rows.clear()
        articles = _ids_of(changes, ArticleRecord)
        if not self._may_answer:
            gone = {one for one in articles if not self._desk.library.has_article(one)}
            self._take([one for one in self._ids if one not in gone])
            self._looking.begin()
        elif changes.everything or self._may_answer_anew(changes):
            self._take(self._answers())
        for article_id in articles:
            self._rows.pop(article_id, None)
        marked = _ids_of(changes, Annotation) - articles
        for article_id in marked & self._rows.keys():
            self._rows[article_id] = self._recount(self._rows[article_id], changes)
        if changes.everything or changes.touches(Group, Tag):
            self._tell_all()
        else:
            for article_id in articles | marked:
                self._tell(self.index_of(article_id))

    def _may_answer_anew(self, changes: Changes) -> bool:
        """Return whether other articles may answer now, or in another order."""
        if changes.touches(ArticleRecord):
            return not self.question.is_plain or any(
                isinstance(edit.after or edit.before, ArticleRecord)
                and (edit.before is None or edit.after is None)
                for edit in changes.edits
            )
        if changes.touches(Collection, Membership):
            return bool(self.question.collection)
        return self.question.asks_marks and changes.touches(Annotation, Tag)

    def _take(self, wanted: list[str]) -> None:
        """Become another list, telling only what came, went or moved."""
        before, after = set(self._ids), set(wanted)
        gone = _runs(self._ids, before - after)
        come = _runs(wanted, after - before)
        if len(gone) + len(come) > _RUNS:
            self.beginResetModel()
            self._ids, self._places = wanted, {}
            self.endResetModel()
            return
        for first, last in reversed(gone):
            self.beginRemoveRows(_NOWHERE, first, last)
            del self._ids[first : last + 1]
            self._places = {}
            self.endRemoveRows()
        kept = [one for one in wanted if one in before] if come else wanted
        if kept != self._ids:
            self._reorder(list(kept))
        for first, last in come:
            self.beginInsertRows(_NOWHERE, first, last)
            self._ids[first:first] = wanted[first : last + 1]
            self._places = {}
            self.endInsertRows()

    def _reorder(self, wanted: list[str]) -> None:
        """Put the rows in another order; what was chosen stays so."""
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        ids = [self._ids[index.row()] for index in held]
        self._ids, self._places = wanted, {}
        moved = [
            self.index(self.index_of(one).row(), index.column())
            for one, index in zip(ids, held, strict=True)
        ]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def _tell(self, index: QModelIndex) -> None:
        if index.isValid():
            self.dataChanged.emit(index, index.siblingAtColumn(len(COLUMNS) - 1))

    def _tell_all(self) -> None:
        if self._ids:
            last = self.index(len(self._ids) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

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


def _ids_of(changes: Changes, kind: type[ArticleRecord] | type[Annotation]) -> set[str]:
    """Return the ids of the articles that changed, or of those whose marks did."""
    return {
        record.id if isinstance(record, ArticleRecord) else record.article_id
        for edit in changes.edits
        if isinstance(record := edit.after or edit.before, kind)
    }


def _runs(ids: Sequence[str], chosen: Iterable[str]) -> list[tuple[int, int]]:
    """Return the first and last place of each stretch of `ids` that was chosen."""
    chosen = set(chosen)
    runs: list[tuple[int, int]] = []
    for place, one in enumerate(ids) if chosen else ():
        if one not in chosen:
            continue
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
