"""The steps of the history in words: what the Undo menu and the toasts call them."""

from PySide6.QtCore import QCoreApplication

from postil.domain.history import Step

NAMES = {
    "add-article": "Add Article",
    "revise-article": "New Version",
    "change-article": "Change Article",
    "delete-article": "Delete Article",
    "delete-articles": "Delete Articles",
    "add-mark": "Mark",
    "add-marks": "Mark All",
    "change-mark": "Change Mark",
    "move-mark": "Move Mark",
    "delete-mark": "Delete Mark",
    "delete-marks": "Delete Marks",
    "take-in-file": "Take In File",
    "take-in-marks": "Take In Marks",
    "enable-codebook": "Switch Codebook",
    "add-codebook": "Take In Codebook",
    "copy-codebook": "Copy Codebook",
    "change-codebook": "Change Codebook",
    "delete-codebook": "Delete Codebook",
    "add-tag": "Add Tag",
    "change-tag": "Change Tag",
    "move-tag": "Move Tag",
    "merge-tags": "Merge Tags",
    "delete-tag": "Delete Tag",
    "add-group": "Add Group",
    "change-group": "Change Group",
    "delete-group": "Delete Group",
}


def step_name(step: Step) -> str:
    """Return a step in words, such as "Mark “dinosaurs”".

    A step made by a later version of the program, which has no words here, is a change.
    """
    name = QCoreApplication.translate("steps", NAMES.get(step.name, "Change"))
    return f"{name} “{step.subject}”" if step.subject else name
