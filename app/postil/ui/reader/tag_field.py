"""The field in which a tag is found by code, name, group or definition, or made up on the spot."""

from collections.abc import Mapping

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from postil.domain import limits
from postil.domain.tags import Tag
from postil.page.painter import colour
from postil.page.style import PageStyle
from postil.ui.clear_button import add_clear_button
from postil.ui.line_edit import LineEdit
from postil.ui.reader.offers import Offer, found, meaning, taken_by_enter

__all__ = ["Offer", "TagField"]

_WIDTH = 380  # pixels
_ROWS = 8
_FEWEST_ROWS = 2
_MEANING_LINES = 9
_EDGE = 8  # pixels round the parts of the field
_OFFER = Qt.ItemDataRole.UserRole


class _Offers(QAbstractListModel):
    """The lines of the list."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Offer] = []

    def show(self, rows: list[Offer]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        offer = self.rows[index.row()]
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            on = self.tr("The mark has this tag.") if offer.is_on else ""
            return f"{on} {offer.tag.definition}".strip() if offer.tag else ""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return offer.name if offer.tag else self.tr("Make the tag “{}”").format(offer.name)
        return offer if role == _OFFER else None


class _Line(QStyledItemDelegate):
    """Paints a line: code on its colour, name, group."""

    def __init__(self, style: PageStyle, parent: QListView) -> None:
        super().__init__(parent)
        self.page = style
        self._list = parent

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(_WIDTH, option.fontMetrics.height() + 10)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        offer: Offer = index.data(_OFFER)
        area = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        if index.row() == self._list.currentIndex().row():
            shade = colour(self.page.accent)
            painter.setBrush(QColor(shade.red(), shade.green(), shade.blue(), 36))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(area.adjusted(2, 1, -2, -1), 4, 4)
        left = area.left() + 8
        if offer.tag:
            left = self._paint_code(painter, option, offer, area)
        painter.setPen(colour(self.page.ink))
        painter.setFont(option.font)
        name = str(index.data())
        painter.drawText(
            area.adjusted(left - area.left(), 0, -8, 0), Qt.AlignmentFlag.AlignVCenter, name
        )
        used = left + option.fontMetrics.horizontalAdvance(name) + 14
        room = QRect(used, area.top(), max(area.right() - 8 - used, 0), area.height())
        painter.setPen(colour(self.page.ink_soft))
        told = f"✓ {offer.group}" if offer.is_on else offer.group
        group = option.fontMetrics.elidedText(told, Qt.TextElideMode.ElideRight, room.width())
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, right, group)
        painter.restore()

    def _paint_code(
        self, painter: QPainter, option: QStyleOptionViewItem, offer: Offer, area: QRect
    ) -> int:
        """Paint the code on its colour and return where the name begins."""
        bold = QFont(option.font)
        bold.setBold(True)
        bold.setPointSizeF(bold.pointSizeF() * 0.85)
        code = offer.tag.code if offer.tag else ""
        width = max(QFontMetrics(bold).horizontalAdvance(code) + 12, 34)
        chip = QRect(area.left() + 8, area.top() + 4, width, area.height() - 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(offer.fill))
        painter.drawRoundedRect(chip, 3, 3)
        painter.setPen(QColor("#111111"))
        painter.setFont(bold)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, code)
        return chip.right() + 10


class TagField(QFrame):
    """Line, list and definition; opens beside a selection.

    Args:
        parent: the reader; the field lies over it.
    """

    tag_picked = Signal(str, bool)  # tag id or a new name; whether for a mark of its own
    left = Signal()  # closed, with or without a tag

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("tag_panel")
        self.setAccessibleName(self.tr("Choose a tag"))
        self._offers: list[Offer] = []
        self._tags: Mapping[str, Tag] = {}
        self._style = PageStyle()
        self._line = LineEdit(self)
        self._line.setObjectName("tag_field")
        self._line.setMaxLength(limits.TAG_NAME_CHARACTERS)
        self._line.setAccessibleName(self.tr("Tag"))
        self._line.setAccessibleDescription(
            self.tr(
                "Code, name, group or words of the definition."
                " Enter gives the tag, Shift+Enter makes another mark with it on the same words."
            )
        )
        self._line.setPlaceholderText(self.tr("Tag: code, name, group or definition"))
        add_clear_button(self._line)
        self._line.textChanged.connect(self._search)
        self._line.installEventFilter(self)
        self._list = QListView(self)
        self._list.setObjectName("tag_list")
        self._list.setAccessibleName(self.tr("Tags"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._model = _Offers(self._list)
        self._list.setModel(self._model)
        self._delegate = _Line(PageStyle(), self._list)
        self._list.setItemDelegate(self._delegate)
        self._list.clicked.connect(self._accept)
        self._definition = QLabel(self)
        self._definition.setObjectName("tag_definition")
        self._definition.setAccessibleName(self.tr("What the tag means"))
        self._definition.setTextFormat(Qt.TextFormat.RichText)
        self._definition.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._definition.setWordWrap(True)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        column.addWidget(self._line)
        column.addWidget(self._list)
        column.addWidget(self._definition)
        self._list.selectionModel().currentChanged.connect(self._define)
        self.hide()

    def set_style(self, style: PageStyle) -> None:
        """Take over the colours of the page."""
        self._style = self._delegate.page = style
        self.setStyleSheet(
            f"#tag_panel {{ background: {style.paper}; border: 1px solid {style.rule};"
            " border-radius: 8px }"
            f"#tag_field {{ background: {style.paper}; color: {style.ink};"
            f" border: 1px solid {style.accent}; border-radius: 4px; padding: 4px 6px }}"
            f"#tag_list {{ background: {style.paper}; color: {style.ink}; border: none }}"
            f"#tag_definition {{ color: {style.ink}; padding: 2px 4px }}"
        )

    def offer(self, offers: list[Offer]) -> None:
        """Open with these tags to choose from and an empty line."""
        self._offers = offers
        self._tags = {offer.tag.id: offer.tag for offer in offers if offer.tag}
        parent = self.parentWidget()
        assert parent is not None
        room = parent.size() - QSize(2 * _EDGE, 2 * _EDGE)
        metrics = self._list.fontMetrics()
        self._definition.setFixedHeight(metrics.lineSpacing() * _MEANING_LINES)
        row = metrics.height() + 10
        self._list.setFixedHeight(row * _FEWEST_ROWS)
        more = (room.height() - self._height()) // row
        self._list.setFixedHeight(row * (_FEWEST_ROWS + max(min(more, _ROWS - _FEWEST_ROWS), 0)))
        self._line.clear()
        self._search("")
        self.resize(min(_WIDTH, room.width()), self._height())
        self.show()
        self.raise_()
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _height(self) -> int:
        self._column.activate()
        return self._column.sizeHint().height()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Give the line's up, down, Enter and Escape to the list; Shift asks for another mark."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            # What is typed here is for the line, whatever else it means in the window.
            if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.accept()
                return True
            return False
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            match event.key():
                case Qt.Key.Key_Up:
                    self._step(-1)
                case Qt.Key.Key_Down:
                    self._step(1)
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    own = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                    self._accept(self._list.currentIndex(), own=own)
                case Qt.Key.Key_Escape:
                    self.close_field()
                case _:
                    return False
            return True
        if event.type() is QEvent.Type.FocusOut and self.isVisible():
            self.close_field()
        return False

    def close_field(self) -> None:
        """Close without a tag."""
        if self.isVisible():
            self.hide()
            self.left.emit()

    def _search(self, typed: str) -> None:
        self._model.show(found(self._offers, typed))
        taken = self._model.index(taken_by_enter(self._model.rows, typed), 0)
        self._list.setCurrentIndex(taken)
        self._define(taken)

    def _step(self, by: int) -> None:
        rows = self._model.rowCount()
        if rows:
            row = (self._list.currentIndex().row() + by) % rows
            self._list.setCurrentIndex(self._model.index(row, 0))

    def _define(self, index: QModelIndex) -> None:
        offer: Offer | None = index.data(_OFFER) if index.isValid() else None
        text = meaning(offer, self._tags, self._style.ink_soft) if offer else ""
        self._definition.setText(text)

    def _accept(self, index: QModelIndex, *, own: bool = False) -> None:
        offer: Offer | None = index.data(_OFFER) if index.isValid() else None
        if offer is not None:
            self.hide()
            self.tag_picked.emit(offer.answer, own)
            self.left.emit()
