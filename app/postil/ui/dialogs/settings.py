"""The settings: pages of things a person may choose, each in force at once and kept.

A page is one line of the table below.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from postil.library import Library
from postil.settings import Settings
from postil.ui.actions import Actions
from postil.ui.dialogs.settings_backups import BackupsPage
from postil.ui.dialogs.settings_general import GeneralPage
from postil.ui.dialogs.settings_keys import KeysPage
from postil.ui.dialogs.settings_templates import TemplatesPage


@dataclass(frozen=True, slots=True)
class Page:
    """One page."""

    title: str  # with its mnemonic
    make: Callable[[Actions, Settings, Library], QWidget]


PAGES: tuple[Page, ...] = (
    Page("&General", GeneralPage),
    Page("&Keys", lambda actions, _settings, _library: KeysPage(actions.keymap)),
    Page("&Templates", lambda _actions, settings, _library: TemplatesPage(settings)),
    Page("&Backups", lambda _actions, settings, library: BackupsPage(settings, library)),
)


class SettingsDialog(QDialog):
    """The dialog.

    Args:
        actions: of the window; the theme is chosen through them, and they have the keys.
        settings: where choices are kept.
        library: makes marks under the alias.
        parent: the window.
    """

    def __init__(
        self,
        actions: Actions,
        settings: Settings,
        library: Library,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("settingsDialog")
        self.setWindowTitle(self.tr("Settings"))
        self.setAccessibleName(self.tr("Settings"))
        self.resize(880, 620)
        self.pages = QTabWidget()
        self.pages.setAccessibleName(self.tr("Pages of settings"))
        self.pages.tabBar().setDrawBase(False)
        for page in PAGES:
            made = page.make(actions, settings, library)
            self.pages.addTab(_scrolled(made), self.tr(page.title))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        # Enter is for the page; a default button would close the dialog under it.
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.addWidget(self.pages, 1)
        layout.addWidget(buttons)

    def turn_to(self, name: str) -> None:
        """Show the page of this name first; one that is not there changes nothing."""
        page = self.pages.findChild(QWidget, name) if name else None
        for number in range(self.pages.count()):
            area = self.pages.widget(number)
            if area is not None and page is not None and area.isAncestorOf(page):
                self.pages.setCurrentIndex(number)


def _scrolled(page: QWidget) -> QScrollArea:
    """Return a page that may be wider or higher than the dialog, as with large letters."""
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setObjectName("settingsPage")
    area.setWidget(page)
    return area
