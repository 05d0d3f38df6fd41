"""The export dialog: choose a format, look at what will be written, write it.

What the format could not express is told before anything is written.
"""

from collections.abc import Callable
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
from postil.files import safe_file_name, write_atomically
from postil.printing import PDF, page_pictures
from postil.settings import Settings
from postil.ui.counting import counted
from postil.ui.dialogs.copy_options import CopyOptions
from postil.ui.dialogs.page_pictures import PagePictures
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
    """The files, and what is shown of the first one."""

    files: list[Exported]
    pictures: list[QImage]  # of its pages, if it has any
    pages: int


class ExportDialog(QDialog):
    """Writes articles to files.

    Args:
        articles: what is handed on; several are written into one folder.
        prompts: asks where to.
        tasks: where the files are made.
        settings: keeps format, options and folder.
        parent: the window.
    """

    def __init__(
        self,
        articles: list[HandedOn],
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
        self._articles = articles
        self._prompts = prompts
        self._tasks = tasks
        self._settings = settings
        self._work: Progress | None = None
        self._made: list[Exported] = []
        self._looked_at = QTemporaryDir()
        self.written: list[Path] = []  # what was written when the dialog was accepted
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
        self.copy_button.setVisible(len(self._articles) == 1)
        self.look_button = self._button(buttons, self.tr("Look in the &Browser"), self._look)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow(self.tr("&Format"), self.format)
        form.addRow("", self.options)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(10)
        layout.addLayout(form)
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
        options = self.options.value()
        articles = self._articles
        width = round(self.pictures.wanted_width() * self.devicePixelRatioF())

        def work(progress: Progress) -> _Made:
            made = []
            for number, article in enumerate(articles):
                progress.report(number, len(articles))
                made.append(exporter.export(article, options))
            if exporter is not PDF:
                return _Made(made, [], 0)
            return _Made(made, *page_pictures(made[0].data, width, _PREVIEW_PAGES))

        if self._work is not None:
            self._work.cancel()
        self._work = self._tasks.run(self.tr("Exporting"), work, self._show, self._fail)

    def _show(self, made: _Made) -> None:
        self._made = made.files
        remarks = list(dict.fromkeys(remark for one in made.files for remark in one.remarks))
        if made.pages:
            self.pictures.show_pages(made.pictures, made.pages)
            self.previews.setCurrentWidget(self.pictures)
        else:
            text = made.files[0].data.decode()
            cut = len(text) > _PREVIEW_CHARACTERS
            self.preview.setPlainText(text[:_PREVIEW_CHARACTERS] + ("\n…" if cut else ""))
            self.previews.setCurrentWidget(self.preview)
        if made.pages > len(made.pictures):
            remarks.insert(
                0, self.tr("{0} pages; the first {1} are shown").format(made.pages, _PREVIEW_PAGES)
            )
        if len(made.files) > 1:
            remarks.insert(
                0, counted(len(made.files), "1 file", "%n files; the first one is shown")
            )
        self.remarks.setText("\n".join(remarks))
        self.remarks.setVisible(bool(remarks))
        self.save_button.setEnabled(True)
        self.look_button.setEnabled(True)
        self.copy_button.setEnabled(not made.pages)

    def _fail(self, error: UserError) -> None:
        self.remarks.setText(str(error))
        self.remarks.show()
        announce(self.remarks, str(error))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._made[0].data.decode())
        announce(self, self.tr("Copied"))

    def _look(self) -> None:
        """Show the first file in the browser, from a folder that goes with the dialog."""
        path = Path(self._looked_at.path()) / f"preview{self._exporter().suffix}"
        try:
            write_atomically(path, self._made[0].data, overwrite=True)
        except UserError as error:
            self._fail(error)
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _save(self) -> None:
        try:
            written = self._save_one() if len(self._articles) == 1 else self._save_several()
        except UserError as error:
            self._fail(error)
            return
        if written:
            self.written = written
            self._settings.set(_FOLDER, str(written[0].parent))
            self.accept()

    def _folder(self) -> Path:
        return Path(self._settings.get(_FOLDER, str(Path.home())))

    def _name(self, article: HandedOn) -> str:
        return safe_file_name(article.article.metadata.title, self._exporter().suffix)

    def _save_one(self) -> list[Path]:
        exporter = self._exporter()
        filters = f"{exporter.name} (*{exporter.suffix})"
        proposed = self._folder() / self._name(self._articles[0])
        path = self._prompts.save_file(self.tr("Export"), proposed, filters)
        if path is None:
            return []
        # The dialog asked before it handed over the name of a file that exists; a suffix added
        # here makes a name it did not ask about.
        agreed = bool(path.suffix)
        path = path if agreed else path.with_name(path.name + exporter.suffix)
        write_atomically(path, self._made[0].data, overwrite=agreed)
        return [path]

    def _save_several(self) -> list[Path]:
        folder = self._prompts.folder(self.tr("Export into"), self._folder())
        if folder is None:
            return []
        written: list[Path] = []
        for article, made in zip(self._articles, self._made, strict=True):
            path = _free(folder / self._name(article))
            write_atomically(path, made.data, overwrite=False)
            written.append(path)
        return written


def _free(path: Path) -> Path:
    """Return this path, or one with a number that is not taken."""
    number = 2
    candidate = path
    while candidate.exists():
        candidate = path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
    return candidate
