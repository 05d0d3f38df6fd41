"""What goes into an annotated Markdown file and what comes out of one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from postil.domain.annotation import Annotation, IncomingMark
from postil.domain.article import Article
from postil.domain.tags import Group, Tag, TagSet

FORMAT = "postil/1"
OFFSET_UNIT = "unicode-code-point"
LAST_LINE = "end of file"  # the comment that ends a file; a file without it was cut off


@dataclass(frozen=True)
class HandedOn:
    """An article with all that is handed on with it."""

    article: Article  # its metadata as last edited
    annotations: tuple[Annotation, ...] = ()  # those with a place in the article's text
    tags: Mapping[str, Tag] = field(default_factory=dict)  # all known tags by id
    tag_sets: tuple[TagSet, ...] = ()  # definitions that travel: own codebooks, tags in use
    sets_in_use: tuple[TagSet, ...] = ()  # whole codebooks of which a tag is in use
    codebooks: tuple[str, ...] = ()  # "id@version" of all in use
    original_sha256: str = ""  # of the bytes the article came from
    note: str = ""  # on the whole article, canonical Markdown
    answers: tuple[tuple[str, str], ...] = ()  # (tag id of a guiding question, Markdown)
    questions: Mapping[str, str] = field(default_factory=dict)  # their words by tag id
    prompts: tuple[str, ...] = ()  # questions put to whoever reads the copy
    practice: str = ""  # what a practice copy and its key have in common
    partial: bool = False  # marks were left out by a filter
    waiting: int = 0  # marks without a sure place, which stay in the library

    @cached_property
    def groups(self) -> Mapping[str, Group]:
        """The group, with its colour, of each tag of the codebooks in use, by tag id."""
        return {
            tag.id: group
            for tag_set in self.sets_in_use
            for group in tag_set.groups
            for tag in tag_set.tags
            if tag.group_id == group.id
        }


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """What is written for people beside what comes back."""

    numbers: bool = False  # printed paragraph numbers
    legend: bool = False  # the tags in use with their definitions, at the end
    room: bool = False  # a place for a reader's own notes, which come back as the article's
    bare: bool = False  # marks without names and notes, which come back as new marks


@dataclass(frozen=True, slots=True)
class ParsedMark:
    """A mark as a file has it."""

    mark: IncomingMark
    pieces: tuple[int, int] | None = None  # from its first to its last <mark>, in code points
    tag_names: tuple[str, ...] | None = None  # the names in bold; None where that line is gone
    claimed: tuple[int, int] | None = None  # `at` as it was written, maybe in another text


@dataclass(frozen=True)
class ParsedFile:
    """All that a file says."""

    article: Article
    marks: tuple[ParsedMark, ...]  # in the order of their footnotes
    is_ours: bool  # the front matter names our format
    hash_matches: bool  # the article is the one the offsets were counted in
    codebooks: tuple[str, ...] = ()
    tag_sets: tuple[TagSet, ...] = ()
    note: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    partial: bool = False
    remarks: tuple[str, ...] = ()  # sentences for the person who opened it
