"""The table of actions: words, keys, icon, menu and help of everything the window can do.

One entry an action; menus, the help page and the tests are made from it.
"""

from collections.abc import Mapping

from PySide6.QtGui import QKeySequence

from postil.ui.action_spec import READER, SHELF, WINDOW, Spec
from postil.ui.mark_table import FIND_ACTIONS, MARK_ACTIONS, SHOWING_ACTIONS

__all__ = ["MENUS", "READER", "SHELF", "TABLE", "WINDOW", "Spec"]

Std = QKeySequence.StandardKey

# Standard keys differ by platform plugin and are missing on some, so each has ours beside it.
TABLE: tuple[Spec, ...] = (
    Spec(
        "open",
        "file",
        "&Open…",
        "Read files and put them on the shelf as articles",
        "open",
        ("Ctrl+O",),
        Std.Open,
    ),
    Spec(
        "paste-article",
        "file",
        "&Paste as Article",
        "Make an article of what was copied; also Ctrl+V on the shelf",
        "paste",
        ("Ctrl+Shift+V",),
    ),
    Spec(
        "reopen-encoding",
        "file",
        "Reopen with Another &Encoding…",
        "Read the file of this article again, with the encoding you name",
        "import",
    ),
    Spec(
        "save",
        "file",
        "&Save",
        "Everything is saved at once; this tells you so",
        "save",
        ("Ctrl+S",),
        Std.Save,
        rule=True,
    ),
    Spec("quit", "file", "&Quit", "Close the window", "quit", ("Ctrl+Q",), Std.Quit, rule=True),
    Spec("undo", "edit", "&Undo", "Take the last step back", "undo", ("Ctrl+Z",), Std.Undo),
    Spec(
        "redo",
        "edit",
        "&Redo",
        "Do again what was taken back",
        "redo",
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        Std.Redo,
    ),
    *FIND_ACTIONS,
    Spec(
        "search-library",
        "edit",
        "Search the &Library",
        "Go to the field above the shelf",
        "search",
        ("Ctrl+Shift+F",),
        rule=True,
    ),
    Spec(
        "rename-article",
        "article",
        "&Rename…",
        "Give the article another title on the shelf",
        "edit",
        ("F2",),
    ),
    Spec(
        "delete-article",
        "article",
        "&Delete",
        "Take the chosen articles with their marks out of the library; undo brings them back",
        "delete",
        ("Del",),
        where=SHELF,
    ),
    Spec(
        "next-article",
        "article",
        "&Next Article",
        "Open the article below this one on the shelf",
        "next",
        ("Ctrl+PgDown",),
        rule=True,
    ),
    Spec(
        "previous-article",
        "article",
        "Pre&vious Article",
        "Open the article above this one on the shelf",
        "previous",
        ("Ctrl+PgUp",),
    ),
    *MARK_ACTIONS,
    Spec(
        "zoom-in",
        "view",
        "Zoom &In",
        "Larger letters in the article",
        "zoom-in",
        ("Ctrl++", "Ctrl+="),
        Std.ZoomIn,
    ),
    Spec(
        "zoom-out",
        "view",
        "Zoom &Out",
        "Smaller letters in the article",
        "zoom-out",
        ("Ctrl+-",),
        Std.ZoomOut,
    ),
    Spec("zoom-reset", "view", "&Normal Size", "Letters at 100 %", "article", ("Ctrl+0",)),
    Spec(
        "show-shelf",
        "view",
        "&Shelf",
        "Show or hide the list of articles",
        "shelf",
        ("F9",),
        is_switch=True,
        rule=True,
    ),
    Spec(
        "show-sidebar",
        "view",
        "Side&bar",
        "Show or hide the marks beside the article",
        "sidebar",
        ("Shift+F9",),
        is_switch=True,
    ),
    Spec(
        "caret",
        "view",
        "Reading &Caret",
        "Show a caret in the article, to read and mark with the keyboard alone",
        "caret",
        ("F7",),
        where=READER,
    ),
    *SHOWING_ACTIONS,
    Spec(
        "next-part", "view", "Next &Part", "Go from shelf to article to marks", "present", ("F6",)
    ),
    Spec(
        "theme-system",
        "view/theme",
        "As the Des&ktop",
        "Light or dark as the desktop says",
        "",
        group="theme",
    ),
    Spec("theme-light", "view/theme", "&Light", "Dark letters on light paper", "", group="theme"),
    Spec("theme-sepia", "view/theme", "&Sepia", "Dark letters on warm paper", "", group="theme"),
    Spec("theme-dark", "view/theme", "&Dark", "Light letters on dark paper", "", group="theme"),
    Spec(
        "full-screen",
        "view",
        "&Full Screen",
        "Use the whole screen, or go back",
        "full-screen",
        ("F11",),
        Std.FullScreen,
        is_switch=True,
        rule=True,
    ),
    Spec(
        "export",
        "share",
        "&Export…",
        "Write the article with its marks to a file, after a look at it",
        "export",
        ("Ctrl+E",),
    ),
    Spec(
        "copy-markdown",
        "share",
        "&Copy as Annotated Markdown",
        "Put the article with its marks on the clipboard",
        "copy",
        ("Ctrl+Shift+C",),
    ),
    Spec("help", "help", "&Help", "How to do things, and all the keys", "help", ("F1",)),
    Spec(
        "shortcuts",
        "help",
        "&Keys",
        "All actions and their keys on one page",
        "keyboard",
        ("Ctrl+/",),
    ),
    Spec("first-steps", "help", "&First Steps", "Five things to try", "info"),
    Spec("about", "help", "&About Postil", "The version and the licence", "postil", rule=True),
)

# Title of each menu, in the order of the menu bar; those with a slash lie inside another.
MENUS: Mapping[str, str] = {
    "file": "&File",
    "edit": "&Edit",
    "article": "&Article",
    "mark": "&Mark",
    "mark/ends": "Move an &End",
    "mark/select": "Se&lect",
    "mark/fields": "&Say of the Mark",
    "view": "&View",
    "view/theme": "&Theme",
    "view/marks": "&Marks on the Page",
    "share": "&Share",
    "help": "&Help",
}
