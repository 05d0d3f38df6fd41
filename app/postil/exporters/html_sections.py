"""What stands in the HTML file after the article: room, note, questions, tags, source."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from postil.annotated_markdown import HandedOn
from postil.domain.article import Metadata
from postil.exporters.exporter import ExportOptions
from postil.exporters.html_words import escaped
from postil.notes import render_notes

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_LINES: Final = 14  # of room for a reader's notes
_LINKED: Final = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class MadeOf:
    """What the sections are made of."""

    handed_on: HandedOn
    options: ExportOptions
    tags: list[tuple[str, str, str]]  # in use: code as HTML, id and name


def language_of(about: Metadata) -> str:
    """Return the language of an article as an attribute has it, empty where it is not known."""
    return about.language if _LANGUAGE.fullmatch(about.language) else ""


def sections(made_of: MadeOf) -> Iterator[str]:
    """Yield the sections there are."""
    prompts = made_of.handed_on.prompts
    if prompts:
        asked = "".join(f'<li lang="" dir="auto">{escaped(one)}</li>' for one in prompts)
        yield '<section class="after" aria-labelledby="asked"><h2 id="asked">Questions</h2>'
        yield f"<ol>{asked}</ol></section>"
    if made_of.options.room:
        lines = "<div></div>" * _LINES
        yield f'<section class="after room" aria-label="Room for your notes">{lines}</section>'
    yield from _said_on_the_whole(made_of.handed_on)
    if made_of.options.legend and made_of.tags:
        yield from _legend(made_of)
    if practice := made_of.handed_on.practice:
        yield f"<footer>Practice copy and key: {escaped(practice)}</footer>"
    source = made_of.handed_on.article.metadata.source
    if source:
        words = escaped(source)
        is_address = source.lower().startswith(_LINKED)
        link = f'<a href="{words}" rel="noreferrer">{words}</a>' if is_address else words
        yield f"<footer>Source: <bdi>{link}</bdi></footer>"


def _said_on_the_whole(handed_on: HandedOn) -> Iterator[str]:
    answers = [answer for _, answer in handed_on.answers]
    note, *rendered = render_notes([handed_on.note, *answers])
    if note:
        yield (
            '<section class="after" aria-labelledby="note"><h2 id="note">Note on the article</h2>'
            f'<div lang="" dir="auto">{note}</div></section>'
        )
    if not rendered:
        return
    yield '<section class="after" aria-labelledby="questions"><h2 id="questions">Questions</h2>'
    for (tag_id, _), answer in zip(handed_on.answers, rendered, strict=True):
        tag = handed_on.tags.get(tag_id)
        question = handed_on.questions.get(tag_id, "") or (tag.name if tag else tag_id)
        yield f'<h3 lang="" dir="auto">{escaped(question)}</h3>'
        if answer:
            yield f'<div lang="" dir="auto">{answer}</div>'
    yield "</section>"


def _legend(made_of: MadeOf) -> Iterator[str]:
    yield (
        '<section class="after legend" aria-labelledby="tags"><h2 id="tags">Tags</h2>'
        '<dl lang="" dir="auto">'
    )
    for code, tag_id, name in made_of.tags:
        tag = made_of.handed_on.tags.get(tag_id)
        definition = f"<dd>{escaped(tag.definition)}</dd>" if tag and tag.definition else ""
        yield f"<dt>{code}{escaped(name)}</dt>{definition}"
    yield "</dl></section>"
