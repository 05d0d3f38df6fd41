"""The sections after the notes: the note on the article, questions with answers, the legend.

Comments say where each begins, so that headings may be translated. Their Markdown stands in
a quotation, which ends whatever is not closed in it.
"""

from collections.abc import Collection, Iterable
from typing import Final

from postil.annotated_markdown.document import LAST_LINE, HandedOn
from postil.annotated_markdown.escape import escape
from postil.annotated_markdown.note_text import note_to_file
from postil.annotated_markdown.tag_sets import name_of
from postil.domain.canonical import clean_line, clean_note

END_OF_ARTICLE: Final = "<!-- end of article -->"
END_OF_NOTES: Final = "<!-- end of notes -->"
END_OF_FILE: Final = f"<!-- {LAST_LINE} -->"
_NOTE: Final = "<!-- note -->"
_QUESTIONS: Final = "<!-- questions -->"
_LEGEND: Final = "<!-- legend -->"


def write_sections(handed_on: HandedOn, legend: Collection[str], *, room: bool) -> list[str]:
    """Return the parts of the sections there are.

    Args:
        handed_on: what is written.
        legend: ids of tags to explain; none means no legend.
        room: whether a reader is offered a place for notes.
    """
    parts = _note(handed_on, room=room)
    if handed_on.answers:
        parts += [_QUESTIONS, "## Questions"]
    for tag_id, answer in handed_on.answers:
        question = clean_line(handed_on.questions.get(tag_id, ""))
        words = escape(question or name_of(tag_id, handed_on.tags))
        parts += [f"<!-- question {tag_id} -->", f"### {words}"]
        if answer := clean_note(answer):
            parts.append(_quoted(answer))
    if legend:
        parts += [_LEGEND, "## Tags", *_legend(handed_on, legend)]
    return parts


def _note(handed_on: HandedOn, *, room: bool) -> list[str]:
    """Return the note on the article; what a reader writes to questions belongs to it."""
    note = clean_note(handed_on.note)
    asked = [
        f"**{number}. {escape(clean_line(question), entities=True)}**"
        for number, question in enumerate(handed_on.prompts, 1)
    ]
    if not (note or asked or room):
        return []
    heading = "Note on the article" if note else "Questions" if asked else "Your notes"
    words = "\n\n".join(filter(None, [note, *asked]))
    return [_NOTE, f"## {heading}", _quoted(words) + ("\n>\n>" if room and words else "")]


def _quoted(markdown: str) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in note_to_file(markdown).split("\n"))


def _legend(handed_on: HandedOn, legend: Collection[str]) -> Iterable[str]:
    named = sorted((name_of(tag_id, handed_on.tags), tag_id) for tag_id in legend)
    for name, tag_id in named:
        tag = handed_on.tags.get(tag_id)
        definition = clean_line(tag.definition) if tag else ""
        words = f" — {escape(definition)}" if definition else ""
        yield f"- **{escape(name, entities=True)}**{words}"
