"""All actions with the keys they have now, found by words or by a key: for help and settings."""

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from postil.ui.action_table import TABLE
from postil.ui.actions import menu_path, plain, words
from postil.ui.clear_button import add_clear_button
from postil.ui.folding import fold
from postil.ui.keymap import Keymap, native
from postil.ui.line_edit import LineEdit

_ID = Qt.ItemDataRole.UserRole + 1


class KeyTable(QWidget):
    """A field and a table.

    Args:
        keymap: which keys the actions have.
    """

    current_changed = Signal(str)  # id of the action the table is at, or empty

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self._keymap = keymap
        self.search = LineEdit()
        self.search.setObjectName("keysFilter")
        self.search.setPlaceholderText(self.tr("Find an action or a key"))
        self.search.setAccessibleName(self.tr("Find an action or a key"))
        add_clear_button(self.search)
        self.table = QTableView()
        self.table.setObjectName("keysTable")
        self.table.setAccessibleName(self.tr("Actions and keys"))
        self._model = QStandardItemModel(self)
        self._fill()
        self.table.setModel(self._model)
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        # Rows are as high as their words need in columns of this width; worked out once for all.
        self._fit = QTimer(self)
        self._fit.setSingleShot(True)
        self._fit.timeout.connect(self.table.resizeRowsToContents)
        header.sectionResized.connect(lambda: self._fit.start(0))
        self.search.textChanged.connect(self._look_for)
        self.table.selectionModel().currentRowChanged.connect(self._tell)
        keymap.changed.connect(self._show_keys)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.search)
        layout.addWidget(self.table, 1)

    def current(self) -> str:
        """Return the id of the action the table is at, or nothing."""
        index = self.table.currentIndex()
        return str(index.siblingAtColumn(0).data(_ID)) if index.isValid() else ""

    def _fill(self) -> None:
        self._model.setHorizontalHeaderLabels(
            [self.tr("Action"), self.tr("Keys"), self.tr("What it does")]
        )
        for spec in TABLE:
            name = QStandardItem(f"{menu_path(spec)} ▸ {plain(words(spec.text))}")
            name.setData(spec.id, _ID)
            self._model.appendRow([name, QStandardItem(), QStandardItem(words(spec.tip))])
        self._show_keys()

    def _show_keys(self) -> None:
        for row, spec in enumerate(TABLE):
            keys = ", ".join(native(key) for key in self._keymap.keys(spec.id))
            item = self._model.item(row, 1)
            item.setText(keys)
            font = item.font()
            font.setBold(self._keymap.is_changed(spec.id))
            item.setFont(font)

    def _look_for(self, text: str) -> None:
        wanted = fold(text)
        for row in range(self._model.rowCount()):
            cells = (self._model.item(row, column).text() for column in range(3))
            self.table.setRowHidden(row, not any(wanted in fold(cell) for cell in cells))

    def _tell(self, _index: QModelIndex) -> None:
        self.current_changed.emit(self.current())
