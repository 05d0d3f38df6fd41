"""The page with its places: which code point is where on the screen, and what is selected.

Everything spoken of here is in code points of the article and pixels of the viewport. Events
go to the pointer and the keys it is given; they decide what a click or a key means.
"""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip

from postil.domain.annotation import Annotation
from postil.page.frame import Piece
from postil.page.pointing import nearest_gap, nearest_line
from postil.ui.reader.canvas import Canvas

_HANDLE_REACH = 9.0  # how near to a handle a press must be, pixels


class Pointing(Protocol):
    """What decides on the meaning of clicks."""

    def press(self, event: QMouseEvent) -> None:
        """Take a press of a button."""

    def double(self, event: QMouseEvent) -> None:
        """Take the second press of a double click."""

    def move(self, event: QMouseEvent) -> None:
        """Take a move of the pointer."""

    def release(self, event: QMouseEvent) -> None:
        """Take a release."""

    def leave(self) -> None:
        """Take note that the pointer left the page."""

    def menu(self, event: QContextMenuEvent) -> None:
        """Take the wish for a context menu."""

    def tip(self, point: QPointF) -> str:
        """Tell what is under the pointer when it rests."""


class PageView(Canvas):
    """Answers which place of the text is where, and holds the selection."""

    pointer: Pointing | None = None
    take_key: Callable[[QKeyEvent], bool] | None = None  # answers whether it took the key

    def position_at(self, point: QPointF) -> int:
        """Return the gap between letters that is nearest to a point."""
        on_page = self._on_page(point)
        line = nearest_line(self.frame_now(), on_page.y())
        if line is None:
            return 0
        layout = self.document().findBlockByNumber(line.block).layout()
        return self.offsets.to_code_point(nearest_gap(line, layout, on_page.x()))

    def letter_at(self, point: QPointF) -> int:
        """Return the code point of the letter under a point, or the nearest gap."""
        position = self.position_at(point)
        on_page = self._on_page(point)
        if position and any(
            piece.left <= on_page.x() < piece.right
            for piece in self._pieces(position - 1, position)
        ):
            return position - 1
        return position

    def marks_at(self, point: QPointF) -> list[Annotation]:
        """Return the marks under a point, the smallest first."""
        on_page = self._on_page(point)
        return self.frame_now().marks_at(on_page.x(), on_page.y())

    def bar_at(self, point: QPointF) -> Annotation | None:
        """Return the mark whose bar in the margin is under a point."""
        on_page = self._on_page(point)
        self.frame_now()
        return self._margin.at(on_page.x(), on_page.y())

    def bunch_at(self, point: QPointF) -> list[Annotation]:
        """Return the marks that have no bar, if their number in the margin is under a point."""
        on_page = self._on_page(point)
        self.frame_now()
        return list(self._margin.bunch_at(on_page.x(), on_page.y()))

    def link_at(self, point: QPointF) -> str:
        """Return the address of the link under a point, or nothing."""
        return self.document().documentLayout().anchorAt(self._on_page(point))

    def handle_at(self, point: QPointF) -> str:
        """Return "start" or "end" if a handle of the active mark is under a point, or nothing."""
        on_page = self._on_page(point)
        for name, place in self._handles().items():
            if (place - on_page).manhattanLength() <= _HANDLE_REACH:
                return name
        return ""

    def handle_point(self, name: str) -> QPointF | None:
        """Return where the handle "start" or "end" of the active mark is, if it is to be seen."""
        place = self._handles().get(name)
        return None if place is None else place - QPointF(0, self.verticalScrollBar().value())

    def area_of(self, start: int, end: int) -> QRect:
        """Return the rectangle round the visible part of a range; empty if there is none."""
        pieces = self._pieces(start, end)
        if not pieces:
            return QRect()
        left = min(piece.left for piece in pieces)
        right = max(piece.right for piece in pieces)
        top = min(piece.top for piece in pieces)
        bottom = max(piece.bottom for piece in pieces)
        area = QRectF(left, top, right - left, bottom - top)
        return area.translated(0, -self.verticalScrollBar().value()).toAlignedRect()

    def areas_of(self, start: int, end: int) -> list[QRect]:
        """Return the rectangles of the visible pieces of a range, top to bottom."""
        scroll = self.verticalScrollBar().value()
        return [
            QRectF(
                piece.left, piece.top - scroll, piece.right - piece.left, piece.bottom - piece.top
            ).toAlignedRect()
            for piece in self._pieces(start, end)
        ]

    def shown_range(self) -> tuple[int, int]:
        """Return the range of code points whose lines are on the screen."""
        scroll = self.verticalScrollBar().value()
        lines = [
            line
            for line in self.frame_now().lines
            if line.bottom > scroll and line.top < scroll + self.viewport().height()
        ]
        if not lines:
            return (0, 0)
        to_point = self.offsets.to_code_point
        return to_point(lines[0].start), to_point(lines[-1].end)

    def runs_leftwards(self, position: int) -> bool:
        """Return whether the letter at a code point stands in a run from right to left."""
        at = self.offsets.to_qt(position)
        block = self.document().findBlock(at)
        self.document().documentLayout().blockBoundingRect(block)  # lays it out if nobody has
        inside = at - block.position()
        line = block.layout().lineForTextPosition(inside)
        runs = line.glyphRuns(inside, 1) if line.isValid() else []
        if runs:
            return runs[0].isRightToLeft()
        return block.textDirection() is Qt.LayoutDirection.RightToLeft

    def top_position(self) -> int:
        """Return the code point at which the topmost line begins."""
        top = self._top_line()
        return 0 if top is None else self.offsets.to_code_point(top[0])

    def show_position(self, position: int) -> None:
        """Scroll so that the line of a code point is the topmost."""
        top = self._line_top(self.offsets.to_qt(position)) - self.metrics.line * 0.3
        self.verticalScrollBar().setValue(round(top) if position > 0 else 0)

    def show_in_the_middle(self, position: int) -> None:
        """Scroll so that the line of a code point is half way down, as a scroll bar would."""
        top = self._line_top(self.offsets.to_qt(position))
        self.verticalScrollBar().setValue(round(top - self.viewport().height() / 2))

    def scroll_to(self, start: int, end: int) -> None:
        """Bring a range on the screen, a third from the top, unless it is there already."""
        bar, line, height = self.verticalScrollBar(), self.metrics.line, self.viewport().height()
        top = self._line_top(self.offsets.to_qt(start))
        bottom = self._line_top(self.offsets.to_qt(max(end - 1, start))) + line
        bottom = min(bottom, top + height / 2)  # of a long range its beginning is enough
        if top - line < bar.value() or bottom + line > bar.value() + height:
            bar.setValue(round(top - height / 3))

    # Selection

    def selection(self) -> tuple[int, int] | None:
        """Return the selected range in code points, or None."""
        cursor = self.textCursor()
        if self.article is None or not cursor.hasSelection():
            return None
        to_point = self.offsets.to_code_point
        return to_point(cursor.selectionStart()), to_point(cursor.selectionEnd())

    def select(self, start: int, end: int, *, backwards: bool = False) -> None:
        """Select a range of code points; the caret stands at its end, or at its start."""
        anchor, caret = (end, start) if backwards else (start, end)
        cursor = QTextCursor(self.document())
        cursor.setPosition(self.offsets.to_qt(anchor))
        cursor.setPosition(self.offsets.to_qt(caret), QTextCursor.MoveMode.KeepAnchor)
        self._set_cursor(cursor)

    def unselect(self) -> None:
        """Let go of the selection."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            cursor.clearSelection()
            self._set_cursor(cursor)

    def caret(self) -> int:
        """Return where the caret is, in code points."""
        return self.offsets.to_code_point(self.textCursor().position())

    def set_caret(self, position: int) -> None:
        """Put the caret somewhere and let go of the selection."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self.offsets.to_qt(position))
        self._set_cursor(cursor)

    def show_caret_here(self) -> None:
        """Switch the caret on, where reading is; a selection stays."""
        if not self.selection():
            self.set_caret(self.reading_position())
        self.set_caret_shown(shown=True)

    def reading_position(self) -> int:
        """Return where the caret is, shown or not, or the top of the screen if it is not there."""
        first, last = self.shown_range()
        is_here = self.shows_caret or first <= self.caret() < last
        return self.caret() if is_here else self.top_position()

    def move_caret(
        self, move: QTextCursor.MoveOperation, *, keep_anchor: bool, times: int = 1
    ) -> None:
        """Move the caret, with the anchor of a selection or without, and follow it."""
        mode = QTextCursor.MoveMode.KeepAnchor if keep_anchor else QTextCursor.MoveMode.MoveAnchor
        cursor = self.textCursor()
        cursor.movePosition(move, mode, times)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self.viewport().update()

    def put_caret(self, position: int, *, keep_anchor: bool) -> None:
        """Put the caret somewhere, with the anchor of a selection or without, and follow it."""
        mode = QTextCursor.MoveMode.KeepAnchor if keep_anchor else QTextCursor.MoveMode.MoveAnchor
        cursor = self.textCursor()
        cursor.setPosition(self.offsets.to_qt(position), mode)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self.viewport().update()

    def _set_cursor(self, cursor: QTextCursor) -> None:
        place = self.verticalScrollBar().value()
        self.setTextCursor(cursor)
        # Qt goes where the cursor is; a selection made by pointer or program stays where it is.
        self.verticalScrollBar().setValue(place)
        self.viewport().update()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return the selected words as plain text, as the article has them."""
        data = QMimeData()
        chosen = self.selection()
        if self.article is not None and chosen:
            data.setText(self.article.text[slice(*chosen)].replace("\u2028", "\n"))
        return data

    def _on_page(self, point: QPointF) -> QPointF:
        return point + QPointF(0, self.verticalScrollBar().value())

    def _pieces(self, start: int, end: int) -> list[Piece]:
        return self.frame_now().pieces(self.offsets.to_qt(start), self.offsets.to_qt(end))

    # Events

    def event(self, event: QEvent) -> bool:
        """Scroll also when the pointer is beside the page; take no key before the actions do."""
        if isinstance(event, QWheelEvent):
            self.wheelEvent(event)
            return True
        if event.type() is QEvent.Type.ShortcutOverride:
            event.ignore()
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell what is under the pointer when it rests."""
        if isinstance(event, QHelpEvent) and self.pointer and self.article:
            words = self.pointer.tip(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), words, self.viewport())
            return True
        return super().viewportEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; zooming is not for the page to do, it has one size for all its fonts."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hand the press on."""
        if self.pointer and self.article:
            self.pointer.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Hand the double click on."""
        if self.pointer and self.article:
            self.pointer.double(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hand the move on."""
        if self.pointer and self.article:
            self.pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Hand the release on."""
        if self.pointer and self.article:
            self.pointer.release(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Hand on that the pointer left."""
        if self.pointer:
            self.pointer.leave()
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Hand on the wish for a menu."""
        if self.pointer and self.article:
            self.pointer.menu(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the key on; what is not taken scrolls or copies as everywhere."""
        if not (self.take_key and self.article and self.take_key(event)):
            super().keyPressEvent(event)
