"""How a row of the codebook tree looks, and what it stands for."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidgetItem,
    QWidget,
)

from postil.ui.sidebar.card_look import MARK_INK, CardLook

PLACE = Qt.ItemDataRole.UserRole  # Place
CODE = Qt.ItemDataRole.UserRole + 1
COLOUR = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class Place:
    """What a row stands for: a tag, or without one a group, or without both a codebook."""

    codebook_id: str
    group_id: str = ""
    tag_id: str = ""


NOWHERE = Place("")


def place_of(row: QTreeWidgetItem | None) -> Place:
    """Return what a row stands for."""
    place = row.data(0, PLACE) if row is not None else None
    return place if isinstance(place, Place) else NOWHERE


class TagRowDelegate(QStyledItemDelegate):
    """Paints the code of a tag on its colour before the name, and that of a group as a dot."""

    def __init__(self, look: CardLook, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the row and, for a tag, its code."""
        code, colour = index.data(CODE), index.data(COLOUR)
        if not colour:
            super().paint(painter, option, index)
            return
        row = QStyleOptionViewItem(option)
        self.initStyleOption(row, index)
        name, row.text = row.text, ""
        style = row.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, row, painter, row.widget)
        metrics, unit = QFontMetrics(self.look.code), self.look.unit
        width = metrics.horizontalAdvance(max(code, "MM", key=len)) + 2 * unit if code else 2 * unit
        height = metrics.height() if code else 2 * unit
        before = QRect(row.rect.left() + unit, 0, width, height)
        before.moveTop(row.rect.center().y() - height // 2)
        chip = style.visualRect(row.direction, row.rect, before)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(chip, self.look.radius / 2, self.look.radius / 2)
        painter.setPen(QColor(MARK_INK))
        painter.setFont(self.look.code)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, code or "")
        painter.setPen(row.palette.color(QPalette.ColorRole.Text))
        if not code:
            painter.setPen(self.look.colour("text_soft"))
        painter.setFont(row.font)
        room = row.rect.adjusted(width + 3 * unit, 0, 0, 0)
        room = style.visualRect(row.direction, row.rect, room)
        words = QFontMetrics(row.font).elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        along = QStyle.visualAlignment(row.direction, Qt.AlignmentFlag.AlignLeft)
        painter.drawText(room, along | Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return a height that has room for the code."""
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), max(hint.height(), QFontMetrics(option.font).height() * 3 // 2))
