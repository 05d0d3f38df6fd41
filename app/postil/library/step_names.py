"""The steps of the history in English words, which the window translates."""

from collections.abc import Callable

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


def step_words(step: Step, translate: Callable[[str], str] = str) -> str:
    """Return a step in words, such as "Mark “dinosaurs”".

    A step made by a later version of the program, which has no words here, is a change.

    Args:
        step: one of the history.
        translate: returns the words of a step's name in another language.
    """
    name = translate(NAMES.get(step.name, "Change"))
    return f"{name} “{step.subject}”" if step.subject else name
