"""Gathering what an export needs: the article, the marks wanted, and their tags' definitions."""

from collections.abc import Collection
from dataclasses import dataclass

from postil.annotated_markdown import HandedOn
from postil.codebooks import shipped_versions
from postil.domain.annotation import Annotation, Status
from postil.domain.tags import TagSet
from postil.library.library import Library


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which marks go out; what is empty leaves all of them."""

    tags: Collection[str] = ()  # ids; a mark has one of them
    authors: Collection[str] = ()  # aliases
    statuses: Collection[Status] = ()

    def takes(self, mark: Annotation) -> bool:
        """Return whether a mark goes out."""
        return (
            (not self.tags or any(tag in self.tags for tag in mark.tags))
            and (not self.authors or mark.author in self.authors)
            and (not self.statuses or mark.status in self.statuses)
        )


EVERY_MARK = Wanted()


class HandingOn:
    """Hands on article after article of a library; its tags are asked for once.

    Args:
        library: where they lie.
        wanted: which of their marks.
    """

    def __init__(self, library: Library, wanted: Wanted = EVERY_MARK) -> None:
        self._library = library
        self._wanted = wanted
        self._sets = library.tag_sets()
        self._tags = {tag.id: tag for tag_set in self._sets for tag in tag_set.tags}
        self._questions = {tag.id: tag.question or tag.name for tag in self._tags.values()}
        self._shipped = shipped_versions()

    def __call__(self, article_id: str) -> HandedOn:
        """Return an article with its placed marks, ready for an exporter.

        Raises:
            UserError: the article is not there.
        """
        opened = self._library.article(article_id)
        placed = self._library.placed_marks(article_id)
        marks = tuple(mark for mark in placed if self._wanted.takes(mark))
        used = {tag_id for mark in marks for tag_id in mark.tags}
        used |= {tag_id for tag_id, _ in opened.record.answers}
        sets_used = [s for s in self._sets if any(tag.id in used for tag in s.tags)]
        return HandedOn(
            article=opened.article,
            annotations=marks,
            tags=self._tags,
            tag_sets=tuple(
                _restricted(s, used) for s in sets_used if self._shipped.get(s.codebook.id) is None
            ),
            sets_in_use=tuple(sets_used),
            codebooks=tuple(f"{s.codebook.id}@{s.codebook.version}" for s in sets_used),
            original_sha256=opened.record.metadata.original_sha256,
            note=opened.record.note,
            answers=opened.record.answers,
            questions=self._questions,
            partial=len(marks) < len(placed),
            waiting=sum(map(self._wanted.takes, self._library.loose_marks(article_id))),
        )


def handed_on(library: Library, article_id: str, wanted: Wanted = EVERY_MARK) -> HandedOn:
    """Return one article with its placed marks; see `HandingOn`.

    Raises:
        UserError: the article is not there.
    """
    return HandingOn(library, wanted)(article_id)


def _restricted(tag_set: TagSet, used: Collection[str]) -> TagSet:
    """Return a codebook with only the tags in use and their groups."""
    tags = tuple(tag for tag in tag_set.tags if tag.id in used)
    wanted = {tag.group_id for tag in tags}
    return TagSet(
        tag_set.codebook, tuple(group for group in tag_set.groups if group.id in wanted), tags
    )
