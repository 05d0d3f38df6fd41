"""A tree of things to choose from, with check boxes that answer to the mouse and to keys.

Space turns what is selected, Delete takes it out and Insert puts it in. A click on a box of
several selected rows turns all of them, and one with Shift all from the box clicked before.
"""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked
_KEYS = {
    Qt.Key.Key_Delete: UNCHECKED,
    Qt.Key.Key_Backspace: UNCHECKED,
    Qt.Key.Key_Insert: CHECKED,
}


class ChoiceTree(QTreeWidget):
    """The tree.

    Args:
        name: for screen readers.
        parent: lies around it.
    """

    turned = Signal()  # something was chosen, or is no longer

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAllColumnsShowFocus(True)
        self._is_turning = False
        self._is_range = False
        self._under: QTreeWidgetItem | None = None  # while a button of the mouse goes up
        self._clicked: QTreeWidgetItem | None = None  # whose box was clicked last
        self.itemChanged.connect(self._follow)

    def turn(self, items: Iterable[QTreeWidgetItem], state: Qt.CheckState) -> None:
        """Put items in or take them out; those in them go along."""
        self._is_turning = True
        for item in items:
            item.setCheckState(0, state)
        self._is_turning = False
        self.viewport().update()
        self.turned.emit()

    def turn_selected(self, state: Qt.CheckState) -> None:
        """Put in what is selected, or take it out."""
        self.turn(self.selectedItems(), state)

    def event(self, event: QEvent) -> bool:
        """Keep the keys from actions that have the same ones."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and event.key() in _KEYS
            and not event.modifiers()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn what is selected."""
        key = Qt.Key(event.key())
        current = self.currentItem()
        if key == Qt.Key.Key_Space and current is not None:
            is_in = current.checkState(0) is CHECKED
            self.turn_selected(UNCHECKED if is_in else CHECKED)
        elif key in _KEYS:
            self.turn_selected(_KEYS[key])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break lines anew."""
        super().resizeEvent(event)
        if self.wordWrap():
            self.scheduleDelayedItemsLayout()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Turn what was clicked; with Shift, all from the one clicked before."""
        self._under = self.itemAt(event.position().toPoint())
        self._is_range = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        super().mouseReleaseEvent(event)
        self._under = None

    def _follow(self, item: QTreeWidgetItem) -> None:
        """Let others go along with one whose box was clicked."""
        if self._is_turning:
            return
        if item is not self._under:  # the one it is folded into, or turned by no mouse
            self.turned.emit()
            return
        others: list[QTreeWidgetItem] = []
        if self._is_range and self._clicked is not None:
            others = self._between(self._clicked, item)
        elif item.isSelected():
            others = self.selectedItems()
        self._clicked = item
        self.turn(others, item.checkState(0))

    def _between(self, one: QTreeWidgetItem, other: QTreeWidgetItem) -> list[QTreeWidgetItem]:
        """Return the rows from one to another, whichever comes first."""
        upper, lower = sorted((one, other), key=lambda item: self.visualItemRect(item).top())
        found = [upper]
        while found[-1] is not lower and (below := self.itemBelow(found[-1])) is not None:
            found.append(below)
        return found
