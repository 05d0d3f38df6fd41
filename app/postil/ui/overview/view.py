"""The place where all marks of the library are: what is asked above, the list, what to do below."""

from collections.abc import Iterator

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from postil.domain.errors import UserError
from postil.domain.history import Changes
from postil.domain.overview import Choice, MarkGroup, MarkRow
from postil.ui.counting import counted
from postil.ui.desk import Desk
from postil.ui.overview.changing import Changing
from postil.ui.overview.delegate import MarkDelegate
from postil.ui.overview.figures import Figures
from postil.ui.overview.model import GROUP, MARK, AllMarks
from postil.ui.overview.question import Question
from postil.ui.prompts import Prompts
from postil.ui.theme import Theme
from postil.ui.toast import Notices

_AGAIN_MS = 150  # after a change of the library


class MarkListView(QListView):
    """The list; Enter goes to the mark, Left and Right fold and unfold, Delete deletes."""

    opened = Signal(QModelIndex)
    delete_wanted = Signal()
    folded = Signal(QModelIndex, bool)
    left = Signal()  # Escape

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the keys say."""
        key, index = event.key(), self.currentIndex()
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.opened.emit(index)
        elif key == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and index.isValid():
            self.folded.emit(index, key == Qt.Key.Key_Left)
        else:
            super().keyPressEvent(event)


class OverviewView(QWidget):
    """All marks.

    Args:
        desk: has the library and opens articles.
        theme: its colours.
        prompts: asks for files and new tags.
        notices: where to tell what was done.
    """

    left = Signal()  # back to the article

    def __init__(self, desk: Desk, theme: Theme, prompts: Prompts, notices: Notices) -> None:
        super().__init__()
        self.setObjectName("overview")
        self.setAccessibleName(self.tr("All marks"))
        self._desk = desk
        self._is_stale = True
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._again.timeout.connect(self.renew)
        self.model = AllMarks(desk, self)
        self.question = Question(self._choices, self)
        self.list = MarkListView()
        self.delegate = MarkDelegate(self.model, desk, theme, self.list)
        self.changing = Changing(desk, self.model, self.chosen, prompts, notices, self)
        self.figures = Figures(desk, theme, prompts, notices)
        self._shown = QStackedWidget()
        self.turn = QToolButton()
        self.count = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.count.setObjectName("soft")
        self.count.setWordWrap(True)
        self._set_up_list()
        self._lay_out()
        self.question.changed.connect(self.renew)
        self.question.went_on.connect(self.enter)
        self.question.left.connect(self.left)
        desk.library_changed.connect(self._follow)

    def _set_up_list(self) -> None:
        rows = self.list
        rows.setObjectName("overviewList")
        rows.setAccessibleName(self.tr("All marks"))
        rows.setModel(self.model)
        rows.setItemDelegate(self.delegate)
        rows.setUniformItemSizes(True)
        rows.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        rows.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows.setMouseTracking(True)
        rows.viewport().setAutoFillBackground(False)
        rows.opened.connect(self.open)
        rows.doubleClicked.connect(self.open)
        rows.clicked.connect(self._click)
        rows.delete_wanted.connect(self.changing.delete)
        rows.folded.connect(self._fold)
        rows.left.connect(self.left)
        rows.selectionModel().selectionChanged.connect(self._show_count)

    def _lay_out(self) -> None:
        back = QToolButton()
        back.setObjectName("overviewBack")
        back.setText(self.tr("◂ Article"))
        back.setAccessibleName(self.tr("Back to the article"))
        back.clicked.connect(self.left)
        title = QLabel(self.tr("All marks"))
        title.setObjectName("overviewTitle")
        top = QHBoxLayout()
        top.addWidget(back)
        top.addWidget(title, 1)
        self.turn.setObjectName("overviewTurn")
        self.turn.setText(self.tr("Figures"))
        self.turn.setCheckable(True)
        self.turn.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.turn.toggled.connect(self._show_part)
        top.addWidget(self.turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.question)
        column.addWidget(self.count)
        marks = QWidget()
        below = QVBoxLayout(marks)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.list, 1)
        below.addWidget(self.changing)
        self._shown.addWidget(marks)
        self._shown.addWidget(self.figures)
        column.addWidget(self._shown, 1)
        self.setFocusProxy(self.question.field)

    # --- showing ---

    def renew(self) -> None:
        """Ask for the marks anew; the rows in view and the chosen one stay where they are."""
        self._again.stop()
        self._is_stale = False
        asked, bar = self.question, self.list.verticalScrollBar()
        is_same = self.model.overview is not None and (
            asked.query,
            asked.grouping,
            asked.sorting,
        ) == (
            self.model.overview.query,
            self.model.overview.grouping,
            self.model.overview.sorting,
        )
        place, row = bar.value(), self.list.currentIndex().row()
        try:
            overview = self._desk.library.overview(asked.query, asked.grouping, asked.sorting)
        except UserError as error:
            self._desk.failed.emit(error)
            return
        self.model.show(overview)
        if self.turn.isChecked():
            self.figures.show_figures(overview)
        if is_same:
            self.list.setCurrentIndex(self.model.index(min(row, self.model.rowCount() - 1)))
            self.list.clearSelection()
            bar.setValue(place)
        self._show_count()

    def enter(self) -> None:
        """Give the focus to the list, at its first mark if at none."""
        if not self.list.currentIndex().isValid():
            index = self.model.index(min(1, self.model.rowCount() - 1))
            self.list.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self.delegate.theme = theme
        self.figures.set_theme(theme)
        self.list.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what is there now."""
        super().showEvent(event)
        if self._is_stale:
            self.renew()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave no timer running."""
        if self._again.isActive():
            self._again.stop()
            self._is_stale = True
        super().hideEvent(event)

    def _show_part(self, figures: bool) -> None:  # noqa: FBT001 - a signal's
        """Show the figures, or the marks."""
        self._shown.setCurrentIndex(int(figures))
        if figures and self.model.overview is not None:
            self.figures.show_figures(self.model.overview)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Escape, from wherever the focus is."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _follow(self, _changes: Changes) -> None:
        self._is_stale = True
        if self.isVisible():
            self._again.start()

    def _show_count(self) -> None:
        overview = self.model.overview
        if overview is None:
            return
        parts = [counted(overview.total, "1 mark", "%n marks"), *overview.problems]
        chosen = sum(last - first + 1 for first, last in self.chosen())
        if chosen > 1:
            parts.insert(1, counted(chosen, "1 row chosen", "%n rows chosen"))
        self.count.setText(" · ".join(parts))
        self.changing.enable(is_any=chosen > 0, has_marks=overview.total > 0)

    # --- doing ---

    def chosen(self) -> Iterator[tuple[int, int]]:
        """Yield the first and last row of each stretch that is selected."""
        selection = self.list.selectionModel().selection()
        for part in (selection.at(number) for number in range(selection.count())):
            yield part.top(), part.bottom()

    def open(self, index: QModelIndex) -> None:
        """Go to the mark in its article; a heading folds or unfolds."""
        row: MarkRow | None = index.data(MARK)
        if row is None:
            self._turn(index)
            return
        opened = self._desk.opened
        if opened is None or opened.id != row.article_id:
            self._desk.open_article(row.article_id)
        self.left.emit()
        if row.placement.is_placed:
            self._desk.choose(row.id)
            self._desk.place_wanted.emit(row.start, row.end)

    def _click(self, index: QModelIndex) -> None:
        if index.data(GROUP) is not None:
            self._turn(index)

    def _turn(self, index: QModelIndex) -> None:
        group: MarkGroup | None = index.data(GROUP)
        if group is not None:
            self._fold(index, group.key not in self.model.folded)

    def _fold(self, index: QModelIndex, folded: bool) -> None:  # noqa: FBT001 - a signal's
        """Fold or unfold the heading that a row stands under."""
        row = self.model.heading_above(index.row())
        group: MarkGroup = self.model.index(row).data(GROUP)
        if folded != (group.key in self.model.folded):
            place = self.list.verticalScrollBar().value()
            self.model.fold(group.key, folded=folded)
            self.list.setCurrentIndex(self.model.index(row))
            self.list.verticalScrollBar().setValue(place)
            self.list.scrollTo(self.model.index(row))

    def _choices(self) -> dict[str, list[Choice]]:
        return self.model.overview.choices() if self.model.overview else {}
