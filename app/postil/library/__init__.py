"""The library: the only way to change anything, and the place where everything is asked.

`Library.do` takes a command, writes it with its undo step in one transaction and tells
everyone who listens what changed.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from postil.library.drafts import draft_key
from postil.library.library import Library
from postil.library.plan import Command

if TYPE_CHECKING:
    from postil.library.commands.annotations import (
        AddAnnotation,
        AddAnnotations,
        ChangeAnnotation,
        ChangeAnnotations,
        DeleteAnnotations,
        MoveAnnotation,
    )
    from postil.library.commands.articles import (
        AddArticle,
        ChangeArticles,
        ChangeMetadata,
        DeleteArticles,
        WriteOnArticle,
        check_metadata,
    )
    from postil.library.commands.codebooks import (
        AddCodebook,
        ChangeCodebook,
        CopyCodebook,
        DeleteCodebook,
        EnableCodebook,
        NewCodebook,
    )
    from postil.library.commands.collections import (
        CollectArticles,
        DeleteCollection,
        MoveCollection,
        NewCollection,
        RenameCollection,
        UncollectArticles,
    )
    from postil.library.commands.conflicts import Keep, SettleConflicts, rival_of
    from postil.library.commands.links import LinkMarks, UnlinkMarks
    from postil.library.commands.restoring import RestoreDeleted
    from postil.library.commands.tags import (
        AddGroup,
        AddTag,
        ChangeGroup,
        ChangeTag,
        DeleteGroup,
        DeleteTag,
        MergeTags,
        MoveTag,
        RetireTag,
    )

# What the page of an article needs comes first, the others only when one is asked for: to make
# so many dataclasses takes a while.
_COMMANDS = (
    "annotations",
    "articles",
    "links",
    "conflicts",
    "restoring",
    "collections",
    "codebooks",
    "tags",
)

__all__ = [
    "AddAnnotation",
    "AddAnnotations",
    "AddArticle",
    "AddCodebook",
    "AddGroup",
    "AddTag",
    "ChangeAnnotation",
    "ChangeAnnotations",
    "ChangeArticles",
    "ChangeCodebook",
    "ChangeGroup",
    "ChangeMetadata",
    "ChangeTag",
    "CollectArticles",
    "Command",
    "CopyCodebook",
    "DeleteAnnotations",
    "DeleteArticles",
    "DeleteCodebook",
    "DeleteCollection",
    "DeleteGroup",
    "DeleteTag",
    "EnableCodebook",
    "Keep",
    "Library",
    "LinkMarks",
    "MergeTags",
    "MoveAnnotation",
    "MoveCollection",
    "MoveTag",
    "NewCodebook",
    "NewCollection",
    "RenameCollection",
    "RestoreDeleted",
    "RetireTag",
    "SettleConflicts",
    "UncollectArticles",
    "UnlinkMarks",
    "WriteOnArticle",
    "check_metadata",
    "draft_key",
    "rival_of",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever stands in the commands
    """Return a command, imported when it is asked for."""
    for one in _COMMANDS if name in __all__ else ():
        module = import_module(f"{__name__}.commands.{one}")
        if hasattr(module, name):
            return getattr(module, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")  # or a module in it
