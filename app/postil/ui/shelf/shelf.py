"""The shelf: collections, find an article, open it, choose several.

It changes nothing itself: its context menu holds the window's actions, which act on what is
chosen here.
"""

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from postil.settings import Settings
from postil.ui.counting import counted
from postil.ui.desk import Desk
from postil.ui.prompts import Prompts
from postil.ui.shelf.answers_view import AnswersView
from postil.ui.shelf.article_list import ArticleList
from postil.ui.shelf.collection_tree import CollectionTree
from postil.ui.shelf.model import ShelfModel
from postil.ui.shelf.narrowing import Narrowing
from postil.ui.shelf.search_field import SearchField
from postil.ui.theme import Theme

_LEAST_WIDTH = 150  # pixels
_COLUMNS = "shelf/columns"


class Shelf(QWidget):
    """The articles with a field above them that searches over everything, and the collections.

    Args:
        desk: what lies open, and the library.
        theme: colours.
        search_icon: stands in the field.
        menu_actions: the context menu's; they act on `selected()`.
        ways_in: the actions that bring articles in, offered while there are none.
        view_action: turns between rows and columns.
        prompts: asks for what a menu is too short for.
        settings: keeps order and look.
    """

    paste_wanted = Signal()  # the clipboard's text should become an article
    choice_changed = Signal()  # other articles, or another collection, are chosen

    def __init__(
        self,
        desk: Desk,
        theme: Theme,
        search_icon: QIcon,
        menu_actions: list[QAction],
        ways_in: list[QAction],
        view_action: QAction,
        prompts: Prompts,
        settings: Settings,
    ) -> None:
        super().__init__()
        self.setObjectName("shelf")
        self.setAccessibleName(self.tr("Shelf"))
        self.setMinimumWidth(_LEAST_WIDTH)
        self._desk = desk
        self._settings = settings
        self.model = ShelfModel(desk, self)
        self.filter = self._make_filter(search_icon)
        self.collections = self._make_collections()
        self.narrowing = Narrowing(desk, self.model, prompts, settings, view_action)
        self.articles = self._make_articles(theme, view_action)
        self.list = self.articles.rows
        self.answers = AnswersView(desk, theme, self._within)
        self.answers.answers.modelReset.connect(self._show_page)
        self._came_from: QWidget | None = None
        self._count = QLabel()
        self._count.setObjectName("soft")
        self._count.hide()
        self._menu_actions = menu_actions
        self._empty = self._make_empty(ways_in)
        self._no_hit = QLabel()
        self._no_hit.setObjectName("soft")
        self._no_hit.setTextFormat(Qt.TextFormat.PlainText)
        self._no_hit.setWordWrap(True)
        self._no_hit.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._pages = QStackedWidget()
        for page in (self.articles, self.answers, self._empty, self._no_hit):
            self._pages.addWidget(page)
        self._lay_out()
        for signal in (self.model.rowsInserted, self.model.rowsRemoved, self.model.modelReset):
            signal.connect(self._show_page)
        self.model.asked.connect(self._show_asked)
        desk.article_opened.connect(self._show_open)
        self._show_page()
        self._show_open()

    def selected(self) -> list[str]:
        """Return the ids of the chosen articles, in the order of the list."""
        if self._pages.currentWidget() is self.answers:
            return list(filter(None, [self.answers.chosen()]))
        return self.articles.selected()

    def select(self, article_id: str) -> None:
        """Choose one article; one that is not here is not chosen."""
        self.articles.select(article_id)

    def neighbour(self, step: int) -> str:
        """Return the id of the article `step` rows away from the open one, or nothing."""
        opened = self._desk.opened
        here = self.model.index_of(opened.id) if opened else None
        row = here.row() + step if here is not None and here.isValid() else 0
        return self.model.ids[row] if 0 <= row < self.model.rowCount() else ""

    def set_theme(self, theme: Theme, search_icon: QIcon) -> None:
        """Draw in other colours."""
        self.articles.set_theme(theme)
        self.filter.search_action.setIcon(search_icon)
        self.answers.set_theme(theme)

    def _make_filter(self, search_icon: QIcon) -> SearchField:
        field = SearchField(self._desk.library, search_icon)
        field.query_changed.connect(self._look_for)
        field.entered.connect(self._open_first)
        field.down_wanted.connect(self._go_down)
        field.left.connect(self._go_back)
        return field

    def _make_collections(self) -> CollectionTree:
        tree = CollectionTree(self._desk, self)
        tree.chosen.connect(self._choose_collection)
        tree.entered.connect(self._go_down)
        return tree

    def _make_articles(self, theme: Theme, view_action: QAction) -> ArticleList:
        articles = ArticleList(self.model, theme)
        articles.open_wanted.connect(self._open)
        articles.columns.header().sectionClicked.connect(self.narrowing.sort_by)
        articles.paste_wanted.connect(self.paste_wanted)
        articles.menu_wanted.connect(self._show_menu)
        articles.rows.selectionModel().selectionChanged.connect(
            lambda *_: self.choice_changed.emit()
        )
        view_action.setChecked(self._settings.get(_COLUMNS, False))
        view_action.toggled.connect(self._show_columns)
        articles.show_columns(on=view_action.isChecked())
        return articles

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(9, 11, 9, 0)
        layout.setSpacing(7)
        for part in (self.filter, self.collections, self.narrowing, self._count):
            layout.addWidget(part)
        layout.addWidget(self._pages, 1)

    def _make_empty(self, ways_in: list[QAction]) -> QWidget:
        page = QWidget()
        page.setObjectName("shelfEmpty")
        text = QLabel(
            self.tr("There is no article here yet. Drop a file or some text on the window, or:")
        )
        text.setObjectName("soft")
        text.setWordWrap(True)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(text)
        for action in ways_in:
            button = QPushButton(action.text())
            button.setAccessibleName(action.text().replace("&", ""))
            button.setToolTip(action.toolTip())
            button.clicked.connect(action.trigger)
            button.setEnabled(action.isEnabled())
            action.enabledChanged.connect(button.setEnabled)
            layout.addWidget(button)
        layout.addStretch(1)
        return page

    def begin_search(self) -> None:
        """Take the focus into the field; Escape gives it back."""
        self._came_from = QApplication.focusWidget()
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def _look_for(self, text: str) -> None:
        self.answers.look_for(text)
        self._show_page()

    def _within(self) -> frozenset[str] | None:
        """Return the articles a search is narrowed to; None where it is not."""
        return frozenset(self.model.ids) if self._is_narrowed() else None

    def _is_narrowed(self) -> bool:
        return bool(self.narrowing.in_force or self.model.question.collection)

    def _choose_collection(self, place: str) -> None:
        self.model.ask(replace(self.model.question, collection=place))
        self.choice_changed.emit()

    def _show_asked(self) -> None:
        """Show other articles; the open one stays chosen, and a search begins anew."""
        self._show_open()
        if self.filter.text().strip():
            self._look_for(self.filter.text())

    def _show_columns(self, on: bool) -> None:  # noqa: FBT001 - a signal's
        self._settings.set(_COLUMNS, on)
        self.articles.show_columns(on=on)

    def _show_page(self) -> None:
        is_narrowed = self._is_narrowed()
        self.narrowing.setVisible(bool(self.model.rowCount()) or is_narrowed)
        if self.filter.text().strip() and self.model.rowCount():
            self._show_answers()
            return
        self._count.hide()
        if self.model.rowCount():
            self._pages.setCurrentWidget(self.articles)
        elif is_narrowed:
            self._no_hit.setText(
                self.tr("No article answers all filters.")
                if self.narrowing.in_force
                else self.tr("There is no article in this collection yet. Drag some onto it.")
            )
            self._pages.setCurrentWidget(self._no_hit)
        else:
            self._pages.setCurrentWidget(self._empty)

    def _show_answers(self) -> None:
        found = self.answers.answers.found
        if found.ids:
            self._count.setText(counted(len(found.ids), "1 article", "%n articles"))
            self._pages.setCurrentWidget(self.answers)
        else:
            words = self.tr("No article has “{0}”.").format(self.filter.text())
            self._no_hit.setText("\n".join((words, *found.problems)))
            self._pages.setCurrentWidget(self._no_hit)
        self._count.setVisible(bool(found.ids))

    def _go_down(self) -> None:
        if self._pages.currentWidget() is self.answers:
            self.answers.enter()
        elif self.model.rowCount():
            self.articles.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_back(self) -> None:
        """Go where the search was begun from, or to the list."""
        place = self._came_from
        self._came_from = None
        if place is not None and isValid(place) and place.isVisible() and place is not self.filter:
            place.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.articles.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_open(self) -> None:
        self.articles.show_open(self._desk.opened.id if self._desk.opened else "")

    def _open(self, article_id: str) -> None:
        if self._desk.opened is None or self._desk.opened.id != article_id:
            self._desk.open_article(article_id)

    def _open_first(self) -> None:
        if self._pages.currentWidget() is self.answers:
            self.answers.open_first()
            self.answers.enter()

    def _show_menu(self, place: QPoint) -> None:
        if not self.selected():
            return
        menu = QMenu(self)
        menu.setAccessibleName(self.tr("What to do with the article"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_action = menu.addAction(self.tr("&Open"))
        open_action.triggered.connect(self.articles.open_current)
        menu.addActions(self._menu_actions)
        menu.popup(place)
