"""Settings: where backups are kept, and how many."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QWidget,
)

from postil.domain import limits
from postil.library import Library
from postil.settings import (
    BACKUP_FOLDER,
    BACKUP_MEGABYTES,
    BACKUP_NUMBER,
    Settings,
    keeping,
)
from postil.ui.actions import plain
from postil.ui.line_edit import LineEdit

_MOST_MEGABYTES, _MOST = 1_000_000, 10_000


class BackupsPage(QWidget):
    """The page.

    Args:
        settings: where choices are kept.
        library: whose backups are made so from now on.
    """

    def __init__(self, settings: Settings, library: Library) -> None:
        super().__init__()
        self.setObjectName("settingsBackups")
        self._settings = settings
        self._library = library
        known = keeping(settings)
        self.folder = LineEdit(str(known.folder or ""))
        self.folder.setObjectName("backupFolder")
        self.folder.setPlaceholderText(str(library.path.parent / "backups"))
        self.folder.setAccessibleName(self.tr("Folder"))
        self.folder.editingFinished.connect(self._take_folder)
        self.choose = QPushButton(self.tr("&Choose…"))
        self.choose.setAccessibleName(self.tr("Choose the folder"))
        self.choose.setAutoDefault(False)
        self.choose.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(self.choose)
        why = self.tr(
            "Made at the end, after every 30 minutes of change, and before a merge, a restore or an"
            " update. All of two days stay, then one a day, a week and a month. A folder on another"
            " disk survives this one; left empty, it is beside the library."
        )
        self.folder.setAccessibleDescription(why)
        note = QLabel(why, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        note.setObjectName("soft")
        self.number = self._box(BACKUP_NUMBER, known.number, _MOST, self.tr("&At most"), "")
        self.megabytes = self._box(
            BACKUP_MEGABYTES,
            known.total_bytes // limits.MB,
            _MOST_MEGABYTES,
            self.tr("&Together"),
            self.tr(" MB"),
        )
        form = QFormLayout(self)
        form.setContentsMargins(10, 18, 10, 10)
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(18)
        label = QLabel(self.tr("&Folder"))
        label.setBuddy(self.folder)
        form.addRow(label, row)
        form.addRow("", note)
        form.addRow(self.tr("&At most"), self.number)
        form.addRow(self.tr("&Together"), self.megabytes)
        for field in (self.number, self.megabytes):
            name = form.labelForField(field)
            name.setMinimumWidth(name.sizeHint().width() + 4)  # or the last letter is cut

    def hideEvent(self, event: QHideEvent) -> None:
        """Take what is in the field, however the page was left."""
        self._take_folder()
        super().hideEvent(event)

    def _box(self, key: str, value: int, most: int, name: str, suffix: str) -> QSpinBox:
        box = QSpinBox()
        box.setObjectName(key.replace("/", "-"))
        box.setRange(1, most)
        box.setValue(value)
        box.setSuffix(suffix)
        box.setAccessibleName(plain(name))
        box.lineEdit().setAccessibleName(plain(name))
        box.valueChanged.connect(lambda number: self._keep(key, number))
        return box

    def _take_folder(self) -> None:
        text = self.folder.text().strip()
        if text and not Path(text).is_absolute():
            self.folder.setText(self._settings.get(BACKUP_FOLDER, ""))
        elif text != self._settings.get(BACKUP_FOLDER, ""):
            self._keep(BACKUP_FOLDER, text)

    def _choose(self) -> None:
        before = self.folder.text() or self.folder.placeholderText()
        name = QFileDialog.getExistingDirectory(self, self.tr("Folder for backups"), before)
        if name:
            self.folder.setText(name)
            self._take_folder()

    def _keep(self, key: str, value: str | int) -> None:
        self._settings.set(key, value)
        self._library.safekeeping.backups.keeping = keeping(self._settings)
