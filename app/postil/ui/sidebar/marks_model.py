"""The marks of the open article as rows in reading order, as far as the filter lets them.

The rows are a sorted list of annotations. A change finds its row by bisection and tells
the view of that row alone, so that adding one mark among 50,000 costs what one costs.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from postil.domain.annotation import Annotation, Status, reading_order
from postil.domain.history import ArticleRecord, Changes
from postil.page.numbers import paragraph_numbers
from postil.ui.desk import Desk
from postil.ui.folding import fold
from postil.ui.mark_links import MarkLinks
from postil.ui.sidebar.wording import (
    confidence_word,
    link_words,
    quoted,
    star_word,
    status_word,
    voice_word,
)

_ROWS_ONE_BY_ONE = 200  # more edits than this in one change are told as a reset
_WARMED_AT_ONCE = 200  # marks; about 2 ms

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class MarkFilter:
    """Which marks are shown; empty fields let all pass."""

    text: str = ""  # words that all must occur in quotation, note, tag names or codes
    tag: str = ""  # tag id
    author: str | None = None
    status: Status | None = None
    starred: bool = False  # only those with a star

    def __bool__(self) -> bool:
        chosen = self.text.split() or self.tag or self.starred
        return bool(chosen) or (self.author, self.status) != (None, None)


class MarksModel(QAbstractListModel):
    """Rows of marks.

    Args:
        desk: has the marks and tells of changes.
        parent: owns the model.
    """

    counted = Signal()  # `rowCount()` or `total` may be new

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.links = MarkLinks(desk, self)  # before this follows the desk: it is asked then
        self._filter = MarkFilter()
        self._rows: list[Annotation] = []
        self._starts: list[int] = []
        self._numbers: tuple[int | None, ...] = ()
        self._authors: Counter[str] = Counter()
        self._folded: dict[str, str] = {}  # mark id -> what the text filter looks in
        self._cold: list[Annotation] = []  # marks whose text is still to be folded
        self._warming = QTimer(self, interval=0)
        self._warming.timeout.connect(self._warm_some)
        desk.article_opened.connect(self._open)
        desk.marks_changed.connect(self._follow)
        desk.tags_changed.connect(self._rename_tags)
        desk.library_changed.connect(self._follow_far)
        self._open()

    @property
    def total(self) -> int:
        """How many marks the article has, shown or not."""
        return len(self._desk.marks)

    @property
    def filter(self) -> MarkFilter:
        """What is shown."""
        return self._filter

    def set_filter(self, new: MarkFilter) -> None:
        """Show other marks."""
        if new != self._filter:
            self._filter = new
            self._reset()

    def warm(self) -> None:
        """Prepare for the first text filter, a little whenever there is nothing else to do."""
        self._cold = [mark for mark in self._desk.marks if mark.id not in self._folded]
        if self._cold:
            self._warming.start()

    def annotation(self, row: int) -> Annotation:
        """Return the mark in a row."""
        return self._rows[row]

    def row_of(self, annotation_id: str) -> int:
        """Return the row of a mark, or -1 when it is not shown."""
        mark = self._desk.marks.get(annotation_id)
        return -1 if mark is None else self._row_of(mark)

    def row_from(self, position: int) -> int:
        """Return the first row whose mark begins at or after a code point, or the row count."""
        return bisect_left(self._rows, position, key=lambda mark: mark.start)

    def paragraph(self, annotation: Annotation) -> int | None:
        """Return the number of the paragraph a mark begins in; None in a heading."""
        at = bisect_right(self._starts, annotation.start) - 1
        return self._numbers[at] if at >= 0 else None

    def place(self, annotation: Annotation) -> str:
        """Return in words of the page where a mark begins."""
        number = self.paragraph(annotation)
        return f"¶{number}" if number else self.tr("heading")

    def has_several_authors(self) -> bool:
        """Return whether it needs saying who made a mark."""
        return len(self._authors) > 1

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of marks shown."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the quotation, or everything a card says as one text for screen readers."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        annotation = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return annotation.anchor.exact
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(annotation)
        return None

    def spoken(self, annotation: Annotation) -> str:
        """Return everything a card says as one text."""
        tags = [self._desk.tags.get(tag_id) for tag_id in annotation.tags]
        names = ", ".join(f"{tag.code} {tag.name}" for tag in tags if tag)
        words = " · ".join(
            filter(
                None,
                (
                    star_word(annotation.starred),
                    voice_word(annotation.voice),
                    confidence_word(annotation.confidence),
                    status_word(annotation.status),
                ),
            )
        )
        number = self.paragraph(annotation)
        paragraph = self.tr("paragraph {0}") if number else self.tr("heading")
        paragraph = paragraph.replace("{0}", str(number))
        quotation = quoted(annotation.anchor.exact)
        links = "; ".join(map(link_words, self.links.of(annotation)))
        name = names or self.tr("Plain mark")
        parts = (name, paragraph, quotation, annotation.note, words, links)
        return ". ".join(part for part in parts if part)

    def _open(self) -> None:
        self._folded.clear()
        self._cold.clear()
        opened = self._desk.opened
        self._starts = [block.start for block in opened.article.blocks] if opened else []
        self._numbers = paragraph_numbers(opened.article) if opened else ()
        self._reset()

    def _reset(self) -> None:
        self.beginResetModel()
        passes = self._test()
        self._authors = Counter(mark.author for mark in self._desk.marks)
        self._rows = [mark for mark in self._desk.marks if passes(mark)]
        self.endResetModel()
        self.counted.emit()

    def _rename_tags(self) -> None:
        self._folded.clear()
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def _follow(self, changes: Changes) -> None:
        opened = self._desk.opened
        if opened is None:
            return
        edits = list(changes.annotations(opened.id))
        if len(edits) > _ROWS_ONE_BY_ONE:
            self._folded.clear()
            self._reset()
            return
        several = self.has_several_authors()
        for before, after in edits:
            self._follow_one(before, after if after and after.placement.is_placed else None)
        self._show_again(self._linked(edits))  # the other ends show it too
        if several != self.has_several_authors() and self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
        self.counted.emit()

    def _follow_far(self, changes: Changes) -> None:
        """Show links anew whose other ends lie in other articles and changed."""
        opened = self._desk.opened
        if opened is None or not self._rows or changes.everything:
            return  # all is read again
        far: list[tuple[Annotation | None, Annotation | None]] = []
        for edit in changes.edits:
            before, after = edit.before, edit.after
            if isinstance(before, ArticleRecord) and isinstance(after, ArticleRecord):
                if before.id != opened.id and before.metadata.title != after.metadata.title:
                    self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
            elif isinstance(after or before, Annotation):
                pair = [m if isinstance(m, Annotation) else None for m in (before, after)]
                if all(mark is None or mark.article_id != opened.id for mark in pair):
                    far.append((pair[0], pair[1]))
        self._show_again(self._linked(far))

    def _show_again(self, ids: Iterable[str]) -> None:
        for annotation_id in ids:
            row = self.row_of(annotation_id)
            if row >= 0:
                self.dataChanged.emit(self.index(row), self.index(row))

    def _linked(self, edits: list[tuple[Annotation | None, Annotation | None]]) -> set[str]:
        """Return the ids of the marks at the other ends of links of changed ones."""
        changed = [mark for pair in edits for mark in pair if mark]
        ends = {link.target for mark in changed for link in mark.links}
        return ends | {end for mark in changed for end in self.links.sources(mark.id)}

    def _follow_one(self, before: Annotation | None, after: Annotation | None) -> None:
        """Change, move, add or remove one row; a row that is shown stays until the next filter."""
        row = self._row_of(before) if before else -1
        self._recount(before, after)
        if row >= 0 and after and before and reading_order(before) == reading_order(after):
            self._rows[row] = after
            self.dataChanged.emit(self.index(row), self.index(row))
            return
        if row >= 0:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()
        if after and (row >= 0 or self._test()(after)):
            row = bisect_left(self._rows, reading_order(after), key=reading_order)
            self.beginInsertRows(QModelIndex(), row, row)
            self._rows.insert(row, after)
            self.endInsertRows()

    def _recount(self, before: Annotation | None, after: Annotation | None) -> None:
        if before and before.placement.is_placed:
            self._folded.pop(before.id, None)
            self._authors[before.author] -= 1
        if after:
            self._authors[after.author] += 1
        self._authors = +self._authors

    def _row_of(self, mark: Annotation) -> int:
        row = bisect_left(self._rows, reading_order(mark), key=reading_order)
        return row if row < len(self._rows) and self._rows[row].id == mark.id else -1

    def _test(self) -> Callable[[Annotation], bool]:
        """Return the test a mark must pass to be shown."""
        wanted = self._filter
        words = [fold(word) for word in wanted.text.split()]

        def passes(mark: Annotation) -> bool:
            if wanted.tag and wanted.tag not in mark.tags:
                return False
            if wanted.author is not None and mark.author != wanted.author:
                return False
            if wanted.status is not None and mark.status is not wanted.status:
                return False
            if wanted.starred and not mark.starred:
                return False
            if not words:
                return True
            text = self._haystack(mark)
            return all(word in text for word in words)

        return passes if wanted else lambda _mark: True

    def _warm_some(self) -> None:
        for _ in range(min(_WARMED_AT_ONCE, len(self._cold))):
            mark = self._cold.pop()
            if self._desk.marks.get(mark.id) is mark:
                self._haystack(mark)
        if not self._cold:
            self._warming.stop()

    def _haystack(self, mark: Annotation) -> str:
        text = self._folded.get(mark.id)
        if text is None:
            tags = [self._desk.tags.get(tag_id) for tag_id in mark.tags]
            names = "\n".join(f"{tag.code} {tag.name}" for tag in tags if tag)
            text = fold(f"{names}\n{mark.anchor.exact}\n{mark.note}")
            self._folded[mark.id] = text
        return text
