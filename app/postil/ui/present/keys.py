"""The keys of a presentation, those of clickers with them; the card of keys is made from these."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

_NO_MATTER = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier


@dataclass(frozen=True, slots=True)
class Binding:
    """What some keys do."""

    step: str  # name of it
    keys: tuple[str, ...]  # portable; the first few are shown
    text: str  # for people


BINDINGS = (
    Binding("forward", ("Right", "Space", "PgDown"), "Reveal the next mark"),
    Binding("back", ("Left", "PgUp", "Backspace", "Shift+Space"), "Take the last mark back"),
    Binding("note", ("N", "Return", "Enter"), "Show or hide the note of the mark"),
    Binding("down", ("Down",), "Show the note, and scroll in it"),
    Binding("up", ("Up",), "Scroll back in the note, and hide it"),
    Binding("definitions", ("D",), "Definition and question of the tag beside the note, or not"),
    Binding("none", ("Home",), "Hide all marks and go to the beginning"),
    Binding("all", ("End",), "Reveal all marks"),
    Binding("lower", ("Ctrl+Down",), "Scroll the page down"),
    Binding("higher", ("Ctrl+Up",), "Scroll the page up"),
    Binding("black", ("B", "."), "Black screen; any key brings the page back"),
    Binding("larger", ("Ctrl++", "Ctrl+="), "Larger letters"),
    Binding("smaller", ("Ctrl+-",), "Smaller letters"),
    Binding("normal", ("Ctrl+0",), "Letters as large as the screen suggests"),
    Binding("motion", ("M",), "Scroll calmly, or jump"),
    Binding("keys", ("?", "F1"), "These keys"),
    Binding("leave", ("Esc", "F5", "Shift+F5"), "End"),
)

_STEPS = {QKeySequence(key): binding.step for binding in BINDINGS for key in binding.keys}


def step_of(event: QKeyEvent) -> str:
    """Return the name of what a key does, or nothing."""
    modifiers = event.modifiers() & ~_NO_MATTER
    step = _step(event, modifiers)
    if not step and not event.text().isalnum():  # "?" and "+" need Shift on many keyboards
        step = _step(event, modifiers & ~Qt.KeyboardModifier.ShiftModifier)
    return step


def _step(event: QKeyEvent, modifiers: Qt.KeyboardModifier) -> str:
    return _STEPS.get(QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key()))), "")


def rows() -> list[tuple[str, str]]:
    """Return (keys, what they do) for people."""
    native = QKeySequence.SequenceFormat.NativeText
    told = [
        (
            "  ".join(QKeySequence(key).toString(native) for key in binding.keys[:3]),
            QCoreApplication.translate("present", binding.text),
        )
        for binding in BINDINGS
    ]
    jump = QCoreApplication.translate("present", "Go to the mark of this number")
    told.insert(-3, (QCoreApplication.translate("present", "7  Return"), jump))
    return told
