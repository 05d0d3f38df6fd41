"""The look before a merge: which article each file is of, and what becomes of its marks.

Files are read, and the merge is rehearsed, on the worker with a connection of its own; nothing
is changed here.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from postil.domain.canonical import clean_line
from postil.domain.errors import UserError
from postil.importers import Work
from postil.importers.returned import Refused, gather, proposed_aliases
from postil.library import Library
from postil.library.handed_in import NEW_ARTICLE, HandedIn, MergedFile
from postil.library.handing_in import HandIn, Places
from postil.settings import Settings
from postil.ui.dialogs.merge_tree import MergeTree
from postil.ui.line_edit import LineEdit
from postil.ui.merge_words import counts, remarks
from postil.ui.prompts import Prompts
from postil.ui.tasks import Progress, Tasks
from postil.ui.toast import announce

if TYPE_CHECKING:
    from postil.domain.listing import ArticleRow

_FOLDER = "merge/folder"


class MergeDialog(QDialog):
    """Shows what a merge would do, and takes what a person says of the files.

    Args:
        library: into which is merged; only its file is used, and the list of its articles.
        prompts: asks for files.
        tasks: where files are read.
        settings: keeps the folder last used.
        parent: the window.
    """

    def __init__(
        self,
        library: Library,
        prompts: Prompts,
        tasks: Tasks,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("mergeDialog")
        self.setWindowTitle(self.tr("Merge work of others"))
        self.setAccessibleName(self.windowTitle())
        self.setAcceptDrops(True)
        self.resize(900, 620)
        self._library = library
        self._prompts = prompts
        self._tasks = tasks
        self._settings = settings
        self._articles: list[ArticleRow] = library.articles()
        self._handed: list[HandedIn] = []
        self._lines: list[QTreeWidgetItem] = []
        self._told: dict[int, MergedFile] = {}
        self._work: Progress | None = None
        self._places: Places = {}  # where marks stand, to be used again
        self.command = HandIn(())  # what was rehearsed last
        self.refused: list[Refused] = []
        self._build()
        self._show_file()
        tasks.progressed.connect(self._show_progress)

    # --- building ---

    def _build(self) -> None:
        self.tree = MergeTree(self)
        self.tree.currentItemChanged.connect(self._show_file)
        self.tree.itemChanged.connect(self._ticked)
        self.alias = LineEdit()
        self.alias.setObjectName("mergeAlias")
        self.alias.setToolTip(self.tr("Name or alias that goes on marks which name no author"))
        self.alias.editingFinished.connect(self._take_alias)
        self.article = QComboBox()
        self.article.setObjectName("mergeArticle")
        self.article.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.article.activated.connect(self._take_article)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("A&uthor of marks without one"), self.alias)
        form.addRow(self.tr("A&rticle"), self.article)
        self.remarks = self._label("mergeRemarks", self.tr("Remarks"))
        self.summary = self._label("mergeSummary", self.tr("What becomes of them"))
        self._progress = QProgressBar()
        self._progress.setAccessibleName(self.tr("Progress"))
        self._progress.hide()
        buttons = QDialogButtonBox()
        action = QDialogButtonBox.ButtonRole.ActionRole
        self.add_files = self._button(buttons, self.tr("Add &Files…"), action)
        self.add_files.clicked.connect(self.ask_for_files)
        self.add_folder = self._button(buttons, self.tr("Add Fol&der…"), action)
        self.add_folder.clicked.connect(self._ask_for_folder)
        accept = QDialogButtonBox.ButtonRole.AcceptRole
        self.merge_button = self._button(buttons, self.tr("&Merge"), accept)
        self.merge_button.setEnabled(False)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(10)
        column.addWidget(self.tree, 1)
        column.addLayout(form)
        for widget in (self.remarks, self.summary, self._progress, buttons):
            column.addWidget(widget)
        self.merge_button.setDefault(True)  # once it is in a dialog

    def _label(self, name: str, accessible: str) -> QLabel:
        label = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        label.setObjectName(name)
        label.setAccessibleName(accessible)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _button(
        self, buttons: QDialogButtonBox, text: str, role: QDialogButtonBox.ButtonRole
    ) -> QPushButton:
        button = buttons.addButton(text, role)
        button.setAccessibleName(text.replace("&", ""))
        button.setAutoDefault(False)
        return button

    # --- files ---

    def ask_for_files(self) -> None:
        """Ask for files that came back, and read them."""
        filters = ";;".join(
            (
                self.tr("Work of others")
                + " (*.md *.markdown *.json *.jsonld *.jsonl *.zip *.txt)",
                self.tr("All files (*)"),
            )
        )
        self.read(self._prompts.open_files(self.windowTitle(), self._folder(), filters))

    def _ask_for_folder(self) -> None:
        folder = self._prompts.folder(self.tr("Folder with work of others"), self._folder())
        self.read([folder] if folder is not None else [])

    def _folder(self) -> Path:
        return Path(self._settings.get(_FOLDER, str(Path.home())))

    def read(self, paths: Sequence[Path]) -> None:
        """Read files, folders and archives, and add what is in them."""
        if not paths:
            return
        self._settings.set(_FOLDER, str(paths[0].parent))

        def work(progress: Progress) -> list[Work | Refused]:
            return list(gather(paths, progress.report))

        self._begin()
        self._work = self._tasks.run(self.tr("Reading"), work, self._add, self._fail)

    def _add(self, found: list[Work | Refused]) -> None:
        known = {handed.work.sha256 for handed in self._handed}
        works = [one for one in found if isinstance(one, Work) and one.sha256 not in known]
        aliases = proposed_aliases(works, [handed.work for handed in self._handed])
        with QSignalBlocker(self.tree):
            for work, alias in zip(works, aliases, strict=True):
                line = self.tree.add_file(work.name, len(self._handed))
                line.setCheckState(0, Qt.CheckState.Checked)
                self._handed.append(HandedIn(work, alias))
                self._lines.append(line)
            for one in found:
                if isinstance(one, Refused):
                    self.refused.append(one)
                    self.tree.add_refused(one.name, str(one.error))
        if self.tree.currentItem() is None and self._lines:
            self.tree.setCurrentItem(self._lines[0])
        self._rehearse()

    # --- rehearsing ---

    def _rehearse(self) -> None:
        """Find out what the merge would do, beside the window."""
        ticked = [
            number
            for number, line in enumerate(self._lines)
            if line.checkState(0) is Qt.CheckState.Checked
        ]
        path, author = self._library.path, self._library.author
        command = HandIn(tuple(self._handed[number] for number in ticked), self._places)

        def work(progress: Progress) -> HandIn:
            progress.report(0, 0)
            with Library.open(path, author=author, create=False) as library:
                library.rehearse(command)
            return command

        self._begin()
        self._work = self._tasks.run(
            self.tr("Comparing"), work, lambda command: self._show(ticked, command), self._fail
        )

    def _show(self, ticked: Sequence[int], command: HandIn) -> None:
        self._rest()
        self.command, merged = command, command.merged
        self._told = dict(zip(ticked, merged.files, strict=True))
        with QSignalBlocker(self.tree):
            for number, file in self._told.items():
                self.tree.tell(self._lines[number], file)
        self.summary.setText(counts(merged, len(self.refused)))
        announce(self.summary, self.summary.text())
        self.merge_button.setEnabled(any(file.article_id for file in merged.files))
        self._show_file()

    def _fail(self, error: UserError) -> None:
        self._rest()
        self.summary.setText(str(error))
        announce(self.summary, str(error))

    def _begin(self) -> None:
        if self._work is not None:
            self._work.cancel()
        self.merge_button.setEnabled(False)
        self._progress.setRange(0, 0)
        self._progress.show()

    def _rest(self) -> None:
        self._work = None
        self._progress.hide()

    def _show_progress(self, done: int, total: int) -> None:
        self._progress.setRange(0, total)
        self._progress.setValue(done)

    def done(self, result: int) -> None:
        """Leave; what is still being read is not waited for."""
        if self._work is not None:
            self._work.cancel()
        super().done(result)

    # --- what a person says ---

    def _current(self) -> int | None:
        return self.tree.number(self.tree.currentItem())

    def _show_file(self) -> None:
        """Show what can be said of the file the cursor is on."""
        number = self._current()
        file = self._told.get(number) if number is not None else None
        self.alias.setEnabled(file is not None and file.nameless > 0)
        self.article.setEnabled(file is not None)
        self.alias.setText(self._handed[number].alias if number is not None else "")
        self.article.clear()
        self.remarks.setText("\n".join(remarks(file)) if file else "")
        self.remarks.setVisible(bool(self.remarks.text()))
        if file is None or number is None:
            return
        handed = self._handed[number]
        if not file.article_id:
            self.article.addItem(self.tr("Choose an article…"), "")
        if handed.work.imported is not None:
            self.article.addItem(self.tr("A new article"), NEW_ARTICLE)
        first = [one for one, _ in file.candidates]
        rows = sorted(self._articles, key=lambda row: row.id not in first)
        for row in rows:
            self.article.addItem(row.title, row.id)
        at = self.article.findData(file.article_id)
        is_new = bool(file.article_id) and at < 0
        self.article.setCurrentIndex(self.article.findData(NEW_ARTICLE) if is_new else max(at, 0))

    def _ticked(self, line: QTreeWidgetItem, column: int) -> None:
        if column == 0 and line in self._lines:
            self._rehearse()

    def _take_alias(self) -> None:
        number = self._current()
        alias = clean_line(self.alias.text())
        if number is not None and alias and alias != self._handed[number].alias:
            self._handed[number] = replace(self._handed[number], alias=alias)
            self._rehearse()

    def _take_article(self) -> None:
        number, into = self._current(), self.article.currentData()
        if number is not None and into and into != self._told[number].article_id:
            self._handed[number] = replace(self._handed[number], into=into)
            self._rehearse()

    # --- dropped ---

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the files dropped."""
        urls = event.mimeData().urls()
        self.read([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])
        event.acceptProposedAction()
