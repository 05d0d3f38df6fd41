"""The shelf: find an article, open it, choose several.

It changes nothing itself: its context menu holds the window's actions, which act on what is
chosen here.
"""

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QIcon, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QListView,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from postil.ui.counting import counted
from postil.ui.desk import Desk
from postil.ui.shelf.answers_view import AnswersView
from postil.ui.shelf.delegate import ShelfDelegate
from postil.ui.shelf.model import ID, ShelfModel
from postil.ui.shelf.search_field import SearchField
from postil.ui.theme import Theme

_LEAST_WIDTH = 150  # pixels


class _List(QListView):
    """The list itself, with the keys that belong to it."""

    paste_wanted = Signal()
    menu_wanted = Signal(QPoint)  # on the screen

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste makes a new article; everything else is the list's own."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu where the pointer is, or at the current row for the keyboard."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            place = self.visualRect(self.currentIndex()).center()
            self.menu_wanted.emit(self.viewport().mapToGlobal(place))
        else:
            self.menu_wanted.emit(event.globalPos())


class Shelf(QWidget):
    """The list of articles with a field above it that searches over everything.

    Args:
        desk: what lies open, and the library.
        theme: colours.
        search_icon: stands in the field.
        menu_actions: the context menu's; they act on `selected()`.
        ways_in: the actions that bring articles in, offered while there are none.
    """

    paste_wanted = Signal()  # the clipboard's text should become an article

    def __init__(
        self,
        desk: Desk,
        theme: Theme,
        search_icon: QIcon,
        menu_actions: list[QAction],
        ways_in: list[QAction],
    ) -> None:
        super().__init__()
        self.setObjectName("shelf")
        self.setAccessibleName(self.tr("Shelf"))
        self.setMinimumWidth(_LEAST_WIDTH)
        self._desk = desk
        self.model = ShelfModel(desk, self)
        self.filter = self._make_filter(search_icon)
        self.list = self._make_list(theme)
        self.answers = AnswersView(desk, theme)
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
        for page in (self.list, self.answers, self._empty, self._no_hit):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(9, 11, 9, 0)
        layout.setSpacing(9)
        layout.addWidget(self.filter)
        layout.addWidget(self._count)
        layout.addWidget(self._pages, 1)
        for signal in (self.model.rowsInserted, self.model.rowsRemoved, self.model.modelReset):
            signal.connect(self._show_page)
        desk.article_opened.connect(self._show_open)
        self._show_page()
        self._show_open()

    def selected(self) -> list[str]:
        """Return the ids of the chosen articles, in the order of the list."""
        if self._pages.currentWidget() is self.answers:
            return list(filter(None, [self.answers.chosen()]))
        rows = self.list.selectionModel().selectedIndexes()
        return [_id(index) for index in sorted(rows, key=QModelIndex.row)]

    def select(self, article_id: str) -> None:
        """Choose one article; one that is not here is not chosen."""
        index = self.model.index_of(article_id)
        if index.isValid():
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
        else:
            self.list.clearSelection()

    def neighbour(self, step: int) -> str:
        """Return the id of the article `step` rows away from the open one, or nothing."""
        opened = self._desk.opened
        here = self.model.index_of(opened.id) if opened else None
        row = here.row() + step if here is not None and here.isValid() else 0
        index = self.model.index(row, 0)
        return _id(index) if index.isValid() else ""

    def set_theme(self, theme: Theme, search_icon: QIcon) -> None:
        """Draw in other colours."""
        self._delegate.theme = theme
        self.filter.search_action.setIcon(search_icon)
        self.answers.set_theme(theme)
        self.list.viewport().update()

    def _make_filter(self, search_icon: QIcon) -> SearchField:
        field = SearchField(self._desk.library, search_icon)
        field.query_changed.connect(self._look_for)
        field.entered.connect(self._open_first)
        field.down_wanted.connect(self._go_down)
        field.left.connect(self._go_back)
        return field

    def _make_list(self, theme: Theme) -> _List:
        view = _List()
        view.setObjectName("shelfList")
        view.setAccessibleName(self.tr("Articles"))
        view.setModel(self.model)
        self._delegate = ShelfDelegate(self.model, theme, view)
        view.setItemDelegate(self._delegate)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.viewport().setAutoFillBackground(False)
        view.clicked.connect(self._clicked)
        view.activated.connect(self._open)
        view.paste_wanted.connect(self.paste_wanted)
        view.menu_wanted.connect(self._show_menu)
        return view

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

    def _show_page(self) -> None:
        if self.filter.text().strip() and self.model.rowCount():
            self._show_answers()
        else:
            self._count.hide()
            self._pages.setCurrentWidget(self.list if self.model.rowCount() else self._empty)

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
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_back(self) -> None:
        """Go where the search was begun from, or to the list."""
        place = self._came_from
        self._came_from = None
        if place is not None and isValid(place) and place.isVisible() and place is not self.filter:
            place.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_open(self) -> None:
        self._delegate.open_id = self._desk.opened.id if self._desk.opened else ""
        self.select(self._delegate.open_id)
        self.list.viewport().update()

    def _clicked(self, index: QModelIndex) -> None:
        """Open what was clicked, unless the click was one to choose several."""
        if QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier:
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        article_id = _id(index)
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
        open_action.triggered.connect(lambda: self._open(self.list.currentIndex()))
        menu.addActions(self._menu_actions)
        menu.popup(place)


def _id(index: QModelIndex) -> str:
    return str(index.data(ID))
