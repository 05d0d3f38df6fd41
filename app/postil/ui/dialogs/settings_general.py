"""Settings: under which name marks are made, the theme, and what a start takes up again."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QWidget

from postil.library import Library
from postil.settings import Settings
from postil.ui.actions import Actions, plain
from postil.ui.alias import LONGEST, alias, set_alias
from postil.ui.line_edit import LineEdit
from postil.ui.preview_actions import PREVIEW_ADDRESSES
from postil.ui.session import RESTORE_ARTICLE, RESTORE_WINDOW
from postil.ui.theme import NAMES, SYSTEM


class GeneralPage(QWidget):
    """The page.

    Args:
        actions: choose the theme.
        settings: where choices are kept.
        library: makes marks under the alias.
    """

    def __init__(self, actions: Actions, settings: Settings, library: Library) -> None:
        super().__init__()
        self.setObjectName("settingsGeneral")
        self._actions = actions
        self._settings = settings
        self._library = library
        self.alias = LineEdit(alias(settings))
        self.alias.setObjectName("settingsAlias")
        self.alias.setMaxLength(LONGEST)
        self.alias.setAccessibleName(self.tr("Your alias"))
        why = self.tr("Goes on the marks you make from now on, also in files. It may stay empty.")
        self.alias.setAccessibleDescription(why)
        self.alias.editingFinished.connect(self._take_alias)
        self.theme = QComboBox()
        self.theme.setObjectName("settingsTheme")
        self.theme.setAccessibleName(self.tr("Theme"))
        self.theme.view().setAccessibleName(self.tr("Themes"))
        for name in (SYSTEM, *NAMES):
            action = actions[f"theme-{name}"]
            self.theme.addItem(plain(action.text()), name)
            if action.isChecked():
                self.theme.setCurrentIndex(self.theme.count() - 1)
        self.theme.activated.connect(self._choose_theme)
        form = QFormLayout(self)
        form.setContentsMargins(10, 18, 10, 10)
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(18)
        form.addRow(self.tr("Your &alias"), self.alias)
        form.addRow("", _note(why))
        form.addRow(self.tr("&Theme"), self.theme)
        form.addRow(
            self.tr("At the start"),
            self._switch(
                RESTORE_ARTICLE, self.tr("&Open the article read last, where it was left")
            ),
        )
        form.addRow(
            "", self._switch(RESTORE_WINDOW, self.tr("&Put the window where it was, in its size"))
        )
        form.addRow(
            self.tr("Pages from the web"),
            self._switch(PREVIEW_ADDRESSES, self.tr("&Show what becomes the article first")),
        )

    def hideEvent(self, event: QHideEvent) -> None:
        """Take what is in the field, however the page was left."""
        self._take_alias()
        super().hideEvent(event)

    def _take_alias(self) -> None:
        if self.alias.text() != alias(self._settings):
            set_alias(self.alias.text(), self._settings, self._library)

    def _choose_theme(self) -> None:
        self._actions[f"theme-{self.theme.currentData()}"].trigger()

    def _switch(self, key: str, text: str) -> QCheckBox:
        switch = QCheckBox(text)
        switch.setObjectName(key.replace("/", "-"))
        switch.setAccessibleName(plain(text))
        switch.setChecked(self._settings.get(key, True))
        switch.toggled.connect(lambda on: self._settings.set(key, on))
        return switch


def _note(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("soft")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
