"""Settings: other keys for any action.

Whoever presses keys that something else has is told at once what that is and where, and
chooses: take them from there, or press others.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from postil.ui.action_spec import Spec
from postil.ui.action_table import TABLE
from postil.ui.actions import menu_path, plain, words
from postil.ui.dialogs.key_table import KeyTable
from postil.ui.keymap import Keymap, is_usable, native
from postil.ui.toast import announce

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_FIRST_SIGN = Qt.Key.Key_Exclam  # keys are numbered as what they type in Unicode
_FIRST_NAMED = Qt.Key.Key_Escape  # from here on they type nothing
_LEAVE = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)


class KeyField(QLineEdit):
    """Shows the keys that were pressed in it, instead of what they type.

    Tab and Escape stay what they are everywhere, so that nobody is caught in the field.
    """

    pressed = Signal()  # `chord` is new

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.chord: QKeySequence | None = None

    def take(self, chord: QKeySequence | None) -> None:
        """Show a chord, or nothing."""
        self.chord = chord
        self.setText(native(chord) if chord else "")
        self.pressed.emit()

    def event(self, event: QEvent) -> bool:
        """Take keys before any shortcut does."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            event.setAccepted(not _leaves(event))
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a chord; a modifier alone is not one yet."""
        if _leaves(event):
            super().keyPressEvent(event)
            return
        chord = _chord(event)
        if is_usable(chord):
            self.take(chord)


class KeysPage(QWidget):
    """The page.

    Args:
        keymap: what is changed.
    """

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self.setObjectName("settingsKeys")
        self._keymap = keymap
        self._specs = {spec.id: spec for spec in TABLE}
        self.list = KeyTable(keymap)
        self.list.table.hideColumn(2)  # what an action does stands in the help
        self.field = KeyField()
        self.field.setObjectName("newKeys")
        self.field.setPlaceholderText(self.tr("Press the new keys here"))
        self.field.setAccessibleName(self.tr("New keys"))
        self.told = QLabel()
        self.told.setObjectName("keysTold")
        self.told.setAccessibleName(self.tr("What these keys do now"))
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.set = self._button("keysSet", self.tr("&Use These"), self._set)
        self.add = self._button("keysAdd", self.tr("Use Them &Too"), self._add)
        self.none = self._button("keysNone", self.tr("&No Keys"), self._take_away)
        self.reset = self._button("keysReset", self.tr("&Reset"), self._reset)
        self.reset_all = self._button("keysResetAll", self.tr("Reset A&ll"), keymap.reset_all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 10, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.told)
        layout.addWidget(self.field)
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self.set, self.add, self.none, self.reset, self.reset_all):
            row.addWidget(button)
        layout.addLayout(row)
        self.list.current_changed.connect(self._turn)
        self.list.table.activated.connect(self.field.setFocus)
        self.field.pressed.connect(self._show)
        keymap.changed.connect(self._show)
        self.list.table.selectRow(0)

    def _button(self, name: str, text: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(plain(text))
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button

    def _turn(self) -> None:
        self.field.take(None)

    def _show(self) -> None:
        """Say what the keys in the field would mean, and offer what can be done with them."""
        action_id, chord = self.list.current(), self.field.chord
        spec = self._specs.get(action_id)
        rival = self._keymap.rival(action_id, chord) if spec and chord else None
        is_own = bool(spec and chord and chord in self._keymap.keys(action_id))
        for button in (self.set, self.add):
            button.setEnabled(bool(spec and chord and not is_own))
        self.none.setEnabled(bool(spec and self._keymap.keys(action_id)))
        self.reset.setEnabled(bool(spec and self._keymap.is_changed(action_id)))
        self.set.setText(self.tr("&Take Them from There") if rival else self.tr("&Use These"))
        self.set.setAccessibleName(plain(self.set.text()))
        self.told.setText(self._words(spec, chord, rival, is_own=is_own))
        if chord:
            announce(self.told, self.told.text())

    def _words(
        self, spec: Spec | None, chord: QKeySequence | None, rival: Spec | None, *, is_own: bool
    ) -> str:
        if spec is None:
            return self.tr("Choose an action above")
        name = _name(spec)
        if chord is None:
            return self.tr("Keys for {0}").format(name)
        if rival is not None:
            sentence = self.tr(
                "{0} belongs to {1}. Take it from there for {2}, or press other keys."
            )
            return sentence.format(native(chord), _name(rival), name)
        if is_own:
            return self.tr("{0} is what {1} has already").format(native(chord), name)
        return self.tr("{0} is free for {1}").format(native(chord), name)

    def _set(self) -> None:
        self._give([])

    def _add(self) -> None:
        self._give(self._keymap.keys(self.list.current()))

    def _give(self, kept: list[QKeySequence]) -> None:
        if self.field.chord is not None:
            chord = self.field.chord
            self.field.take(None)
            self._keymap.give(self.list.current(), [*kept, chord])
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_away(self) -> None:
        self._keymap.give(self.list.current(), [])

    def _reset(self) -> None:
        action_id = self.list.current()
        self._keymap.reset(action_id)
        if self._keymap.is_changed(action_id):
            self.told.setText(
                self.tr("Some of its keys stay where they were taken to: reset that action too")
            )
            announce(self.told, self.told.text())


def _name(spec: Spec) -> str:
    """Return an action with its place, such as "Find in Article (Edit)"."""
    return f"“{plain(words(spec.text))}” ({menu_path(spec)})"


def _leaves(event: QKeyEvent) -> bool:
    """Whether a key leads out of the field."""
    others = event.modifiers() & ~(_SHIFT | _KEYPAD)
    return event.key() in _LEAVE and not others


def _chord(event: QKeyEvent) -> QKeySequence:
    """Return the chord of a key press, as the table would write it."""
    modifiers = event.modifiers() & ~_KEYPAD
    key = Qt.Key(event.key())
    # Shift is part of how a sign such as "?" is typed, and of no letter.
    if _FIRST_SIGN <= key < _FIRST_NAMED and not chr(key).isalpha():
        modifiers &= ~_SHIFT
    return QKeySequence(QKeyCombination(modifiers, key))
