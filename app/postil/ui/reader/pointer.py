"""What the mouse does on the page: select, pick a mark, drag an end of it, light it up."""

from html import escape

from PySide6.QtCore import QElapsedTimer, QObject, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QClipboard, QContextMenuEvent, QGuiApplication, QMouseEvent

from postil.ui.desk import Desk
from postil.ui.reader.mark_menu import names, shortened
from postil.ui.reader.marking import Marking
from postil.ui.reader.page_view import PageView
from postil.ui.reader.snapping import Unit
from postil.ui.tips import as_tip

_EDGE = 28  # pixels from an edge within which dragging scrolls
_SCROLL_MS = 40  # between two steps of that
_LISTED = 12  # names in a tip


class Pointer(QObject):
    """Gives clicks and drags their meaning.

    Args:
        desk: what lies open.
        page: where it happens.
        marking: carries out what is meant.
    """

    selecting = Signal()  # a selection is being dragged out or was dropped
    selected = Signal()  # a selection stands
    link_clicked = Signal(str)  # address
    menu_wanted = Signal(list, QPoint)  # marks it is about, and where

    def __init__(self, desk: Desk, page: PageView, marking: Marking) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._marking = marking
        self._anchor: tuple[int, int] | None = None  # the unit a selection grows from
        self._unit = Unit.LETTER
        self._handle = ""
        self._pressed_at = QPointF()
        self._is_dragging = False
        self._last_pick: list[str] = []
        self._after_double = QElapsedTimer()
        self._scroll = QTimer(self)
        self._scroll.setInterval(_SCROLL_MS)
        self._scroll.timeout.connect(self._scroll_on)
        self._latest = QPointF()

    def press(self, event: QMouseEvent) -> None:
        """Begin a click, a selection or the dragging of a handle."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        point = event.position()
        self._pressed_at = self._latest = point
        self._is_dragging = False
        self._handle = self._page.handle_at(point)
        bar = self._page.bar_at(point)
        if self._handle:
            return
        if bar:
            self._marking.leave()
            self._desk.choose(bar.id)
            return
        bunch = self._page.bunch_at(point)
        if bunch:
            self.menu_wanted.emit(bunch, point.toPoint())
            return
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._page.selection():
            start, end = self._page.selection() or (0, 0)
            position = self._page.position_at(point)
            self._anchor = (end, end) if position < start else (start, start)
            self._is_dragging = True
            self._grow(point, Qt.KeyboardModifier.NoModifier)
        elif self._is_triple(point):
            self._take(Unit.SENTENCE, point)
        else:
            position = self._page.position_at(point)
            self._anchor, self._unit = (position, position), Unit.LETTER

    def double(self, event: QMouseEvent) -> None:
        """Select the word."""
        if event.button() is Qt.MouseButton.LeftButton and not self._page.bar_at(event.position()):
            self._pressed_at = event.position()
            self._after_double.start()
            self._take(Unit.WORD, event.position())

    def move(self, event: QMouseEvent) -> None:
        """Drag on, or light up what is under the pointer."""
        point = event.position()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._light(point)
            return
        self._latest = point
        moved = (point - self._pressed_at).manhattanLength()
        if moved >= QGuiApplication.styleHints().startDragDistance() / 2:
            self._is_dragging = True
        if self._is_dragging:
            self._drag(point, event.modifiers())
            self._scroll_at_edge(point)

    def release(self, event: QMouseEvent) -> None:
        """End what was begun: a click picks, a drag selects or moves an end."""
        self._scroll.stop()
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if self._handle:
            self._drop_handle()
        elif self._page.selection() and (self._is_dragging or self._unit is not Unit.LETTER):
            self._settle()
        elif self._anchor is not None and not self._is_dragging:
            self._click(event)
        self._anchor, self._is_dragging = None, False

    def leave(self) -> None:
        """Light up nothing: the pointer is elsewhere."""
        self._desk.hover("")

    def menu(self, event: QContextMenuEvent) -> None:
        """Offer the marks under the pointer."""
        point = QPointF(self._page.viewport().mapFrom(self._page, event.pos()))
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            point = QPointF(event.pos())
            bar = self._page.bar_at(point)
            marks = [bar] if bar else self._page.bunch_at(point) or self._page.marks_at(point)
            self.menu_wanted.emit(marks, point.toPoint())
        else:
            self._marking.ask_list()

    def tip(self, point: QPointF) -> str:
        """Tell what is under the pointer when it rests: what a bar or a link stands for."""
        bar = self._page.bar_at(point)
        if bar:
            return f"<p>{escape(names(self._desk, bar))}<br><i>{escape(shortened(bar))}</i></p>"
        bunch = self._page.bunch_at(point)
        if bunch:
            return "<br>".join(escape(names(self._desk, mark)) for mark in bunch[:_LISTED])
        return as_tip(self._page.link_at(point))

    def cancel(self) -> bool:
        """Stop dragging a handle and leave the mark as it was; answer whether one was dragged."""
        was_dragging = bool(self._handle)
        self._handle = ""
        self._page.set_preview(None)
        self._scroll.stop()
        return was_dragging

    # Selecting

    def _take(self, unit: Unit, point: QPointF) -> None:
        """Select the unit under the pointer and let the selection grow by such units."""
        snapping = self._marking.snapping()
        if snapping is None:
            return
        self._unit = unit
        self._anchor = snapping.around(self._page.letter_at(point), unit)
        self._desk.choose("")
        self._page.select(*self._anchor)
        self.selecting.emit()

    def _drag(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        if self._handle:
            self._page.set_preview(self._dragged(point, modifiers))
        elif self._anchor is not None:
            self._grow(point, modifiers)

    def _grow(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Select from the anchor to the pointer, in whole units."""
        snapping = self._marking.snapping()
        if snapping is None or self._anchor is None:
            return
        unit = self._unit
        if modifiers & Qt.KeyboardModifier.ControlModifier and unit is Unit.LETTER:
            unit = Unit.WORD
        position = self._page.position_at(point)
        start, end = min(self._anchor[0], position), max(self._anchor[1], position)
        place = snapping.snapped(start, end, unit)
        if place is None:
            self._page.set_caret(position)
        else:
            self._desk.choose("")
            self._page.select(*place, backwards=position < self._anchor[0])
        self.selecting.emit()

    def _settle(self) -> None:
        """End a selection; where a desktop has it, the middle button pastes it elsewhere."""
        clipboard = QGuiApplication.clipboard()
        if clipboard.supportsSelection():
            data = self._page.createMimeDataFromSelection()
            clipboard.setMimeData(data, QClipboard.Mode.Selection)
        self.selected.emit()

    def _is_triple(self, point: QPointF) -> bool:
        hints = QGuiApplication.styleHints()
        return (
            self._after_double.isValid()
            and self._after_double.elapsed() < hints.mouseDoubleClickInterval()
            and (point - self._pressed_at).manhattanLength() < hints.startDragDistance()
        )

    # Clicking

    def _click(self, event: QMouseEvent) -> None:
        point = event.position()
        marks = self._page.marks_at(point)
        link = self._page.link_at(point)
        self._page.set_caret(self._page.position_at(point))
        self.selecting.emit()
        if link and (not marks or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            self.link_clicked.emit(link)
            return
        ids = [mark.id for mark in marks]
        self._marking.pick(marks, again=ids == self._last_pick)
        self._last_pick = ids

    def _light(self, point: QPointF) -> None:
        bar = self._page.bar_at(point)
        marks = [bar] if bar else self._page.marks_at(point)
        self._desk.hover(marks[0].id if marks else "")
        shape = Qt.CursorShape.IBeamCursor
        if self._page.handle_at(point):
            shape = Qt.CursorShape.SizeHorCursor
        elif bar or self._page.bunch_at(point) or (self._page.link_at(point) and not marks):
            shape = Qt.CursorShape.PointingHandCursor
        if self._page.viewport().cursor().shape() is not shape:
            self._page.viewport().setCursor(shape)

    # Dragging an end of the active mark

    def _dragged(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> tuple[int, int] | None:
        """Return the range of the active mark with the dragged end under the pointer."""
        mark, snapping = self._desk.chosen_mark(), self._marking.snapping()
        if mark is None or snapping is None:
            return None
        # The hand holds the handle, which hangs below its letter or stands above it.
        lift = self._page.metrics.em * 0.5
        point = QPointF(point.x(), point.y() + (lift if self._handle == "start" else -lift))
        position = self._page.position_at(point)
        fixed = mark.end if self._handle == "start" else mark.start
        by_word = modifiers & Qt.KeyboardModifier.ControlModifier
        unit = Unit.WORD if by_word else Unit.LETTER
        return snapping.snapped(min(fixed, position), max(fixed, position), unit)

    def _drop_handle(self) -> None:
        place = self._page.preview
        self._handle = ""
        if place:
            self._marking.move_to(*place)
        self._page.set_preview(None)

    # Scrolling while dragging

    def _scroll_at_edge(self, point: QPointF) -> None:
        height = self._page.viewport().height()
        if point.y() < _EDGE or point.y() > height - _EDGE:
            if not self._scroll.isActive():
                self._scroll.start()
        else:
            self._scroll.stop()

    def _scroll_on(self) -> None:
        height = self._page.viewport().height()
        over = (
            self._latest.y() - (height - _EDGE)
            if self._latest.y() > height / 2
            else (self._latest.y() - _EDGE)
        )
        bar = self._page.verticalScrollBar()
        bar.setValue(bar.value() + round(over))
        self._drag(self._latest, QGuiApplication.keyboardModifiers())
