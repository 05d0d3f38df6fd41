"""The lesson pack: choose what is in it, see which files that makes, write them.

Made anew with each choice, so that what is left out is told before anything is written.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from postil.annotated_markdown import HandedOn
from postil.domain.errors import UserError
from postil.exporters import EXPORTERS, Copy, Exported, ExportOptions, Guide, Lesson, Paper, Sheet
from postil.exporters.copies import tags_of
from postil.exporters.lesson import SUFFIX, lesson_exporter, unpacked
from postil.files import safe_file_name, write_atomically, write_folder
from postil.printing import PDF
from postil.settings import Settings
from postil.ui.prompts import Prompts
from postil.ui.tasks import Progress, Tasks
from postil.ui.toast import announce

_PACK = lesson_exporter({**EXPORTERS, "pdf": PDF})
_FOLDER = "export/folder"
_TAG = Qt.ItemDataRole.UserRole


class LessonDialog(QDialog):
    """Writes the lesson pack of one article.

    Args:
        article: what the lesson is about.
        prompts: asks where to.
        tasks: where the pack is made.
        settings: keeps what is chosen, but for the tags.
        parent: the window.
    """

    def __init__(
        self,
        article: HandedOn,
        prompts: Prompts,
        tasks: Tasks,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("lessonDialog")
        self.setWindowTitle(self.tr("Lesson Pack"))
        self.setAccessibleName(self.tr("Lesson Pack"))
        self.resize(760, 640)
        self._article = article
        self._prompts = prompts
        self._tasks = tasks
        self._settings = settings
        self._work: Progress | None = None
        self._made = Exported(b"")
        self.written: Path | None = None  # archive or folder, once the dialog is accepted
        self._add_choices()
        self._add_result()
        self._lay_out()
        self._make()

    def done(self, result: int) -> None:
        """Leave; what is still being made is not waited for."""
        if self._work is not None:
            self._work.cancel()
        super().done(result)

    def _add_choices(self) -> None:
        self.tags = QListWidget()
        self.tags.setAccessibleName(self.tr("Tags the lesson is about"))
        used = tags_of(self._article)
        others = tags_of(self._article, self._article.tags.keys() - {tag.id for tag in used})
        for tag in (*used, *(tag for tag in others if not tag.retired)):
            item = QListWidgetItem(f"{tag.name} ({tag.code})" if tag.code else tag.name, self.tags)
            item.setData(_TAG, tag.id)
            item.setToolTip(tag.definition)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.tags.itemChanged.connect(self._make)
        self.parts: dict[Copy | Sheet, QCheckBox] = {
            part: self._switch(part, words)
            for part, words in (
                (Copy.STUDENT, self.tr("&Student copy")),
                (Copy.GUIDED, self.tr("&Guided copy")),
                (Copy.PRACTICE, self.tr("&Practice copy")),
                (Sheet.TAG_CARDS, self.tr("&Tag cards")),
                (Sheet.QUESTIONS, self.tr("&Question sheet")),
                (Sheet.SOURCE_CHECK, self.tr("S&ource check")),
                (Sheet.GLOSSARY, self.tr("G&lossary of terms and names marked")),
                (Copy.KEY, self.tr("&Key with reasons and legend")),
                (Sheet.RUBRIC, self.tr("&Rubric")),
            )
        }
        self.formats = {
            "markdown": self._switch("markdown", self.tr("&Markdown")),
            "html": self._switch("html", self.tr("&Web page")),
            "pdf": self._switch("pdf", self.tr("PD&F")),
        }
        self.guide = self._choice(
            "guide",
            self.tr("What the guided copy shows"),
            {
                Guide.PASSAGES: self.tr("Passages"),
                Guide.QUESTIONS: self.tr("Questions"),
                Guide.BOTH: self.tr("Passages and questions"),
            },
        )
        self.paper = self._choice(
            "paper", self.tr("Paper"), {Paper.A4: self.tr("A4"), Paper.LETTER: self.tr("Letter")}
        )

    def _add_result(self) -> None:
        self.files = QPlainTextEdit()
        self.files.setObjectName("lessonFiles")
        self.files.setAccessibleName(self.tr("Files that will be written"))
        self.files.setReadOnly(True)
        self.files.setTabChangesFocus(True)
        self.remarks = QLabel()
        self.remarks.setObjectName("soft")
        self.remarks.setAccessibleName(self.tr("Remarks"))
        self.remarks.setTextFormat(Qt.TextFormat.PlainText)
        self.remarks.setWordWrap(True)
        self._buttons = QDialogButtonBox()
        self.zip_button = self._button(self.tr("Save as &Zip…"), self._save_archive)
        self.zip_button.setDefault(True)
        self.folder_button = self._button(self.tr("Save as Fol&der…"), self._save_folder)
        self._buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self._buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        parts = list(self.parts.values())
        about = QLabel(self.tr("Tags the lesson is &about; without a choice, those in use"))
        about.setBuddy(self.tags)
        about.setWordWrap(True)
        grid = QGridLayout()
        grid.addWidget(about, 0, 0)
        grid.addWidget(self.tags, 1, 0)
        grid.addLayout(self._column(parts[:7], parts[7:]), 0, 1, 2, 1)
        grid.setColumnStretch(0, 1)
        row = QHBoxLayout()
        row.addWidget(QLabel(self.tr("Files")))
        for part in (*self.formats.values(), self.paper):
            row.addWidget(part)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(10)
        layout.addLayout(grid, 2)
        layout.addLayout(row)
        layout.addWidget(self.files, 1)
        layout.addWidget(self.remarks)
        layout.addWidget(self._buttons)

    def _column(self, students: Iterable[QCheckBox], teacher: Iterable[QCheckBox]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.addWidget(QLabel(self.tr("For students: nothing of your notes")))
        for part in students:
            if part is not self.parts[Copy.GUIDED]:
                column.addWidget(part)
                continue
            row = QHBoxLayout()
            row.addWidget(part)
            row.addWidget(self.guide)
            row.addStretch(1)
            column.addLayout(row)
        column.addSpacing(8)
        column.addWidget(QLabel(self.tr("For the teacher")))
        for part in teacher:
            column.addWidget(part)
        column.addStretch(1)
        return column

    def options(self) -> ExportOptions:
        """Return what is chosen."""
        chosen = [part for part, switch in self.parts.items() if switch.isChecked()]
        items = map(self.tags.item, range(self.tags.count()))
        return ExportOptions(
            guide=Guide(self.guide.currentData()),
            focus=tuple(i.data(_TAG) for i in items if i.checkState() is Qt.CheckState.Checked),
            paper=Paper(self.paper.currentData()),
            lesson=Lesson(
                tuple(part for part in chosen if isinstance(part, Copy)),
                tuple(part for part in chosen if isinstance(part, Sheet)),
                tuple(name for name, switch in self.formats.items() if switch.isChecked()),
            ),
        )

    def _make(self) -> None:
        """Make the pack on the worker thread."""
        for button in (self.zip_button, self.folder_button):
            button.setEnabled(False)
        self.guide.setEnabled(self.parts[Copy.GUIDED].isChecked())
        article, options = self._article, self.options()
        if self._work is not None:
            self._work.cancel()
        self._work = self._tasks.run(
            self.tr("Packing the lesson"),
            lambda _: _PACK.export(article, options),
            self._show,
            self._fail,
        )

    def _show(self, made: Exported) -> None:
        self._made = made
        names = [name for name, _ in unpacked(made.data)]
        self.files.setPlainText("\n".join(names))
        remarks = made.remarks if names else (self.tr("Nothing is chosen."),)
        self.remarks.setText("\n".join(remarks))
        self.remarks.setVisible(bool(remarks))
        for button in (self.zip_button, self.folder_button):
            button.setEnabled(bool(names))

    def _fail(self, error: UserError) -> None:
        self.remarks.setText(str(error))
        self.remarks.show()
        announce(self.remarks, str(error))

    def _save_archive(self) -> None:
        proposed = self._folder() / safe_file_name(self._title(), SUFFIX)
        path = self._prompts.save_file(
            self.tr("Save the Lesson Pack"), proposed, self.tr("Archive (*.zip)")
        )
        if path is None:
            return
        # The dialog asked about a name that exists; one that grows a suffix here is another.
        agreed = bool(path.suffix)
        path = path if agreed else path.with_name(f"{path.name}.zip")
        self._save(path, lambda: write_atomically(path, self._made.data, overwrite=agreed))

    def _save_folder(self) -> None:
        parent = self._prompts.folder(self.tr("Save the Lesson in a New Folder In"), self._folder())
        if parent is not None:
            path = parent / safe_file_name(self._title(), SUFFIX.removesuffix(".zip"))
            self._save(path, lambda: write_folder(path, unpacked(self._made.data)))

    def _save(self, path: Path, write: Callable[[], None]) -> None:
        try:
            write()
        except UserError as error:
            self._fail(error)
            return
        self._settings.set(_FOLDER, str(path.parent))
        self.written = path
        self.accept()

    def _title(self) -> str:
        return self._article.article.metadata.title

    def _folder(self) -> Path:
        return Path(self._settings.get(_FOLDER, str(Path.home())))

    def _button(self, text: str, act: Callable[[], None]) -> QPushButton:
        button = self._buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        button.setAccessibleName(text.replace("&", ""))
        button.clicked.connect(act)
        return button

    def _switch(self, name: str, text: str) -> QCheckBox:
        switch = QCheckBox(text)
        switch.setAccessibleName(text.replace("&", ""))
        switch.setChecked(self._settings.get(f"lesson/{name}", True))
        switch.toggled.connect(lambda on: self._settings.set(f"lesson/{name}", on))
        switch.toggled.connect(self._make)
        return switch

    def _choice(self, name: str, text: str, choices: dict[str, str]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(text)
        box.view().setAccessibleName(text)
        for value, words in choices.items():
            box.addItem(words, str(value))
        box.setCurrentIndex(max(box.findData(self._settings.get(f"lesson/{name}", "")), 0))
        box.currentIndexChanged.connect(
            lambda _: self._settings.set(f"lesson/{name}", box.currentData())
        )
        box.currentIndexChanged.connect(self._make)
        return box
