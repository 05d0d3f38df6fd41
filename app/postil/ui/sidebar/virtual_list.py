"""A list of rows of different heights in which only what is in view is measured.

A `QListView` asks every row for its height before it shows the first. This one keeps
estimates instead, measures rows as they come into view, and moves its scroll bar so that
what is already on the screen stays where it is.
"""

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from postil.ui.sidebar.marks_model import Index
from postil.ui.sidebar.row_heights import RowHeights

_ROUNDS = 4  # of measuring what came into view; two are enough unless rows shrink a lot


class VirtualList(QListView):
    """The geometry of such a list; who derives from it says how rows look.

    Args:
        parent: owns the list.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heights = RowHeights()
        self._width = 0
        self._is_settling = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show the rows of a model; it is set once."""
        super().setModel(model)
        if model is not None:
            model.rowsRemoved.connect(self._remove_rows)

    # --- what the rows are like ---

    def row_height(self, row: int) -> int:
        """Return the height of a row with the gap after it, in pixels."""
        raise NotImplementedError

    def estimate(self) -> int:
        """Return the height of a usual row with its gap, in pixels."""
        raise NotImplementedError

    def margins(self) -> tuple[int, int, int]:
        """Return the pixels left of a row, right of it, and between two rows."""
        raise NotImplementedError

    def forget(self) -> None:
        """Forget all that was measured."""
        self._heights = RowHeights(self.model().rowCount(), self.estimate())

    def row_width(self) -> int:
        """Return the width of a row in pixels."""
        left, right, _ = self.margins()
        return max(1, self.viewport().width() - left - right)

    def settled(self) -> None:
        """Do what depends on where the rows now are."""

    # --- geometry, as Qt asks for it ---

    def visualRect(self, index: Index) -> QRect:
        """Return the place of a row in the viewport."""
        row = index.row()
        if not index.isValid() or row >= len(self._heights):
            return QRect()
        left, _, gap = self.margins()
        top = self._heights.top(row) - self.verticalOffset() + gap // 2
        return QRect(left, top, self.row_width(), self._heights.height(row) - gap)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return the row at a point of the viewport."""
        row = self._heights.row_at(point.y() + self.verticalOffset())
        index = self.model().index(row, 0) if row >= 0 else QModelIndex()
        return index if self.visualRect(index).contains(point) else QModelIndex()

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Scroll until a row is in view; a row higher than the view shows its beginning."""
        row = index.row()
        if not index.isValid() or row >= len(self._heights):
            return
        self._measure_around(row)
        top, height = self._heights.top(row), self._heights.height(row)
        view, offset = self.viewport().height(), self.verticalOffset()
        if hint is QAbstractItemView.ScrollHint.PositionAtCenter:
            wanted = top - (view - height) // 2
        elif hint is QAbstractItemView.ScrollHint.PositionAtTop or top < offset or height > view:
            wanted = top
        elif hint is QAbstractItemView.ScrollHint.PositionAtBottom or top + height > offset + view:
            wanted = top + height - view
        else:
            return
        self.verticalScrollBar().setValue(wanted)

    def horizontalOffset(self) -> int:
        """Return 0: rows are as wide as the list."""
        return 0

    def verticalOffset(self) -> int:
        """Return how many pixels are above the view."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, _index: Index) -> bool:
        """Return False: what is hidden is not in the model."""
        return False

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select the row at the middle of a rectangle."""
        index = self.indexAt(rect.center())
        self.selectionModel().select(QItemSelection(index, index), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Return where selected rows are in view."""
        region = QRegion()
        for index in selection.indexes():
            region = region.united(self.visualRect(index))
        return region

    def doItemsLayout(self) -> None:
        """Measure what is in view; the rest keeps its estimate."""
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        """Fit the scroll bar and measure what is in view."""
        self._settle()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Measure what came into view and paint."""
        self._settle()
        self.viewport().update()

    # --- changes of the model ---

    def reset(self) -> None:
        """Begin anew: nothing is measured."""
        super().reset()
        self.forget()
        self.verticalScrollBar().setValue(0)
        self._settle()

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        """Make room for new rows; what is in view stays."""
        row, scrolled = self._anchor()
        self._heights.insert(start, end - start + 1)
        super().rowsInserted(parent, start, end)
        self._return_to((row + end - start + 1 if start <= row else row, scrolled))

    def _remove_rows(self, _parent: Index, start: int, end: int) -> None:
        row, scrolled = self._anchor()
        self._heights.remove(start, end - start + 1)
        if start <= row <= end:
            row, scrolled = start, 0
        self._return_to((row - (end - start + 1) if row > end else row, scrolled))
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure again when the width is another one; the first row in view stays."""
        if self.model() is None:
            return
        anchor = self._anchor()
        if self.row_width() != self._width:
            self._width = self.row_width()
            self.forget()
        QAbstractItemView.resizeEvent(self, event)
        self._return_to(anchor)

    # --- inside ---

    def _measure(self, row: int) -> int:
        """Measure one row and return by how much it grew."""
        return self._heights.measure(row, self.row_height(row))

    def _measure_around(self, row: int) -> None:
        """Measure a view of rows before and after a row, so that scrolling there is exact."""
        for step in (-1, 1):
            at, room = row, self.viewport().height()
            while 0 <= at < len(self._heights) and room > 0:
                self._measure(at)
                room -= self._heights.height(at)
                at += step
        self._fit_scroll_bar()

    def _settle(self) -> None:
        """Measure what is in view; rows that come in from above must not push the others down."""
        model = self.model()
        if self._is_settling or model is None or len(self._heights) != model.rowCount():
            return
        self._is_settling = True
        try:
            for _ in range(_ROUNDS):
                self._fit_scroll_bar()
                if not self._measure_view():
                    break
            self._fit_scroll_bar()
            self.settled()
        finally:
            self._is_settling = False

    def _measure_view(self) -> bool:
        """Measure the rows in view once; return whether the offset had to be moved."""
        offset, view = self.verticalOffset(), self.viewport().height()
        row = self._heights.row_at(offset)
        if row < 0:
            return False
        top = self._heights.top(row)
        growth = self._measure(row)
        moved = growth != 0 and top < offset
        if moved:
            offset += growth
            self._fit_scroll_bar()
            self.verticalScrollBar().setValue(offset)
        y = top + self._heights.height(row)
        row += 1
        while row < len(self._heights) and y < offset + view:
            self._measure(row)
            y += self._heights.height(row)
            row += 1
        return moved

    def _fit_scroll_bar(self) -> None:
        bar = self.verticalScrollBar()
        view = self.viewport().height()
        bar.setRange(0, max(0, self._heights.total - view))
        bar.setPageStep(view)
        bar.setSingleStep(max(1, self.estimate() // 4))

    def _anchor(self) -> tuple[int, int]:
        """Return the first row in view and how far it is scrolled out; row -1 at the very top."""
        offset = self.verticalOffset()
        row = self._heights.row_at(offset) if offset else -1
        return row, offset - self._heights.top(row) if row >= 0 else 0

    def _return_to(self, anchor: tuple[int, int]) -> None:
        """Scroll so that the first row in view is the same as before."""
        row, scrolled = anchor
        self._settle()
        if 0 <= row < len(self._heights):
            self.verticalScrollBar().setValue(self._heights.top(row) + scrolled)
            self._settle()
