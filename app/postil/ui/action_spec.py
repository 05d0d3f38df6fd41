"""What an entry in the table of actions says."""

from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

WINDOW = "window"  # the action's keys hold everywhere
READER = "reader"  # only while the article has the focus
SHELF = "shelf"  # only while the shelf has the focus
COLLECTIONS = "collections"  # only while the collections have the focus
TAGS = "tags"  # only while the tree of codebooks has the focus


@dataclass(frozen=True, slots=True)
class Spec:
    """One action."""

    id: str  # also the object's name
    menu: str  # "file", or "view/theme" for a menu inside a menu
    text: str  # with its mnemonic
    tip: str  # one sentence for the status bar, the help page and screen readers
    icon: str  # in resources/icons; empty for choices and in menus inside menus
    keys: tuple[str, ...] = ()  # portable; named even where a standard key exists
    standard: QKeySequence.StandardKey | None = None  # the platform's own keys, added to ours
    where: str = WINDOW
    group: str = ""  # of choices of which one is on
    is_switch: bool = False  # on or off
    changes: bool = False  # it changes the library: greyed where that may only be read
    rule: bool = False  # a line stands above it in the menu
