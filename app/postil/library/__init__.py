"""The library: the only way to change anything, and the place where everything is asked.

`Library.do` takes a command, writes it with its undo step in one transaction and tells
everyone who listens what changed.
"""

from postil.library.commands import (
    AddAnnotation,
    AddAnnotations,
    AddArticle,
    AddCodebook,
    AddGroup,
    AddTag,
    ChangeAnnotation,
    ChangeAnnotations,
    ChangeCodebook,
    ChangeGroup,
    ChangeMetadata,
    ChangeTag,
    CopyCodebook,
    DeleteAnnotations,
    DeleteArticles,
    DeleteCodebook,
    DeleteGroup,
    DeleteTag,
    EnableCodebook,
    LinkMarks,
    MergeTags,
    MoveAnnotation,
    MoveTag,
    UnlinkMarks,
    WriteOnArticle,
    check_metadata,
    draft_key,
)
from postil.library.library import Library
from postil.library.plan import Command

__all__ = [
    "AddAnnotation",
    "AddAnnotations",
    "AddArticle",
    "AddCodebook",
    "AddGroup",
    "AddTag",
    "ChangeAnnotation",
    "ChangeAnnotations",
    "ChangeCodebook",
    "ChangeGroup",
    "ChangeMetadata",
    "ChangeTag",
    "Command",
    "CopyCodebook",
    "DeleteAnnotations",
    "DeleteArticles",
    "DeleteCodebook",
    "DeleteGroup",
    "DeleteTag",
    "EnableCodebook",
    "Library",
    "LinkMarks",
    "MergeTags",
    "MoveAnnotation",
    "MoveTag",
    "UnlinkMarks",
    "WriteOnArticle",
    "check_metadata",
    "draft_key",
]
