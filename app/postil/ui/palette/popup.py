"""The palette on the screen: a field and a list over the top of the window.

Whoever had the focus gets it back before anything is done, so that an action acts on what
it would have acted on without the palette.
"""

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QLabel,
    QListView,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from postil.settings import Settings
from postil.ui.line_edit import LineEdit
from postil.ui.overlays import set_overlay
from postil.ui.palette.entries import Entry, Kind, fitting
from postil.ui.palette.lines import ENTRY, LinePainter, Lines
from postil.ui.palette.offering import Offering
from postil.ui.toast import announce

_RECENT = "palette/recent"
_KEPT = 20
_ROWS = 12  # at most, if the window has room
_LETTERS = 88  # wide, in average letters
_MARGIN = 12  # pixels to the edges of the window
_Key = Qt.Key


class Palette(QFrame):
    """The palette of one window.

    Args:
        window: it lies over.
        offering: what can be chosen.
        settings: keeps what was chosen lately.
    """

    def __init__(self, window: QMainWindow, offering: Offering, settings: Settings) -> None:
        super().__init__(window)
        self.setObjectName("commandPalette")
        self.setAccessibleName(self.tr("Command palette"))
        set_overlay(self)
        self._window = window
        self._offering = offering
        self._settings = settings
        self._entries: list[Entry] = []
        self._before: QWidget | None = None  # had the focus
        self._line = LineEdit()
        self._line.setObjectName("paletteLine")
        self._line.setPlaceholderText(self.tr("An action, a tag, an article"))
        self._line.setAccessibleName(self.tr("Find an action, a tag or an article"))
        self._line.setAccessibleDescription(
            self.tr("Up and Down choose, Enter does it, Escape leaves")
        )
        self._line.textChanged.connect(self._search)
        self._line.installEventFilter(self)
        self._lines = Lines()
        self._list = QListView()
        self._list.setObjectName("paletteList")
        self._list.setAccessibleName(self.tr("What was found"))
        self._list.setModel(self._lines)
        self._list.setItemDelegate(LinePainter(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(self._choose)
        self._hint = QLabel()
        self._hint.setObjectName("paletteHint")
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setAccessibleName(self.tr("What Enter does"))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 6)
        column.setSpacing(6)
        column.addWidget(self._line)
        column.addWidget(self._list, 1)
        column.addWidget(self._hint)
        self._list.selectionModel().currentChanged.connect(self._show_hint)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(30)
        shadow.setOffset(0, 6)
        shadow.setColor(QColor(0, 0, 0, 90))
        self.setGraphicsEffect(shadow)
        window.installEventFilter(self)
        self.hide()

    def toggle(self) -> None:
        """Open with an empty line, or leave."""
        if self.isVisible():
            self.leave()
            return
        self._before = self._window.focusWidget()
        self._entries = self._offering.entries()
        self._line.clear()
        self._search("")
        self._place()
        self.show()
        self.raise_()
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Close, and give the focus back."""
        before, self._before = self._before, None
        self.hide()
        if before is not None and isValid(before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the line that are for the list; follow the window's size."""
        if watched is self._window:
            if event.type() is QEvent.Type.Resize and self.isVisible():
                self._place()
            return False
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            # What is typed here is for the line, whatever else it means in the window.
            others = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
            if not event.modifiers() & others:
                event.accept()
                return True
            return False
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._take_key(event)
        if event.type() is QEvent.Type.FocusOut and self.isVisible():
            self._lose_focus()
        return False

    def _take_key(self, event: QKeyEvent) -> bool:
        rows = self._lines.rowCount()
        page = max(self._list.viewport().height() // max(self._list.sizeHintForRow(0), 1) - 1, 1)
        steps = {
            _Key.Key_Up: -1,
            _Key.Key_Down: 1,
            _Key.Key_PageUp: -page,
            _Key.Key_PageDown: page,
        }
        key = _Key(event.key())
        if key in steps and rows:
            row = self._list.currentIndex().row() + steps[key]
            # One step beyond an end comes out at the other; a page stops there.
            row = row % rows if abs(steps[key]) == 1 else min(max(row, 0), rows - 1)
            self._list.setCurrentIndex(self._lines.index(row, 0))
            announce(self._list, self._lines.spoken(self._current()))
        elif key in (_Key.Key_Return, _Key.Key_Enter):
            only_show = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._choose(self._list.currentIndex(), only_show=only_show)
        elif key is _Key.Key_Escape:
            self.leave()
        else:
            return key in steps or key is _Key.Key_Tab
        return True

    def _lose_focus(self) -> None:
        """Close when something else in this window is taken up; another window may come first."""
        if self._window.isActiveWindow():
            self._before = None
            self.hide()

    def _current(self) -> Entry:
        entry: Entry = self._list.currentIndex().data(ENTRY)
        return entry

    def _search(self, typed: str) -> None:
        kept: list[str] = []
        recent = self._settings.get(_RECENT, kept)
        self._lines.show(fitting(self._entries, typed, recent))
        self._list.setCurrentIndex(self._lines.index(0, 0))
        self._list.scrollToTop()
        if not self._lines.rowCount():
            self._hint.setText(self.tr("Nothing is called that"))
            announce(self._hint, self._hint.text())

    def _show_hint(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        entry = self._current()
        if not entry.is_enabled:
            text = self.tr("Not available now")
        elif entry.kind is Kind.ACTION:
            text = self.tr("Enter: do this")
        elif entry.kind is Kind.ARTICLE:
            text = self.tr("Enter: open the article")
        elif self._offering.can_tag():
            text = self.tr("Enter: give this tag  ·  Ctrl+Enter: show only its marks")
        else:
            text = self.tr("Enter: show only marks with this tag")
        self._hint.setText(text)

    def _choose(self, index: QModelIndex, *, only_show: bool = False) -> None:
        if not index.isValid():
            return
        entry = self._current()
        if not entry.is_enabled:
            announce(self._hint, self._hint.text())
            return
        kept: list[str] = []
        recent = [entry.key, *self._settings.get(_RECENT, kept)]
        self._settings.set(_RECENT, list(dict.fromkeys(recent))[:_KEPT])
        self.leave()
        self._offering.choose(entry, only_show=only_show)

    def _place(self) -> None:
        """Stand at the top in the middle, as large as is useful and the window allows."""
        top = self._window.menuBar().geometry().bottom() + 2
        room = self._window.rect().adjusted(_MARGIN, top, -_MARGIN, -_MARGIN)
        width = min(self.fontMetrics().averageCharWidth() * _LETTERS, room.width())
        column = self.layout()
        assert column is not None
        edges = column.contentsMargins()
        around = (
            self._line.sizeHint().height()
            + self._hint.sizeHint().height()
            + 2 * column.spacing()
            + edges.top()
            + edges.bottom()
        )
        line = self._list.fontMetrics().height() + 12
        height = min(around + line * _ROWS + 4, room.height())
        self.setGeometry(room.center().x() - width // 2, top, width, height)
