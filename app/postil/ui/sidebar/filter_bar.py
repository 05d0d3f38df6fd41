"""The row above the cards that narrows them: words, tag, author, check."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from postil.domain.annotation import Status
from postil.ui.desk import Desk
from postil.ui.line_edit import LineEdit
from postil.ui.sidebar.flow_layout import FlowLayout
from postil.ui.sidebar.marks_model import MarkFilter
from postil.ui.sidebar.wording import star_word, status_word


class FilterField(LineEdit):
    """The words to look for; Escape clears, Down goes on to the cards."""

    cleared = Signal()
    went_on = Signal()
    entered = Signal()  # it got the focus: words will follow

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that words will follow."""
        super().focusInEvent(event)
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear or go on."""
        if event.key() == Qt.Key.Key_Escape:
            self.cleared.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.went_on.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Return a width that leaves room for the buttons in the same line."""
        hint = super().sizeHint()
        return QSize(self.fontMetrics().averageCharWidth() * 10, hint.height())


class FilterBar(QWidget):
    """Chooses a `MarkFilter`.

    Args:
        desk: has the marks and tags that the menus list.
        parent: owns this.
    """

    changed = Signal(object)  # MarkFilter
    went_on = Signal()  # to the cards

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._filter = MarkFilter()
        self.field = FilterField(self)
        self.field.setObjectName("marks_filter")
        self.field.setPlaceholderText(self.tr("Filter"))
        self.field.setAccessibleName(self.tr("Filter marks by words"))
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._tell)
        self.tag = self._button("filter_tag", self._fill_tags)
        self.author = self._button("filter_author", self._fill_authors)
        self.status = self._button("filter_status", self._fill_statuses)
        self.count = QLabel(self)
        self.count.setObjectName("marks_count")
        self.count.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        line = FlowLayout(spacing=6)
        for widget in (self.field, self.tag, self.author, self.status):
            line.addWidget(widget)
        column.addLayout(line)
        column.addWidget(self.count)
        self.count.hide()
        self.field.textChanged.connect(self._soon.start)
        self.field.cleared.connect(self.clear)
        self.field.went_on.connect(self.went_on)
        self._label()

    @property
    def filter(self) -> MarkFilter:
        """What is chosen."""
        return self._filter

    def clear(self) -> None:
        """Let all marks pass."""
        self.field.clear()
        self._set(MarkFilter())

    def choose_tag(self, tag_id: str) -> None:
        """Let only marks with a tag pass; an empty id lets all."""
        self._set(replace(self._now(), tag=tag_id))

    def show_count(self, shown: int, total: int) -> None:
        """Say how many marks pass, while not all do."""
        text = self.tr("{0} of {1}").replace("{0}", f"{shown:,}").replace("{1}", f"{total:,}")
        self.count.setText(text)
        self.count.setVisible(bool(self._filter))

    def _button(self, name: str, fill: Callable[[QMenu], None]) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(button)
        menu.setAccessibleName(self.tr("Show only marks with"))
        menu.aboutToShow.connect(partial(fill, menu))
        button.setMenu(menu)
        return button

    def _fill_tags(self, menu: QMenu) -> None:
        counts = Counter(tag for mark in self._desk.marks for tag in mark.tags)
        known = self._desk.tags
        base = replace(self._now(), tag="")
        rows = [
            (f"{known[i].code}  {known[i].name}" if i in known else i, counts[i], i)
            for i in sorted(counts, key=lambda i: known[i].name.casefold() if i in known else i)
        ]
        choices = [(word, count, replace(base, tag=tag_id)) for word, count, tag_id in rows]
        self._fill(menu, [(self.tr("All tags"), 0, base), *choices])

    def _fill_authors(self, menu: QMenu) -> None:
        counts = Counter(mark.author for mark in self._desk.marks)
        base = replace(self._now(), author=None)
        choices = [
            (author or self.tr("Nobody named"), counts[author], replace(base, author=author))
            for author in sorted(counts)
        ]
        self._fill(menu, [(self.tr("All authors"), 0, base), *choices])

    def _fill_statuses(self, menu: QMenu) -> None:
        counts = Counter(mark.status for mark in self._desk.marks)
        base = replace(self._now(), status=None, starred=False)
        stars = sum(mark.starred for mark in self._desk.marks)
        starred = [(star_word(True), stars, replace(base, starred=True))] if stars else []
        choices = [
            (status_word(s) or self.tr("Nothing said"), counts[s], replace(base, status=s))
            for s in Status
            if s in counts
        ]
        self._fill(menu, [(self.tr("Any status"), 0, base), *choices, *starred])

    def _fill(self, menu: QMenu, choices: list[tuple[str, int, MarkFilter]]) -> None:
        """Offer filters, each with its words and how many marks it is about."""
        menu.clear()
        for word, count, wanted in choices:
            label = word.replace("&", "&&") + (f"\t{count:,}" if count else "")
            action = menu.addAction(label)
            action.setCheckable(True)
            action.setChecked(wanted == self._now())
            action.triggered.connect(partial(self._choose, wanted))

    def _choose(self, wanted: MarkFilter, *_: bool) -> None:
        self._set(wanted)

    def _now(self) -> MarkFilter:
        """Return the filter with the words as they stand in the field."""
        return replace(self._filter, text=self.field.text())

    def _tell(self) -> None:
        self._set(self._now())

    def _set(self, new: MarkFilter) -> None:
        self._soon.stop()
        if new != self._filter:
            self._filter = new
            self._label()
            self.changed.emit(new)

    def _label(self) -> None:
        """Show on the buttons what is chosen."""
        wanted = self._filter
        tag = self._desk.tags.get(wanted.tag)
        words = (
            (self.tag, self.tr("Tag"), wanted.tag, tag.code if tag else wanted.tag),
            (self.author, self.tr("Author"), wanted.author is not None, wanted.author),
            (
                self.status,
                self.tr("Status"),
                wanted.status is not None or wanted.starred,
                star_word(wanted.starred) or (status_word(wanted.status) if wanted.status else ""),
            ),
        )
        for button, label, is_set, word in words:
            button.setText(f"{word or '–' if is_set else label} ▾")
            button.setAccessibleName(self.tr("Filter by {0}").replace("{0}", label))
            button.setProperty("isSet", bool(is_set))
            button.style().unpolish(button)
            button.style().polish(button)
