"""The dialog that changes a codebook: its name and what it says of itself."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from postil.domain.tags import Codebook
from postil.library import ChangeCodebook
from postil.ui.desk import Desk
from postil.ui.line_edit import LineEdit


class CodebookDialog(QDialog):
    """Asks for the name and the description of a codebook.

    Args:
        desk: has the library, which may object.
        codebook: that is changed.
        parent: the window.
    """

    def __init__(self, desk: Desk, codebook: Codebook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._codebook = desk, codebook
        self.setObjectName("codebookDialog")
        self.setWindowTitle(self.tr("Edit Codebook"))
        self.setAccessibleName(self.tr("Edit Codebook"))
        self.name = LineEdit(codebook.name)
        self.name.setAccessibleName(self.tr("Name of the codebook"))
        self.description = QPlainTextEdit(codebook.description, tabChangesFocus=True)
        self.description.setAccessibleName(self.tr("What the codebook is for"))
        self._wrong = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._wrong.hide()
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self.save = buttons.button(QDialogButtonBox.StandardButton.Save)
        form = QFormLayout()
        form.addRow(self.tr("&Name"), self.name)
        form.addRow(self.tr("&Description"), self.description)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.addLayout(form)
        column.addWidget(self._wrong)
        column.addWidget(buttons)
        self.name.textChanged.connect(self._look)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)

    @property
    def command(self) -> ChangeCodebook:
        """What changes the codebook to what stands in the fields."""
        said = self.description.toPlainText()
        return ChangeCodebook(self._codebook.id, self.name.text(), said)

    def _look(self) -> None:
        objection = self._desk.library.objection(self.command)
        self._wrong.setText("" if objection is None else str(objection))
        self._wrong.setVisible(objection is not None)
        self.save.setEnabled(objection is None)
