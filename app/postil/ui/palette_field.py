"""What looks like a search field at the end of the menu bar and opens the palette."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QMainWindow, QPushButton

from postil.ui.actions import Actions

_LETTERS = 38  # wide, in average letters


class PaletteField(QPushButton):
    """The field; a window with no room beside its menus goes without.

    Args:
        window: in whose menu bar it stands.
        actions: one of which is what it does.
    """

    def __init__(self, window: QMainWindow, actions: Actions) -> None:
        super().__init__(window)  # without a parent it would be a window, for a moment
        self.setObjectName("paletteField")
        self._window = window
        self._actions = actions
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(actions["palette"].trigger)
        actions.keymap.changed.connect(self._show_key)
        self._show_key()
        window.menuBar().setCornerWidget(self)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Come and go with the room there is."""
        if watched is self._window and event.type() is QEvent.Type.Resize:
            self._fit()
        return False

    def _show_key(self) -> None:
        words = self.tr("Find an action, a tag, an article…")
        self.setText(f"{words}  {self._actions.keymap.text('palette')}".strip())
        self.setAccessibleName(words)
        self.setToolTip(self._actions["palette"].toolTip())
        self._fit()

    def _fit(self) -> None:
        bar = self._window.menuBar()
        menus = sum(bar.actionGeometry(action).width() for action in bar.actions())
        width = max(
            self.fontMetrics().averageCharWidth() * _LETTERS, self.minimumSizeHint().width()
        )
        self.setFixedWidth(width)
        self.setVisible(self._window.width() > menus + width + 40)
