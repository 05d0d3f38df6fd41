"""The sidebar: marks, codebooks and the article's data, behind three quiet tabs."""

from PySide6.QtCore import QEvent, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from postil.notes import render_notes
from postil.ui.desk import Desk
from postil.ui.links import Asks
from postil.ui.sidebar.article_tab import ArticleTab
from postil.ui.sidebar.codebook_tab import CodebookTab
from postil.ui.sidebar.look import sidebar_sheet
from postil.ui.sidebar.marks_tab import MarksTab
from postil.ui.sidebar.note_rendering import Render
from postil.ui.theme import Theme

_MARKS, _CODEBOOK, _ARTICLE = range(3)


class Sidebar(QWidget):
    """Everything about the open article that is not its page.

    Args:
        desk: what lies open.
        theme: has the colours.
        prompts: asks before a link of a note is opened.
        family: of the font of quotations, that of the page.
        render: turns notes into safe HTML; called on a worker thread.
        parent: owns this.
    """

    address_wanted = Signal(QUrl)  # a link of a note, after the person agreed

    def __init__(
        self,
        desk: Desk,
        theme: Theme,
        prompts: Asks,
        *,
        family: str = "",
        render: Render = render_notes,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAccessibleName(self.tr("Sidebar"))
        self.marks = MarksTab(desk, theme, prompts, render, self)
        self.codebook = CodebookTab(desk, theme, self)
        self.article = ArticleTab(desk, theme, render, self)
        self._savers = (self.marks.saver, self.article.notes.saver)
        self.tabs = QTabBar(self)
        self.tabs.setObjectName("sidebar_tabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)  # narrow, words are cut rather than tabs hidden
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.setAccessibleName(self.tr("Parts of the sidebar"))
        self._pages = QStackedWidget(self)
        self._pages.setObjectName("sidebar_pages")
        for page, label in (
            (self.marks, self.tr("Marks")),
            (self.codebook, self.tr("Codebook")),
            (self.article, self.tr("Article")),
        ):
            self._pages.addWidget(page)
            self.tabs.setTabToolTip(self.tabs.addTab(label), label)
        rule = QFrame(self)
        rule.setObjectName("tabs_rule")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(rule)
        column.addWidget(self._pages, 1)
        self._watched: QWidget | None = None
        self.tabs.currentChanged.connect(self._turn)
        self.marks.counted.connect(self._label)
        self.marks.loose_wanted.connect(self.show_loose)
        self.marks.address_wanted.connect(self.address_wanted)
        self.article.notes.link_asked.connect(self.marks.open_link)
        self.codebook.tag_wanted.connect(self._show_tagged)
        desk.edit_wanted.connect(self.show_marks)
        self._label()
        self._family = family
        self.set_theme(theme)

    def set_theme(self, theme: Theme, family: str | None = None) -> None:
        """Take other colours, and another family of fonts for quotations if one is given."""
        self._family = self._family if family is None else family
        self.setStyleSheet(sidebar_sheet(theme))
        self.marks.set_theme(theme, self._family)
        self.article.notes.set_theme(theme, self._family)
        self.codebook.set_theme(theme)

    def show_marks(self) -> None:
        """Turn to the marks."""
        self.tabs.setCurrentIndex(_MARKS)

    def show_codebook(self) -> None:
        """Turn to the codebooks."""
        self.tabs.setCurrentIndex(_CODEBOOK)

    def show_article(self) -> None:
        """Turn to the article's data."""
        self.tabs.setCurrentIndex(_ARTICLE)

    def show_loose(self) -> None:
        """Turn to the marks without a sure place."""
        self.show_article()
        self.article.show_loose()

    def write_on_whole(self, question: str) -> None:
        """Turn to the note on the whole article, or to the answer to a question, to write it."""
        self.show_article()
        self.article.notes.write(question)

    def filter_marks(self) -> None:
        """Turn to the marks and put the caret into the filter."""
        self.show_marks()
        self.marks.filter_bar.field.setFocus()

    def leave(self) -> bool:
        """Save everything that is being edited; False when something could not be saved."""
        self.article.save()
        left = self.marks.leave_editor()
        for saver in self._savers:
            saver.flush()
        return left and not self.is_waiting

    @property
    def is_waiting(self) -> bool:
        """Whether something that was typed is not written yet."""
        return any(saver.is_waiting for saver in self._savers)

    def showEvent(self, event: QShowEvent) -> None:
        """Watch the window, so that nothing is lost when it closes."""
        super().showEvent(event)
        if self._watched is not self.window():
            if self._watched is not None:
                self._watched.removeEventFilter(self)
            self._watched = self.window()
            self._watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save before the window closes."""
        if watched is self._watched and event.type() == QEvent.Type.Close:
            self.leave()
        return False

    def _turn(self, page: int) -> None:
        if page != _MARKS:
            self.marks.leave_editor()
        self._pages.setCurrentIndex(page)

    def _show_tagged(self, tag_id: str) -> None:
        self.marks.filter_bar.choose_tag(tag_id)
        self.show_marks()

    def _label(self) -> None:
        total = self.marks.model.total
        label = self.tr("Marks {0}").replace("{0}", f"{total:,}") if total else self.tr("Marks")
        self.tabs.setTabText(_MARKS, label)
