"""The export dialog: choose a format, look at what will be written, write it.

What the format could not express is told before anything is written.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTemporaryDir, QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication, QImage
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from postil.annotated_markdown import HandedOn
from postil.domain.errors import UserError
from postil.exporters import EXPORTERS, Exported, Exporter
from postil.exporters.copies import ending
from postil.files import safe_file_name, write_atomically
from postil.library import Library
from postil.library.handing_on import handed_on
from postil.printing import PDF, page_pictures
from postil.settings import Settings
from postil.ui.counting import counted
from postil.ui.dialogs.copy_options import CopyOptions
from postil.ui.dialogs.mark_choice import MarkChoice, of_library, of_marks
from postil.ui.dialogs.page_pictures import PagePictures
from postil.ui.export_run import ExportJob
from postil.ui.prompts import Prompts
from postil.ui.tasks import Progress, Tasks
from postil.ui.toast import announce

_FORMATS = {**EXPORTERS, "pdf": PDF}
_PREVIEW_PAGES = 12  # more are written but not shown
_PREVIEW_CHARACTERS = 60_000  # of the file; more is written but not shown
_FORMAT = "export/format"
_FOLDER = "export/folder"


@dataclass(frozen=True, slots=True)
class _Made:
    """A file, and what is shown of it."""

    file: Exported
    pictures: list[QImage]  # of its pages, if it has any
    pages: int


class ExportDialog(QDialog):
    """Writes one article to a file, or agrees with the person how several will be written.

    Args:
        library: has the articles.
        ids: of the articles; the first one is shown.
        prompts: asks where to.
        tasks: where the files are made.
        settings: keeps format, options and folder.
        parent: the window.

    Raises:
        UserError: the article is not there.
    """

    def __init__(
        self,
        library: Library,
        ids: Sequence[str],
        prompts: Prompts,
        tasks: Tasks,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("exportDialog")
        self.setWindowTitle(self.tr("Export"))
        self.setAccessibleName(self.tr("Export"))
        self.resize(780, 640)
        self._library = library
        self._ids = ids
        self._count = len(ids)
        self._article = handed_on(library, ids[0])
        self._prompts = prompts
        self._tasks = tasks
        self._settings = settings
        self._work: Progress | None = None
        self._made = Exported(b"")
        self._looked_at = QTemporaryDir()
        self.written: Path | None = None  # the file of one article, once the dialog is accepted
        self.job: ExportJob | None = None  # how several are to be written
        self._build()
        self._make()

    def _build(self) -> None:
        self.format = QComboBox()
        self.format.setObjectName("exportFormat")
        self.format.setAccessibleName(self.tr("Format"))
        self.format.view().setAccessibleName(self.tr("Formats"))
        for exporter_id, exporter in _FORMATS.items():
            self.format.addItem(exporter.name, exporter_id)
        chosen = self.format.findData(self._settings.get(_FORMAT, "markdown"))
        self.format.setCurrentIndex(max(chosen, 0))
        self.options = CopyOptions(self._settings)
        self.options.changed.connect(self._make)
        given = (
            of_marks(self._article.annotations) if self._count == 1 else of_library(self._library)
        )
        self.marks = MarkChoice(given, self._article.tags)
        self.marks.changed.connect(self._narrow)
        self.preview = QPlainTextEdit()
        self.preview.setObjectName("exportPreview")
        self.preview.setAccessibleName(self.tr("What will be written"))
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.preview.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.pictures = PagePictures()
        self.previews = QStackedWidget()
        self.previews.addWidget(self.preview)
        self.previews.addWidget(self.pictures)
        self.remarks = QLabel()
        self.remarks.setObjectName("soft")
        self.remarks.setAccessibleName(self.tr("Remarks"))
        self.remarks.setTextFormat(Qt.TextFormat.PlainText)
        self.remarks.setWordWrap(True)
        buttons = QDialogButtonBox()
        self.save_button = self._button(buttons, self.tr("&Save…"), self._save)
        self.save_button.setDefault(True)
        self.copy_button = self._button(buttons, self.tr("&Copy"), self._copy)
        self.copy_button.setVisible(self._count == 1)
        self.look_button = self._button(buttons, self.tr("Look in the &Browser"), self._look)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow(self.tr("&Format"), self.format)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(10)
        layout.addLayout(form)
        layout.addWidget(self.options)
        layout.addWidget(self.marks)
        layout.addWidget(self.previews, 1)
        layout.addWidget(self.remarks)
        layout.addWidget(buttons)
        self.format.currentIndexChanged.connect(self._make)

    def _button(self, buttons: QDialogButtonBox, text: str, act: Callable[[], None]) -> QPushButton:
        button = buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        button.setAccessibleName(text.replace("&", ""))
        button.clicked.connect(act)
        return button

    def done(self, result: int) -> None:
        """Leave; what is still being made is not waited for."""
        if self._work is not None:
            self._work.cancel()
        super().done(result)

    def _narrow(self) -> None:
        """Take other marks of the article."""
        try:
            self._article = handed_on(self._library, self._ids[0], self.marks.value())
        except UserError as error:
            self._fail(error)
            return
        self._make()

    def _exporter(self) -> Exporter:
        return _FORMATS[self.format.currentData()]

    def _make(self) -> None:
        """Make the files on the worker thread, to be looked at."""
        exporter = self._exporter()
        self._settings.set(_FORMAT, self.format.currentData())
        self.options.offer(exporter.takes)
        self.look_button.setVisible(exporter.media_type == "text/html")
        for button in (self.save_button, self.copy_button, self.look_button):
            button.setEnabled(False)
        article, options = self._article, self.options.value()
        width = round(self.pictures.wanted_width() * self.devicePixelRatioF())

        def work(_progress: Progress) -> _Made:
            made = exporter.export(article, options)
            if exporter is not PDF:
                return _Made(made, [], 0)
            return _Made(made, *page_pictures(made.data, width, _PREVIEW_PAGES))

        if self._work is not None:
            self._work.cancel()
        self._work = self._tasks.run(self.tr("Exporting"), work, self._show, self._could_not_make)

    def _show(self, made: _Made) -> None:
        self._made = made.file
        remarks = list(made.file.remarks)
        if made.pages:
            self.pictures.show_pages(made.pictures, made.pages)
            self.previews.setCurrentWidget(self.pictures)
        else:
            self.preview.setPlainText(self._words_of(made.file))
            self.previews.setCurrentWidget(self.preview)
        if made.pages > len(made.pictures):
            remarks.insert(
                0, self.tr("{0} pages; the first {1} are shown").format(made.pages, _PREVIEW_PAGES)
            )
        if self._count > 1:
            remarks.insert(0, self._what_several_become())
        self.remarks.setText("\n".join(remarks))
        self.remarks.setVisible(bool(remarks))
        self.save_button.setEnabled(True)
        self.look_button.setEnabled(True)
        self.copy_button.setEnabled(self._exporter().is_text)

    def _words_of(self, made: Exported) -> str:
        """Return the beginning of a file, or what it is where there are no words to show."""
        if not self._exporter().is_text:
            size = self.tr("{0} kB").format(max(round(len(made.data) / 1024), 1))
            sentence = self.tr("{0}, {1}. Open it with its own program once it is saved.")
            return sentence.format(self._exporter().name, size)
        text = made.data.decode()
        return text[:_PREVIEW_CHARACTERS] + ("\n…" if len(text) > _PREVIEW_CHARACTERS else "")

    def _what_several_become(self) -> str:
        if self._exporter().together is not None:
            return counted(
                self._count, "1 article", "%n articles in one file; the first one is shown"
            )
        return counted(self._count, "1 file", "%n files; the first one is shown")

    def _could_not_make(self, error: UserError) -> None:
        self._fail(error)
        self.save_button.setEnabled(self._count > 1)  # the others may well be written

    def _fail(self, error: UserError) -> None:
        self.remarks.setText(str(error))
        self.remarks.show()
        announce(self.remarks, str(error))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._made.data.decode())
        announce(self, self.tr("Copied"))

    def _look(self) -> None:
        """Show the first file in the browser, from a folder that goes with the dialog."""
        path = Path(self._looked_at.path()) / f"preview{self._exporter().suffix}"
        try:
            write_atomically(path, self._made.data, overwrite=True)
        except UserError as error:
            self._fail(error)
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _save(self) -> None:
        try:
            is_agreed = self._save_one() if self._count == 1 else self._agree_on_several()
        except UserError as error:
            self._fail(error)
            return
        if is_agreed:
            self.accept()

    def _folder(self) -> Path:
        return Path(self._settings.get(_FOLDER, str(Path.home())))

    def _name(self, article: HandedOn) -> str:
        suffix = ending(self._exporter().suffix, self.options.chosen_copy())
        return safe_file_name(article.article.metadata.title, suffix)

    def _ask_for_file(self) -> tuple[Path, bool] | None:
        """Return the file to write, and whether the person agreed that it may be replaced."""
        exporter = self._exporter()
        filters = f"{exporter.name} (*{exporter.suffix})"
        proposed = self._folder() / self._name(self._article)
        path = self._prompts.save_file(self.tr("Export"), proposed, filters)
        if path is None:
            return None
        self._settings.set(_FOLDER, str(path.parent))
        # The dialog asked before it handed over the name of a file that exists; a suffix added
        # here makes a name it did not ask about.
        agreed = bool(path.suffix)
        return (path if agreed else path.with_name(path.name + exporter.suffix)), agreed

    def _save_one(self) -> bool:
        answer = self._ask_for_file()
        if answer is None:
            return False
        path, overwrite = answer
        write_atomically(path, self._made.data, overwrite=overwrite)
        self.written = path
        return True

    def _agree_on_several(self) -> bool:
        exporter, options = self._exporter(), self.options.value()
        if exporter.together is not None:
            answer = self._ask_for_file()
            if answer is None:
                return False
            path, agreed = answer
            self.job = ExportJob(exporter, options, path, self.marks.value(), agreed)
            return True
        folder = self._prompts.folder(self.tr("Export into"), self._folder())
        if folder is None:
            return False
        self._settings.set(_FOLDER, str(folder))
        self.job = ExportJob(exporter, options, folder, wanted=self.marks.value())
        return True
