"""The codebooks as a tree: groups, tags with codes and counts; tags are dragged to their place."""

from collections import Counter
from collections.abc import Collection, Sequence

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from postil.domain.tags import Tag, TagSet
from postil.ui.desk import Desk
from postil.ui.sidebar.card_look import card_look
from postil.ui.sidebar.tag_rows import (
    CODE,
    COLOUR,
    NOWHERE,
    PLACE,
    Place,
    TagRowDelegate,
    place_of,
)
from postil.ui.theme import Theme
from postil.ui.tips import as_tip

_MIME = "application/x-postil-tag"
_HERE, _ALL, _KEY = 1, 2, 3  # columns after the name
# Narrower than this many heights of a line, and a column makes way for the names.
_ROOM = {_ALL: 21, _KEY: 19, _HERE: 14}
_NUMBERS = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TagTree(QTreeWidget):
    """Shows codebooks; changes nothing itself.

    Args:
        desk: has names and colours.
        theme: has the colours.
        parent: owns this.
    """

    enabled_wanted = Signal(str, bool)  # codebook id, on
    edit_wanted = Signal()
    move_wanted = Signal(str, object)  # tag id, Place where it was dropped

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._theme = theme
        self.rows: dict[str, QTreeWidgetItem] = {}  # of the tags shown, by id
        self._folded: set[Place] = set()
        self.setObjectName("tags_tree")
        self.setAccessibleName(self.tr("Codebooks and tags"))
        self.setHeaderLabels([self.tr("Tag"), self.tr("Here"), self.tr("All"), self.tr("Key")])
        for column, tip in (
            (_HERE, self.tr("How many marks of the open article have the tag")),
            (_ALL, self.tr("How many marks of the whole library have the tag")),
            (_KEY, self.tr("The digit that gives the tag")),
        ):
            self.headerItem().setToolTip(column, tip)
            self.headerItem().setTextAlignment(column, _NUMBERS)
        self.setUniformRowHeights(True)
        self.setIndentation(QFontMetrics(self.font()).averageCharWidth() * 2)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._delegate = TagRowDelegate(card_look(self.font(), theme), self)
        self.setItemDelegateForColumn(0, self._delegate)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(1)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setResizeContentsPrecision(0)  # of the rows that can be seen: there may be thousands
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.itemChanged.connect(self._on_checked)
        self.itemCollapsed.connect(lambda row: self._folded.add(place_of(row)))
        self.itemExpanded.connect(lambda row: self._folded.discard(place_of(row)))

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self._delegate.look = card_look(self.font(), theme)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the names room: of the numbers, only those for which there is some are shown."""
        super().resizeEvent(event)
        for column, lines in _ROOM.items():
            self.setColumnHidden(column, self.width() < lines * self.fontMetrics().height())

    @property
    def place(self) -> Place:
        """What is chosen."""
        return place_of(self.currentItem())

    def fill(self, sets: Sequence[TagSet]) -> None:
        """Show other codebooks; what was chosen, folded and in view stays so.

        When the chosen row is gone, the one beside it is chosen, or the one above both: without
        a row, Qt takes the first on the next focus, and keys would go to a whole codebook.
        """
        heirs, top = self._heirs(), self.verticalScrollBar().value()
        folded = self._folded
        self.blockSignals(True)
        self.setUpdatesEnabled(False)
        self.clear()
        self.rows = {}
        places: dict[Place, QTreeWidgetItem] = {}
        for tag_set in sets:
            self._add(tag_set, places)
        for place, row in places.items():
            row.setExpanded(place not in folded)
        self._folded = folded
        self.setUpdatesEnabled(True)
        self.blockSignals(False)
        again = (self.rows.get(place.tag_id) or places.get(place) for place in heirs)
        if found := next(filter(None, again), None):
            self.setCurrentItem(found)
        elif heirs:
            self.currentItemChanged.emit(None, None)
        self.verticalScrollBar().setValue(top)

    def _heirs(self) -> list[Place]:
        """Return what is chosen, and what shall be once it is gone, the best first."""
        row = self.currentItem()
        if row is None:
            return []
        above = row.parent() or self.invisibleRootItem()
        at = above.indexOfChild(row)
        beside = (above.child(at + 1), above.child(at - 1))
        return [place_of(one) for one in (row, *beside, row.parent()) if one is not None]

    def count(self, tag_ids: Collection[str], here: Counter[str], everywhere: Counter[str]) -> None:
        """Write how often tags are in use."""
        for tag_id in tag_ids:
            row = self.rows.get(tag_id)
            if row is not None:
                for column, counts in ((_HERE, here), (_ALL, everywhere)):
                    row.setText(column, f"{counts[tag_id]:,}" if counts[tag_id] else "")

    def number(self, tag_ids: Sequence[str]) -> None:
        """Write the digits of these tags, from 1 on, and no others."""
        self.blockSignals(True)
        digits = {tag_id: str(digit) for digit, tag_id in enumerate(tag_ids, 1)}
        for tag_id, row in self.rows.items():
            if row.text(_KEY) != digits.get(tag_id, ""):
                row.setText(_KEY, digits.get(tag_id, ""))
        self.blockSignals(False)
        self.viewport().update()

    # --- rows ---

    def _add(self, tag_set: TagSet, places: dict[Place, QTreeWidgetItem]) -> None:
        codebook = tag_set.codebook
        top = QTreeWidgetItem(self, [codebook.name])
        top.setFirstColumnSpanned(True)  # names of codebooks and groups have the whole row
        top.setData(0, PLACE, Place(codebook.id))
        places[Place(codebook.id)] = top
        top.setToolTip(0, _tip(codebook.name, codebook.description))
        top.setFlags(top.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        state = Qt.CheckState.Checked if codebook.enabled else Qt.CheckState.Unchecked
        top.setCheckState(0, state)
        if not codebook.enabled:
            return
        groups = {}
        for group in tag_set.groups:
            row = groups[group.id] = QTreeWidgetItem(top, [group.name])
            row.setFirstColumnSpanned(True)
            place = Place(codebook.id, group.id)
            row.setData(0, PLACE, place)
            row.setData(0, COLOUR, group.colour)
            row.setToolTip(0, _tip(group.name))
            places[place] = row
        soft = self._theme.colour("text_soft")
        members: dict[str, list[QTreeWidgetItem]] = {group.id: [] for group in tag_set.groups}
        for tag in tag_set.tags:
            row = self.rows[tag.id] = self._tag_row(tag)
            for column in (_HERE, _ALL, _KEY):
                row.setTextAlignment(column, _NUMBERS)
                row.setForeground(column, soft)
            members[tag.group_id].append(row)
        for group_id, children in members.items():
            groups[group_id].addChildren(children)

    def _tag_row(self, tag: Tag) -> QTreeWidgetItem:
        name = self.tr("{0}, not offered").format(tag.name) if tag.retired else tag.name
        row = QTreeWidgetItem([name])
        row.setData(0, PLACE, Place(tag.codebook_id, tag.group_id, tag.id))
        row.setData(0, CODE, tag.code)
        row.setData(0, COLOUR, self._desk.fill(tag))
        row.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{tag.code} {name}")
        row.setToolTip(0, _tip(name, tag.definition))
        if tag.retired:
            slanted = row.font(0)
            slanted.setItalic(True)
            row.setFont(0, slanted)
        return row

    def _on_checked(self, row: QTreeWidgetItem) -> None:
        place = place_of(row)
        if place.codebook_id and not place.group_id:
            on = row.checkState(0) is Qt.CheckState.Checked
            self.enabled_wanted.emit(place.codebook_id, on)

    # --- keys ---

    def event(self, event: QEvent) -> bool:
        """Take F2 here, where it edits, before the window renames the article."""
        if event.type() is QEvent.Type.ShortcutOverride and _is_f2(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Edit on F2."""
        if _is_f2(event):
            self.edit_wanted.emit()
        else:
            super().keyPressEvent(event)

    # --- dragging ---

    def mimeTypes(self) -> list[str]:
        """Return what may be dropped: a tag of ours."""
        return [_MIME]

    def mimeData(self, items: Sequence[QTreeWidgetItem]) -> QMimeData:
        """Return the dragged tag; nothing else is dragged."""
        data = QMimeData()
        tag_id = next((place_of(row).tag_id for row in items), "")
        if tag_id:
            data.setData(_MIME, QByteArray(tag_id.encode()))
        return data

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take tags; files go to the window."""
        if event.mimeData().hasFormat(_MIME):
            super().dragEnterEvent(event)
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take a tag over another one or a group."""
        super().dragMoveEvent(event)  # scrolls at the edges, draws where it would go
        if self._target(event.position().toPoint()) is None:
            event.ignore()
        else:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell where a tag was dropped; the tree follows when the library has moved it."""
        target = self._target(event.position().toPoint())
        tag_id = bytes(event.mimeData().data(_MIME).data()).decode()
        event.setDropAction(Qt.DropAction.CopyAction)  # or Qt would take the row away itself
        event.accept()
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()
        if target is not None and tag_id and target.tag_id != tag_id:
            self.move_wanted.emit(tag_id, target)

    def _target(self, at: QPoint) -> Place | None:
        """Return the tag before which, or the group into which, something would be dropped."""
        index: QModelIndex = self.indexAt(at)
        place = place_of(self.itemFromIndex(index)) if index.isValid() else NOWHERE
        return place if place.group_id else None


def _tip(name: str, meaning: str = "") -> str:
    """Return what is told of a row: the whole name, which may be cut short, and its meaning."""
    return as_tip("\n".join(filter(None, (name, meaning))))


def _is_f2(event: QEvent) -> bool:
    return (
        isinstance(event, QKeyEvent)
        and event.key() == Qt.Key.Key_F2
        and event.modifiers() == Qt.KeyboardModifier.NoModifier
    )
