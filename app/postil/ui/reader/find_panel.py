"""The panel of the find bar: field, count, switches and buttons, their look and their keys.

Enter, F3 and Ctrl+G go on, with Shift they go back, Escape closes, wherever in the panel the
focus is.
"""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from postil.page.finding import Query
from postil.page.painter import colour
from postil.page.style import PageStyle
from postil.ui.clear_button import add_clear_button
from postil.ui.icons import icon
from postil.ui.line_edit import LineEdit

LONGEST = 300  # characters of a query
_NARROW = 620  # pixels; below, the wide button has no words

_Key = Qt.Key
_ON = {(_Key.Key_F3, False), (_Key.Key_G, True), (_Key.Key_Return, False), (_Key.Key_Enter, False)}


class FindPanel(QFrame):
    """Asks for a search, and shows what came of it.

    Args:
        parent: the panel stands at its top.
    """

    query_changed = Signal()
    step_wanted = Signal(int)  # 1 for the next hit, -1 for the one before
    tag_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("find_bar")
        self.setAccessibleName(self.tr("Find in the article"))
        self.field = LineEdit(self)
        self.field.setObjectName("find_field")
        self.field.setAccessibleName(self.tr("Find in the article"))
        self.field.setPlaceholderText(self.tr("Find in the article"))
        self.field.setMaxLength(LONGEST)
        self.field.setMinimumWidth(90)
        self.field.setMaximumWidth(420)
        add_clear_button(self.field)
        self.field.installEventFilter(self)
        self.count = QLabel(self)
        self.count.setObjectName("find_count")
        # Room for what it says most often, so that the buttons beside it stand still.
        self.count.setMinimumWidth(self.count.fontMetrics().horizontalAdvance("00 of 000") + 12)
        self.problem = QLabel(self)
        self.problem.setObjectName("find_problem")
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setWordWrap(True)
        self.problem.hide()
        self._make_buttons()
        self._lay_out()
        self.field.textChanged.connect(self.query_changed)
        self.set_style(PageStyle())

    def query(self) -> Query:
        """Return what is asked for."""
        return Query(
            self.field.text(),
            whole_words=self.whole.isChecked(),
            match_case=self.case.isChecked(),
            regex=self.regex.isChecked(),
        )

    def tell(self, words: str, problem: str = "") -> None:
        """Show a few words, and what is wrong with the query."""
        self.count.setText(words)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.field.setAccessibleDescription(problem or words)

    def offer(self, *, steps: bool, marking: bool, cut: bool) -> None:
        """Say what can be done.

        Args:
            steps: there are hits to go to.
            marking: all hits can be marked.
            cut: not so, because there are too many.
        """
        for button in (self.back, self.on):
            button.setEnabled(steps)
        self.all.setEnabled(marking)
        tip = self.tr("Too many hits to mark them all") if cut else self.all.accessibleName()
        self.all.setToolTip(tip)

    def _make_buttons(self) -> None:
        tr = self.tr
        previous, following = tr("Previous hit (Shift+Enter)"), tr("Next hit (Enter)")
        self.back = self._button("find_previous", previous)
        self.on = self._button("find_next", following)
        self.case = self._button("find_case", tr("Match capitals and accents"), text="Aa")
        self.whole = self._button("find_whole_words", tr("Whole words only"), text="ab")
        font = self.whole.font()
        font.setUnderline(True)
        self.whole.setFont(font)
        self.regex = self._button("find_regex", tr("Regular expression"), text=".*")
        for switch in (self.case, self.whole, self.regex):
            switch.setCheckable(True)
            switch.toggled.connect(self.query_changed)
        self.all = self._button("find_mark_all", tr("Give all hits a tag"))
        self.all.setText(tr("Mark all hits…"))
        self.shut = self._button("find_close", tr("Close (Esc)"))
        self.back.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.on.clicked.connect(lambda: self.step_wanted.emit(1))
        self.all.clicked.connect(self.tag_wanted)
        self.shut.clicked.connect(self.left)

    def _button(self, name: str, tip: str, text: str = "") -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(text)
        button.setAccessibleName(tip.partition(" (")[0])
        button.setToolTip(tip)
        button.setIconSize(QSize(16, 16))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 8, 6)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.field, 1)
        for widget in (self.back, self.on, self.count, self.case, self.whole, self.regex, self.all):
            row.addWidget(widget)
        row.addStretch(0)
        row.addWidget(self.shut)
        column.addLayout(row)
        column.addWidget(self.problem)

    def set_style(self, style: PageStyle) -> None:
        """Take over the colours of the page."""
        self.setStyleSheet(
            f"#find_bar {{ background: {style.paper}; border: none;"
            f" border-bottom: 1px solid {style.rule} }}"
            f"#find_field {{ background: {style.paper}; color: {style.ink};"
            f" border: 1px solid {style.rule}; border-radius: 5px; padding: 3px 6px }}"
            f"#find_field:focus {{ border-color: {style.accent} }}"
            f"#find_count {{ color: {style.ink_soft}; padding: 0 6px }}"
            "#find_problem { color: palette(bright-text) }"
            f"#find_bar QToolButton {{ background: transparent; color: {style.ink_soft};"
            " border: 1px solid transparent; border-radius: 5px; padding: 3px 5px }"
            f"#find_bar QToolButton:hover {{ color: {style.ink}; border-color: {style.rule} }}"
            f"#find_bar QToolButton:checked {{ color: {style.accent};"
            f" border-color: {style.accent} }}"
            f"#find_bar QToolButton:focus {{ border: 2px solid {style.accent};"
            " padding: 2px 4px }"
            f"#find_bar QToolButton:disabled {{ color: {style.rule} }}"
        )
        ink = colour(style.ink_soft)
        for button, name in (
            (self.back, "previous"),
            (self.on, "next"),
            (self.all, "mark"),
            (self.shut, "close"),
        ):
            button.setIcon(icon(name, ink))

    # Keys

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the keys of the bar before the field does."""
        is_press = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        return isinstance(event, QKeyEvent) and is_press and self._take_key(event)

    def event(self, event: QEvent) -> bool:
        """Keep what is typed here from being a shortcut of the reader."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            others = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
            is_typed = event.text() and not event.modifiers() & others
            if is_typed or _chord(event) in _ON:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press a button that has the focus; take the other keys of the bar."""
        button = self.focusWidget()
        is_enter = event.key() in (_Key.Key_Return, _Key.Key_Enter)
        if is_enter and isinstance(button, QAbstractButton):
            button.click()
        elif not self._take_key(event) and not event.text():
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Drop words where there is no room for them."""
        super().resizeEvent(event)
        style = Qt.ToolButtonStyle
        is_narrow = self.width() < _NARROW
        self.all.setToolButtonStyle(
            style.ToolButtonIconOnly if is_narrow else style.ToolButtonTextBesideIcon
        )

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.key() == _Key.Key_Escape:
            self.left.emit()
        elif _chord(event) in _ON:
            is_back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.step_wanted.emit(-1 if is_back else 1)
        else:
            return False
        return True


def _chord(event: QKeyEvent) -> tuple[Qt.Key, bool]:
    """Return a key and whether Ctrl is held; Shift only says in which direction."""
    return _Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
