"""The line above the articles: what they are narrowed to, how they are sorted.

What is in force stands below as buttons that take it away again.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from postil.domain.annotation import Status
from postil.domain.shelf import ShelfOrder, ShelfQuestion
from postil.settings import Settings
from postil.ui.counting import counted
from postil.ui.desk import Desk
from postil.ui.prompts import Prompts
from postil.ui.shelf.model import COLUMNS, ShelfModel
from postil.ui.shelf.wording import order_word
from postil.ui.sidebar.flow_layout import FlowLayout
from postil.ui.sidebar.wording import status_word
from postil.ui.tips import as_tip

_ORDER, _DESCENDING = "shelf/order", "shelf/descending"
_OFFERED = 40  # outlets or authors in a menu; of more one is asked for by name
# What leaves every article, by the fields of the question that narrow it.
_FREE = {
    "outlet": None,
    "author": None,
    "published": ("", ""),
    "codebook": "",
    "status": None,
    "only_duplicates": False,
}

_Choice = tuple[str, object]  # words, value


class Narrowing(QWidget):
    """Asks the model of the shelf for fewer articles, or for another order.

    Args:
        desk: has codebooks and the library.
        model: is asked.
        prompts: asks for what a menu is too short for.
        settings: keeps the order.
        view_action: turns between rows and columns.
    """

    changed = Signal()  # what is in force

    def __init__(
        self,
        desk: Desk,
        model: ShelfModel,
        prompts: Prompts,
        settings: Settings,
        view_action: QAction,
    ) -> None:
        super().__init__()
        self._desk, self._model = desk, model
        self._prompts, self._settings = prompts, settings
        self._chosen: dict[str, str] = {}  # words of what was chosen, by field
        self.setObjectName("shelfNarrowing")
        self._flow = FlowLayout(self, spacing=4)
        self.filter = self._button("shelfFilters", self.tr("Filter"), self._fill_filters)
        self.sorting = self._button("shelfSorting", self.tr("Sort"), self._fill_sorting)
        view = QToolButton(self)
        view.setObjectName("shelfView")
        view.setDefaultAction(view_action)
        view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        view.setAccessibleName(view_action.text().replace("&", ""))
        for button in (self.filter, self.sorting, view):
            self._flow.addWidget(button)
        self._chips: list[QToolButton] = []
        self._take_order()
        model.asked.connect(self._show)
        desk.tags_changed.connect(self._forget_codebook)
        self._show()

    def clear(self) -> None:
        """Show every article again, of the chosen collection."""
        question = self._model.question
        self._ask(
            replace(
                ShelfQuestion(),
                collection=question.collection,
                order=question.order,
                is_descending=question.is_descending,
            )
        )

    def narrow(self, field: str, words: str, value: object) -> None:
        """Ask for what is so, or for all with the value that is no filter."""
        self._chosen[field] = words
        question = self._model.question
        if field == "published" and isinstance(value, tuple):
            self._ask(replace(question, since=value[0], until=value[1]))
        else:
            self._ask(replace(question, **{field: value}))  # type: ignore[arg-type]

    def sort(self, order: ShelfOrder, *, is_descending: bool) -> None:
        """Ask for another order, and keep it between runs."""
        self._settings.update({_ORDER: order.value, _DESCENDING: is_descending})
        self._ask(replace(self._model.question, order=order, is_descending=is_descending))

    def sort_by(self, column: int) -> None:
        """Sort by a column; by the same one again, the other way round."""
        order, question = COLUMNS[column], self._model.question
        first_down = order in (ShelfOrder.ADDED, ShelfOrder.PUBLISHED, ShelfOrder.MARKS)
        again = order is question.order
        self.sort(order, is_descending=not question.is_descending if again else first_down)

    @property
    def in_force(self) -> dict[str, str]:
        """What the articles are narrowed to, in words, by field."""
        words = {
            "outlet": self.tr("Outlet: {0}"),
            "author": self.tr("Author: {0}"),
            "published": self.tr("Date: {0}"),
            "codebook": self.tr("Codebook: {0}"),
            "status": self.tr("Status: {0}"),
            "only_duplicates": self.tr("Looking for possible duplicates…")
            if self._model.is_looking
            else self.tr("Possible duplicates"),
        }
        return {
            field: words[field].format(self._chosen.get(field, ""))
            for field, free in _FREE.items()
            if self._value(field) != free
        }

    # --- menus ---

    def _button(self, name: str, word: str, fill: Callable[[QMenu], None]) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(f"{word} ▾")
        button.setAccessibleName(word)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(button)
        menu.setAccessibleName(word)
        menu.aboutToShow.connect(partial(fill, menu))
        button.setMenu(menu)
        return button

    def _fill_filters(self, menu: QMenu) -> None:
        menu.clear()
        for field, title, choices in (
            ("outlet", self.tr("&Outlet"), self._outlets),
            ("author", self.tr("&Author"), self._authors),
            ("published", self.tr("&Date"), self._dates),
            ("codebook", self.tr("&Codebook"), self._codebooks),
            ("status", self.tr("&Status of a Mark"), self._statuses),
        ):
            inner = menu.addMenu(title)
            inner.setObjectName(f"shelf_{field}")
            inner.aboutToShow.connect(partial(self._fill, inner, field, choices))
        alike = menu.addAction(self.tr("Possible Du&plicates"))
        alike.setCheckable(True)
        alike.setChecked(self._model.question.only_duplicates)
        alike.triggered.connect(lambda on: self.narrow("only_duplicates", "", on))
        menu.addSeparator()
        clear = menu.addAction(self.tr("C&lear Filters"), self.clear)
        clear.setEnabled(bool(self.in_force))

    def _fill(self, menu: QMenu, field: str, choices: Callable[[], list[_Choice]]) -> None:
        menu.clear()
        group = QActionGroup(menu)
        every = choices()
        for words, value in [(self.tr("Any"), _FREE[field]), *every[:_OFFERED]]:
            action = menu.addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(value == self._value(field))
            group.addAction(action)
            action.triggered.connect(lambda _on=False, w=words, v=value: self.narrow(field, w, v))
        if field == "published":
            menu.addSeparator()
            menu.addAction(self.tr("&Between…"), self._ask_dates)
        elif len(every) > _OFFERED:
            menu.addSeparator()
            menu.addAction(self.tr("&More…"), partial(self._ask_more, field, every))

    def _fill_sorting(self, menu: QMenu) -> None:
        menu.clear()
        question = self._model.question
        orders, ways = QActionGroup(menu), QActionGroup(menu)
        for column, order in enumerate(COLUMNS):
            action = menu.addAction(order_word(order), partial(self.sort_by, column))
            action.setCheckable(True)
            action.setChecked(order is question.order)
            orders.addAction(action)
        menu.addSeparator()
        for words, descending in ((self.tr("&Ascending"), False), (self.tr("&Descending"), True)):
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(descending == question.is_descending)
            ways.addAction(action)
            action.triggered.connect(
                lambda _on=False, way=descending: self.sort(question.order, is_descending=way)
            )

    # --- what may be chosen ---

    def _outlets(self) -> list[_Choice]:
        return self._named(self._desk.library.shelving.outlets())

    def _authors(self) -> list[_Choice]:
        return self._named(self._desk.library.shelving.authors())

    def _named(self, counts: list[tuple[str, int]]) -> list[_Choice]:
        unsaid = self.tr("Nothing said")
        most = sorted(counts, key=lambda one: -one[1])
        shown = {name for name, _ in most[:_OFFERED]}
        first = [one for one in counts if one[0] in shown]
        rest = [one for one in counts if one[0] not in shown]
        return [(name or unsaid, name) for name, _ in (*first, *rest)]

    def _dates(self) -> list[_Choice]:
        return [(year, (year, year)) for year in self._desk.library.shelving.years()]

    def _codebooks(self) -> list[_Choice]:
        return [(s.codebook.name, s.codebook.id) for s in self._desk.library.tag_sets()]

    def _statuses(self) -> list[_Choice]:
        return [(status_word(one), one) for one in Status if one is not Status.UNSAID]

    def _ask_more(self, field: str, choices: list[_Choice]) -> None:
        title = self.tr("Outlet") if field == "outlet" else self.tr("Author")
        answer = self._prompts.choose(
            title, self.tr("Show the articles of:"), [words for words, _ in choices], 0
        )
        if answer is not None:
            self.narrow(field, *choices[answer])

    def _ask_dates(self) -> None:
        from postil.ui.dialogs.dates_between import DatesBetween

        question = self._model.question
        dialog = DatesBetween(question.since, question.until, self.window())
        if self._prompts.show(dialog):
            since, until = dialog.answer()
            self.narrow("published", f"{since} – {until}".strip(" "), (since, until))
        dialog.deleteLater()

    # --- what is in force ---

    def _value(self, field: str) -> object:
        question = self._model.question
        if field == "published":
            return (question.since, question.until)
        return getattr(question, field)

    def _take_order(self) -> None:
        """Take up the order of the last run; what settings hold is never trusted."""
        known = {order.value: order for order in ShelfOrder}
        order = known.get(self._settings.get(_ORDER, ""), ShelfOrder.ADDED)
        descending = self._settings.get(_DESCENDING, True)
        self._ask(replace(self._model.question, order=order, is_descending=descending))

    def _forget_codebook(self) -> None:
        """Let go of a codebook that is gone."""
        wanted = self._model.question.codebook
        known = {codebook_id for codebook_id, _ in self._desk.groups}
        if wanted and wanted not in known:
            self.narrow("codebook", "", "")

    def _ask(self, question: ShelfQuestion) -> None:
        self._model.ask(question)

    def _show(self) -> None:
        """Show what is in force, each with a button that takes it away."""
        question = self._model.question
        arrow = "↓" if question.is_descending else "↑"
        way = self.tr("descending") if question.is_descending else self.tr("ascending")
        self.sorting.setText(f"{order_word(question.order)} {arrow}")
        self.sorting.setAccessibleName(
            self.tr("Sorted by {0}, {1}").format(order_word(question.order), way)
        )
        focused = next((chip.property("field") for chip in self._chips if chip.hasFocus()), None)
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for field, words in self.in_force.items():
            chip = QToolButton(self)
            chip.setObjectName(f"shelf_chip_{field}")
            chip.setProperty("field", field)
            chip.setProperty("isChip", True)
            chip.setText(f"{words} ✕".replace("&", "&&"))
            chip.setAccessibleName(self.tr("Clear filter {0}").format(words))
            chip.setToolTip(as_tip(chip.accessibleName()))
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            chip.clicked.connect(partial(self.narrow, field, "", _FREE[field]))
            self._flow.addWidget(chip)
            chip.show()
            self._chips.append(chip)
        if focused is not None:
            (self._chips[0] if self._chips else self.filter).setFocus()
        number = len(self._chips)
        told = counted(number, "1 filter in force", "%n filters in force")
        self.filter.setAccessibleDescription(told if number else "")
        self.filter.setProperty("isSet", bool(number))
        self.filter.style().unpolish(self.filter)
        self.filter.style().polish(self.filter)
        self.changed.emit()
