"""The dialog that makes or changes a group of tags: its name and its colour."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QColorDialog,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from postil.domain.colours import INK, readable_fill
from postil.domain.tags import Group
from postil.library import AddGroup, ChangeGroup, Command
from postil.ui.desk import Desk
from postil.ui.line_edit import LineEdit

# Paul Tol's light set: told apart by everybody, and dark words on them can be read.
LIGHT_SET = {
    "light blue": "#77AADD",
    "orange": "#EE8866",
    "light yellow": "#EEDD88",
    "pink": "#FFAABB",
    "light cyan": "#99DDFF",
    "mint": "#44BB99",
    "pear": "#BBCC33",
    "olive": "#AAAA00",
    "pale grey": "#DDDDDD",
}


class GroupDialog(QDialog):
    """Asks for the name and colour of a group.

    Args:
        desk: has the other groups.
        codebook_id: where the group is, or is to be.
        group: that is changed; None for a new one.
        parent: the window.
    """

    def __init__(
        self, desk: Desk, codebook_id: str, group: Group | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._codebook_id, self._group = desk, codebook_id, group
        self.setObjectName("groupDialog")
        title = self.tr("Edit Group") if group else self.tr("New Group")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.colour = group.colour if group else self._free_colour()
        self.name = LineEdit(group.name if group else "")
        self.name.setObjectName("groupName")
        self.name.setAccessibleName(self.tr("Name of the group"))
        self.sample = QLabel()
        self.sample.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._wrong = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._wrong.hide()
        self._choices = QButtonGroup(self)
        self._own = QPushButton(self.tr("&Own Colour…"))
        self._own.setAutoDefault(False)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self.save = buttons.button(QDialogButtonBox.StandardButton.Save)
        form = QFormLayout()
        form.addRow(self.tr("&Name"), self.name)
        form.addRow(self.tr("Colour"), self._colours())
        form.addRow("", self._own)
        form.addRow("", self.sample)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.addLayout(form)
        column.addWidget(self._wrong)
        column.addWidget(buttons)
        self.name.textChanged.connect(self._look)
        self._own.clicked.connect(self._ask_colour)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._show_colour()
        self.save.setEnabled(group is not None)

    @property
    def command(self) -> Command:
        """What makes or changes the group as it stands in the fields."""
        if self._group is None:
            return AddGroup(self._codebook_id, self.name.text(), self.colour)
        return ChangeGroup(self._codebook_id, self._group.id, self.name.text(), self.colour)

    def take_colour(self, colour: str) -> None:
        """Choose a colour "#RRGGBB"."""
        self.colour = colour.upper()
        self._show_colour()

    def accept(self) -> None:
        """Close, unless the library would refuse this."""
        self._look()
        if self.save.isEnabled():
            super().accept()

    def _free_colour(self) -> str:
        """Return the first colour of the set that the codebook does not use yet."""
        used = {
            g.colour for (owner, _), g in self._desk.groups.items() if owner == self._codebook_id
        }
        return next((c for c in LIGHT_SET.values() if c not in used), LIGHT_SET["pale grey"])

    def _colours(self) -> QWidget:
        box = QWidget()
        box.setStyleSheet("QToolButton:checked { border: 2px solid palette(text); }")
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        side = self.fontMetrics().height()
        for name, colour in LIGHT_SET.items():
            button = QToolButton()
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setObjectName(f"colour-{colour[1:]}")
            button.setAccessibleName(self.tr(name))
            button.setToolTip(self.tr(name))
            picture = QPixmap(side, side)
            picture.fill(QColor(colour))
            button.setIcon(QIcon(picture))
            button.setIconSize(QSize(side, side))
            button.clicked.connect(lambda _on=False, one=colour: self.take_colour(one))
            self._choices.addButton(button)
            row.addWidget(button)
        return box

    def _show_colour(self) -> None:
        for button in self._choices.buttons():
            if button.objectName() == f"colour-{self.colour[1:]}":
                button.setChecked(True)
        fill = readable_fill(self.colour)
        self.sample.setStyleSheet(f"background: {fill}; color: {INK}; padding: 5px;")
        self.sample.setText(
            self.tr("Words of a mark")
            if fill == self.colour
            else self.tr("Words of a mark: lightened, so that they can be read")
        )

    def _ask_colour(self) -> None:
        colour = QColorDialog.getColor(QColor(self.colour), self, self.tr("Colour of the Group"))
        if colour.isValid():
            self.take_colour(colour.name())

    def _look(self) -> None:
        objection = self._desk.library.objection(self.command)
        is_told = objection is not None and bool(self.name.text().strip())
        self._wrong.setText(str(objection) if is_told else "")
        self._wrong.setVisible(is_told)
        self.save.setEnabled(objection is None)
