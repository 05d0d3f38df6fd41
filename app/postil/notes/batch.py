"""Notes rendered one by one in the child, so that one bad note spoils no other."""

import html
import re
from collections.abc import Sequence
from typing import Final

from postil import isolation
from postil.domain import limits
from postil.domain.canonical import clean_note
from postil.domain.errors import UserError

_FAILURES: Final = 10  # notes of one call that may cost their whole time


def render_notes(notes: Sequence[str]) -> list[str]:
    """Return the HTML of each note.

    Args:
        notes: Markdown.

    A note that is too long, takes too long or breaks its renderer comes back as plain text:
    escaped, in paragraphs, line by line. After ten of these the rest of a call comes as plain
    text too, so that a hostile file cannot hold up its reader for hours. Equal notes are
    rendered once.
    """
    rendered: dict[str, str] = {}
    failures = 0
    for note in dict.fromkeys(notes):
        cleaned = clean_note(note)
        found = _rendered(cleaned) if failures < _FAILURES else None
        failures += found is None
        rendered[note] = _plain(cleaned) if found is None else found
    return [rendered[note] for note in notes]


def _rendered(note: str) -> str | None:
    """Return a note's HTML, or None where it cannot be had."""
    if not note:
        return ""
    if len(note) > limits.NOTE_CHARACTERS:
        return None
    try:
        answer = isolation.run(
            "note", note.encode(), seconds=limits.NOTE_RENDER_SECONDS, what="The note"
        )
    except UserError:
        return None
    return answer.decode("utf-8", "replace")


def _plain(note: str) -> str:
    paragraphs = re.split(r"\n[ \t]*(?:\n[ \t]*)+", note)
    if not note:
        return ""
    escaped = (html.escape(part).replace("\n", "<br>") for part in paragraphs)
    return "\n".join(f"<p>{part}</p>" for part in escaped)
