"""The dialog that says the same of several articles: outlet, author, language."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from postil.domain.article import Metadata
from postil.domain.errors import UserError
from postil.domain.listing import ArticleRow
from postil.library import ChangeArticles, Library, check_metadata
from postil.ui.counting import counted
from postil.ui.line_edit import LineEdit

_WIDE = 40  # letters that a field shows


class DescribeArticles(QDialog):
    """Asks which fields are changed, and to what; an unticked field stays as it is.

    Args:
        library: has the articles.
        article_ids: the articles.
        parent: the window.
    """

    def __init__(
        self, library: Library, article_ids: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ids = tuple(article_ids)
        self.setObjectName("describeArticles")
        self.setWindowTitle(self.tr("Source data of the chosen articles"))
        self.setAccessibleName(self.windowTitle())
        about = counted(len(self._ids), "1 article is changed.", "%n articles are changed.")
        grid = QGridLayout()
        labels = {
            "outlet": self.tr("&Outlet"),
            "author": self.tr("&Author"),
            "language": self.tr("&Language"),
        }
        known = library.articles(self._ids)
        self.ticks: dict[str, QCheckBox] = {}
        self.fields: dict[str, QLineEdit] = {}
        for row, (name, label) in enumerate(labels.items()):
            tick, field = QCheckBox(label), LineEdit(_common(known, name))
            plain = label.replace("&", "")
            tick.setAccessibleName(self.tr("Change {0}").format(plain))
            field.setObjectName(f"describe_{name}")
            field.setAccessibleName(plain)
            if not field.text():
                field.setPlaceholderText(self.tr("differs, or empty"))
            field.textEdited.connect(lambda _text, one=tick: one.setChecked(True))
            field.textChanged.connect(self._look)
            tick.toggled.connect(self._look)
            field.setMinimumWidth(field.fontMetrics().averageCharWidth() * _WIDE)
            grid.addWidget(tick, row, 0)
            grid.addWidget(field, row, 1)
            self.ticks[name], self.fields[name] = tick, field
        self._wrong = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._wrong.setObjectName("describe_wrong")
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self.save = buttons.button(QDialogButtonBox.StandardButton.Save)
        column = QVBoxLayout(self)
        column.addWidget(QLabel(about))
        column.addLayout(grid)
        column.addWidget(self._wrong)
        column.addWidget(buttons)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.fields["outlet"].setFocus()
        self._look()

    @property
    def command(self) -> ChangeArticles:
        """What changes the ticked fields."""
        told = {
            name: field.text() if self.ticks[name].isChecked() else None
            for name, field in self.fields.items()
        }
        return ChangeArticles(self._ids, told["outlet"], told["author"], told["language"])

    def _look(self) -> None:
        """Say what the library would refuse; then there is no Save."""
        wrong = ""
        try:
            check_metadata(Metadata(), Metadata(language=self.command.language or ""))
        except UserError as error:
            wrong = str(error)
        self._wrong.setText(wrong)
        ticked = any(tick.isChecked() for tick in self.ticks.values())
        self.save.setEnabled(ticked and not wrong)


def _common(known: Sequence[ArticleRow], name: str) -> str:
    """Return what all articles say in a field, or nothing; their rows say no language."""
    values = {str(getattr(one, name, "")) for one in known}
    return values.pop() if len(values) == 1 else ""
