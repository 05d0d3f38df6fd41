"""What an exporter is, is given and gives back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from postil.annotated_markdown import HandedOn


class Paper(StrEnum):
    """The paper pages are set for."""

    A4 = "A4"
    LETTER = "Letter"


class NotesPlace(StrEnum):
    """Where the notes stand on pages."""

    MARGIN = "margin"  # beside the words
    END = "end"  # after the article


class Copy(StrEnum):
    """What of an article and its marks a copy holds."""

    WHOLE = "whole"  # everything, as the other options have it
    STUDENT = "student"  # numbered, with room to write, without marks
    GUIDED = "guided"  # passages or questions, without labels
    PRACTICE = "practice"  # a student's copy that its key can be laid beside
    KEY = "key"  # everything, with the reasons
    QUOTATIONS = "quotations"  # the marked words and what is said of them; not the article


class Guide(StrEnum):
    """What a guided copy shows."""

    PASSAGES = "passages"  # where there are marks, in one tint
    QUESTIONS = "questions"  # the telling questions of the tags
    BOTH = "both"


class Sheet(StrEnum):
    """A sheet of a lesson pack, beside the copies of the article."""

    TAG_CARDS = "tag-cards"
    QUESTIONS = "questions"
    SOURCE_CHECK = "source-check"
    GLOSSARY = "glossary"
    RUBRIC = "rubric"


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a lesson pack consists of."""

    copies: tuple[Copy, ...] = (Copy.STUDENT, Copy.GUIDED, Copy.PRACTICE, Copy.KEY)
    sheets: tuple[Sheet, ...] = tuple(Sheet)
    formats: tuple[str, ...] = ("markdown", "html", "pdf")  # ids of exporters


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What a person may choose about an export; a format takes what it can express."""

    numbers: bool = False  # print paragraph numbers
    legend: bool = False  # add a list of the tags with their definitions
    room: bool = False  # ruled lines after the article, for a reader's own notes
    # All marks in one tint: no tag, code, note, person or other word of whoever made them.
    neutral: bool = False
    copy: Copy = Copy.WHOLE  # a class's copies overrule the four switches above
    guide: Guide = Guide.PASSAGES
    focus: tuple[str, ...] = ()  # ids of the tags a lesson is about; none: those in use
    lesson: Lesson = Lesson()
    paper: Paper = Paper.A4
    notes: NotesPlace = NotesPlace.MARGIN


@dataclass(frozen=True, slots=True)
class Exported:
    """A file's bytes, and what could not be expressed in them."""

    data: bytes
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format articles are handed on in."""

    name: str  # for people
    suffix: str  # of file names, with the dot
    media_type: str
    export: Callable[[HandedOn, ExportOptions], Exported]
    takes: frozenset[str] = frozenset()  # the options that make a difference, by name
    # Several articles in one file, for formats that can.
    together: Callable[[Sequence[HandedOn], ExportOptions], Exported] | None = None
    is_text: bool = True  # the bytes are words in UTF-8, to be looked at and copied
