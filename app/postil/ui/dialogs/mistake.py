"""The report of a mistake in the program: what can be copied and sent; the window lives on."""

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)


class MistakeDialog(QDialog):
    """Shows a report; further ones are added below the first.

    Args:
        report: text.
        parent: the window.
    """

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mistakeDialog")
        self.setWindowTitle(self.tr("A mistake in Postil"))
        self.setAccessibleName(self.tr("A mistake in Postil"))
        self.resize(640, 420)
        words = QLabel(
            self.tr(
                "Something went wrong that should not have. Your work is saved, and you can go"
                " on. This report helps to mend it; read it before you pass it on."
            )
        )
        words.setWordWrap(True)
        self.report = QPlainTextEdit(report)
        self.report.setObjectName("mistakeReport")
        self.report.setAccessibleName(self.tr("Report"))
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(self.tr("&Copy Report"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setObjectName("copyReport")
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.addWidget(words)
        layout.addWidget(self.report, 1)
        layout.addWidget(buttons)

    def add(self, report: str) -> None:
        """Show another report below."""
        self.report.appendPlainText("\n" + report)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
