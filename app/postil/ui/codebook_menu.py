"""Which codebooks are on: a menu for the status bar and the menu bar."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu

from postil.library import EnableCodebook
from postil.ui.desk import Desk
from postil.ui.status import Status


class CodebookMenu(QObject):
    """Switches codebooks on and off.

    Args:
        desk: what lies open.
        status: names those that are on.
        menu: what is filled.
    """

    def __init__(self, desk: Desk, status: Status, menu: QMenu) -> None:
        super().__init__(menu)
        self._desk = desk
        self._status = status
        self._menu = menu
        desk.tags_changed.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        self._menu.clear()
        names = []
        for tag_set in self._desk.library.tag_sets():
            codebook = tag_set.codebook
            if codebook.enabled and tag_set.tags:
                names.append(codebook.name)
            action = self._menu.addAction(codebook.name.replace("&", "&&"))
            action.setObjectName(f"codebook-{codebook.id}")
            action.setCheckable(True)
            action.setChecked(codebook.enabled)
            action.setStatusTip(codebook.description)
            action.triggered.connect(
                lambda on, one=codebook.id: self._desk.do(EnableCodebook(one, enabled=on))
            )
        self._status.show_codebooks(names, self._menu, QIcon())
