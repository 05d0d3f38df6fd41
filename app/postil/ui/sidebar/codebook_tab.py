"""The codebooks: which are on, their groups and tags with counts, and what each tag means."""

from collections import Counter

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QTreeWidgetItem, QVBoxLayout, QWidget

from postil.domain.annotation import Annotation
from postil.domain.history import Changes
from postil.library import EnableCodebook
from postil.ui.desk import Desk
from postil.ui.sidebar.tag_panel import TagPanel
from postil.ui.sidebar.tag_rows import place_of
from postil.ui.sidebar.tag_tree import TagTree
from postil.ui.theme import Theme


class CodebookTab(QWidget):
    """All codebooks as a tree, and what the chosen tag means.

    Args:
        desk: has tags and marks.
        theme: has the colours.
        parent: owns this.
    """

    tag_wanted = Signal(str)  # show the marks with this tag

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._here: Counter[str] = Counter()  # marks of the open article by tag
        self._everywhere: Counter[str] = Counter()  # marks of the library by tag
        self._is_stale = True
        self.tree = TagTree(desk, theme, self)
        self.panel = TagPanel(desk, self)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._renew)
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.addWidget(self.tree)
        splitter.addWidget(self.panel)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(splitter)
        self.setFocusProxy(self.tree)
        self.tree.currentItemChanged.connect(self._show_chosen)
        self.tree.enabled_wanted.connect(self._enable)
        self.tree.itemActivated.connect(self._want)
        self.tree.itemClicked.connect(self._isolate)
        self.panel.tag_wanted.connect(self.tag_wanted)
        desk.showing_changed.connect(self.panel.show_isolated)
        desk.tags_changed.connect(self._go_stale)
        desk.article_opened.connect(self._go_stale)
        desk.library_changed.connect(self._recount)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.tree.set_theme(theme)
        self._go_stale()

    def showEvent(self, event: QShowEvent) -> None:
        """Fill the tree when it is first looked at."""
        super().showEvent(event)
        if self._is_stale:
            self._renew()

    def _go_stale(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self._soon.start()

    def _renew(self) -> None:
        """Fill the tree anew."""
        self._is_stale = False
        self._here = Counter(tag for mark in self._desk.marks for tag in mark.tags)
        self._everywhere = Counter(self._desk.library.tag_uses())
        self.tree.fill(self._desk.library.tag_sets())
        self.tree.count(self._everywhere.keys(), self._here, self._everywhere)
        self._number()
        self._show_chosen()

    def _number(self) -> None:
        self.tree.number(self._desk.library.recent_tags())

    def _recount(self, changes: Changes) -> None:
        if changes.everything or not self.isVisible():
            self._go_stale()
        if self._is_stale:
            return
        touched: set[str] = set()
        opened = self._desk.opened.id if self._desk.opened else ""
        for edit in changes.edits:
            for mark, step in ((edit.before, -1), (edit.after, 1)):
                if isinstance(mark, Annotation):
                    touched.update(mark.tags)
                    self._everywhere.update(dict.fromkeys(mark.tags, step))
                    if mark.article_id == opened and mark.placement.is_placed:
                        self._here.update(dict.fromkeys(mark.tags, step))
        if touched:
            self.tree.count(touched, self._here, self._everywhere)
            self._number()
            if self.panel.tag_id in touched:
                self._show_chosen()

    def _show_chosen(self) -> None:
        tag_id = self.tree.place.tag_id
        self.panel.show_tag(tag_id, self._here[tag_id])

    def _enable(self, codebook_id: str, on: bool) -> None:  # noqa: FBT001 - what a signal carries
        if self._desk.do(EnableCodebook(codebook_id, on)) is None:
            self._go_stale()

    def _isolate(self, row: QTreeWidgetItem) -> None:
        """Let the marks of a tag or a group stand out in the article."""
        place = place_of(row)
        if place.tag_id:
            self._desk.isolate((place.tag_id,), row.text(0))
        elif place.group_id:
            tags = self._desk.group_tags(place.codebook_id, place.group_id)
            self._desk.isolate(tags, row.text(0))

    def _want(self, row: QTreeWidgetItem) -> None:
        if tag_id := place_of(row).tag_id:
            self.tag_wanted.emit(tag_id)
