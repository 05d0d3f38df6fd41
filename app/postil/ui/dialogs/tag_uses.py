"""Every mark that has a tag, over all articles: the words marked, and where they stand."""

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtWidgets import QDialog, QLabel, QListView, QVBoxLayout, QWidget

from postil.domain.annotation import Annotation
from postil.domain.history import ArticleRecord, Changes
from postil.domain.listing import TagUse
from postil.domain.tags import Tag
from postil.ui.counting import counted
from postil.ui.desk import Desk
from postil.ui.tips import as_tip

_NOWHERE = QModelIndex()
_SHOWN = 300  # characters of a quotation
USE = Qt.ItemDataRole.UserRole + 1


class TagUsesModel(QAbstractListModel):
    """The marks of a tag as rows of a list."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._uses: list[TagUse] = []

    def take(self, uses: list[TagUse]) -> None:
        """Show other marks."""
        self.beginResetModel()
        self._uses = uses
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Return how many marks there are."""
        return 0 if parent.isValid() else len(self._uses)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return a mark in words."""
        use = self._uses[index.row()]
        if role == USE:
            return use
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            words = " ".join(use.exact[: _SHOWN + 1].split())
            words = words if len(use.exact) <= _SHOWN else f"{words[:_SHOWN]}…"
            where = use.title or self.tr("Without a title")
            if not use.is_placed:
                where = self.tr("{0}, without a sure place").format(where)
            said = f"“{words}”\n{where}"
            return as_tip(said) if role == Qt.ItemDataRole.ToolTipRole else said
        return None


class TagUses(QDialog):
    """Lists the marks of a tag; the article behind stays in use.

    Args:
        desk: has the library; opens the article of a mark.
        tag: whose marks.
        parent: the window.
    """

    def __init__(self, desk: Desk, tag: Tag, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._tag = desk, tag
        self.setObjectName("tagUses")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = self.tr("Marks with “{0}”").format(tag.name)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.resize(460, 520)
        self.model = TagUsesModel(self)
        self._count = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.list = QListView()
        self.list.setObjectName("tagUsesList")
        self.list.setAccessibleName(title)
        self.list.setModel(self.model)
        self.list.setWordWrap(True)
        self.list.setSpacing(3)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setLayoutMode(QListView.LayoutMode.Batched)  # there may be thousands
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.addWidget(self._count)
        column.addWidget(self.list, 1)
        self.list.clicked.connect(self._go)
        self.list.activated.connect(self._go)
        desk.library_changed.connect(self._follow)
        self._renew()

    def _follow(self, changes: Changes) -> None:
        if changes.touches(Annotation, ArticleRecord, Tag):
            self._renew()

    def _renew(self) -> None:
        uses = self._desk.library.tag_places(self._tag.id)
        self.model.take(uses)
        articles = len({use.article_id for use in uses})
        self._count.setText(
            f"{counted(len(uses), '1 mark', '%n marks')} · "
            f"{counted(articles, '1 article', '%n articles')}"
        )

    def _go(self, index: QModelIndex) -> None:
        """Open the article at the mark."""
        use = index.data(USE)
        if self._desk.opened is None or self._desk.opened.id != use.article_id:
            self._desk.open_article(use.article_id)
        mark = self._desk.marks.get(use.annotation_id)
        if mark is not None:
            self._desk.choose(mark.id)
            self._desk.place_wanted.emit(mark.start, mark.end)
