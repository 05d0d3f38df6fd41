"""The list of cards: chosen, hovered, followed, and one of them edited in its place."""

from collections import OrderedDict

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from postil.ui.sidebar.card_layout import CardLayout
from postil.ui.sidebar.card_look import CardLook, card_look
from postil.ui.sidebar.card_painting import CardState, paint_card
from postil.ui.sidebar.card_words import CardWords
from postil.ui.sidebar.marks_model import Index, MarksModel
from postil.ui.sidebar.virtual_list import VirtualList
from postil.ui.theme import Theme

_LAYOUTS_KEPT = 300


class MarksList(VirtualList):
    """Cards of marks, in the order of the model.

    Args:
        model: the rows.
        words: what each card says.
        theme: has the colours.
        parent: owns the list.
    """

    picked = Signal(str)  # a card was chosen with mouse or keys; its mark id, or empty
    pointed = Signal(str)  # the pointer is over this card, or over none
    edit_asked = Signal(str)
    delete_asked = Signal(str)
    mark_link_asked = Signal(str)  # link this mark to another
    follow_asked = Signal(str)  # go where a link of this mark leads
    link_asked = Signal(str)  # an address in a note was clicked

    def __init__(
        self, model: MarksModel, words: CardWords, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._family = ""
        self.setObjectName("marks_list")
        self._marks = model
        self._words = words
        self._theme = theme
        self._look: CardLook = card_look(self.font(), theme)
        self._layouts: OrderedDict[str, CardLayout] = OrderedDict()
        self._editor: QWidget | None = None
        self._edited = ""
        self._chosen = ""
        self._hovered = ""
        self.setAccessibleName(self.tr("Marks"))
        self.setModel(model)

    # --- what the rows are like ---

    def row_height(self, row: int) -> int:
        """Return the height of a card, or of the editor in its place, with the gap."""
        if self._editor is not None and self._marks.annotation(row).id == self._edited:
            return self._editor.heightForWidth(self.row_width()) + self._look.gap
        return self._layout(row).height + self._look.gap

    def estimate(self) -> int:
        """Return the height of a card with a line of each kind."""
        return self._look.estimate

    def margins(self) -> tuple[int, int, int]:
        """Return the margins of cards; the scroll bar is part of the right one."""
        margin = self._look.margin
        return margin, max(2, margin - self.verticalScrollBar().width()), self._look.gap

    def forget(self) -> None:
        """Forget all layouts and heights."""
        self._layouts.clear()
        super().forget()

    def settled(self) -> None:
        """Keep the editor in the place of its card."""
        row = self._marks.row_of(self._edited) if self._editor is not None else -1
        if self._editor is not None and row >= 0:
            self._editor.setGeometry(self.visualRect(self._marks.index(row)))

    # --- what the tab tells the list ---

    @property
    def look(self) -> CardLook:
        """Fonts and colours of the cards."""
        return self._look

    def set_theme(self, theme: Theme, family: str) -> None:
        """Paint in other colours, and quotations in another family of fonts."""
        self._theme, self._family = theme, family
        self._restyle()

    def set_chosen(self, annotation_id: str) -> None:
        """Ring a card and make it the current one; nothing is scrolled or told."""
        self._chosen = annotation_id
        row = self._marks.row_of(annotation_id) if annotation_id else -1
        if row >= 0:
            self.setCurrentIndex(self._marks.index(row))
        self.viewport().update()

    def set_hovered(self, annotation_id: str) -> None:
        """Lift a card a little."""
        if annotation_id != self._hovered:
            self._hovered = annotation_id
            self.viewport().update()

    def show_mark(self, annotation_id: str) -> None:
        """Scroll a card into view, as little as possible."""
        row = self._marks.row_of(annotation_id)
        if row >= 0:
            self.scrollTo(self._marks.index(row))

    def follow(self, position: int) -> None:
        """Bring the first card at or after a code point into the upper half of the list."""
        row = min(self._marks.row_from(position), len(self._heights) - 1)
        if row < 0:
            return
        self._measure_around(row)
        top = self._heights.top(row) - self.verticalOffset()
        if not 0 <= top <= self.viewport().height() // 2:
            self.verticalScrollBar().setValue(self._heights.top(row))

    def renew(self, notes: frozenset[str]) -> None:
        """Lay out the cards with these notes again: their rendering has come."""
        for annotation_id, layout in list(self._layouts.items()):
            if layout.text.note in notes:
                del self._layouts[annotation_id]
        self._settle()
        self.viewport().update()

    # --- the editor in the place of a card ---

    @property
    def editor(self) -> QWidget | None:
        """The editor that stands in the place of a card."""
        return self._editor

    def place_editor(self, annotation_id: str, editor: QWidget) -> None:
        """Show `editor` instead of the card of a mark."""
        self._edited, self._editor = annotation_id, editor
        editor.setParent(self.viewport())
        self.fit_editor()
        editor.show()
        self.show_mark(annotation_id)

    def fit_editor(self) -> None:
        """Give the editor the height it needs now."""
        row = self._marks.row_of(self._edited)
        if self._editor is None or row < 0:
            return
        self._measure(row)
        self._settle()
        self.viewport().update()

    def drop_editor(self) -> QWidget | None:
        """Show the card again and return the editor."""
        editor, self._editor = self._editor, None
        row, self._edited = self._marks.row_of(self._edited), ""
        if editor is not None:
            editor.hide()
        if row >= 0:
            self._measure(row)
        self._settle()
        self.viewport().update()
        return editor

    # --- changes of the model ---

    def dataChanged(self, first: Index, last: Index, _roles: object = ()) -> None:
        """Lay out changed cards again when they are looked at."""
        if first.row() == 0 and last.row() == len(self._heights) - 1 > 0:
            self._restyle()
            return
        for row in range(first.row(), last.row() + 1):
            self._layouts.pop(self._marks.annotation(row).id, None)
        self._settle()
        self.viewport().update()

    # --- events ---

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cards in view."""
        painter = QPainter(self.viewport())
        area = event.rect()
        current = self.currentIndex().row() if self.hasFocus() else -1
        row = self._heights.row_at(self.verticalOffset() + area.top())
        while 0 <= row < min(len(self._heights), self._marks.rowCount()):
            annotation = self._marks.annotation(row)
            rect = self.visualRect(self._marks.index(row))
            if rect.top() > area.bottom():
                break
            if annotation.id != self._edited:
                state = CardState(
                    is_chosen=annotation.id == self._chosen,
                    is_hovered=annotation.id == self._hovered,
                    has_focus=row == current,
                )
                paint_card(painter, rect, self._layout(row), self._look, state)
            row += 1

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._restyle()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Give the keys a card to begin with."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._marks.rowCount():
            row = self._heights.row_at(self.verticalOffset())
            self.setCurrentIndex(self._marks.index(row))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring of the keyboard away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the card under the pointer, or follow a link in its note."""
        index = self.indexAt(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            return
        address = self._link_at(event.position().toPoint(), index)
        self._pick(index.row())
        if address:
            self.link_asked.emit(address)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit the card under the pointer."""
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid():
            self.edit_asked.emit(self._marks.annotation(index.row()).id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which card the pointer is over."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        over_link = index.isValid() and bool(self._link_at(point, index))
        shape = Qt.CursorShape.PointingHandCursor if over_link else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self.pointed.emit(self._marks.annotation(index.row()).id if index.isValid() else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do nothing: the press has chosen."""
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Let go of the card under the pointer."""
        super().leaveEvent(event)
        self.pointed.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, edit and delete with keys; all others belong to the window."""
        row = self.currentIndex().row()
        target = self._target(event.key(), row)
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif target is not None:
            self._pick(target)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_N) and row >= 0:
            self.edit_asked.emit(self._marks.annotation(row).id)
        elif event.key() == Qt.Key.Key_L and row >= 0:
            self.mark_link_asked.emit(self._marks.annotation(row).id)
        elif event.key() == Qt.Key.Key_G and row >= 0:
            self.follow_asked.emit(self._marks.annotation(row).id)
        elif event.key() == Qt.Key.Key_Delete and row >= 0:
            self.delete_asked.emit(self._marks.annotation(row).id)
        elif event.key() == Qt.Key.Key_Escape and self._chosen:
            self.picked.emit("")
        else:
            event.ignore()

    # --- inside ---

    def _target(self, key: int, row: int) -> int | None:
        """Return the row a key goes to; None when it is no such key or there are no rows."""
        last = self._marks.rowCount() - 1
        page = self.viewport().height() - self._look.estimate // 2
        top = self._heights.top(max(row, 0))
        targets = {
            Qt.Key.Key_Up: row - 1,
            Qt.Key.Key_Down: row + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
            Qt.Key.Key_PageUp: min(row - 1, self._heights.row_at(top - page)),
            Qt.Key.Key_PageDown: max(row + 1, self._heights.row_at(top + page)),
        }
        wanted = targets.get(Qt.Key(key)) if last >= 0 else None
        return None if wanted is None else min(max(wanted, 0), last)

    def _pick(self, row: int) -> None:
        index = self._marks.index(row)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.picked.emit(self._marks.annotation(row).id)

    def _link_at(self, point: QPoint, index: QModelIndex) -> str:
        inside = point - self.visualRect(index).topLeft()
        return self._layout(index.row()).link_at(inside.x(), inside.y())

    def _layout(self, row: int) -> CardLayout:
        """Return the layout of a card, made now if it is not there."""
        annotation = self._marks.annotation(row)
        layout = self._layouts.get(annotation.id)
        if layout is None:
            layout = CardLayout(self._words.of(annotation), self._look, self.row_width())
            self._layouts[annotation.id] = layout
            if len(self._layouts) > _LAYOUTS_KEPT:
                self._layouts.popitem(last=False)
        else:
            self._layouts.move_to_end(annotation.id)
        return layout

    def _restyle(self) -> None:
        """Lay everything out anew: fonts, colours or names are other ones."""
        anchor = self._anchor()
        self._look = card_look(self.font(), self._theme, self._family)
        self.forget()
        self._return_to(anchor)
        self.viewport().update()
