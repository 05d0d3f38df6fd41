"""The steps of the history in words: what the Undo menu and the toasts call them."""

from PySide6.QtCore import QCoreApplication

from postil.domain.history import Step

NAMES = {
    "add-article": "Add Article",
    "add-articles": "Add Articles of",
    "revise-article": "New Version",
    "reread-article": "Other Encoding",
    "go-back": "Older Version",
    "correct-text": "Correct Text",
    "change-article": "Change Article",
    "delete-article": "Delete Article",
    "delete-articles": "Delete Articles",
    "restore-deleted": "Restore",
    "add-mark": "Mark",
    "add-marks": "Mark All",
    "change-mark": "Change Mark",
    "write-on-article": "Note on",
    "keep-both-texts": "Keep Both Texts",
    "link-marks": "Link Marks",
    "unlink-marks": "Remove Link",
    "change-marks": "Change Marks",
    "move-mark": "Move Mark",
    "delete-mark": "Delete Mark",
    "delete-marks": "Delete Marks",
    "take-in-file": "Take In File",
    "take-in-files": "Take In Files",
    "take-in-marks": "Take In Marks",
    "merge-file": "Merge",
    "merge-files": "Merge Files",
    "settle-conflict": "Settle Conflict",
    "enable-codebook": "Switch Codebook",
    "add-codebook": "Take In Codebook",
    "new-codebook": "New Codebook",
    "copy-codebook": "Copy Codebook",
    "change-codebook": "Change Codebook",
    "delete-codebook": "Delete Codebook",
    "add-tag": "Add Tag",
    "change-tag": "Change Tag",
    "move-tag": "Move Tag",
    "merge-tags": "Merge Tags",
    "retire-tag": "Retire Tag",
    "restore-tag": "Offer Tag Again",
    "delete-tag": "Delete Tag",
    "new-collection": "New Collection",
    "rename-collection": "Rename Collection",
    "move-collection": "Move Collection",
    "delete-collection": "Delete Collection",
    "collect-articles": "Put into",
    "uncollect-articles": "Take out of",
    "change-articles": "Change Articles",
    "add-group": "Add Group",
    "change-group": "Change Group",
    "delete-group": "Delete Group",
}

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
    """Return a step in words, such as "Mark “dinosaurs”".

    A step made by a later version of the program, which has no words here, is a change.
    """
    name = QCoreApplication.translate("steps", NAMES.get(step.name, "Change"))
    return f"{name} “{step.subject}”" if step.subject else name
