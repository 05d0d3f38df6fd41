"""The window of the history; what is chosen in it is done by whoever opened it."""

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from postil.domain.listing import HistoryRow
from postil.ui.counting import counted
from postil.ui.filter_field import FilterField
from postil.ui.history.delegate import HistoryDelegate
from postil.ui.history.model import LINE, HistoryModel, Line
from postil.ui.theme import Theme


class HistoryWindow(QDialog):
    """Lists the steps; the article behind stays in use.

    Args:
        theme: its colours.
        parent: the window.
    """

    go_wanted = Signal(int)  # number of the step to be the last one done, 0 for the beginning
    restore_wanted = Signal(int)  # number of the step whose deleted things are to come back
    name_wanted = Signal(object)  # a RestorePoint that is to have another name

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("historyWindow")
        self.setWindowTitle(self.tr("History"))
        self.resize(460, 560)
        self.model = HistoryModel(self)
        self.list = QListView()
        self.list.setObjectName("historyList")
        self.list.setAccessibleName(self.tr("Steps, the newest first"))
        self.list.setModel(self.model)
        self.delegate = HistoryDelegate(theme, self.list)
        self.list.setItemDelegate(self.delegate)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.doubleClicked.connect(self._go)
        self.list.selectionModel().currentChanged.connect(self._enable)
        self.filter = FilterField(self.list)
        self.filter.setObjectName("historyFilter")
        self.filter.setPlaceholderText(self.tr("Words of a step, an article, a name or a date"))
        self.filter.setAccessibleName(self.filter.placeholderText())
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._narrow)
        self.count = QLabel()
        self.count.setObjectName("soft")
        self.go = self._button("historyGo", self._go)
        self.restore = self._button("historyRestore", self._restore)
        self.restore.setText(self.tr("&Restore What It Deleted"))
        self.name = self._button("historyName", self._name)
        self.name.setText(self.tr("&Name…"))
        self.name.setToolTip(self.tr("Give the restore point a name (F2)"))
        self._lay_out()

    def show_rows(self, rows: list[HistoryRow]) -> None:
        """Show a history read anew; the chosen line stays the chosen one, and in its place."""
        index = self.list.currentIndex()
        line: Line | None = index.data(LINE) if index.isValid() else None
        place = self.list.verticalScrollBar().value()
        self.model.show(rows)
        row = self.model.row_of(line.key) if line else -1
        self._choose(row if row >= 0 else max(self.model.now_row(), 0))
        if row >= 0:
            self.list.verticalScrollBar().setValue(place)
        self._enable()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self.delegate.theme = theme
        self.list.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on Enter, name on F2; the rest is for dialogs."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus = self.focusWidget()
            if isinstance(focus, QPushButton):
                focus.click()
            else:
                self._go()
        elif event.key() == Qt.Key.Key_F2:
            self._name()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self.filter)
        column.addWidget(self.count)
        column.addWidget(self.list, 1)
        below = QHBoxLayout()
        below.addWidget(self.go)
        below.addWidget(self.restore)
        below.addStretch(1)
        below.addWidget(self.name)
        column.addLayout(below)
        self.filter.setFocus()

    def _button(self, name: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton()
        button.setObjectName(name)
        button.setAutoDefault(False)  # Enter is for the list
        button.clicked.connect(lambda _on=False: act())
        return button

    def _chosen(self) -> Line | None:
        index = self.list.currentIndex()
        line: Line | None = index.data(LINE) if index.isValid() else None
        return line

    def _choose(self, row: int) -> None:
        self.list.selectionModel().setCurrentIndex(
            self.model.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.list.scrollTo(self.model.index(row))

    def _narrow(self, text: str) -> None:
        self.model.set_filter(text)
        self._choose(max(self.model.now_row(), 0) if not text.strip() else 0)
        self._enable()

    def _enable(self, *_: QModelIndex) -> None:
        line = self._chosen()
        steps = self.model.steps_to(line) if line else 0
        self.go.setEnabled(bool(steps))
        if steps > 0:
            self.go.setText(counted(steps, "&Go Forward 1 Step", "&Go Forward %n Steps"))
        else:
            self.go.setText(counted(-steps or 1, "&Go Back 1 Step", "&Go Back %n Steps"))
        self.restore.setEnabled(line is not None and line.can_restore)
        self.name.setEnabled(line is not None and line.is_point)
        self.count.setText(counted(self.model.rowCount(), "1 line", "%n lines"))

    def _go(self, *_: QModelIndex) -> None:
        line = self._chosen()
        if line is not None and line.goal != self.model.now:
            self.go_wanted.emit(line.goal)

    def _restore(self) -> None:
        line = self._chosen()
        if line is not None and line.can_restore:
            self.restore_wanted.emit(line.goal)

    def _name(self) -> None:
        line = self._chosen()
        if line is not None and line.is_point and line.row is not None:
            self.name_wanted.emit(line.row.point)
