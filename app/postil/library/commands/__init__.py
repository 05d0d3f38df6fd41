"""The commands: one small value for each thing a person can change."""

from postil.library.commands.annotations import (
    AddAnnotation,
    AddAnnotations,
    ChangeAnnotation,
    DeleteAnnotations,
    MoveAnnotation,
)
from postil.library.commands.articles import (
    AddArticle,
    ChangeMetadata,
    DeleteArticles,
)
from postil.library.commands.codebooks import EnableCodebook

__all__ = [
    "AddAnnotation",
    "AddAnnotations",
    "AddArticle",
    "ChangeAnnotation",
    "ChangeMetadata",
    "DeleteAnnotations",
    "DeleteArticles",
    "EnableCodebook",
    "MoveAnnotation",
]
