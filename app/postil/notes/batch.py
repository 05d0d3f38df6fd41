"""Notes rendered one by one in the child, so that one bad note spoils no other."""

import html
import re
from collections.abc import Sequence

from postil import isolation
from postil.domain import limits
from postil.domain.canonical import clean_note
from postil.domain.errors import UserError


def render_notes(notes: Sequence[str]) -> list[str]:
    """Return the HTML of each note.

    Args:
        notes: Markdown.

    A note that is too long, takes too long or breaks its renderer comes back as plain text:
    escaped, in paragraphs, line by line. Equal notes are rendered once.
    """
    rendered = {note: _render(note) for note in dict.fromkeys(notes)}
    return [rendered[note] for note in notes]


def _render(note: str) -> str:
    note = clean_note(note)
    if not note:
        return ""
    if len(note) > limits.NOTE_CHARACTERS:
        return _plain(note)
    try:
        answer = isolation.run(
            "note", note.encode(), seconds=limits.NOTE_RENDER_SECONDS, what="The note"
        )
    except UserError:
        return _plain(note)
    return answer.decode("utf-8", "replace")


def _plain(note: str) -> str:
    paragraphs = re.split(r"\n[ \t]*(?:\n[ \t]*)+", note)
    escaped = (html.escape(part).replace("\n", "<br>") for part in paragraphs)
    return "\n".join(f"<p>{part}</p>" for part in escaped)
