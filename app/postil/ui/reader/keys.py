"""The keys of the reader, in one table, and the caret that can be switched on.

None of them is a key that a desktop takes for itself: no Ctrl+Alt, no Super, no Alt+Tab and
the like. Letters and digits stand alone because the page is not typed into.
"""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QTextCursor

from postil.ui.reader.fields import Fields
from postil.ui.reader.marking import Marking
from postil.ui.reader.page_view import PageView
from postil.ui.reader.snapping import Unit
from postil.ui.reader.viewing import Viewing

_NONE = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_CHORD = _SHIFT | _CTRL | _ALT | Qt.KeyboardModifier.MetaModifier

Chord = tuple[Qt.Key, Qt.KeyboardModifier]

# What a chord does, by the name of a method of `Keys`.
KEYS: Mapping[Chord, str] = {
    (Qt.Key.Key_T, _NONE): "ask_tag",
    (Qt.Key.Key_N, _NONE): "note",
    (Qt.Key.Key_H, _NONE): "plain",
    (Qt.Key.Key_Q, _NONE): "again",
    (Qt.Key.Key_Delete, _NONE): "delete",
    (Qt.Key.Key_Backspace, _NONE): "delete",
    (Qt.Key.Key_O, _NONE): "cycle",
    (Qt.Key.Key_O, _SHIFT): "ask_list",
    (Qt.Key.Key_J, _NONE): "next_mark",
    (Qt.Key.Key_K, _NONE): "previous_mark",
    (Qt.Key.Key_Down, _ALT): "next_mark",
    (Qt.Key.Key_Up, _ALT): "previous_mark",
    (Qt.Key.Key_E, _NONE): "other_end",
    (Qt.Key.Key_Left, _ALT): "end_left",
    (Qt.Key.Key_Right, _ALT): "end_right",
    (Qt.Key.Key_Left, _ALT | _SHIFT): "end_left_by_word",
    (Qt.Key.Key_Right, _ALT | _SHIFT): "end_right_by_word",
    (Qt.Key.Key_X, _NONE): "select_more",
    (Qt.Key.Key_P, _NONE): "select_paragraph",
    (Qt.Key.Key_F, _NONE): "sentence_forward",
    (Qt.Key.Key_F, _SHIFT): "sentence_forward_too",
    (Qt.Key.Key_B, _NONE): "sentence_back",
    (Qt.Key.Key_B, _SHIFT): "sentence_back_too",
    (Qt.Key.Key_F7, _NONE): "toggle_caret",
    (Qt.Key.Key_Return, _NONE): "pick_at_caret",
    (Qt.Key.Key_Enter, _NONE): "pick_at_caret",
    (Qt.Key.Key_V, _NONE): "voice",
    (Qt.Key.Key_V, _SHIFT): "voice_back",
    (Qt.Key.Key_C, _NONE): "confidence",
    (Qt.Key.Key_C, _SHIFT): "confidence_back",
    (Qt.Key.Key_S, _NONE): "status",
    (Qt.Key.Key_S, _SHIFT): "status_back",
    (Qt.Key.Key_A, _NONE): "star",
    (Qt.Key.Key_M, _NONE): "toggle_marks",
    (Qt.Key.Key_M, _SHIFT): "toggle_quiet",
    (Qt.Key.Key_I, _NONE): "isolate_tag",
    (Qt.Key.Key_I, _SHIFT): "isolate_group",
    (Qt.Key.Key_Escape, _NONE): "escape",
}

_Move = QTextCursor.MoveOperation

# How the caret moves; with Shift it draws the selection along.
CARET_KEYS: Mapping[Chord, QTextCursor.MoveOperation] = {
    (Qt.Key.Key_Left, _NONE): _Move.Left,
    (Qt.Key.Key_Right, _NONE): _Move.Right,
    (Qt.Key.Key_Up, _NONE): _Move.Up,
    (Qt.Key.Key_Down, _NONE): _Move.Down,
    (Qt.Key.Key_Left, _CTRL): _Move.WordLeft,
    (Qt.Key.Key_Right, _CTRL): _Move.WordRight,
    (Qt.Key.Key_Up, _CTRL): _Move.PreviousBlock,
    (Qt.Key.Key_Down, _CTRL): _Move.NextBlock,
    (Qt.Key.Key_Home, _NONE): _Move.StartOfLine,
    (Qt.Key.Key_End, _NONE): _Move.EndOfLine,
    (Qt.Key.Key_Home, _CTRL): _Move.Start,
    (Qt.Key.Key_End, _CTRL): _Move.End,
    (Qt.Key.Key_PageUp, _NONE): _Move.Up,
    (Qt.Key.Key_PageDown, _NONE): _Move.Down,
}
_BY_PAGE = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)

# By platform, what to take from a key's scan code for its place on a keyboard as PCs have it.
# Some layouts give digits only with Shift, and some have no Latin letters: the place of the key
# tells what was meant.
_ABOVE_PLACE = {"xcb": 8, "wayland": 8, "windows": 0}
_ROWS = {2: "123456789", 16: "QWERTYUIOP", 30: "ASDFGHJKL", 44: "ZXCVBNM"}
_PLACES = {first + at: key for first, keys in _ROWS.items() for at, key in enumerate(keys)}
_OTHER_SCRIPTS = range(0x0300, 0x0100_0000)  # letters after the Latin ones, before Qt's own keys


