"""Files opened and written lately, in a menu of their own.

Only paths are kept. Whether a file is still there is looked at when the menu opens.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from postil.settings import Settings
from postil.ui.tips import as_tip

_KEY = "files/recent"
_KEPT = 10


class RecentFiles(QObject):
    """The list and its menu.

    Args:
        menu: what stands in it already stays at its end.
        settings: keeps the list.
        open_file: opens one of the files.
        parent: owns this.
    """

    def __init__(
        self,
        menu: QMenu,
        settings: Settings,
        open_file: Callable[[Path], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._menu = menu
        self._settings = settings
        self._open_file = open_file
        self._last_entries = menu.actions()
        self._made: list[QAction] = []
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self._fill)

    def paths(self) -> list[Path]:
        """Return the files, the newest first."""
        kept: list[str] = []
        return [Path(name) for name in self._settings.get(_KEY, kept)][:_KEPT]

    def add(self, paths: Iterable[Path]) -> None:
        """Put files at the head of the list."""
        names = [str(path.absolute()) for path in paths]
        known = [str(path) for path in self.paths()]
        self._settings.set(_KEY, list(dict.fromkeys(names[::-1] + known))[:_KEPT])

    def clear(self) -> None:
        """Forget all of them."""
        self._settings.set(_KEY, [])

    def _fill(self) -> None:
        for action in self._made:
            self._menu.removeAction(action)
            action.deleteLater()
        self._made = []
        paths = self.paths()
        names = [path.name for path in paths]
        for number, path in enumerate(paths, start=1):
            name = path.name.replace("&", "&&")
            if names.count(path.name) > 1:
                name += f" — {path.parent}".replace("&", "&&")
            mnemonic = f"&{number}  " if number < _KEPT else "1&0  "
            self._add(mnemonic + name, f"recent-{number}", path)
        if paths:
            self._made.append(self._menu.insertSeparator(self._last_entries[0]))
        for action in self._last_entries:
            action.setEnabled(bool(paths))

    def _add(self, text: str, name: str, path: Path) -> None:
        action = QAction(text, self._menu)
        action.setObjectName(name)
        action.setToolTip(as_tip(str(path)))
        action.setStatusTip(str(path))
        action.setEnabled(_is_file(path))
        action.triggered.connect(lambda: self._open_file(path))
        self._menu.insertAction(self._last_entries[0], action)
        self._made.append(action)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # what stands in the settings may be no path at all
        return False
