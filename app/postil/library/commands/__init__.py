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
    "CopyCodebook",
    "DeleteAnnotations",
    "DeleteArticles",
    "DeleteCodebook",
    "DeleteCollection",
    "DeleteGroup",
    "DeleteTag",
    "EnableCodebook",
    "Keep",
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
    "rival_of",
]
