"""The copies a class needs of one article: each a function of the article and its marks.

Student, guided and practice copies are made from the article alone, so that nothing said of
it can be in them; what a guided copy shows is put back in on purpose.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from postil.annotated_markdown import HandedOn
from postil.domain.article import Article
from postil.domain.tags import Tag
from postil.exporters.exporter import Copy, ExportOptions, Guide, NotesPlace
from postil.exporters.neutral import neutral
from postil.exporters.quotations import quotations_only

# The options that copies decide on, each with its values.
DECIDED: Final[Mapping[str, tuple[Any, ...]]] = MappingProxyType(
    {
        **dict.fromkeys(("numbers", "legend", "room", "neutral"), (True, False)),
        "notes": (*NotesPlace,),
    }
)


def settled(options: ExportOptions) -> ExportOptions:
    """Return the options as the copy has them, whatever was chosen."""
    numbers, room, legend, neutral = options.numbers, options.room, options.legend, options.neutral
    match options.copy:
        case Copy.STUDENT | Copy.PRACTICE:
            numbers, room, legend, neutral = True, True, False, False
        case Copy.GUIDED:
            numbers, room, legend = True, True, False
            neutral = options.guide is not Guide.QUESTIONS
        case Copy.KEY:
            numbers, room, legend, neutral = True, False, True, False
        case Copy.QUOTATIONS:
            numbers, room = False, False
    has_notes = not neutral and options.copy in (Copy.WHOLE, Copy.KEY, Copy.QUOTATIONS)
    return replace(
        options,
        numbers=numbers,
        room=room,
        legend=legend and has_notes,
        neutral=neutral,
        notes=options.notes if has_notes else NotesPlace.MARGIN,
    )


def left_open(options: ExportOptions) -> frozenset[str]:
    """Return the names of the options in `DECIDED` that make a difference beside the others."""
    return frozenset(
        name
        for name, values in DECIDED.items()
        if len({settled(replace(options, **{name: value})) for value in values}) > 1
    )


def prepared(handed_on: HandedOn, options: ExportOptions) -> tuple[HandedOn, ExportOptions]:
    """Return what a copy consists of, and how it is written; `options.copy` is seen to then.

    Args:
        handed_on: the article with all that is said of it.
        options: as a person chose them.
    """
    made = replace(settled(options), copy=Copy.WHOLE)
    content = handed_on
    match options.copy:
        case Copy.STUDENT:
            content = _bare(handed_on)
        case Copy.PRACTICE:
            content = replace(_bare(handed_on), practice=practice_id(handed_on.article))
        case Copy.GUIDED:
            content = neutral(handed_on) if made.neutral else _bare(handed_on)
            if options.guide is not Guide.PASSAGES:
                content = replace(content, prompts=questions_of(handed_on, options.focus))
        case Copy.KEY:
            content = replace(handed_on, practice=practice_id(handed_on.article))
        case Copy.QUOTATIONS:
            content = quotations_only(handed_on)
    return content, made


def practice_id(article: Article) -> str:
    """Return what a practice copy and its key are matched by; it tells nothing of the marks."""
    digest = hashlib.sha256(f"practice {article.sha256}".encode()).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:8]}"


def questions_of(handed_on: HandedOn, focus: Iterable[str] = ()) -> tuple[str, ...]:
    """Return telling questions of tags, in the order of their words, which tells nothing.

    Args:
        handed_on: the article with the tags there are.
        focus: ids of the tags; none means those in use and those that were answered.
    """
    questions = {tag.question for tag in tags_of(handed_on, focus) if tag.question}
    return tuple(sorted(questions, key=lambda words: (words.casefold(), words)))


def tags_of(handed_on: HandedOn, focus: Iterable[str] = ()) -> list[Tag]:
    """Return known tags by name: those with these ids; without ids those in use or answered."""
    wanted = set(focus)
    if not wanted:
        wanted = {tag_id for mark in handed_on.annotations for tag_id in mark.tags}
        wanted |= {tag_id for tag_id, _ in handed_on.answers}
    tags = [handed_on.tags[tag_id] for tag_id in wanted if tag_id in handed_on.tags]
    return sorted(tags, key=lambda tag: (tag.name.casefold(), tag.id))


def ending(suffix: str, copy: Copy) -> str:
    """Return what the name of a copy's file ends in, such as " - student.md"."""
    return suffix if copy is Copy.WHOLE else f" - {copy.value}{suffix}"


def _bare(handed_on: HandedOn) -> HandedOn:
    """Return the article alone."""
    return neutral(replace(handed_on, annotations=()))
