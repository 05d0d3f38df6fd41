"""The field above the shelf: searches while one types, completes operators, lets go on Escape."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit

from postil.library import Library
from postil.ui.clear_button import add_clear_button
from postil.ui.line_edit import LineEdit

_PAUSE_MS = 120  # after a key, before the library is searched
_LEAST = 3  # letters of an operator's name before it is offered
_WHOLE = Qt.ItemDataRole.UserRole + 1  # the whole query as it would be


class SearchField(LineEdit):
    """A query that is being typed.

    Args:
        library: knows how a query can go on.
        search_icon: stands in the field.
    """

    query_changed = Signal(str)  # after a pause; at once when it is empty
    entered = Signal()  # Enter; the query is told before
    down_wanted = Signal()  # to the answers
    left = Signal()  # Escape: the field is empty now

    def __init__(self, library: Library, search_icon: QIcon) -> None:
        super().__init__()
        self._library = library
        self._told = ""
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self._tell)
        self._ways = QStandardItemModel(self)
        completer = QCompleter(self._ways, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCompletionRole(_WHOLE)
        completer.setWidget(self)
        completer.activated.connect(self._go_on)
        self._completer = completer
        self.setObjectName("shelfFilter")
        self.setPlaceholderText(self.tr("Search the library"))
        self.setAccessibleName(self.tr("Search the library"))
        self.setToolTip(
            self.tr(
                "Finds articles, quotations and notes with all these words. Also “a phrase”, "
                "begin*, -unwanted, tag: author: outlet: before: after: status: field: in:"
            )
        )
        add_clear_button(self)
        self.search_action = self.addAction(search_icon, QLineEdit.ActionPosition.LeadingPosition)
        self.search_action.setText(self.tr("Search"))
        self.textChanged.connect(self._wait)
        self.textEdited.connect(self._offer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Escape and the way down to the answers are the shelf's."""
        if self._leaves_to_ways(event.key()):
            event.ignore()  # the completer asks here first
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._hide_ways()
            self._tell()
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        elif event.key() == Qt.Key.Key_Down:
            self._tell()
            self.down_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _leaves_to_ways(self, key: int) -> bool:
        """Return whether a key is for the ways to go on that are offered below the field."""
        popup = self._completer.popup()
        if popup is None or not popup.isVisible():
            return False
        is_chosen = popup.currentIndex().isValid()
        enters = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        return key == Qt.Key.Key_Escape or (is_chosen and key in enters)

    def _wait(self, text: str) -> None:
        if text.strip():
            self._soon.start()
        else:
            self._tell()

    def _tell(self) -> None:
        self._soon.stop()
        text = self.text().strip()
        if text != self._told:
            self._told = text
            self.query_changed.emit(self.text())

    def _offer(self) -> None:
        """Offer ways to go on, where an operator is being typed at the end."""
        text = self.text()
        ways = []
        if self.cursorPosition() == len(text) and (":" in text or len(text) >= _LEAST):
            ways = self._library.completions(text)
            ways = [w for w in ways if w.label[-1] != ":" or len(text) - w.start >= _LEAST]
        self._ways.clear()
        for way in ways:
            item = QStandardItem(way.label)
            item.setData(text[: way.start] + way.text, _WHOLE)
            item.setEditable(False)
            self._ways.appendRow(item)
        if ways:
            self._completer.complete()
        else:
            self._hide_ways()

    def _hide_ways(self) -> None:
        popup = self._completer.popup()
        if popup is not None:
            popup.hide()

    def _go_on(self, whole: str) -> None:
        self.setText(whole)
        if self.text().endswith(":"):
            self._offer()
