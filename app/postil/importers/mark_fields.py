"""Fields of marks from foreign JSON: each value is checked before it is believed.

What makes a mark useless raises `BadMarkError` with the reason; what can be left out is left
out and told.
"""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeVar

from postil.domain import limits
from postil.domain.annotation import Link, Relation
from postil.domain.canonical import clean_line, clean_note, clean_run, normalise
from postil.domain.dates import as_time

CONTEXT: Final = 32  # code points kept beside a quotation
_LARGEST: Final = 2**31 - 1  # an offset
ALIAS: Final = 200  # characters of an author's name
_EXTRA: Final = 1000  # characters of a value of another program
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")

Choice = TypeVar("Choice", bound=StrEnum)


class BadMarkError(Exception):
    """A mark that cannot be taken; the message ends a sentence that names the place."""


@dataclass
class Fields:
    """Reads the fields of one mark and gathers what was left out."""

    values: Mapping[str, object]
    remarks: list[str] = field(default_factory=list)

    def text(self, key: str) -> str:
        """Return a string or empty.

        Raises:
            BadMarkError: there is something else.
        """
        value = self.values.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise BadMarkError(f"“{key}” is no text")
        return value

    def line(self, key: str) -> str:
        """Return a string as one line of at most 200 characters."""
        return clean_line(clean_line(self.text(key))[:ALIAS])

    def note(self, key: str) -> str:
        """Return Markdown in canonical form."""
        note = clean_note(self.text(key))
        if len(note) > limits.NOTE_CHARACTERS:
            raise BadMarkError("the note is longer than 1 MB")
        return note

    def position(self) -> tuple[int, int] | None:
        """Return `start` and `end` in code points, or None where neither is given."""
        start, end = self.values.get("start"), self.values.get("end")
        if start is None and end is None:
            return None
        for value in (start, end):
            if not isinstance(value, int) or isinstance(value, bool):
                raise BadMarkError("“start” and “end” must both be whole numbers")
            if not 0 <= value <= _LARGEST:
                raise BadMarkError("“start” and “end” must lie in a text")
        assert isinstance(start, int)
        assert isinstance(end, int)
        if start >= end:
            raise BadMarkError("“start” must come before “end”")
        return start, end

    def choice(self, key: str, kind: type[Choice]) -> Choice:
        """Return one of the values a field can have; another is left out and told."""
        value = self.line(key).lower()
        try:
            return kind(value)
        except ValueError:
            self.remarks.append(
                f"“{value[:40]}” is no {key.removeprefix('postil:')}; it was left out"
            )
            return kind("")

    def flag(self, key: str) -> bool:
        """Return whether something is said to be so: true, or 1 as a number or text."""
        return self.values.get(key) in (True, 1, "1")

    def links(self, key: str) -> tuple[Link, ...]:
        """Return links written as "relation:id"; those that are none are left out and told."""
        values = self.values.get(key)
        links = []
        for value in values if isinstance(values, list) else []:
            relation, _, target = value.partition(":") if isinstance(value, str) else ("", "", "")
            try:
                links.append(Link(Relation(relation), str(uuid.UUID(target))))
            except ValueError:
                self.remarks.append("a link to another mark was left out")
        return tuple(links)

    def time(self, key: str) -> str:
        """Return a time as ISO 8601 in UTC, or empty where it cannot be read."""
        return as_time(self.line(key))

    def id(self, key: str = "id") -> str:
        """Return a UUID; one made of an address where the id is an address."""
        value = self.line(key)
        if not value:
            return ""
        try:
            return str(uuid.UUID(value.removeprefix("urn:uuid:")))
        except ValueError:
            pass
        if value.startswith(("http://", "https://", "urn:")):
            return str(uuid.uuid5(uuid.NAMESPACE_URL, value))
        self.remarks.append("the id is no UUID; the mark gets a new one")
        return ""

    def tags(self, value: object) -> tuple[str, ...]:
        """Return tag ids or names from a string or a list of strings."""
        names = value if isinstance(value, list) else [value] if value is not None else []
        tags = []
        for name in names:
            if not isinstance(name, str):
                raise BadMarkError("a tag is no text")
            tag = clean_line(name)
            if len(tag) > limits.TAG_NAME_CHARACTERS:
                self.remarks.append(
                    f"a tag has more than {limits.TAG_NAME_CHARACTERS} characters; it was left out"
                )
            elif tag:
                tags.append(tag)
        return tuple(dict.fromkeys(tags))

    def other_keys(self, known: frozenset[str]) -> tuple[tuple[str, str], ...]:
        """Return the plain values under keys of other programs."""
        return tuple(
            (key, clean_line(_shown(value))[:_EXTRA])
            for key, value in self.values.items()
            if key not in known and _KEY.fullmatch(key) and isinstance(value, str | int | float)
        )


def words(text: str) -> str:
    """Return a quotation in canonical form, block by block as it was."""
    return normalise(clean_run(text, line_end="\n", tab="\t"))


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
