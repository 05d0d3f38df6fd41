"""The versions of the article in the sidebar: what each came from, and the way back to it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from postil.domain.errors import UserError
from postil.domain.listing import Version
from postil.ui.counting import counted
from postil.ui.desk import Desk
from postil.ui.sidebar.flow_layout import FlowLayout
from postil.ui.versions_words import version_line

_ID = Qt.ItemDataRole.UserRole
_ROWS = 6  # versions shown at once; of more the list scrolls


class VersionList(QWidget):
    """Lists the versions, the newest first.

    Args:
        desk: has the article and the library.
        parent: owns this.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("version_part")
        self._desk = desk
        self.list = QListWidget(self)
        self.list.setObjectName("version_list")
        self.list.setAccessibleName(self.tr("Versions"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._enable)
        self.list.itemActivated.connect(self._compare)
        self.compare = QPushButton(self.tr("What Changed…"), self)
        self.compare.setObjectName("version_compare")
        self.compare.setToolTip(self.tr("Show what changed since this version"))
        self.compare.clicked.connect(self._compare)
        self.back = QPushButton(self.tr("Go Back to This Version"), self)
        self.back.setObjectName("version_back")
        self.back.clicked.connect(self._go_back)
        buttons = FlowLayout()
        buttons.addWidget(self.compare)
        buttons.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        column.addLayout(buttons)

    def renew(self) -> None:
        """Show the versions of the open article, if it has had more than one."""
        opened = self._desk.opened
        versions: list[Version] = []
        if opened is not None and opened.revisions > 1:
            try:
                versions = self._desk.library.versions(opened.id)
            except UserError as error:
                self._desk.failed.emit(error)
        loose = sum(version.loose for version in versions)
        self.list.clear()
        for version in versions:
            item = QListWidgetItem(self._line(version, loose if version is versions[0] else None))
            item.setData(_ID, version.id)
            self.list.addItem(item)
        line = self.list.fontMetrics().lineSpacing()
        self.list.setFixedHeight(2 * line * min(len(versions), _ROWS) + line)
        self.list.setCurrentRow(0)
        self.setVisible(bool(versions))

    def _line(self, version: Version, loose: int | None) -> str:
        """Return a version in two lines.

        Args:
            version: which.
            loose: how many marks of the article wait, for the newest version; None for others.
        """
        parts = [counted(version.characters, "1 character", "%n characters")]
        if loose is not None:
            parts.append(counted(version.placed, "1 mark", "%n marks"))
            if loose:
                parts.append(counted(loose, "1 without a sure place", "%n without a sure place"))
        elif version.loose:
            parts.append(
                counted(version.loose, "1 waiting mark stood here", "%n waiting marks stood here")
            )
        return f"{version_line(version)}\n{' · '.join(parts)}"

    def _enable(self, row: int) -> None:
        self.compare.setEnabled(row >= 0)
        self.back.setEnabled(row > 0 and self._desk.is_writable)

    def _compare(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._desk.difference_wanted.emit(item.data(_ID))

    def _go_back(self) -> None:
        from postil.library.versions import GoBack  # not needed to start

        opened, item = self._desk.opened, self.list.currentItem()
        if opened is not None and item is not None:
            self._desk.do(GoBack(opened.id, item.data(_ID)))
