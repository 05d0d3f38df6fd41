"""A layout that sets its items side by side and goes on in the next line, as words do."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Items in lines, each as wide as it wants; one that can grow takes the rest of its line.

    Args:
        parent: the widget laid out.
        spacing: between items and between lines, in pixels.
    """

    def __init__(self, parent: QWidget | None = None, spacing: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item at the end."""
        self._items.append(item)

    def insertWidget(self, at: int, widget: QWidget) -> None:
        """Take a widget at a place."""
        self.addWidget(widget)
        self._items.insert(at, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Return that it wants no more than its lines."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Return True: narrow means high."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at a width."""
        return self._arrange(QRect(0, 0, width, 0), moves=False)

    def setGeometry(self, rect: QRect) -> None:
        """Set the items."""
        super().setGeometry(rect)
        self._arrange(rect, moves=True)

    def sizeHint(self) -> QSize:
        """Return the smallest size: lines may be as narrow as the widest item."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return the size of the largest item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, moves: bool) -> int:
        """Set the items in lines, or only count; return the height."""
        y, gap = rect.y(), self.spacing()
        line: list[tuple[QLayoutItem, int]] = []
        used = 0
        for item in self._items:
            if item.isEmpty():
                continue
            width = min(max(item.sizeHint().width(), item.minimumSize().width()), rect.width())
            if line and used + gap + width > rect.width():
                y += self._set_line(line, QPoint(rect.x(), y), rect.width(), moves=moves) + gap
                line, used = [], 0
            used += width + (gap if line else 0)
            line.append((item, width))
        if line:
            y += self._set_line(line, QPoint(rect.x(), y), rect.width(), moves=moves)
        return y - rect.y()

    def _set_line(
        self, line: list[tuple[QLayoutItem, int]], at: QPoint, room: int, *, moves: bool
    ) -> int:
        height = max(item.sizeHint().height() for item, _ in line)
        if not moves:
            return height
        spare = room - sum(width for _, width in line) - self.spacing() * (len(line) - 1)
        x = at.x()
        for item, width in line:
            grown = width
            if spare and item.expandingDirections() & Qt.Orientation.Horizontal:
                grown, spare = width + spare, 0
            own = item.sizeHint().height()
            item.setGeometry(QRect(x, at.y() + (height - own) // 2, grown, own))
            x += grown + self.spacing()
        return height
