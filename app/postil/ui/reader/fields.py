"""Voice, confidence and status of the active mark, each turned on by one key."""

from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from postil.domain.annotation import Confidence, Status, Voice
from postil.library import ChangeAnnotation
from postil.ui.desk import Desk
from postil.ui.sidebar.wording import confidence_word, status_word, voice_word

_Value = TypeVar("_Value", Voice, Confidence, Status)


class Fields(QObject):
    """Turns the fields of the active mark; every turn is one step of the history.

    Args:
        desk: what lies open.
        parent: owns this.
    """

    said = Signal(str)  # what the field is now, in words

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def turn_voice(self, by: int = 1) -> None:
        """Say of the next voice that it speaks in the mark."""
        if mark := self._desk.chosen_mark():
            voice = _after(mark.voice, by)
            change = ChangeAnnotation(mark.id, voice=voice)
            self._do(change, self.tr("Voice: {}"), voice_word(voice))

    def turn_confidence(self, by: int = 1) -> None:
        """Be surer of the mark, or less sure."""
        if mark := self._desk.chosen_mark():
            confidence = _after(mark.confidence, by)
            change = ChangeAnnotation(mark.id, confidence=confidence)
            self._do(change, self.tr("Confidence: {}"), confidence_word(confidence))

    def turn_status(self, by: int = 1) -> None:
        """Say how far the check of the claim has come."""
        if mark := self._desk.chosen_mark():
            status = _after(mark.status, by)
            change = ChangeAnnotation(mark.id, status=status)
            self._do(change, self.tr("Status: {}"), status_word(status))

    def turn_star(self) -> None:
        """Give the mark a star, or take it away."""
        if mark := self._desk.chosen_mark():
            change = ChangeAnnotation(mark.id, starred=not mark.starred)
            self._do(change, self.tr("Star: {}"), self.tr("no") if mark.starred else self.tr("yes"))

    def _do(self, change: ChangeAnnotation, sentence: str, word: str) -> None:
        if self._desk.do(change) is not None:
            self.said.emit(sentence.format(word or self.tr("not said")))


def _after(value: _Value, by: int) -> _Value:
    values = list(type(value))
    return values[(values.index(value) + by) % len(values)]
