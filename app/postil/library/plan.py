"""What a command is: a value that, asked in a library, answers with a plan of edits."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from postil.domain.annotation import Annotation
from postil.domain.article import Article, Original
from postil.domain.errors import UserError
from postil.domain.history import ArticleRecord, Edit, Revision
from postil.domain.tags import Tag, TagSet
from postil.store import Transaction, queries

_SUBJECT_CHARACTERS = 40  # of a quotation or title in the history


def new_id() -> str:
    """Return a new id of ours."""
    return str(uuid.uuid4())


def utc_now() -> str:
    """Return the time as it is kept: ISO 8601, UTC, whole seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment() -> str:
    """Return the time to the microsecond: what comes in within one second keeps its order."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def shortened(text: str) -> str:
    """Return a quotation or title as the subject of a step."""
    words = " ".join(text.split())
    if len(words) <= _SUBJECT_CHARACTERS:
        return words
    return words[: _SUBJECT_CHARACTERS - 1].rstrip() + "…"


def revisions_named(edits: Collection[Edit]) -> set[str]:
    """Return the texts that undoing or redoing these edits needs."""
    return {
        record.revision_id
        for edit in edits
        for record in (edit.before, edit.after)
        if isinstance(record, ArticleRecord | Annotation)
    }


@dataclass(frozen=True, slots=True)
class Plan:
    """What a command is about to do; without edits it does nothing and leaves no step."""

    name: str  # of the step, such as "add-mark"
    subject: str = ""
    article_id: str = ""
    edits: tuple[Edit, ...] = ()
    originals: tuple[Original, ...] = ()
    revisions: tuple[Revision, ...] = ()
    closed_drafts: tuple[str, ...] = ()  # annotation ids whose typing this step replaces


@dataclass
class Situation:
    """What a command may ask while it plans.

    Args:
        transaction: holds the library.
        author: the alias under which marks are made.
        now: the time of the step.
        revisions: texts that were read before; they never change.
    """

    transaction: Transaction
    author: str
    now: str
    revisions: dict[str, Revision] = field(default_factory=dict)
    _tag_sets: list[TagSet] | None = None

    def article(self, article_id: str) -> ArticleRecord:
        """Return a shelf entry.

        Raises:
            UserError: it is not there (any more).
        """
        record = self.transaction.ask(queries.article, article_id)
        if record is None:
            raise UserError("This article is not in the library any more", "Choose another one.")
        return record

    def has_article(self, article_id: str) -> bool:
        """Return whether a shelf entry is there."""
        return self.transaction.ask(queries.article, article_id) is not None

    def text(self, revision_id: str) -> Article:
        """Return the words of a revision."""
        if revision_id not in self.revisions:
            self.revisions[revision_id] = self.transaction.ask(queries.revision, revision_id)
        return self.revisions[revision_id].article

    def annotation(self, annotation_id: str) -> Annotation:
        """Return a mark.

        Raises:
            UserError: it is not there (any more).
        """
        found = self.annotations((annotation_id,))
        if not found:
            raise UserError("This mark is not in the library any more", "Choose another one.")
        return found[0]

    def annotations(self, ids: Sequence[str]) -> list[Annotation]:
        """Return the marks with these ids that exist."""
        return self.transaction.ask(queries.annotations, ids)

    def article_annotations(self, article_id: str) -> list[Annotation]:
        """Return every mark of an article."""
        return self.transaction.ask(queries.article_annotations, article_id)

    def annotations_with_tag(self, tag_id: str) -> list[Annotation]:
        """Return every mark of the library that has this tag."""
        return self.transaction.ask(queries.annotations_with_tag, tag_id)

    def articles_with_answer(self, tag_id: str) -> list[ArticleRecord]:
        """Return the entries that answer this tag's question."""
        return self.transaction.ask(queries.articles_with_answer, tag_id)

    def tag_uses(self, ids: Sequence[str]) -> dict[str, int]:
        """Return how many marks have each of these tags; those without any are left out."""
        return self.transaction.ask(queries.tag_uses, ids)

    def tag_sets(self) -> list[TagSet]:
        """Return every codebook."""
        if self._tag_sets is None:
            self._tag_sets = self.transaction.ask(queries.tag_sets)
        return self._tag_sets

    def known_tags(self, ids: Sequence[str]) -> set[str]:
        """Return those of these words that are ids of tags."""
        return self.transaction.ask(queries.known_tags, ids)

    def tags(self) -> list[Tag]:
        """Return every tag, those of enabled codebooks first."""
        sets = sorted(self.tag_sets(), key=lambda tag_set: not tag_set.codebook.enabled)
        return [tag for tag_set in sets for tag in tag_set.tags]


class Command(Protocol):
    """A change someone wants."""

    def plan(self, situation: Situation) -> Plan:
        """Return the edits that make the change.

        Raises:
            UserError: it cannot be made.
        """
        ...
