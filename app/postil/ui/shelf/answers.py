"""The answers to a search as the rows of a list: each article, and under it where words stand.

Articles are looked into page by page as the list is scrolled, so that thousands of answers
cost what is seen of them.
"""

from dataclasses import dataclass, replace

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from postil.domain.found import Hit, HitKind
from postil.domain.listing import ArticleRow
from postil.library import Library
from postil.library.searching import Found
from postil.search import parse
from postil.ui.dates import shown_date

ANSWER = Qt.ItemDataRole.UserRole + 1  # Answer

_PAGE = 8  # articles looked into at once

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Answer:
    """One row: an article, or a hit in it."""

    row: ArticleRow
    hit: Hit | None = None


class Answers(QAbstractListModel):
    """What was found.

    Args:
        library: is searched.
        parent: owns the model.
    """

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._answers: list[Answer] = []
        self._looked_into = 0  # articles
        self.found = Found(parse(""))

    def look_for(self, text: str, within: frozenset[str] | None = None) -> None:
        """Search for what is being typed; an empty text finds nothing.

        Args:
            text: the query.
            within: ids of the articles that may answer; None for all.
        """
        found = self._library.search(parse(text, is_typing=True))
        if within is not None:
            numbers = {one: number for one, number in found.numbers.items() if one in within}
            found = replace(found, numbers=numbers)
        self.beginResetModel()
        self.found, self._answers, self._looked_into = found, [], 0
        self._answers = self._next_page()
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return the number of rows that were looked into."""
        return 0 if parent.isValid() else len(self._answers)

    def canFetchMore(self, parent: _Index) -> bool:
        """Return whether there are more articles."""
        return not parent.isValid() and self._looked_into < len(self.found.ids)

    def fetchMore(self, _parent: _Index) -> None:
        """Look into the next articles."""
        more = self._next_page()
        if more:
            first = len(self._answers)
            self.beginInsertRows(_NOWHERE, first, first + len(more) - 1)
            self._answers += more
            self.endInsertRows()

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a row, those for a screen reader, or the answer itself."""
        if not index.isValid():
            return None
        answer = self._answers[index.row()]
        if role == ANSWER:
            return answer
        if role == Qt.ItemDataRole.DisplayRole:
            return answer.hit.words if answer.hit else self.title(answer.row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if answer.hit is None:
                parts = (self.title(answer.row), answer.row.author, self.details(answer.row))
                return ", ".join(filter(None, parts))
            return f"{self.kind(answer.hit)}: {answer.hit.words}"
        return None

    def title(self, row: ArticleRow) -> str:
        """Return what an article is called."""
        return row.title or self.tr("Untitled")

    def details(self, row: ArticleRow) -> str:
        """Return what stands beside a title: outlet and date."""
        return " · ".join(filter(None, (row.outlet, shown_date(row.published))))

    def kind(self, hit: Hit) -> str:
        """Return in words where a hit is."""
        names = {
            HitKind.TITLE: self.tr("Title"),
            HitKind.SOURCE: self.tr("Source"),
            HitKind.TEXT: self.tr("Text"),
            HitKind.QUOTATION: self.tr("Quotation"),
            HitKind.NOTE: self.tr("Note"),
        }
        name = names[hit.kind]
        return f"{name} ¶{hit.number}" if hit.number else name

    def _next_page(self) -> list[Answer]:
        ids = self.found.ids[self._looked_into : self._looked_into + _PAGE]
        self._looked_into += len(ids)
        rows: list[Answer] = []
        for article in self._library.hits(self.found, ids):
            rows.append(Answer(article.row))
            # The title stands above already.
            hits = (hit for hit in article.hits if hit.kind is not HitKind.TITLE)
            rows += [Answer(article.row, hit) for hit in hits]
        return rows