def digit_of(event: QKeyEvent) -> int:
    """Return the digit 1 to 9 that a key stands for, or 0."""
    is_keypad = bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier)
    name = "" if is_keypad else _name_by_place(event)
    if not name:
        digit = event.key() - Qt.Key.Key_0
        return digit if 1 <= digit <= 9 else 0
    return int(name) if name.isdigit() else 0


def key_of(event: QKeyEvent) -> Qt.Key:
    """Return the key; on a keyboard of another script the Latin letter in its place."""
    if event.key() in _OTHER_SCRIPTS and (name := _name_by_place(event).strip()):
        return Qt.Key(ord(name))
    return Qt.Key(event.key())


def _name_by_place(event: QKeyEvent) -> str:
    """Return what stands on a key in English, " " if no letter does, "" if nobody knows."""
    above = _ABOVE_PLACE.get(QGuiApplication.platformName())
    if above is None or not event.nativeScanCode():
        return ""
    return _PLACES.get(event.nativeScanCode() - above, " ")


class Keys:
    """Gives keys their meaning.

    Args:
        page: where the caret is.
        marking: carries out what is meant.
        viewing: switches what is shown.
        fields: of the active mark.
        leave: what Escape does.
    """

    def __init__(
        self,
        page: PageView,
        marking: Marking,
        viewing: Viewing,
        fields: Fields,
        leave: Callable[[], None],
    ) -> None:
        self._page = page
        self._marking = marking
        self.escape = leave
        self.released: frozenset[Chord] = frozenset()  # moved away: they mean nothing here now
        self.ask_tag = marking.ask_tag
        self.note = marking.note
        self.plain = marking.plain
        self.again = marking.again
        self.delete = marking.delete
        self.cycle = marking.cycle
        self.other_end = marking.other_end
        self.ask_list = marking.ask_list
        self.select_more = marking.select_more
        self.select_paragraph = marking.select_paragraph
        by_sentence = marking.go_by_sentence
        self.sentence_forward = partial(by_sentence, forward=True, keep_anchor=False)
        self.sentence_forward_too = partial(by_sentence, forward=True, keep_anchor=True)
        self.sentence_back = partial(by_sentence, forward=False, keep_anchor=False)
        self.sentence_back_too = partial(by_sentence, forward=False, keep_anchor=True)
        self.toggle_marks = viewing.toggle_marks
        self.toggle_quiet = viewing.toggle_quiet
        self.isolate_tag = viewing.isolate_tag
        self.isolate_group = viewing.isolate_group
        self.voice = fields.turn_voice
        self.voice_back = partial(fields.turn_voice, -1)
        self.confidence = fields.turn_confidence
        self.confidence_back = partial(fields.turn_confidence, -1)
        self.status = fields.turn_status
        self.status_back = partial(fields.turn_status, -1)
        self.star = fields.turn_star

    def take(self, event: QKeyEvent) -> bool:
        """Do what a key stands for; answer False if it stands for nothing here."""
        modifiers = event.modifiers() & _CHORD
        if self._page.shows_caret and self._move_caret(event.key(), modifiers):
            return True
        chord = (key_of(event), modifiers)
        name = None if chord in self.released else KEYS.get(chord)
        if name == "pick_at_caret" and not self._page.shows_caret:
            return False
        if name:
            getattr(self, name)()
            return True
        digit = digit_of(event) if modifiers in (_NONE, _SHIFT) else 0
        if (Qt.Key(Qt.Key.Key_0 + digit), _NONE) in self.released:
            return False
        if digit:
            self._marking.digit(digit, second=modifiers == _SHIFT)
        return bool(digit)

    def next_mark(self) -> None:
        """Go to the next mark."""
        self._marking.step(forward=True)

    def previous_mark(self) -> None:
        """Go to the mark before."""
        self._marking.step(forward=False)

    def end_left(self) -> None:
        """Move an end of the active mark one letter to the left."""
        self._nudge(Unit.LETTER, to_right=False)

    def end_right(self) -> None:
        """Move an end of the active mark one letter to the right."""
        self._nudge(Unit.LETTER, to_right=True)

    def end_left_by_word(self) -> None:
        """Move an end of the active mark one word to the left."""
        self._nudge(Unit.WORD, to_right=False)

    def end_right_by_word(self) -> None:
        """Move an end of the active mark one word to the right."""
        self._nudge(Unit.WORD, to_right=True)

    def toggle_caret(self) -> None:
        """Switch the caret on, where reading is, or off."""
        if self._page.shows_caret:
            self._page.set_caret_shown(shown=False)
        else:
            self._page.show_caret_here()

    def pick_at_caret(self) -> None:
        """Make a mark at the caret active."""
        self._marking.at_caret()

    def _nudge(self, unit: Unit, *, to_right: bool) -> None:
        start = self._page.moves_start
        self._marking.nudge(unit, start=start, right=to_right)

    def _move_caret(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        chord = (Qt.Key(key), modifiers & ~_SHIFT)
        move = CARET_KEYS.get(chord)
        if move is None:
            return False
        lines = self._page.viewport().height() // self._page.metrics.line - 1
        self._page.move_caret(
            move,
            keep_anchor=bool(modifiers & _SHIFT),
            times=max(lines, 1) if chord[0] in _BY_PAGE else 1,
        )
        return True
