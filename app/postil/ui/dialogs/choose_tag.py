"""A dialog that asks for one of the tags: typing narrows the list, Enter takes the chosen one."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from postil.ui.desk import Desk
from postil.ui.line_edit import LineEdit
from postil.ui.sidebar.tag_search import find_tags
from postil.ui.tips import as_tip

_STEPS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class ChooseTag(QDialog):
    """Asks for a tag.

    Args:
        desk: has the tags.
        title: of the dialog.
        sentence: above the list, what is asked.
        first: id of the codebook whose tags come first.
        without: ids of tags that are not offered.
        take: the word on the button that takes the chosen tag.
        other: the word on a button that wants none of them; empty for no such button.
        parent: the window.
    """

    def __init__(
        self,
        desk: Desk,
        title: str,
        sentence: str,
        first: str,
        without: Collection[str],
        take: str,
        other: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("chooseTag")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.resize(420, 420)
        self._desk = desk
        known = (tag for tag in desk.tags.values() if tag.id not in without)
        self._tags = sorted(known, key=lambda tag: tag.codebook_id != first)
        label = QLabel(sentence, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.field = LineEdit()
        self.field.setObjectName("chooseTagField")
        self.field.setAccessibleName(self.tr("Part of a name or code"))
        self.field.setPlaceholderText(self.tr("Name, code, group or definition"))
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setObjectName("chooseTagList")
        self.list.setAccessibleName(self.tr("Tags"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.take = QPushButton(take)
        self.take.setDefault(True)
        buttons.addButton(self.take, QDialogButtonBox.ButtonRole.AcceptRole)
        self.other = QPushButton(other, self)
        self.other.setVisible(bool(other))
        if other:
            buttons.addButton(self.other, QDialogButtonBox.ButtonRole.DestructiveRole)
        self.other.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        for widget in (label, self.field, self.list, buttons):
            column.addWidget(widget)
        self.tag_id = ""  # the answer; empty when the other button was pressed
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        self.other.clicked.connect(self.accept)
        self.field.textChanged.connect(self._find)
        self.list.itemActivated.connect(self._take)
        self._find()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the keys for up and down go through the list while one types."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.key() in _STEPS:
            if event.type() is QEvent.Type.KeyPress:
                self.list.keyPressEvent(event)
            return True
        return False

    def _find(self) -> None:
        self.list.clear()
        for offer in find_tags(self.field.text(), self._tags, self._desk.group_names):
            if offer.tag is not None:
                row = QListWidgetItem(f"{offer.tag.code}  {offer.name} · {offer.group}", self.list)
                row.setData(Qt.ItemDataRole.UserRole, offer.tag.id)
                row.setToolTip(as_tip(offer.tag.definition))
        self.list.setCurrentRow(0)
        self.take.setEnabled(self.list.count() > 0)

    def _take(self) -> None:
        row = self.list.currentItem()
        if row is not None:
            self.tag_id = row.data(Qt.ItemDataRole.UserRole)
            self.accept()
