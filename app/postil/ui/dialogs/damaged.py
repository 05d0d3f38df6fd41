"""A damaged library in plain words: what can be had in its place, for a person to choose."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from postil.library.recovery import Recovery
from postil.ui.counting import altered_words, counted
from postil.ui.dates import shown_time

_WIDTH = 560  # pixels, where the screen has them


class DamagedDialog(QDialog):
    """The dialog; accepted, `take` puts what was chosen in the library's place.

    Args:
        path: of the library; there may be no file any more.
        recovery: what can be had.
        parent: the window.
    """

    def __init__(self, path: Path, recovery: Recovery, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recovery = recovery
        self.setObjectName("damagedDialog")
        is_lost = not path.exists() or path.stat().st_size == 0
        title = self.tr("The library is empty") if is_lost else self.tr("The library is damaged")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        heading = QLabel(f"{title}.")
        heading.setObjectName("heading")
        if is_lost:
            why = self.tr("There is nothing at {0} any more, but there are backups.")
        else:
            why = self.tr(
                "Postil cannot read all of {0}. The disk or a program that copies files may have"
                " changed it. The damaged file is kept beside the new one, whatever you choose."
            )
        about = QLabel(why.format(path), wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        found = recovery.rescued
        is_nothing = is_lost or not (found.articles or found.marks)
        self.rescued = QRadioButton(
            self.tr("&Begin a new library") if is_nothing else self.tr("Go on with &what is left")
        )
        self.backup = QRadioButton(self.tr("Go back to the &backup"))
        self.backup.setEnabled(recovery.backup is not None)
        rescued = self._explained(self.rescued, self._of_rescue(is_nothing=is_nothing))
        backup = self._explained(self.backup, self._of_backup())
        (self.backup if self._is_backup_better() else self.rescued).setChecked(True)
        buttons = QDialogButtonBox()
        self.go_on = buttons.addButton(self.tr("&Go On"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.quit = buttons.addButton(self.tr("&Quit"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(18, 16, 18, 4)
        column.setSpacing(10)
        for widget in (heading, about, self.rescued, rescued, self.backup, backup):
            column.addWidget(widget)
        column.addStretch(1)
        area = QScrollArea(widgetResizable=True)  # large letters may need more than a screen
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 14)
        outer.addWidget(area, 1)
        outer.addWidget(buttons)
        buttons.setContentsMargins(18, 0, 18, 0)
        needed = column.heightForWidth(_WIDTH - 36) + buttons.sizeHint().height() + 30
        self.resize(_WIDTH, needed)

    def _explained(self, choice: QRadioButton, why: str) -> QLabel:
        """Return what a choice means, in lines that wrap as those of a button do not."""
        choice.setAccessibleDescription(why)
        label = QLabel(why, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        label.setObjectName("soft")
        label.setContentsMargins(26, 0, 0, 0)
        return label

    def take(self) -> Path | None:
        """Put what was chosen in place; return where the damaged file is now.

        Raises:
            UserError: it cannot be read, or the files cannot be moved.
        """
        if self.backup.isChecked():
            return self._recovery.take_backup()
        return self._recovery.take_rescued()

    def _of_rescue(self, *, is_nothing: bool) -> str:
        found = self._recovery.rescued
        if is_nothing:
            return self.tr("Nothing could be read of this one.")
        text = self.tr("What could be read: {0}.").format(_amount(found.articles, found.marks))
        text += "\n" + self.tr("What was done before cannot be undone there.")
        if found.texts_lost:
            text += "\n" + counted(
                found.texts_lost,
                "The text of 1 article is lost; its marks wait without a place.",
                "The text of %n articles is lost; their marks wait without a place.",
            )
        return text

    def _of_backup(self) -> str:
        found = self._recovery.backup
        if found is None:
            return self.tr("There is no good one.")
        text = self.tr("The newest good one, of {0}: {1}.").format(
            shown_time(found.backup.at.strftime("%Y-%m-%dT%H:%M:%SZ")),
            _amount(found.inside.articles, found.inside.marks),
        )
        return f"{text}\n{altered_words(found.altered)}" if found.altered else text

    def _is_backup_better(self) -> bool:
        found = self._recovery.rescued
        if self._recovery.backup is None:
            return False
        inside = self._recovery.backup.inside
        return inside.articles + inside.marks > found.articles + found.marks or bool(
            found.texts_lost and inside.marks >= found.marks
        )


def _amount(articles: int, marks: int) -> str:
    return (
        f"{counted(articles, '1 article', '%n articles')} · {counted(marks, '1 mark', '%n marks')}"
    )
