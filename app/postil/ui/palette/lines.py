"""The palette's list: its rows for Qt and for screen readers, and how they are painted."""

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from postil.ui.palette.entries import Entry, Kind

ENTRY = Qt.ItemDataRole.UserRole + 1

_EDGE = 10  # pixels on each side of a line
_BAR = 3  # pixels; shows which line is chosen, also to those who see no faint shades
_GAP = 12  # pixels between the parts of a line
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Lines(QAbstractListModel):
    """The entries that fit."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []

    def show(self, entries: list[Entry]) -> None:
        """Show other entries."""
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return the number of entries."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name, the entry, or all of it in words."""
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(entry)
        return entry if role == ENTRY else None

    def spoken(self, entry: Entry) -> str:
        """Return an entry as a screen reader says it."""
        kinds = {
            Kind.ACTION: self.tr("action"),
            Kind.ARTICLE: self.tr("article"),
            Kind.TAG: self.tr("tag"),
        }
        state = "" if entry.is_enabled else self.tr("not available now")
        parts = (entry.name, kinds[entry.kind], entry.keys, entry.detail, state)
        return ", ".join(part for part in parts if part)


class LinePainter(QStyledItemDelegate):
    """Paints an entry: a tag's code on its colour, the name, where it belongs, the keys."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return the height of a line."""
        return QSize(100, option.fontMetrics.height() + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one entry."""
        entry: Entry = index.data(ENTRY)
        palette = option.palette
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(QPalette.ColorRole.Midlight))
            area = option.rect.adjusted(2, 1, -2, -1)
            painter.drawRoundedRect(area, 5, 5)
            bar = QRect(area.left(), area.top() + 4, _BAR, area.height() - 8)
            painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
            painter.drawRect(QStyle.visualRect(option.direction, option.rect, bar))
        line = _Line(painter, option)
        soft = palette.color(QPalette.ColorRole.PlaceholderText)
        if entry.code:
            line.chip(entry.code, QColor(entry.fill))
        if entry.keys:
            line.write(entry.keys, soft, at_end=True)
        faint = QPalette.ColorGroup.Disabled
        ink = (
            palette.color(QPalette.ColorRole.Text)
            if entry.is_enabled
            else palette.color(faint, QPalette.ColorRole.Text)
        )
        line.write(entry.name, ink)
        line.write(entry.detail, soft if entry.is_enabled else ink)
        painter.restore()


class _Line:
    """What is left of a line while its parts are put on it, from either end."""

    def __init__(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        self._painter = painter
        self._option = option
        self._room = option.rect.adjusted(_EDGE, 0, -_EDGE, 0)

    def write(self, text: str, colour: QColor, *, at_end: bool = False) -> None:
        """Write a text in the room that is left, cut where it ends."""
        metrics = self._option.fontMetrics
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, self._room.width())
        area = self._take(metrics.horizontalAdvance(shown), at_end=at_end)
        self._painter.setFont(self._option.font)
        self._painter.setPen(colour)
        self._painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)

    def chip(self, code: str, fill: QColor) -> None:
        """Put a tag's code on its colour."""
        bold = QFont(self._option.font)
        bold.setBold(True)
        bold.setPointSizeF(bold.pointSizeF() * 0.85)
        width = max(QFontMetrics(bold).horizontalAdvance(code) + 12, 34)
        area = self._take(width, at_end=False).adjusted(0, 5, 0, -5)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(fill)
        self._painter.drawRoundedRect(area, 3, 3)
        self._painter.setFont(bold)
        self._painter.setPen(QColor("#111111"))
        self._painter.drawText(area, Qt.AlignmentFlag.AlignCenter, code)

    def _take(self, width: int, *, at_end: bool) -> QRect:
        """Return room for a part and keep the rest, mirrored where one reads leftwards."""
        room = self._room
        left = room.right() - width + 1 if at_end else room.left()
        area = QRect(left, room.top(), width, room.height())
        used = width + _GAP
        self._room = room.adjusted(0, 0, -used, 0) if at_end else room.adjusted(used, 0, 0, 0)
        return QStyle.visualRect(self._option.direction, self._option.rect, area)
