"""The Mark menu: what the keys of the reader do, by name."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from postil.ui.action_spec import READER
from postil.ui.keymap import Keymap, chord
from postil.ui.mark_table import DIGITS
from postil.ui.reader import ReaderView


def mark_handlers(reader: ReaderView) -> dict[str, Callable[[], object]]:
    """Return what the actions do that are about marks in the open article."""
    keys = reader.keys

    def give(digit: int) -> None:
        # Where digits need Shift, the digit's key with Shift is the same sequence of keys.
        held = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
        reader.marking.digit(digit, second=bool(held))

    digits = {f"tag-{digit}": lambda digit=digit: give(digit) for digit in DIGITS}
    return digits | {
        "mark-plain": keys.plain,
        "mark-tag": keys.ask_tag,
        "mark-note": keys.note,
        "mark-again": keys.again,
        "delete-mark": keys.delete,
        "next-mark": keys.next_mark,
        "previous-mark": keys.previous_mark,
        "other-mark": keys.cycle,
        "list-marks": keys.ask_list,
        "end-left": keys.end_left,
        "end-right": keys.end_right,
        "end-left-by-word": keys.end_left_by_word,
        "end-right-by-word": keys.end_right_by_word,
        "other-end": keys.other_end,
        "caret": keys.toggle_caret,
        "select-more": keys.select_more,
        "select-paragraph": keys.select_paragraph,
        "sentence-forward": keys.sentence_forward,
        "sentence-back": keys.sentence_back,
        "sentence-forward-too": keys.sentence_forward_too,
        "sentence-back-too": keys.sentence_back_too,
        "voice": keys.voice,
        "confidence": keys.confidence,
        "check-status": keys.status,
        "star": keys.star,
        "voice-back": keys.voice_back,
        "confidence-back": keys.confidence_back,
        "check-status-back": keys.status_back,
        "hide-marks": keys.toggle_marks,
        "quiet": keys.toggle_quiet,
        "isolate-tag": keys.isolate_tag,
        "isolate-group": keys.isolate_group,
        "copy": reader.quoting.copy,
        "copy-quotation": reader.quoting.copy_with_source,
        "find": reader.find_bar.open,
        "find-next": reader.find_bar.next,
        "find-previous": reader.find_bar.previous,
    }


def follow_keymap(reader: ReaderView, keymap: Keymap) -> None:
    """Let the page and its bar go by the keys that hold, now and after each change."""

    def follow() -> None:
        gone = [chord(key) for key in keymap.moved_away(READER)]
        reader.keys.released = frozenset((one.key(), one.keyboardModifiers()) for one in gone)
        shown = ("mark-tag", "mark-note", "mark-plain")
        reader.mark_bar.show_keys(*(keymap.text(action_id) for action_id in shown))

    keymap.changed.connect(follow)
    follow()
