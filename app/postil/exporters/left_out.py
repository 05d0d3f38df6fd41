"""What a format has no place for, counted and told in sentences."""

import re
from collections.abc import Callable, Sequence
from enum import Enum, auto

from postil.annotated_markdown import HandedOn
from postil.domain.article import BlockKind
from postil.domain.counting import counted

# What Markdown sets in some way; a note without any of it reads the same as plain text.
_MARKDOWN = re.compile(r"[*_`<\[\\]|^(?:#|>|[-+] |\d+[.)] )", re.MULTILINE)


class Unsaid(Enum):
    """One kind of thing that a format may have no place for."""

    WAITING = auto()  # marks without a sure place
    LINKS = auto()
    NOTES = auto()  # of marks
    NOTE_MARKDOWN = auto()  # the notes are there, as they are written
    FIELDS = auto()  # voice, certainty, check
    STARS = auto()
    ANNOTATORS = auto()
    UNTAGGED = auto()  # marks without a tag
    FOREIGN = auto()  # keys of other programs
    ARTICLE_NOTE = auto()
    ANSWERS = auto()
    STRUCTURE = auto()  # of the article


def left_out(handed_on: Sequence[HandedOn], *kinds: Unsaid) -> tuple[str, ...]:
    """Return a sentence for each of these kinds that there is any of.

    Args:
        handed_on: the articles of one file.
        kinds: what the format cannot express.
    """
    remarks = []
    for kind in kinds:
        count, one, many = _KINDS[kind]
        if number := sum(map(count, handed_on)):
            remarks.append(counted(number, one, many))
    return tuple(remarks)


def loose_links(handed_on: Sequence[HandedOn]) -> tuple[str, ...]:
    """Return a sentence about links to marks that are not in the file, if there are any."""
    marks = [mark for one in handed_on for mark in one.annotations]
    here = {mark.id for mark in marks}
    number = sum(link.target not in here for mark in marks for link in mark.links)
    one = "1 link to a mark that is not in the file is left out."
    many = "{0} links to marks that are not in the file are left out."
    return (counted(number, one, many),) if number else ()


def _notes(handed_on: HandedOn) -> int:
    return sum(bool(mark.note) for mark in handed_on.annotations)


def _note_markdown(handed_on: HandedOn) -> int:
    notes = [mark.note for mark in handed_on.annotations]
    notes += [handed_on.note, *(answer for _, answer in handed_on.answers)]
    return sum(_MARKDOWN.search(note) is not None for note in notes)


def _fields(handed_on: HandedOn) -> int:
    return sum(bool(m.voice or m.confidence or m.status) for m in handed_on.annotations)


def _structure(handed_on: HandedOn) -> int:
    article = handed_on.article
    is_plain = all(block.kind is BlockKind.PARAGRAPH for block in article.blocks)
    return int(not is_plain or bool(article.spans))


_KINDS: dict[Unsaid, tuple[Callable[[HandedOn], int], str, str]] = {
    Unsaid.WAITING: (
        lambda h: h.waiting,
        "1 mark that waits for its place is left out.",
        "{0} marks that wait for their places are left out.",
    ),
    Unsaid.LINKS: (
        lambda h: sum(len(mark.links) for mark in h.annotations),
        "1 link between marks is left out.",
        "{0} links between marks are left out.",
    ),
    Unsaid.NOTES: (
        _notes,
        "The note of 1 mark is left out.",
        "The notes of {0} marks are left out.",
    ),
    Unsaid.NOTE_MARKDOWN: (
        _note_markdown,
        "The formatting of 1 note is plain: its Markdown stands as it is written.",
        "The formatting of {0} notes is plain: their Markdown stands as it is written.",
    ),
    Unsaid.FIELDS: (
        _fields,
        "Voice, certainty and check of 1 mark are left out.",
        "Voice, certainty and check of {0} marks are left out.",
    ),
    Unsaid.STARS: (
        lambda h: sum(mark.starred for mark in h.annotations),
        "1 star is left out.",
        "{0} stars are left out.",
    ),
    Unsaid.ANNOTATORS: (
        lambda h: sum(bool(mark.author) for mark in h.annotations),
        "Who made 1 mark is left out.",
        "Who made {0} marks is left out.",
    ),
    Unsaid.UNTAGGED: (
        lambda h: sum(not mark.tags for mark in h.annotations),
        "1 mark without a tag is left out.",
        "{0} marks without a tag are left out.",
    ),
    Unsaid.FOREIGN: (
        lambda h: sum(len(mark.extra) for mark in h.annotations),
        "1 field of another program is left out.",
        "{0} fields of other programs are left out.",
    ),
    Unsaid.ARTICLE_NOTE: (
        lambda h: bool(h.note),
        "The note on the whole article is left out.",
        "The notes on {0} whole articles are left out.",
    ),
    Unsaid.ANSWERS: (
        lambda h: len(h.answers),
        "1 answer to a guiding question is left out.",
        "{0} answers to guiding questions are left out.",
    ),
    Unsaid.STRUCTURE: (
        _structure,
        "The article is plain text: headings, lists, emphasis and links are not told apart.",
        "{0} articles are plain text: headings, lists, emphasis and links are not told apart.",
    ),
}
