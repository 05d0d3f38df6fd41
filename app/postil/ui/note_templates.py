"""Templates for notes: the built-in ones, in the language of the window, and the person's own.

A template is Markdown that is put into a note; where it has fields, they are filled with Tab.
"""

import json
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QDate, Qt

from postil.domain.canonical import clean_line, clean_note
from postil.domain.note_fields import written_fields
from postil.resources import resource
from postil.settings import Settings

OWN_TEMPLATES = "notes/templates"  # setting: of each the name, a line end, and the Markdown
NAME_CHARACTERS = 80
_MOST = 100  # of one's own


@dataclass(frozen=True, slots=True)
class NoteTemplate:
    """A template."""

    name: str  # one line
    note: str  # Markdown


def built_in_templates() -> list[NoteTemplate]:
    """Return the templates that come with the program; dates in them are today's."""
    document = json.loads(resource("note_templates", "built_in.json").read_bytes())
    today = QDate.currentDate().toString(Qt.DateFormat.ISODate)
    return [
        NoteTemplate(
            _translated(template["name"]),
            written_fields(
                (_translated(field["name"]), field.get("value", "").replace("{today}", today))
                for field in template["fields"]
            ),
        )
        for template in document["templates"]
    ]


def own_templates(settings: Settings) -> list[NoteTemplate]:
    """Return the person's own templates, in the order they were made."""
    found = []
    for kept in settings.get(OWN_TEMPLATES, list[str]()):
        name, _, note = kept.partition("\n")
        found.append(NoteTemplate(name, note))
    return found


def keep_own_templates(settings: Settings, templates: list[NoteTemplate]) -> None:
    """Keep the person's own templates; one without a name is called by its number."""
    kept = [
        f"{clean_line(one.name)[:NAME_CHARACTERS] or number}\n{clean_note(one.note)}"
        for number, one in enumerate(templates[:_MOST], 1)
    ]
    settings.set(OWN_TEMPLATES, kept)


def _translated(words: str) -> str:
    return QCoreApplication.translate("note-templates", words)
