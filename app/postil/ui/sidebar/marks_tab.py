"""The marks of the article as cards: filtered, in step with the page, edited in place."""

from PySide6.QtCore import QElapsedTimer, Qt, QUrl, Signal
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

from postil.domain.history import Changes
from postil.library import DeleteAnnotations
from postil.ui.desk import Desk
from postil.ui.links import Asks, agreed
from postil.ui.overlays import is_in_overlay
from postil.ui.sidebar.card_editor import CardEditor
from postil.ui.sidebar.card_layout import MARK
from postil.ui.sidebar.card_words import CardWords
from postil.ui.sidebar.filter_bar import FilterBar
from postil.ui.sidebar.marks_list import MarksList
from postil.ui.sidebar.marks_model import MarkFilter, MarksModel
from postil.ui.sidebar.note_rendering import NoteRenderer, Render
from postil.ui.sidebar.note_saving import NoteSaver
from postil.ui.theme import Theme

_OWN_SCROLL_MS = 400  # the page scrolls for a card that was picked; the list stays then


class MarksTab(QWidget):
    """Filter, cards and editor.

    Args:
        desk: what lies open.
        theme: has the colours.
        prompts: asks before a link of a note is opened.
        render: turns notes into safe HTML; called on a worker thread.
        parent: owns this.
    """

    counted = Signal()  # another number of marks
    loose_wanted = Signal()  # show the marks that have no place
    address_wanted = Signal(QUrl)  # open this in the browser; the person agreed

    def __init__(
        self,
        desk: Desk,
        theme: Theme,
        prompts: Asks,
        render: Render,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._prompts = prompts
        self.model = MarksModel(desk, self)
        self._notes = NoteRenderer(render, self)
        self._words = CardWords(desk, self.model, self._notes)
        self.saver = NoteSaver(desk, self)
        self.filter_bar = FilterBar(desk, self)
        self.list = MarksList(self.model, self._words, theme, self)
        self._empty = QLabel(self, wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self._empty.setObjectName("marks_empty")
        self._loose = QPushButton(self)
        self._loose.setObjectName("marks_loose")
        self._editor: CardEditor | None = None
        self._from_here = True  # the editor was opened among the cards
        self._since_pick = QElapsedTimer()
        self._article_id = desk.opened.id if desk.opened else ""
        self._set_out()
        self._connect()
        self._count()
        self._count_loose()
        self.list.set_chosen(desk.chosen)

    def set_theme(self, theme: Theme, family: str) -> None:
        """Take other colours, and another family of fonts for quotations."""
        self.list.set_theme(theme, family)
        if self._editor is not None:
            self._editor.set_look(self.list.look)

    # --- editing ---

    @property
    def editor(self) -> CardEditor | None:
        """The open editor."""
        return self._editor

    def edit(self, annotation_id: str) -> None:
        """Open the editor of a mark; the one that is open is left first."""
        if self._editor is not None and self._editor.annotation_id == annotation_id:
            self._editor.note.setFocus()
            return
        annotation = self._desk.marks.get(annotation_id)
        if annotation is None or not self._desk.may_change() or not self.leave_editor():
            return
        if self.model.row_of(annotation_id) < 0:
            self.filter_bar.clear()
        self._desk.choose(annotation_id)
        before = self._window_focus()
        self._from_here = before is None or self.isAncestorOf(before)
        editor = CardEditor(self._desk, self._words, self.list.look, self.saver, annotation)
        self._editor = editor
        editor.left.connect(self.leave_editor)
        editor.link_followed.connect(self._go_to_mark)
        editor.grown.connect(self.list.fit_editor)
        self.list.place_editor(annotation_id, editor)
        editor.note.setFocus()

    def leave_editor(self) -> bool:
        """Save what was edited and show the card; False when it was refused and stays open."""
        editor = self._editor
        if editor is None:
            return True
        if not editor.save():
            return False
        self._drop_editor()
        return True

    def _drop_editor(self) -> None:
        editor, self._editor = self._editor, None
        if editor is None:
            return
        focus = self._window_focus()
        if focus is not None and (focus is editor or editor.isAncestorOf(focus)):
            self._give_focus_back()
        self.list.drop_editor()
        editor.deleteLater()

    def _give_focus_back(self) -> None:
        """Let the keys go on at the cards, or on the page if the note was begun there."""
        if not self._from_here:
            self._from_here = True
            self._desk.reading_wanted.emit()
        elif self.list.isVisibleTo(self):
            self.list.setFocus()
        else:  # and not its field, which would take Ctrl+Z for itself
            self.filter_bar.tag.setFocus()

    def _window_focus(self) -> QWidget | None:
        return self.window().focusWidget()

    # --- setting out ---

    def _set_out(self) -> None:
        gap = self.list.look.margin
        column = QVBoxLayout(self)
        column.setContentsMargins(0, gap, 0, 0)
        column.setSpacing(gap // 2)
        bar = QVBoxLayout()
        bar.setContentsMargins(gap, 0, gap, 0)
        bar.addWidget(self.filter_bar)
        bar.addWidget(self._loose)
        column.addLayout(bar)
        column.addWidget(self.list, 1)
        column.addWidget(self._empty, 1)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        desk = self._desk
        desk.article_opened.connect(self._article_opened)
        desk.marks_changed.connect(self._marks_changed)
        desk.mark_chosen.connect(self._mark_chosen)
        desk.mark_hovered.connect(self.list.set_hovered)
        desk.reading_at.connect(self._follow)
        desk.edit_wanted.connect(self.edit)
        self.model.counted.connect(self._count)
        self._notes.rendered.connect(self.list.renew)
        self.filter_bar.changed.connect(self._set_filter)
        self.filter_bar.field.entered.connect(self.model.warm)
        self.filter_bar.went_on.connect(self.list.setFocus)
        self.list.picked.connect(self._picked)
        self.list.pointed.connect(desk.hover)
        self.list.edit_asked.connect(self.edit)
        self.list.delete_asked.connect(self._delete)
        self.list.mark_link_asked.connect(desk.link_wanted)
        self.list.link_asked.connect(self.open_link)
        self.list.follow_asked.connect(self._follow_link)
        self._loose.clicked.connect(self.loose_wanted)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_changed)

    # --- the desk speaks ---

    def _article_opened(self) -> None:
        """Save the editor of the article before; keep it when the same article was read anew."""
        editor, opened = self._editor, self._desk.opened
        if editor is not None:
            annotation = self._desk.marks.get(editor.annotation_id)
            if opened is not None and opened.id == editor.article_id and annotation is not None:
                editor.follow(annotation)
                self.list.fit_editor()
            else:
                editor.save()
                self.saver.flush()
                self._drop_editor()
        article_id = opened.id if opened else ""
        if article_id != self._article_id:
            self._article_id = article_id
            self.filter_bar.clear()
        self.list.set_chosen(self._desk.chosen)
        if self._desk.chosen:
            self.list.show_mark(self._desk.chosen)
        self._count_loose()

    def _marks_changed(self, changes: Changes) -> None:
        editor = self._editor
        if editor is not None:
            annotation = self._desk.marks.get(editor.annotation_id)
            if annotation is None:
                editor.note.commit()
                self.saver.flush()
                self._drop_editor()
            else:
                editor.follow(annotation)
                self.list.fit_editor()
        if any(
            mark is not None and not mark.placement.is_placed
            for pair in changes.annotations(self._desk.opened.id if self._desk.opened else "")
            for mark in pair
        ):
            self._count_loose()

    def _mark_chosen(self, annotation_id: str) -> None:
        editor = self._editor
        if editor is not None and editor.annotation_id != annotation_id:
            self.leave_editor()
        self.list.set_chosen(annotation_id)
        if annotation_id:
            self.list.show_mark(annotation_id)

    def _follow(self, position: int) -> None:
        """Go along with the page, unless the person is busy in the list."""
        own = self._since_pick.isValid() and not self._since_pick.hasExpired(_OWN_SCROLL_MS)
        if not (own or self.list.underMouse() or self._editor is not None):
            self.list.follow(position)

    # --- the list and the filter speak ---

    def _set_filter(self, new: MarkFilter) -> None:
        if self._editor is not None and not self.leave_editor():
            return
        self.model.set_filter(new)
        self.list.set_chosen(self._desk.chosen)
        if self._desk.chosen:
            self.list.show_mark(self._desk.chosen)

    def _picked(self, annotation_id: str) -> None:
        self._desk.choose(annotation_id)
        self._since_pick.start()
        annotation = self._desk.marks.get(annotation_id)
        if annotation is not None:
            self._desk.place_wanted.emit(annotation.start, annotation.end)

    def _go_to_mark(self, annotation_id: str) -> None:
        """Go to the other end of a link."""
        self._since_pick.start()
        self._desk.mark_wanted.emit(annotation_id)

    def _follow_link(self, annotation_id: str) -> None:
        self._desk.choose(annotation_id)
        self._since_pick.start()
        self._desk.follow_wanted.emit()

    def _delete(self, annotation_id: str) -> None:
        """Delete a mark and choose the one after it, so that keys go on from there."""
        row = self.model.row_of(annotation_id)
        if row < 0 or self._desk.do(DeleteAnnotations((annotation_id,))) is None:
            return
        if self.model.rowCount():
            following = self.model.annotation(min(row, self.model.rowCount() - 1))
            self._desk.choose(following.id)

    def open_link(self, address: str) -> None:
        """Go to a mark, or open a link of a note after showing where it leads, as it is spelt."""
        if address.startswith(MARK):
            self._go_to_mark(address.removeprefix(MARK))
            return
        url = agreed(self._prompts, address)
        if url is not None:
            self.address_wanted.emit(url)

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Leave the editor when another part of this window has taken the focus."""
        if self._editor is None or new is None or new.window() is not self.window():
            return
        if is_in_overlay(new):
            return
        if new is not self._editor and not self._editor.isAncestorOf(new):
            self.leave_editor()

    # --- counting ---

    def _count(self) -> None:
        shown, total = self.model.rowCount(), self.model.total
        self.filter_bar.show_count(shown, total)
        focus = self._window_focus()
        had_focus = focus is not None and (focus is self.list or self.list.isAncestorOf(focus))
        self.list.setVisible(shown > 0)
        self._empty.setVisible(shown == 0)
        if had_focus and not shown:
            self._give_focus_back()
        if self._desk.opened is None:
            text = ""
        elif total:
            text = self.tr("No mark fits the filter.")
        else:
            text = self.tr("No marks yet. Select words in the article to make the first one.")
        self._empty.setText(text)
        self.counted.emit()

    def _count_loose(self) -> None:
        opened = self._desk.opened
        number = len(self._desk.library.loose_marks(opened.id)) if opened else 0
        text = (
            self.tr("1 mark has no sure place in this text")
            if number == 1
            else self.tr("{0} marks have no sure place in this text")
        )
        self._loose.setText(text.replace("{0}", str(number)))
        self._loose.setVisible(number > 0)
        self.counted.emit()
