"""The language of searches: words, "phrases", beginnings*, -unwanted, and operators.

Every text can be read; what makes no sense as an operator is read as words, and what cannot
be meant is said in `Query.problems`.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from postil.domain.annotation import Status
from postil.domain.dates import is_date
from postil.search.words import words

QUERY_CHARACTERS: Final = 1_000  # code points that are read
QUERY_TERMS: Final = 64  # different words and phrases


class Field(StrEnum):
    """Where words are looked for."""

    TITLE = "title"
    TEXT = "text"
    NOTE = "note"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand in a row; one word is a row of one."""

    words: tuple[str, ...]  # folded
    is_prefix: bool = False  # the last one may go on


@dataclass(frozen=True, slots=True)
class Query:
    """What a text asks for. Everything in it must hold."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    fields: frozenset[Field] = frozenset()  # empty: everywhere
    tags: tuple[str, ...] = ()  # names, codes, ids or pieces of names
    unwanted_tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()  # pieces of names; each must hold
    outlets: tuple[str, ...] = ()
    statuses: frozenset[Status] = frozenset()  # one of them
    note_fields: tuple[str, ...] = ()  # names of fields of notes, or names, colons and words
    after: str = ""  # published on this date or later; as far as it was given
    before: str = ""  # published before this date
    problems: tuple[str, ...] = ()  # sentences about what was left out

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return self == Query(fields=self.fields, problems=self.problems)

    @property
    def has_words(self) -> bool:
        """Whether words are looked for."""
        return bool(self.wanted)


OPERATORS: Final = ("tag", "author", "outlet", "before", "after", "status", "field", "in")

QUOTATION_MARKS: Final = '"“”„‟«»'  # each begins and ends a phrase, so none is in a value
_OPENING = QUOTATION_MARKS
# A minus, the name of an operator, a phrase or a run without spaces. Every text is a row of these.
_PIECE = re.compile(
    rf"(?P<minus>-*)(?:(?P<name>\w+):(?=\S|$))?"
    rf"(?:[{_OPENING}](?P<phrase>[^{_OPENING}]*)(?P<close>[{_OPENING}]?)(?P<star>\*?)"
    rf"|(?P<run>[^\s{_OPENING}]*))"
)


def parse(text: str, *, is_typing: bool = False) -> Query:
    """Return what a text asks for; reads every text.

    Args:
        text: as it was typed.
        is_typing: the last word may still go on, so it is a beginning.
    """
    reader = _Reader()
    if len(text) > QUERY_CHARACTERS:
        reader.problems.append(f"Only the first {QUERY_CHARACTERS:,} characters are looked for.")
        text = text[:QUERY_CHARACTERS]
    pieces = [found for found in _PIECE.finditer(text) if found[0]]
    for piece in pieces:
        is_last = is_typing and piece.end() == len(text) and not piece["close"]
        reader.take(piece, goes_on=is_last)
    return reader.query()


def last_piece(text: str) -> tuple[int, str, str]:
    """Return what is being typed at the end: where it starts, its operator, and its value.

    The operator is empty where words are typed; the start is that of the value.
    """
    last = None
    for found in _PIECE.finditer(text):
        if found[0] and found.end() == len(text):
            last = found
            break
    if last is None or last["close"]:
        return len(text), "", ""
    name = (last["name"] or "").lower()
    value = last["phrase"] if last["phrase"] is not None else last["run"]
    start = last.end("name") + 1 if name else last.end("minus")
    return start, name if name in OPERATORS else "", value


@dataclass
class _Reader:
    """Gathers what the pieces ask for."""

    wanted: list[Term] = field(default_factory=list)
    unwanted: list[Term] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)
    fields: set[Field] = field(default_factory=set)
    statuses: set[Status] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)

    def take(self, piece: re.Match[str], *, goes_on: bool) -> None:
        name = (piece["name"] or "").lower()
        value = piece["run"] if piece["phrase"] is None else piece["phrase"]
        star = piece["star"] or (value.endswith("*") and piece["phrase"] is None)
        if name in OPERATORS and (name == "tag" or not piece["minus"]):
            self._operate(name, value.strip(), is_unwanted=bool(piece["minus"]))
            return
        if piece["name"]:
            value = f"{piece['name']} {value}"
        row = tuple(word.text for word in words(value))
        if row:
            terms = self.unwanted if piece["minus"] else self.wanted
            terms.append(Term(row, bool(star) or (goes_on and value[-1:].isalnum())))

    def query(self) -> Query:
        wanted = tuple(dict.fromkeys(self.wanted))
        unwanted = tuple(dict.fromkeys(self.unwanted))
        if len(wanted) + len(unwanted) > QUERY_TERMS:
            self.problems.append(f"Only the first {QUERY_TERMS} words are looked for.")
        return Query(
            wanted=wanted[:QUERY_TERMS],
            unwanted=unwanted[: QUERY_TERMS - len(wanted[:QUERY_TERMS])],
            fields=frozenset(self.fields),
            tags=self._all("tag"),
            unwanted_tags=self._all("-tag"),
            authors=self._all("author"),
            outlets=self._all("outlet"),
            statuses=frozenset(self.statuses),
            note_fields=self._all("field"),
            after=max(self.values.get("after", ()), default=""),
            before=min(self.values.get("before", ()), default=""),
            problems=tuple(dict.fromkeys(self.problems)),
        )

    def _all(self, name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.values.get(name, ())))

    def _operate(self, name: str, value: str, *, is_unwanted: bool) -> None:
        if not value:
            return  # still to be typed
        if name == "in":
            self._choose(self.fields, Field, name, value)
        elif name == "status":
            self._choose(self.statuses, Status, name, value)
        elif name in {"before", "after"} and not is_date(value):
            self.problems.append(f"“{name}:” takes a date such as 2026-05-04.")
        else:
            self.values.setdefault("-tag" if is_unwanted else name, []).append(value)

    def _choose(
        self, chosen: set[Field] | set[Status], kind: type[StrEnum], name: str, value: str
    ) -> None:
        """Add the members that begin with a value; one that is whole stands for itself."""
        value = value.lower()
        known = [member for member in kind if member.value]
        found = [member for member in known if member.value == value]
        found = found or [member for member in known if member.value.startswith(value)]
        if found:
            chosen.update(found)  # type: ignore[arg-type]  # members of the set's own kind
        else:
            names = ", ".join(member.value for member in known)
            self.problems.append(f"“{name}:” takes one of {names}.")
