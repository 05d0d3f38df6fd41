"""The steps of the history in the person's language: what the Undo menu and the toasts say."""

from PySide6.QtCore import QCoreApplication

from postil.domain.history import Step
from postil.library.step_names import step_words

# What is said of steps that take away one thing, or put things elsewhere; their undo is offered.
_DONE = {
    "keep-both-texts": "“{0}” was written on elsewhere meanwhile: both texts are kept",
    "delete-mark": "Deleted mark “{0}”",
    "delete-article": "Deleted “{0}”",
    "restore-deleted": "Restored “{0}”",
    "add-codebook": "Took in codebook “{0}”",
    "copy-codebook": "Copied as “{0}”",
    "delete-codebook": "Deleted codebook “{0}”",
    "delete-collection": "Deleted collection “{0}”; its articles stay",
    "move-collection": "Moved collection “{0}”",
    "delete-group": "Deleted group “{0}”",
    "delete-tag": "Deleted tag “{0}”",
    "go-back": "An older version of “{0}” is back",
    "correct-text": "Text of “{0}” corrected",
    "move-tag": "Moved tag “{0}”",
    "merge-tags": "Merged tags “{0}”",
    "retire-tag": "“{0}” is not offered any more",
}


def step_done(step: Step) -> str:
    """Return what is said when a step was done, such as "Deleted tag “Slogan”", or nothing."""
    words = _DONE.get(step.name, "")
    return QCoreApplication.translate("steps", words).format(step.subject) if words else ""


def step_name(step: Step) -> str:
    """Return a step in words, such as "Mark “dinosaurs”"."""
    return step_words(step, lambda words: QCoreApplication.translate("steps", words))
