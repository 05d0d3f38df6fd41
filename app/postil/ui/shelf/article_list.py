"""The articles on the shelf, as rows of two lines or in columns; one choice holds for both."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QStackedWidget

from postil.domain.listing import ArticleRow
from postil.ui.shelf.columns import ArticleColumns
from postil.ui.shelf.delegate import ShelfDelegate
from postil.ui.shelf.model import ROW, ShelfModel
from postil.ui.theme import Theme


class ArticleList(QStackedWidget):
    """Shows the model of the shelf and what is chosen in it.

    Args:
        model: the articles.
        theme: colours.
    """

    open_wanted = Signal(str)  # an article's id
    paste_wanted = Signal()
    menu_wanted = Signal(QPoint)  # on the screen

    def __init__(self, model: ShelfModel, theme: Theme) -> None:
        super().__init__()
        self._model = model
        self.rows = self._make_rows(theme)
        self.columns = ArticleColumns(model)
        self.columns.setSelectionModel(self.rows.selectionModel())
        for view in (self.rows, self.columns):
            view.setMouseTracking(True)
            view.clicked.connect(self._clicked)
            view.activated.connect(self._open)
            view.installEventFilter(self)
            view.viewport().installEventFilter(self)
            self.addWidget(view)

    @property
    def view(self) -> QAbstractItemView:
        """The one that is shown."""
        return self.columns if self.currentWidget() is self.columns else self.rows

    def show_columns(self, *, on: bool) -> None:
        """Show columns, or rows of two lines; the focus goes along."""
        had_focus = self.view.hasFocus()
        self.setCurrentWidget(self.columns if on else self.rows)
        self.view.scrollTo(self.view.currentIndex())
        if had_focus:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def selected(self) -> list[str]:
        """Return the ids of the chosen articles, in the order of the list."""
        chosen = self.rows.selectionModel().selectedRows()
        return [self._model.ids[row] for row in sorted(index.row() for index in chosen)]

    def select(self, article_id: str) -> None:
        """Choose one article; one that is not here is not chosen."""
        index = self._model.index_of(article_id)
        if index.isValid():
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)
        else:
            self.rows.clearSelection()

    def show_open(self, article_id: str) -> None:
        """Let the open article stand out, and choose it."""
        self._delegate.open_id = article_id
        self.columns.show_open(article_id)
        self.select(article_id)
        self.rows.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._delegate.theme = theme
        self.view.viewport().update()

    def open_current(self) -> None:
        """Ask for the article that has the focus of the list."""
        self._open(self.view.currentIndex())

    def _make_rows(self, theme: Theme) -> QListView:
        view = QListView()
        view.setObjectName("shelfList")
        view.setAccessibleName(self.tr("Articles"))
        view.setModel(self._model)
        self._delegate = ShelfDelegate(self._model, theme, view)
        view.setItemDelegate(self._delegate)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setUniformItemSizes(True)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        view.viewport().setAutoFillBackground(False)
        return view

    def _clicked(self, index: QModelIndex) -> None:
        """Open what was clicked, unless the click was one to choose several."""
        if QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier:
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        row: ArticleRow | None = index.data(ROW)
        if row is not None:
            self.open_wanted.emit(row.id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take pasting, which makes an article, and menus; leave copying to the article."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.matches(QKeySequence.StandardKey.Paste):
                self.paste_wanted.emit()
                return True
            if event.matches(QKeySequence.StandardKey.Copy):
                event.ignore()
                return True
        if isinstance(event, QContextMenuEvent):  # of the pointer there, of a key to the view
            self.menu_wanted.emit(self._menu_place(event))
            return True
        return super().eventFilter(watched, event)

    def _menu_place(self, event: QContextMenuEvent) -> QPoint:
        """Return where the pointer is, or for the keyboard the current row."""
        if event.reason() is not QContextMenuEvent.Reason.Keyboard:
            return event.globalPos()
        index = self.view.currentIndex().siblingAtColumn(0)
        return self.view.viewport().mapToGlobal(self.view.visualRect(index).center())
