"""The dialog that asks between which dates articles were published."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from postil.domain.dates import is_date
from postil.ui.line_edit import LineEdit


class DatesBetween(QDialog):
    """Asks for a first and a last date; either may be left empty.

    Args:
        since: the first one as it is now.
        until: the last one as it is now.
        parent: the window.
    """

    def __init__(self, since: str, until: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("datesBetween")
        self.setWindowTitle(self.tr("Published between"))
        self.setAccessibleName(self.windowTitle())
        self.since, self.until = LineEdit(since), LineEdit(until)
        self._wrong = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._wrong.setObjectName("dates_wrong")
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        form = QFormLayout()
        for label, name, field in (
            (self.tr("&From"), self.tr("From"), self.since),
            (self.tr("&To"), self.tr("To"), self.until),
        ):
            field.setAccessibleName(name)
            field.setPlaceholderText(self.tr("2026, 2026-05 or 2026-05-04"))
            field.textChanged.connect(self._look)
            form.addRow(label, field)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self._wrong)
        column.addWidget(self._buttons)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._look()

    def answer(self) -> tuple[str, str]:
        """Return the dates, ISO 8601 or empty."""
        return self.since.text().strip(), self.until.text().strip()

    def _look(self) -> None:
        """Say what is no date; then there is no OK."""
        since, until = self.answer()
        wrong = [text for text in (since, until) if text and not is_date(text)]
        if wrong:
            words = self.tr("“{0}” is no date. Write it as 2026-05-04.").format(wrong[0][:40])
        elif since and until and since[: len(until)] > until:
            words = self.tr("The first date is later than the last one.")
        else:
            words = ""
        self._wrong.setText(words)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not words)
