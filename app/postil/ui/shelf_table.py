"""The part of the table of actions that is about the shelf: collections and several articles."""

from postil.ui.action_spec import COLLECTIONS, Spec

_MENU = "article/collections"

SHELF_ACTIONS: tuple[Spec, ...] = (
    Spec(
        "describe-articles",
        "article",
        "&Source Data…",
        "Change outlet, author or language of all chosen articles at once",
        "edit",
        changes=True,
    ),
    Spec(
        "show-duplicates",
        "article",
        "Possible Du&plicates",
        "Show on the shelf only articles that may be the same as another one; again, all",
        "copy",
    ),
    Spec(
        "add-to-collection",
        _MENU,
        "&Add to Collection…",
        "Put the chosen articles into a collection; they stay in the others they are in",
        "",
        ("Ctrl+Shift+K",),
        rule=True,
        changes=True,
    ),
    Spec(
        "take-out-of-collection",
        _MENU,
        "&Take Out of Collection…",
        "Take the chosen articles out of a collection; they stay on the shelf",
        "",
        changes=True,
    ),
    Spec(
        "new-collection",
        _MENU,
        "&New Collection…",
        "Make a collection, within the chosen one if there is one",
        "",
        ("Ins",),
        where=COLLECTIONS,
        rule=True,
        changes=True,
    ),
    Spec(
        "rename-collection",
        _MENU,
        "&Rename Collection…",
        "Give the chosen collection another name; also F2",
        "",
        ("Alt+Return",),
        where=COLLECTIONS,
        changes=True,
    ),
    Spec(
        "move-collection",
        _MENU,
        "&Move Collection…",
        "Put the chosen collection into another one, or beside the outer ones",
        "",
        ("Alt+Right",),
        where=COLLECTIONS,
        changes=True,
    ),
    Spec(
        "delete-collection",
        _MENU,
        "&Delete Collection",
        "Delete the chosen collection and those within it; their articles stay",
        "",
        ("Del",),
        where=COLLECTIONS,
        changes=True,
    ),
)

COLUMNS_SWITCH = Spec(
    "shelf-columns",
    "view",
    "Shelf in Col&umns",
    "Show the articles in columns that sort, or in rows of two lines",
    "columns",
    is_switch=True,
)
