"""The lines above all marks that say which are shown: words, menus, headings, order."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from postil.domain.annotation import Status, Voice
from postil.domain.overview import Choice, Grouping, MarkQuery, Sorting
from postil.ui.overview.wording import grouping_word, sorting_word
from postil.ui.sidebar.checks import OPEN_CHECKS
from postil.ui.sidebar.filter_bar import FilterField
from postil.ui.sidebar.flow_layout import FlowLayout
from postil.ui.sidebar.wording import status_word, voice_word

_SOON_MS = 80  # after a key, before the marks are asked for

_Row = tuple[str, int, object]  # words of a choice, marks it would leave, its value


class Question(QWidget):
    """Chooses a `MarkQuery`, the headings and the order.

    Args:
        choices: tells which tags, outlets and authors there are.
        parent: owns this.
    """

    changed = Signal()  # `query`, `grouping` or `sorting` is new
    went_on = Signal()  # to the list
    left = Signal()  # Escape in an empty field

    def __init__(self, choices: Callable[[], dict[str, list[Choice]]], parent: QWidget) -> None:
        super().__init__(parent)
        self._choices = choices
        self.query = MarkQuery()
        self.grouping, self.sorting = Grouping.ARTICLE, Sorting.PLACE
        self._chosen: dict[str, str] = {}  # words of what was chosen, by button
        self.field = FilterField(self)
        self.field.setObjectName("overviewFilter")
        self.field.setPlaceholderText(self.tr("Filter"))
        self.field.setAccessibleName(self.tr("Filter all marks by words of quotations and notes"))
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._take_text)
        line = FlowLayout(self, spacing=6)
        line.addWidget(self.field)
        self.buttons: dict[str, QToolButton] = {}
        for name, word in self._words().items():
            self.buttons[name] = self._button(name, word)
            line.addWidget(self.buttons[name])
        self.field.textChanged.connect(self._soon.start)
        self.field.cleared.connect(self._escape)
        self.field.went_on.connect(self._go_on)
        self._label()

    def clear(self) -> None:
        """Ask for every mark."""
        self.field.clear()
        self._ask(MarkQuery())

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave no timer running."""
        self._soon.stop()
        super().hideEvent(event)

    def _words(self) -> dict[str, str]:
        return {
            "tag": self.tr("Tag"),
            "author": self.tr("Author"),
            "outlet": self.tr("Outlet"),
            "status": self.tr("Status"),
            "voice": self.tr("Voice"),
            "grouping": self.tr("Grouped by"),
            "sorting": self.tr("Order"),
        }

    def _button(self, name: str, word: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"overview_{name}")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(button)
        menu.setAccessibleName(word)
        menu.aboutToShow.connect(partial(self._fill, name, menu))
        button.setMenu(menu)
        return button

    def _fill(self, name: str, menu: QMenu) -> None:
        """Offer the choices of one button, each with how many marks it has."""
        menu.clear()
        now = self._now(name)
        for word, marks, value in self._rows(name):
            action = menu.addAction(word.replace("&", "&&") + (f"\t{marks:,}" if marks else ""))
            action.setCheckable(True)
            action.setChecked(value == now)
            action.triggered.connect(partial(self._choose, name, word, value))

    def _rows(self, name: str) -> list[_Row]:
        if name == "grouping":
            return [(grouping_word(one), 0, one) for one in Grouping]
        if name == "sorting":
            return [(sorting_word(one), 0, one) for one in Sorting]
        unsaid = self.tr("Nothing said")
        if name == "voice":
            said: list[_Row] = [(voice_word(one) or unsaid, 0, one) for one in Voice]
            return [(self.tr("Any voice"), 0, None), *said]
        if name == "status":
            each: list[_Row] = [(status_word(s) or unsaid, 0, frozenset({s})) for s in Status]
            checks: _Row = (self.tr("checks to make"), 0, OPEN_CHECKS)
            return [(self.tr("Any status"), 0, frozenset()), checks, *each]
        every = {
            "tag": (self.tr("All tags"), ""),
            "author": (self.tr("All authors"), None),
            "outlet": (self.tr("All outlets"), None),
        }
        given: list[_Row] = [(c.label or unsaid, c.marks, c.value) for c in self._choices()[name]]
        word, value = every[name]
        return [(word, 0, value), *given]

    def _now(self, name: str) -> object:
        if name in ("grouping", "sorting"):
            return getattr(self, name)
        return getattr(self.query, "statuses" if name == "status" else name)

    def _choose(self, name: str, word: str, value: object, *_: bool) -> None:
        if isinstance(value, Grouping):
            self.grouping = value
        elif isinstance(value, Sorting):
            self.sorting = value
        else:
            self._chosen[name] = word
            field = "statuses" if name == "status" else name
            self.query = replace(self._with_text(), **{field: value})  # type: ignore[arg-type]
        self._tell()

    def _with_text(self) -> MarkQuery:
        text = self.field.text()
        return replace(self.query, text=text, is_typing=bool(text.strip()))

    def _take_text(self) -> None:
        self._ask(self._with_text())

    def _go_on(self) -> None:
        self._take_text()
        self.went_on.emit()

    def _escape(self) -> None:
        """Clear what was asked, or leave when nothing was."""
        if self._with_text().is_empty:
            self.left.emit()
        self.clear()

    def _ask(self, query: MarkQuery) -> None:
        if query != self.query:
            self.query = query
            self._tell()

    def _tell(self) -> None:
        self._soon.stop()
        self._label()
        self.changed.emit()

    def _label(self) -> None:
        """Show on the buttons what is chosen."""
        shown = {"grouping": grouping_word(self.grouping), "sorting": sorting_word(self.sorting)}
        for name, word in self._words().items():
            button = self.buttons[name]
            # An outlet or a voice may be asked for that is empty; a tag may not.
            any_value = {"tag": "", "status": frozenset()}.get(name)
            is_set = name not in shown and self._now(name) != any_value
            chosen = self._chosen.get(name, "") if is_set else shown.get(name, "")
            text = f"{word}: {chosen}" if chosen else word
            button.setText(f"{text} ▾".replace("&", "&&"))
            button.setAccessibleName(text)
            button.setProperty("isSet", is_set)
            button.style().unpolish(button)
            button.style().polish(button)
