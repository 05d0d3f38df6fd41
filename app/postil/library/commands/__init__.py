"""The commands: one small value for each thing a person can change."""

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
    ChangeMetadata,
    DeleteArticles,
    WriteOnArticle,
    check_metadata,
    draft_key,
)
from postil.library.commands.codebooks import (
    AddCodebook,
    ChangeCodebook,
    CopyCodebook,
    DeleteCodebook,
    EnableCodebook,
    NewCodebook,
)
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
    "CopyCodebook",
    "DeleteAnnotations",
    "DeleteArticles",
    "DeleteCodebook",
    "DeleteGroup",
    "DeleteTag",
    "EnableCodebook",
    "LinkMarks",
    "MergeTags",
    "MoveAnnotation",
    "MoveTag",
    "NewCodebook",
    "RestoreDeleted",
    "RetireTag",
    "UnlinkMarks",
    "WriteOnArticle",
    "check_metadata",
    "draft_key",
]
