"""A practice copy held against its key: what was found, missed and marked beside it.

One mark of the work answers one of the key, the pairs that share most words first. Half the
credit of a pair is for the words, the other half for the tags on them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from postil.anchoring import likeness
from postil.annotated_markdown import ParsedMark
from postil.domain.annotation import Annotation
from postil.domain.article import Article
from postil.domain.canonical import quoted_name
from postil.domain.errors import UserError
from postil.domain.tags import Tag
from postil.importers import Work
from postil.importers.reading import by_words
from postil.library.likening import ENOUGH
from postil.library.merging import Placer

_MOST: Final = 2_000  # marks that are compared with each other


class Outcome(StrEnum):
    """What became of a mark."""

    FOUND = "found"
    MISSED = "missed"
    EXTRA = "extra"  # not in the key


@dataclass(frozen=True, slots=True)
class Answer:
    """A mark of the key or of the work, as far as the check looks at it."""

    start: int  # code points of the key's article
    end: int
    tags: tuple[tuple[str, str], ...]  # id and name of each

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its tags."""
        return tuple(name for _, name in self.tags)


@dataclass(frozen=True, slots=True)
class Checked:
    """One mark of the key, or one beside it, with what it is worth."""

    outcome: Outcome
    start: int  # code points; of the key's mark unless it is an extra one
    end: int
    tags: tuple[str, ...] = ()  # names in the key
    given: tuple[str, ...] = ()  # names in the work
    overlap: float = 0.0  # words in both, of those in either; 0 to 1
    agreement: float = 0.0  # tags in both, of those in either; 0 to 1

    @property
    def credit(self) -> float:
        """What it is worth, from 0 to 1."""
        return self.overlap * (1 + self.agreement) / 2


@dataclass(frozen=True, slots=True)
class Practice:
    """What became of a practice copy."""

    name: str  # of its file
    marks: tuple[Checked, ...]  # in reading order
    unplaced: int = 0  # marks of the work without a sure place, which do not count

    def count(self, outcome: Outcome) -> int:
        """Return how many marks came out so."""
        return sum(mark.outcome is outcome for mark in self.marks)

    @property
    def credit(self) -> float:
        """The credit of the whole key, from 0 to 1."""
        wanted = len(self.marks) - self.count(Outcome.EXTRA)
        return sum(mark.credit for mark in self.marks) / wanted


@dataclass(frozen=True)
class Key:
    """What practice copies are held against."""

    article: Article
    answers: tuple[Answer, ...]

    def check(self, work: Work) -> Practice:
        """Return what became of a practice copy that came back.

        Raises:
            UserError: it is of another article, has too many marks, or the key has none.
        """
        _check_number(self.answers, "The key")
        if not self.answers:
            raise UserError("The key has no marks", "Take the file with all marks in it.")
        here = self.article
        there = work.imported.article if work.imported else here
        if there.sha256 != here.sha256 and likeness(there.text, here.text) < ENOUGH:
            name = quoted_name(work.name)
            raise UserError(f"{name} is of another article than the key", "Take its own key.")
        given, unplaced = _answers(work, here)
        _check_number(given, quoted_name(work.name))
        return Practice(work.name, tuple(_compared(self.answers, given)), unplaced)


def key_of_file(work: Work) -> Key:
    """Return the key that a file is.

    Raises:
        UserError: it has no article in it.
    """
    if work.imported is None:
        raise UserError(
            f"{quoted_name(work.name)} has no article in it", "Take the annotated Markdown of it."
        )
    article = work.imported.article
    return Key(article, _answers(work, article)[0])


def key_of_marks(article: Article, marks: Iterable[Annotation], tags: Mapping[str, Tag]) -> Key:
    """Return the key that an article of the library is with its marks."""

    def named(mark: Annotation) -> tuple[tuple[str, str], ...]:
        return tuple((one, tags[one].name if one in tags else one) for one in mark.tags)

    return Key(article, tuple(Answer(mark.start, mark.end, named(mark)) for mark in marks))


def _answers(work: Work, article: Article) -> tuple[tuple[Answer, ...], int]:
    """Return the marks of a file where they stand in an article, and how many stand nowhere."""
    marks, former = work.marks, ""
    if work.imported is not None and work.imported.article.text != article.text:
        former, counted = work.imported.article.text, work.imported.hash_matches
        marks = tuple(
            replace(one, mark=by_words(one, former, counted=counted), pieces=None) for one in marks
        )
    placer = Placer(article, former)
    placed = [(placer.place(one), one) for one in marks]
    answers = tuple(
        Answer(anchor.start, anchor.end, _tags(one))
        for (placement, anchor), one in placed
        if placement.is_placed
    )
    return answers, len(placed) - len(answers)


def _tags(parsed: ParsedMark) -> tuple[tuple[str, str], ...]:
    """Return the ids of a mark's tags with the names that the file has for them."""
    names = dict(parsed.mark.tag_names)
    bold = parsed.tag_names or ()
    if len(bold) == len(parsed.mark.tags):
        names.update(zip(parsed.mark.tags, bold, strict=True))
    return tuple((tag, names.get(tag, tag)) for tag in parsed.mark.tags)


def _check_number(answers: Sequence[Answer], what: str) -> None:
    if len(answers) > _MOST:
        raise UserError(f"{what} has more than {_MOST:,} marks", "Check it in parts.")


def _compared(key: Sequence[Answer], work: Sequence[Answer]) -> list[Checked]:
    pairs = sorted(
        (-shared, -_agreement(wanted, given), k, w)
        for k, wanted in enumerate(key)
        for w, given in enumerate(work)
        if (shared := _overlap(wanted, given))
    )
    partners: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, k, w in pairs:
        if k not in partners and w not in taken:
            partners[k] = w
            taken.add(w)
    checked = [*_of_the_key(key, work, partners)]
    for w, given in enumerate(work):
        if w not in taken:
            checked.append(Checked(Outcome.EXTRA, given.start, given.end, given=given.names))
    return sorted(checked, key=lambda mark: (mark.start, -mark.end, mark.outcome, mark.tags))


def _of_the_key(
    key: Sequence[Answer], work: Sequence[Answer], partners: Mapping[int, int]
) -> Iterator[Checked]:
    for k, wanted in enumerate(key):
        if k not in partners:
            yield Checked(Outcome.MISSED, wanted.start, wanted.end, wanted.names)
            continue
        given = work[partners[k]]
        yield Checked(
            Outcome.FOUND,
            wanted.start,
            wanted.end,
            wanted.names,
            given.names,
            _overlap(wanted, given),
            _agreement(wanted, given),
        )


def _overlap(one: Answer, other: Answer) -> float:
    """Return how much of the words of either are words of both."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    if shared <= 0:
        return 0.0
    return shared / (max(one.end, other.end) - min(one.start, other.start))


def _agreement(one: Answer, other: Answer) -> float:
    """Return how many of the tags of either are tags of both; without any they agree."""
    left = list(other.tags)
    for tag_id, name in one.tags:
        for index, (given, called) in enumerate(left):
            if given == tag_id or called.casefold() == name.casefold():
                del left[index]
                break
    shared = len(other.tags) - len(left)
    either = len(one.tags) + len(left)
    return shared / either if either else 1.0
