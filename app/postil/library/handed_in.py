"""What work that came back is, and what becomes of it: the values that merging speaks in."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from postil.domain.annotation import Annotation
from postil.importers import Work

NEW_ARTICLE: Final = "new"  # instead of an article's id: make one of the file's own


class Recognition(StrEnum):
    """How the article of a file was found."""

    TEXT = "text"  # the very text
    FORMER_TEXT = "former-text"  # a text the article had before
    ALIKE = "alike"  # a text with most of the words
    QUOTATIONS = "quotations"  # the words marked stand in it
    CHOSEN = "chosen"  # somebody said so
    NEW = "new"  # no article is like it; it becomes one
    AMBIGUOUS = "ambiguous"  # several articles may be meant
    UNKNOWN = "unknown"  # no article is like it, and the file has none
    REPEATED = "repeated"  # the same bytes as another file that is merged with it

    @property
    def is_settled(self) -> bool:
        """Whether the marks of the file have an article to go to."""
        return self not in (Recognition.AMBIGUOUS, Recognition.UNKNOWN, Recognition.REPEATED)


class Outcome(StrEnum):
    """What became of a mark."""

    NEW = "new"
    UPDATED = "updated"  # a newer edit by the same author
    KNOWN = "known"  # nothing new in it
    OLDER = "older"  # the same author's later edit is here already
    CONFLICT = "conflict"  # says something else under the same id: both are kept


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One file and what a person said of it."""

    work: Work
    alias: str = ""  # author of marks that name none
    into: str = ""  # id of the article, or `NEW_ARTICLE`; empty: it is found by the words


@dataclass(frozen=True, slots=True)
class MergedMark:
    """One mark of a file and what became of it."""

    mark: Annotation  # as it is in the library afterwards
    outcome: Outcome
    rival: str = ""  # in a conflict, the id of the mark that says something else

    @property
    def is_placed(self) -> bool:
        """Whether it has a place in the article's text."""
        return self.mark.placement.is_placed


@dataclass(frozen=True, slots=True)
class MergedFile:
    """One file and what became of it."""

    name: str
    recognition: Recognition
    article_id: str = ""
    title: str = ""
    likeness: float = 1.0  # of the texts, or share of the quotations found; 0 to 1
    candidates: tuple[tuple[str, str], ...] = ()  # (id, title) of articles that may be meant
    alias: str = ""  # that marks without an author got
    nameless: int = 0  # how many marks had no author
    marks: tuple[MergedMark, ...] = ()
    missing: tuple[str, ...] = ()  # ids of marks here, by the file's authors, that it lacks
    new_tags: tuple[str, ...] = ()  # names of tags that are new under "My tags"
    remarks: tuple[str, ...] = ()  # sentences about what could not be taken as it was

    def count(self, outcome: Outcome) -> int:
        """Return how many marks fared so."""
        return sum(merged.outcome is outcome for merged in self.marks)

    @property
    def unplaced(self) -> int:
        """How many of its marks wait for a place in the article's text."""
        return sum(not merged.is_placed for merged in self.marks)


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of all files, in the order in which they were given."""

    files: tuple[MergedFile, ...] = ()

    def count(self, outcome: Outcome) -> int:
        """Return how many marks of all files fared so."""
        return sum(file.count(outcome) for file in self.files)

    @property
    def unsettled(self) -> tuple[MergedFile, ...]:
        """The files for which somebody must name the article."""
        open_ = (Recognition.AMBIGUOUS, Recognition.UNKNOWN)
        return tuple(file for file in self.files if file.recognition in open_)
