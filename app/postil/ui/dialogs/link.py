"""Which mark another one supports, contradicts, repeats, is the source of or answers.

Marks of the same article stand first, then those looked at lately; typing finds marks of all
articles.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListView,
    QVBoxLayout,
    QWidget,
)

from postil.domain.annotation import Annotation, Relation
from postil.domain.errors import UserError
from postil.domain.overview import MarkRow
from postil.ui.desk import Desk
from postil.ui.filter_field import FilterField
from postil.ui.folding import fold
from postil.ui.sidebar.wording import quoted, relation_word
from postil.ui.tips import as_tip
from postil.ui.toast import announce

_ID = Qt.ItemDataRole.UserRole + 1
_QUOTATION = 90  # characters of a quotation in the list
_NEAR = 500  # marks of the same article that are listed; typing finds the others
_FAR = 100  # marks of other articles


class LinkDialog(QDialog):
    """Asks for a relation and for the mark at the other end.

    Args:
        desk: has the marks.
        annotation: the mark the link goes out from.
        recent: ids of marks that were looked at, the last one first.
        parent: the window.
    """

    def __init__(
        self,
        desk: Desk,
        annotation: Annotation,
        recent: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._annotation = desk, annotation
        self._words: dict[str, str] = {}  # folded, of each mark of this article
        self._recent = self._looked_at(recent)
        self.setObjectName("linkDialog")
        self.setWindowTitle(self.tr("Link to another mark"))
        self.resize(620, 480)
        self.relation = QComboBox()
        self.relation.setObjectName("link_relation")
        self.relation.setAccessibleName(self.tr("What the mark does"))
        for relation in Relation:
            self.relation.addItem(relation_word(relation), relation)
        self.marks = QListView()
        self.marks.setObjectName("link_marks")
        self.marks.setAccessibleName(self.tr("Marks, those of this article first"))
        self.marks.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.marks.setUniformItemSizes(True)
        self._shown = QStandardItemModel(self)
        self.marks.setModel(self._shown)
        self.marks.activated.connect(self.accept)
        self.filter = FilterField(self.marks)
        self.filter.setObjectName("link_filter")
        self.filter.setPlaceholderText(
            self.tr("Words of the other mark, its note, tag or article; a paragraph here")
        )
        self.filter.setAccessibleName(self.filter.placeholderText())
        self.filter.textChanged.connect(self._narrow)
        words = QLabel(quoted(_shortened(annotation.anchor.exact)))
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        self.nothing = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.nothing.setObjectName("soft")
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("&Link"))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (
            words,
            self.relation,
            self.filter,
            self.marks,
            self.nothing,
            self._buttons,
        ):
            column.addWidget(widget, 1 if widget is self.marks else 0)
        self.filter.setFocus()
        self._narrow("")

    def answer(self) -> tuple[Relation, str] | None:
        """Return the relation and the id of the other mark; None when none is chosen."""
        index = self.marks.currentIndex()
        return (self.relation.currentData(), index.data(_ID)) if index.isValid() else None

    def _narrow(self, text: str) -> None:
        """List the marks that fit what was typed."""
        self._shown.clear()
        for annotation_id, line, words in self._near(fold(text).split()):
            self._add(annotation_id, line, words)
        for row in self._far(text.strip()):
            lately = self.tr("lately:") if row.id in self._recent else ""
            words = quoted(_shortened(row.quotation))
            parts = (lately, self._codes(row.tags), words, f"· {row.title}")
            self._add(row.id, "  ".join(filter(None, parts)), row.quotation)
        first = self._shown.index(0, 0)
        self.marks.setCurrentIndex(first)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(first.isValid())
        self.nothing.setVisible(not first.isValid())
        if not first.isValid():
            self.nothing.setText(
                self.tr("No other mark has these words.")
                if text.strip()
                else self.tr("Type words to find a mark of another article.")
            )
            announce(self.nothing, self.nothing.text())

    def _add(self, annotation_id: str, line: str, words: str) -> None:
        item = QStandardItem(line)
        item.setData(annotation_id, _ID)
        item.setToolTip(as_tip(quoted(words)))
        self._shown.appendRow(item)

    def _near(self, wanted: list[str]) -> Iterator[tuple[str, str, str]]:
        """Yield the other marks of this article in reading order: id, line, all words."""
        found = 0
        for mark in self._desk.marks:
            if mark.id == self._annotation.id:
                continue
            line = self._line(mark)
            if mark.id not in self._words:
                names = [tag.name for i in mark.tags if (tag := self._desk.tags.get(i))]
                parts = (line, *names, mark.anchor.exact, mark.note)
                self._words[mark.id] = fold("\n".join(parts))
            if all(word in self._words[mark.id] for word in wanted):
                yield mark.id, line, mark.anchor.exact
                found += 1
            if found == _NEAR:
                return

    def _line(self, mark: Annotation) -> str:
        article = self._desk.opened.article if self._desk.opened else None
        number = article.number_at(mark.start) if article else 0
        place = f"¶{number}" if number else self.tr("heading")
        words = quoted(_shortened(mark.anchor.exact))
        return "  ".join(part for part in (place, self._codes(mark.tags), words) if part)

    def _far(self, text: str) -> list[MarkRow]:
        """Return marks of other articles, those looked at lately first."""
        if not text:
            return list(self._recent.values())
        try:
            found = self._desk.library.linking.targets(text, self._annotation.article_id, _FAR)
        except UserError as error:
            self._desk.failed.emit(error)
            return []
        return sorted(found, key=lambda row: row.id not in self._recent)

    def _looked_at(self, recent: Sequence[str]) -> dict[str, MarkRow]:
        """Return the marks of other articles that were looked at, by id."""
        found = self._desk.library.linking.marks(recent)
        here = self._annotation.article_id
        return {i: found[i] for i in recent if i in found and found[i].article_id != here}

    def _codes(self, tags: Sequence[str]) -> str:
        return " ".join(tag.code for i in tags if (tag := self._desk.tags.get(i)))


def _shortened(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _QUOTATION else words[: _QUOTATION - 1] + "…"
