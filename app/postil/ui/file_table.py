"""The part of the table of actions that takes articles in."""

from PySide6.QtGui import QKeySequence

from postil.ui.action_spec import Spec

Std = QKeySequence.StandardKey

FILE_ACTIONS: tuple[Spec, ...] = (
    Spec(
        "open",
        "file",
        "&Open…",
        "Read files and put them on the shelf as articles",
        "open",
        ("Ctrl+O",),
        Std.Open,
        changes=True,
    ),
    Spec(
        "open-preview",
        "file",
        "Open with Pre&view…",
        "Look at the passages of a page or the chapters of a book, and choose what is taken in",
        "open",
        ("Ctrl+Shift+O",),
        changes=True,
    ),
    Spec(
        "open-address",
        "file",
        "Open &Address…",
        "Fetch a page from the web and put its article on the shelf",
        "link",
        ("Ctrl+L",),
        changes=True,
    ),
    Spec(
        "clear-recent",
        "file/recent",
        "&Clear List",
        "Forget which files were opened and written; the files themselves stay",
        "",
    ),
    Spec(
        "paste-article",
        "file",
        "&Paste as Article",
        "Make an article of what was copied; also Ctrl+V on the shelf",
        "paste",
        ("Ctrl+Shift+V",),
        changes=True,
    ),
    Spec(
        "import-report",
        "file",
        "Import &Report…",
        "What became of the files taken in together last: read, copy, try refused ones again",
        "info",
    ),
    Spec(
        "reopen-encoding",
        "file",
        "Reopen with Another &Encoding…",
        "Read the file of this article again, with the encoding you name",
        "import",
        changes=True,
    ),
)
