"""The tags of a mark while it is edited: chips that can be taken off, and a field for more."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from postil.codebooks import near_duplicates
from postil.domain import limits
from postil.domain.canonical import clean_line
from postil.domain.tags import Tag
from postil.ui.desk import Desk
from postil.ui.line_edit import LineEdit
from postil.ui.sidebar.card_layout import CardTag
from postil.ui.sidebar.card_look import MARK_INK, CardLook
from postil.ui.sidebar.flow_layout import FlowLayout
from postil.ui.sidebar.marks_model import Index
from postil.ui.sidebar.tag_search import TagOffer, find_tags, likeliest
from postil.ui.tips import as_tip

Describe = Callable[[str], CardTag]


class CodeLabel(QWidget):
    """The code of a tag on the colour of its group, as cards paint it.

    Args:
        tag: what to show.
        look: fonts and distances.
        parent: owns it.
    """

    def __init__(self, tag: CardTag, look: CardLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tag = tag
        self._look = look
        metrics = QFontMetrics(look.code)
        self.setFixedSize(metrics.horizontalAdvance(tag.code) + 2 * look.unit, metrics.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the code."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._tag.colour))
        painter.drawRoundedRect(self.rect(), self._look.radius / 2, self._look.radius / 2)
        painter.setFont(self._look.code)
        painter.setPen(QColor(MARK_INK))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._tag.code)


class TagChip(QFrame):
    """One tag with a button that takes it off."""

    removed = Signal(str)  # tag id or name

    def __init__(self, tag_id: str, tag: CardTag, look: CardLook, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("tag_chip")
        self.tag_id = tag_id
        line = QHBoxLayout(self)
        line.setContentsMargins(look.unit // 2, 1, 1, 1)
        line.setSpacing(look.unit)
        if tag.code:
            line.addWidget(CodeLabel(tag, look, self))
        line.addWidget(QLabel(tag.name, self))
        off = QToolButton(self)
        off.setObjectName("tag_off")
        off.setText("×")
        off.setToolTip(self.tr("Take this tag off"))
        off.setAccessibleName(self.tr("Take {0} off").replace("{0}", tag.name))
        off.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        off.clicked.connect(lambda: self.removed.emit(self.tag_id))
        line.addWidget(off)


class _Offers(QAbstractListModel):
    """The lines of the completion."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.offers: list[TagOffer] = []

    def show(self, offers: list[TagOffer]) -> None:
        """Offer other tags."""
        self.beginResetModel()
        self.offers = offers
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many offers there are."""
        return 0 if parent is not None and parent.isValid() else len(self.offers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return code, name and group; the definition as a tip."""
        offer = self.offers[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            if offer.tag is None:
                return self.tr("New tag “{0}”").replace("{0}", offer.name)
            group = f"  ·  {offer.group}" if offer.group else ""
            return f"{offer.tag.code}  {offer.name}{group}"
        if role == Qt.ItemDataRole.ToolTipRole and offer.tag is not None:
            return as_tip(offer.tag.definition)
        if role == Qt.ItemDataRole.FontRole and offer.tag is None:
            font = QFont()
            font.setItalic(True)
            return font
        return None


class TagField(LineEdit):
    """A line that offers tags for what is typed in it."""

    chosen = Signal(str)  # tag id, or the name of a new tag
    emptied = Signal()  # Backspace in the empty field
    left = Signal()  # Escape in the empty field, or Ctrl+Enter
    near = Signal(str)  # the name is nearly that of this tag; empty when it is not

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._tags: list[Tag] | None = None  # not asked for yet
        desk.tags_changed.connect(self._forget_tags)
        self.setObjectName("tag_field")
        self.setPlaceholderText(self.tr("Add a tag"))
        self.setAccessibleName(self.tr("Add a tag"))
        self.setMaxLength(limits.TAG_NAME_CHARACTERS)
        self._offers = _Offers(self)
        self._completer = QCompleter(self._offers, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self)
        popup = self._completer.popup()
        assert popup is not None
        self._popup = popup
        popup.clicked.connect(self._take_index)
        self.textEdited.connect(self._offer)

    def offers(self) -> list[TagOffer]:
        """Return what is offered for the text in the field."""
        return find_tags(self.text(), self._known(), self._desk.group_names)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Ask for the tags before the first key does."""
        super().focusInEvent(event)
        self._known()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take an offer, or leave."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.left.emit()
        elif enter:
            self._take_likeliest()
        elif event.key() == Qt.Key.Key_Escape:
            self._escape()
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self.emptied.emit()
        elif event.key() == Qt.Key.Key_Down and not self._popup.isVisible():
            self._offer()
        else:
            super().keyPressEvent(event)

    def _known(self) -> list[Tag]:
        """Return the tags to choose from."""
        if self._tags is None:
            sets = self._desk.library.tag_sets()
            self._tags = [tag for tag_set in sets for tag in tag_set.offered]
        return self._tags

    def _forget_tags(self) -> None:
        self._tags = None

    def _offer(self) -> None:
        offers = self.offers()
        self._offers.show(offers)
        self._warn()
        if not offers:
            self._popup.hide()
            return
        self._completer.complete()
        likely = self._completer.completionModel().index(likeliest(offers), 0)
        self._popup.setCurrentIndex(likely)

    def _warn(self) -> None:
        """Say so when the text is nearly the name of a tag there is."""
        offers = self._offers.offers
        is_new = bool(offers) and offers[-1].tag is None
        near = near_duplicates(self.text(), self._desk.tags.values()) if is_new else []
        self.near.emit(f"{near[0].name} ({near[0].code})" if near else "")

    def _take_likeliest(self) -> None:
        offers = self.offers() if self.text().strip() else []
        if offers:
            popup = self._popup
            row = popup.currentIndex().row() if popup.isVisible() else likeliest(offers)
            self._take(offers[row] if 0 <= row < len(offers) else offers[likeliest(offers)])

    def _take_index(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._offers.offers):
            self._take(self._offers.offers[index.row()])

    def _take(self, offer: TagOffer) -> None:
        self._popup.hide()
        self.clear()
        self.near.emit("")
        self.chosen.emit(offer.tag.id if offer.tag else clean_line(offer.name))

    def _escape(self) -> None:
        if self._popup.isVisible():
            self._popup.hide()
        elif self.text():
            self.clear()
            self.near.emit("")
        else:
            self.left.emit()


class TagChips(QWidget):
    """The tags of a mark, in their order, with a field for more.

    Args:
        desk: has the tags.
        look: fonts and distances.
        describe: returns how a tag is shown, by its id or its name.
        parent: owns this.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, desk: Desk, look: CardLook, describe: Describe, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("tag_chips")
        self.setAccessibleName(self.tr("Tags"))
        self._look = look
        self._describe = describe
        self._ids: tuple[str, ...] = ()
        self._chips: list[TagChip] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.unit // 2)
        self._flow = FlowLayout(spacing=look.unit)
        column.addLayout(self._flow)
        self.field = TagField(desk, self)
        self.field.setMinimumWidth(QFontMetrics(self.font()).averageCharWidth() * 10)
        self._flow.addWidget(self.field)
        self.near = QLabel(self)
        self.near.setObjectName("tag_near")
        self.near.setWordWrap(True)
        self.near.hide()
        column.addWidget(self.near)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.field)
        self.field.chosen.connect(self.add)
        self.field.emptied.connect(self._remove_last)
        self.field.left.connect(self.left)
        self.field.near.connect(self._show_near)

    def set_look(self, look: CardLook) -> None:
        """Show the same tags with other fonts and colours."""
        self._look = look
        self.show_tags(self._ids)

    def ids(self) -> tuple[str, ...]:
        """Return the tags: ids, and the names of new ones."""
        return self._ids

    def show_tags(self, ids: tuple[str, ...]) -> None:
        """Show these tags."""
        had_focus = any(chip.isAncestorOf(self.focusWidget() or self) for chip in self._chips)
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._ids = ids
        self._chips = [TagChip(i, self._describe(i), self._look, self) for i in ids]
        for place, chip in enumerate(self._chips):
            chip.removed.connect(self.remove)
            self._flow.insertWidget(place, chip)
            chip.show()
        if had_focus:
            self.field.setFocus()
        self.updateGeometry()

    def add(self, tag: str) -> None:
        """Put a tag on, by its id or its name; once is enough."""
        if tag and tag not in self._ids:
            self.show_tags((*self._ids, tag))
            self.changed.emit()

    def remove(self, tag: str) -> None:
        """Take a tag off."""
        if tag in self._ids:
            self.show_tags(tuple(known for known in self._ids if known != tag))
            self.changed.emit()

    def event(self, event: QEvent) -> bool:
        """Tell the layout around when a line more is needed."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)

    def _remove_last(self) -> None:
        if self._ids:
            self.remove(self._ids[-1])

    def _show_near(self, name: str) -> None:
        self.near.setText(self.tr("There is already {0}").replace("{0}", name) if name else "")
        self.near.setVisible(bool(name))
