"""Every question the window asks, in one object that is handed to whoever may ask.

Tests hand over another one with the answers ready, so that no dialog waits for anybody.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QMessageBox, QWidget

from postil.ui.room import fit_screen

_WIDE = 52  # letters that have room in a dialog that asks for a name


class Prompts(QObject):
    """Asks the person at the screen.

    Args:
        window: the dialogs' parent.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def open_files(self, title: str, folder: Path, filters: str) -> list[Path]:
        """Ask for files to read.

        Args:
            title: of the dialog.
            folder: where to begin.
            filters: kinds of files, as Qt writes them.

        Returns:
            The files chosen; none when the dialog was left.
        """
        names, _ = QFileDialog.getOpenFileNames(self._window, title, str(folder), filters)
        return [Path(name) for name in names]

    def save_file(self, title: str, proposed: Path, filters: str) -> Path | None:
        """Ask where to write a file; the dialog asks before an existing one is replaced."""
        name, _ = QFileDialog.getSaveFileName(self._window, title, str(proposed), filters)
        return Path(name) if name else None

    def folder(self, title: str, proposed: Path) -> Path | None:
        """Ask for a folder to write into."""
        name = QFileDialog.getExistingDirectory(self._window, title, str(proposed))
        return Path(name) if name else None

    def text(self, title: str, label: str, value: str) -> str | None:
        """Ask for one line of text; None when the dialog was left."""
        dialog = self._wide(title, label)
        dialog.setTextValue(value)
        return self._answer(dialog)

    def choose(self, title: str, label: str, options: Sequence[str], current: int) -> int | None:
        """Ask for one of several; the index of the answer, None when the dialog was left."""
        dialog = self._wide(title, label)
        dialog.setComboBoxItems(list(options))
        dialog.setTextValue(options[current])
        answer = self._answer(dialog)
        return None if answer is None else options.index(answer)

    def _answer(self, dialog: QInputDialog) -> str | None:
        answered = self.show(dialog)
        dialog.deleteLater()
        return dialog.textValue() if answered else None

    def _wide(self, title: str, label: str) -> QInputDialog:
        """Return a dialog that its title and an ordinary name have room in."""
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle(title)
        dialog.setLabelText(label)
        dialog.resize(dialog.fontMetrics().averageCharWidth() * _WIDE, dialog.sizeHint().height())
        return dialog

    def confirm(self, title: str, question: str, yes: str) -> bool:
        """Ask a yes-or-no question; `yes` is the word on the button that agrees."""
        box = self._box(QMessageBox.Icon.Question, title, question)
        agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        return box.clickedButton() is agree

    def show(self, dialog: QDialog) -> bool:
        """Show a dialog of ours until it is left; return whether it was accepted."""
        fit_screen(dialog)
        return dialog.exec() == QDialog.DialogCode.Accepted

    def tell(self, title: str, text: str) -> None:
        """Tell something that ends the program; everything else has a calmer place."""
        self._box(QMessageBox.Icon.Critical, title, text).exec()

    def _box(self, icon: QMessageBox.Icon, title: str, text: str) -> QMessageBox:
        """Return a box that shows words as they are: names in them come from strangers' files."""
        box = QMessageBox(icon, title, "", parent=self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(text)
        return box
