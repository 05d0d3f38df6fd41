"""The collections as a tree above the articles: all, those in each, and those in none."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from postil.domain.history import ArticleRecord, Changes
from postil.domain.shelf import UNFILED, Collection, Membership
from postil.ui.counting import counted
from postil.ui.desk import Desk
from postil.ui.shelf.model import ARTICLES
from postil.ui.tips import as_tip

_ID = Qt.ItemDataRole.UserRole + 1  # of the collection, UNFILED, or empty for all
_MIME = "application/x-postil-collection"
_ROWS = 9  # seen at once; more are scrolled
_NUMBERS = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CollectionTree(QTreeWidget):
    """Shows collections, and hides while there are none; changes nothing itself.

    Args:
        desk: has the library, and tells of changes.
        parent: owns this.
    """

    chosen = Signal(str)  # a collection's id, UNFILED, or empty for all
    rename_wanted = Signal()
    entered = Signal()  # Enter: to the articles
    articles_dropped = Signal(list, str)  # ids of articles, and of the collection
    collection_dropped = Signal(str, object)  # its id, and that of the outer one or None

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._every: list[Collection] = []
        self._items: dict[str, QTreeWidgetItem] = {}
        self._folded: set[str] = set()
        self.setObjectName("collections")
        self.setAccessibleName(self.tr("Collections"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHeaderLabels([self.tr("Collection"), self.tr("Articles")])
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(QFontMetrics(self.font()).averageCharWidth() * 2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(1)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.currentItemChanged.connect(lambda *_: self.chosen.emit(self.place))
        self.itemCollapsed.connect(self._fold)
        self.itemExpanded.connect(self._unfold)
        desk.library_changed.connect(self._follow)
        self._read()

    @property
    def place(self) -> str:
        """What is chosen: a collection's id, UNFILED, or empty for all."""
        return _id(self.currentItem())

    @property
    def collection(self) -> str:
        """The id of the chosen collection; empty where all or the unfiled ones are chosen."""
        return "" if self.place == UNFILED else self.place

    def choose(self, place: str) -> None:
        """Choose a collection, UNFILED, or all with an empty id."""
        item = self._items.get(place)
        if item is not None:
            self.setCurrentItem(item)

    def sizeHint(self) -> QSize:
        """Return a height for the rows there are, up to a limit."""
        rows = min(self._shown_rows(), _ROWS)
        return QSize(super().sizeHint().width(), rows * max(self.sizeHintForRow(0), 1) + 4)

    def minimumSizeHint(self) -> QSize:
        """Return a height at which there is something to see."""
        return QSize(0, 2 * max(self.sizeHintForRow(0), 1))

    # --- rows ---

    def _shown_rows(self) -> int:
        count, item = 0, self.topLevelItem(0)
        while item is not None:
            count, item = count + 1, self.itemBelow(item)
        return count

    def _follow(self, changes: Changes) -> None:
        if changes.touches(Collection):
            self._read()
        elif self._every and (changes.touches(Membership) or _comes_or_goes(changes)):
            self._count()

    def _read(self) -> None:
        """Show the collections there are; what was chosen and folded stays so."""
        place = self.place
        self._every = self._desk.library.shelving.collections()
        self.blockSignals(True)
        self.clear()
        self._items = {"": QTreeWidgetItem(self, [self.tr("All articles")])}
        for one in self._every:
            self._items[one.id] = QTreeWidgetItem([one.name])
        for one in self._every:  # by name, so that those side by side are in order
            item = self._items[one.id]
            item.setToolTip(0, as_tip(one.name))
            if one.parent_id is None:
                self.addTopLevelItem(item)
            else:
                self._items[one.parent_id].addChild(item)
        self._items[UNFILED] = QTreeWidgetItem(self, [self.tr("Unfiled")])
        for one_id, item in self._items.items():
            item.setData(0, _ID, one_id)
            item.setTextAlignment(1, _NUMBERS)
            item.setExpanded(one_id not in self._folded)
        self.setCurrentItem(self._items.get(place, self._items[""]))
        self.blockSignals(False)
        self._count()
        is_left = self.hasFocus() and not self._every
        self.setVisible(bool(self._every))
        self.updateGeometry()
        if self.place != place:
            self.chosen.emit(self.place)
        if is_left:
            self.entered.emit()  # or Qt gives the keys to the search, which has an undo of its own

    def _count(self) -> None:
        counts = self._desk.library.shelving.counts() if self._every else None
        if counts is None:
            return
        special = {"": counts.all, UNFILED: counts.unfiled}
        for one_id, item in self._items.items():
            number = special.get(one_id, counts.collections.get(one_id, 0))
            words = counted(number, "1 article", "%n articles")
            item.setText(1, f"{number:,}")
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{item.text(0)}, {words}")

    def _fold(self, item: QTreeWidgetItem) -> None:
        self._folded.add(_id(item))
        self.updateGeometry()

    def _unfold(self, item: QTreeWidgetItem) -> None:
        self._folded.discard(_id(item))
        self.updateGeometry()

    # --- keys ---

    def event(self, event: QEvent) -> bool:
        """Take F2 here, where it renames a collection, before the window renames the article."""
        if event.type() is QEvent.Type.ShortcutOverride and _is_f2(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Rename on F2, go to the articles on Enter."""
        if _is_f2(event):
            self.rename_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    # --- dragging ---

    def mimeTypes(self) -> list[str]:
        """Return what may be dropped."""
        return [_MIME, ARTICLES]

    def mimeData(self, items: Sequence[QTreeWidgetItem]) -> QMimeData:
        """Return the dragged collection."""
        data = QMimeData()
        one = next(map(_id, items), "")
        if one and one != UNFILED:
            data.setData(_MIME, QByteArray(one.encode()))
        return data

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take articles and collections; files go to the window."""
        mime = event.mimeData()
        if mime.hasFormat(ARTICLES) or mime.hasFormat(_MIME):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take them over a collection, and a collection also over all articles."""
        super().dragMoveEvent(event)  # scrolls at the edges, opens what is folded
        if self._target(event.position().toPoint(), event.mimeData()) is None:
            event.ignore()
        else:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dropped where; the tree follows when the library has it."""
        mime = event.mimeData()
        target = self._target(event.position().toPoint(), mime)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()
        if target is None:
            return
        if mime.hasFormat(ARTICLES):
            self.articles_dropped.emit(
                bytes(mime.data(ARTICLES).data()).decode().split("\n"), target
            )
        else:
            self.collection_dropped.emit(bytes(mime.data(_MIME).data()).decode(), target or None)

    def _target(self, at: QPoint, mime: QMimeData) -> str | None:
        """Return the id of the collection at a place; empty for all, None for nowhere."""
        item = self.itemAt(at)
        if item is None or _id(item) == UNFILED:
            return None
        return _id(item) or (None if mime.hasFormat(ARTICLES) else "")


def _id(item: QTreeWidgetItem | None) -> str:
    return str(item.data(0, _ID) or "") if item is not None else ""


def _comes_or_goes(changes: Changes) -> bool:
    """Return whether there are more or fewer articles now."""
    return any(
        isinstance(edit.after or edit.before, ArticleRecord)
        and (edit.before is None or edit.after is None)
        for edit in changes.edits
    )


def _is_f2(event: QEvent) -> bool:
    return (
        isinstance(event, QKeyEvent)
        and event.key() == Qt.Key.Key_F2
        and event.modifiers() == Qt.KeyboardModifier.NoModifier
    )
