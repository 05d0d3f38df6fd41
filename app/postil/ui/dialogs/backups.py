"""The backups of the library: how much is in each, a look into one, and one brought back."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QListWidget,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from postil.domain.backups import Backup, Contents
from postil.domain.errors import UserError
from postil.library.backing_up import Backups, Inside, altered, contents, look_into
from postil.ui.counting import altered_words, counted
from postil.ui.dates import shown_time
from postil.ui.sidebar.flow_layout import FlowLayout
from postil.ui.tasks import Progress, Tasks
from postil.ui.toast import announce

T = TypeVar("T")
_NUMBERS = (1, 2, 3)  # columns of figures
Listed = Sequence[tuple[Backup, Contents | None]]


def listed(backups: Backups) -> Listed:
    """Return the backups with what is in them; opens each, so it is for another thread."""
    return [(backup, contents(backup)) for backup in backups.all()]


class BackupsDialog(QDialog):
    """The dialog; accepted, `chosen` is to be restored.

    Args:
        backups: of the library.
        found: what `listed` returned.
        tasks: where files are opened.
        parent: the window.
    """

    def __init__(
        self, backups: Backups, found: Listed, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._backups, self._tasks = backups, tasks
        self._work: Progress | None = None
        self._looking: Progress | None = None
        self._altered: dict[Backup, int] = {}  # rows of those that were looked through
        self.chosen: Backup | None = None
        self.setObjectName("backupsDialog")
        self.setWindowTitle(self.tr("Backups"))
        self.setAccessibleName(self.windowTitle())
        self.resize(720, 560)
        self.list = QTreeWidget()
        self.list.setObjectName("backupsList")
        self.list.setAccessibleName(self.tr("Backups, the newest first"))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setHeaderLabels(
            [
                self.tr("Made"),
                self.tr("Articles"),
                self.tr("Marks"),
                self.tr("Size"),
                self.tr("Occasion"),
            ]
        )
        for number in _NUMBERS:
            self.list.headerItem().setTextAlignment(number, Qt.AlignmentFlag.AlignRight)
        self.list.currentItemChanged.connect(self._follow)
        self.list.itemActivated.connect(lambda _item: self._look())
        self.told = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.told.setObjectName("soft")
        self.told.setAccessibleName(self.tr("About the chosen backup"))
        self.inside = QListWidget()
        self.inside.setObjectName("backupInside")
        self.inside.setAccessibleName(self.tr("Articles in the chosen backup"))
        self.inside.hide()
        self.look_button = QPushButton(self.tr("&Look Inside"))
        self.restore_button = QPushButton(self.tr("&Restore"))
        self.now_button = QPushButton(self.tr("&Back Up Now"))
        close = QPushButton(self.tr("&Close"))
        self.look_button.clicked.connect(self._look)
        self.restore_button.clicked.connect(self._restore)
        self.now_button.clicked.connect(self._back_up)
        close.clicked.connect(self.reject)
        buttons = FlowLayout()  # a row of large letters would be wider than a narrow screen
        for button in (self.look_button, self.restore_button, self.now_button, close):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.addWidget(self.list, 3)
        column.addWidget(self.told)
        column.addWidget(self.inside, 2)
        column.addLayout(buttons)
        self._show(found)
        self._look_through()

    def done(self, result: int) -> None:
        """Want nothing any more of what still runs."""
        for work in (self._work, self._looking):
            if work is not None:
                work.cancel()
        self._looking = None
        super().done(result)

    def _show(self, found: Listed) -> None:
        self.list.clear()
        for backup, inside in found:
            line = QTreeWidgetItem(self.list)
            line.setData(0, Qt.ItemDataRole.UserRole, backup)
            line.setText(0, shown_time(backup.at.strftime("%Y-%m-%dT%H:%M:%SZ")))
            line.setText(1, f"{inside.articles:n}" if inside else "–")
            line.setText(2, f"{inside.marks:n}" if inside else "–")
            line.setText(3, self.tr("{0} MB").format(f"{backup.size / 1024**2:.1f}"))
            line.setText(4, self._about(backup) if inside else self.tr("cannot be read"))
            for number in _NUMBERS:
                line.setTextAlignment(number, Qt.AlignmentFlag.AlignRight)
            line.setToolTip(0, str(backup.path))
            line.setDisabled(inside is None)
        for number in range(self.list.columnCount()):
            self.list.resizeColumnToContents(number)
        if newest := self.list.topLevelItem(0):
            self.list.setCurrentItem(newest)
        else:
            self._follow()

    def _look_through(self) -> None:
        """See whether something else has changed rows of the copies, one copy after the other.

        Each is work of its own, so that what a person asks for in between need not wait for all.
        """
        left = (one for one in map(self._backup_of, self._lines()) if one not in self._altered)
        backup = next(filter(None, left), None)
        if backup is not None:
            self._looking = self._tasks.run(
                self.tr("Checking the backups"),
                lambda _progress: altered(backup),
                partial(self._note_altered, backup),
                self._fail,
            )

    def _note_altered(self, backup: Backup, number: int) -> None:
        self._altered[backup] = number
        if number:
            for line in self._lines():
                if self._backup_of(line) == backup:
                    line.setText(4, self._about(backup))
            if self._current() == backup and self._work is None:
                self._follow()
        self._look_through()

    def _about(self, backup: Backup) -> str:
        about = self._occasion(backup)
        if self._altered.get(backup):
            about = self.tr("{0}, changed by something else").format(about)
        return about

    def _occasion(self, backup: Backup) -> str:
        return {
            "asked": self.tr("asked for"),
            "change": self.tr("while working"),
            "close": self.tr("at the end"),
            "merge": self.tr("before a merge"),
            "migration": self.tr("before an update"),
            "restore": self.tr("before a backup was restored"),
        }[backup.occasion]

    def _lines(self) -> list[QTreeWidgetItem]:
        lines = map(self.list.topLevelItem, range(self.list.topLevelItemCount()))
        return [line for line in lines if line is not None]

    def _backup_of(self, line: QTreeWidgetItem | None) -> Backup | None:
        """Return the backup that a line stands for; None if it cannot be read."""
        backup = line.data(0, Qt.ItemDataRole.UserRole) if line and not line.isDisabled() else None
        return backup if isinstance(backup, Backup) else None

    def _current(self) -> Backup | None:
        return self._backup_of(self.list.currentItem())

    def _follow(self) -> None:
        backup = self._current()
        self.inside.hide()
        self.look_button.setEnabled(backup is not None)
        self.restore_button.setEnabled(backup is not None)
        if backup is not None:
            self._tell(backup)
        elif not self.list.topLevelItemCount():
            self.told.setText(self.tr("There is no backup yet. The first is made at the end."))

    def _look(self) -> None:
        backup = self._current()
        if backup is not None:
            then = partial(self._show_inside, backup)
            self._run(self.tr("Looking inside"), lambda: look_into(backup.path), then)

    def _show_inside(self, backup: Backup, found: Inside) -> None:
        self._altered[backup] = found.altered
        self._follow()  # tells of which backup, in place of what was waited for
        self.inside.clear()
        for row in found.rows:
            title = row.title or self.tr("Without a title")
            about = [part for part in (row.author, row.outlet, row.published) if part]
            marks = counted(row.marks, "1 mark", "%n marks")
            self.inside.addItem(" · ".join([title, *about, marks]))
        if not found.rows:
            self.inside.addItem(self.tr("No article"))
        self.inside.setCurrentRow(0)
        self.inside.show()
        self.inside.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, backup: Backup) -> None:
        """Tell where a backup lies, and whether something else has changed rows of it."""
        text = f"{self._occasion(backup)} · {backup.path}"
        if number := self._altered.get(backup):
            text += "\n" + altered_words(number)
            announce(self.told, altered_words(number))
        self.told.setText(text)

    def _restore(self) -> None:
        self.chosen = self._current()
        if self.chosen is not None:
            self.accept()

    def _back_up(self) -> None:
        def work() -> Listed:
            self._backups.make("asked", anyhow=True)
            return listed(self._backups)

        self._run(self.tr("Backing up"), work, self._show)

    def _run(self, title: str, work: Callable[[], T], then: Callable[[T], None]) -> None:
        self.told.setText(title + "…")

        def done(result: T) -> None:
            self._work = None
            then(result)

        self._work = self._tasks.run(title, lambda _progress: work(), done, self._fail)

    def _fail(self, error: UserError) -> None:
        self._work = None
        self.told.setText(str(error))
        announce(self.told, str(error))
