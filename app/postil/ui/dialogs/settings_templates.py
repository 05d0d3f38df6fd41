"""Settings: the person's own templates for notes, made, changed and deleted."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from postil.domain.note_fields import written_fields
from postil.settings import Settings
from postil.ui.line_edit import LineEdit
from postil.ui.note_templates import (
    NAME_CHARACTERS,
    NoteTemplate,
    keep_own_templates,
    own_templates,
)

PAGE = "settingsTemplates"  # the page's name


class TemplatesPage(QWidget):
    """The page. Everything is kept as it is typed.

    Args:
        settings: where templates are kept.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setObjectName(PAGE)
        self._settings = settings
        self._templates = own_templates(settings)
        self._deleted: tuple[int, NoteTemplate] | None = None  # the last one, and its place
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Your templates"))
        self.name = LineEdit(maxLength=NAME_CHARACTERS)
        self.name.setAccessibleName(self.tr("Name of the template"))
        self.name.setPlaceholderText(self.tr("Name"))
        self.note = QPlainTextEdit(tabChangesFocus=True)
        self.note.setAccessibleName(self.tr("Text of the template, in Markdown"))
        self.new = QPushButton(self.tr("&New"), autoDefault=False)
        self.delete = QPushButton(self.tr("&Delete"), autoDefault=False)
        self.back = QPushButton(self.tr("&Bring Back"), autoDefault=False)
        self._told = QLabel(
            self.tr(
                "A line such as “- **Claim:** …” is a field: Tab goes from one to the next, "
                "field:claim finds what stands in it, and tables have a column for it."
            ),
            wordWrap=True,
            textFormat=Qt.TextFormat.PlainText,
        )
        self._told.setObjectName("soft")
        self._set_out()
        self.list.currentRowChanged.connect(self._show)
        self.name.textEdited.connect(self._keep)
        self.note.textChanged.connect(self._keep)
        self.new.clicked.connect(self._make)
        self.delete.clicked.connect(self._delete)
        self.back.clicked.connect(self._bring_back)
        self._fill(0)

    def _set_out(self) -> None:
        buttons = QHBoxLayout()
        for button in (self.new, self.delete, self.back):
            buttons.addWidget(button)
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addLayout(buttons)
        right = QVBoxLayout()
        right.addWidget(self.name)
        right.addWidget(self.note, 1)
        right.addWidget(self._told)
        layout = QHBoxLayout(self)
        layout.addLayout(left, 1)
        layout.addLayout(right, 2)

    def _fill(self, row: int) -> None:
        """List the templates and choose one."""
        self.list.clear()
        self.list.addItems([one.name for one in self._templates])
        self.list.setCurrentRow(min(row, len(self._templates) - 1))
        self._show(self.list.currentRow())

    def _show(self, row: int) -> None:
        template = self._templates[row] if row >= 0 else NoteTemplate("", "")
        self.name.setText(template.name)
        if self.note.toPlainText() != template.note:
            self.note.setPlainText(template.note)
        for widget in (self.name, self.note, self.delete):
            widget.setEnabled(row >= 0)
        self.back.setEnabled(self._deleted is not None)

    def _keep(self) -> None:
        row = self.list.currentRow()
        typed = NoteTemplate(self.name.text(), self.note.toPlainText())
        if row >= 0 and self._templates[row] != typed:
            self._templates[row] = typed
            self.list.item(row).setText(typed.name)
            keep_own_templates(self._settings, self._templates)

    def _make(self) -> None:
        fields = written_fields([(self.tr("Field"), "")])
        self._templates.append(NoteTemplate(self.tr("New template"), fields))
        keep_own_templates(self._settings, self._templates)
        self._fill(len(self._templates) - 1)
        self.name.setFocus()
        self.name.selectAll()

    def _delete(self) -> None:
        row = self.list.currentRow()
        self._deleted = (row, self._templates.pop(row))
        keep_own_templates(self._settings, self._templates)
        self._fill(row)

    def _bring_back(self) -> None:
        assert self._deleted is not None
        row, template = self._deleted
        self._deleted = None
        self._templates.insert(row, template)
        keep_own_templates(self._settings, self._templates)
        self._fill(row)
