"""The part of the table of actions that is about the versions of an article."""

from postil.ui.action_spec import Spec

VERSION_ACTIONS: tuple[Spec, ...] = (
    Spec(
        "new-version",
        "article",
        "Ne&w Version from File…",
        "Read a newer text of this article; its marks are carried over",
        "import",
        rule=True,
        changes=True,
    ),
    Spec(
        "check-left-out",
        "article",
        "Chec&k What Was Left Out…",
        "Show the page of this article with what was left out of it, to put some of it back",
        "article",
        changes=True,
    ),
    Spec(
        "what-changed",
        "article",
        "What C&hanged…",
        "Show the difference between two versions of the article, word by word",
        "history",
        ("Ctrl+Shift+D",),
    ),
    Spec(
        "correct-text",
        "article",
        "&Correct Text…",
        "Put right a typing error or a break in the paragraph you are in",
        "edit",
        ("Shift+F2",),
        changes=True,
    ),
)
