"""What the palette offers, and which of it fits what was typed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import chain, islice

from postil.ui.folding import fold

_SHOWN = 200  # entries; nobody scrolls through more
_LOOSELY_BELOW = 8  # fewer hits than this, and letters with gaps between them will do
_LOOSELY_FROM = 3  # letters: fewer fit nearly everything


class Kind(IntEnum):
    """What an entry is; among equals the lower one comes first."""

    ACTION = 0
    ARTICLE = 1
    TAG = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the palette."""

    kind: Kind
    id: str  # of the action, the article or the tag
    name: str
    detail: str = ""  # menus, outlet and date, or group
    keys: str = ""  # as this system writes them
    is_enabled: bool = True
    code: str = ""  # of a tag
    fill: str = ""  # of a tag's group, "#RRGGBB"
    name_folded: str = field(init=False)
    code_folded: str = field(init=False)
    folded: str = field(init=False)  # name, code and detail

    def __post_init__(self) -> None:
        """Fold once what is searched with every key."""
        object.__setattr__(self, "name_folded", fold(self.name))
        object.__setattr__(self, "code_folded", fold(self.code))
        object.__setattr__(self, "folded", fold(f"{self.name}\n{self.code}\n{self.detail}"))

    @property
    def key(self) -> str:
        """By what the palette remembers that this was used."""
        return f"{self.kind.name.lower()}:{self.id}"


def fitting(entries: Sequence[Entry], typed: str, recent: Iterable[str]) -> list[Entry]:
    """Return the entries that fit what was typed, the nearest first.

    Every word typed must be in the name, the code or the detail; with few hits, its letters in
    their order are enough. Among equally near ones those used lately come first.

    Args:
        entries: all of them, in the order in which they are shown when nothing is typed.
        typed: words or pieces of words.
        recent: keys of the entries used lately, the last one first.
    """
    words = fold(typed).split()
    order = {key: place for place, key in enumerate(recent)}
    if not words:
        return _unasked(entries, order)
    hits = [entry for entry in entries if all(word in entry.folded for word in words)]
    found = _sorted(hits, words, order)
    if len(found) < _LOOSELY_BELOW and sum(map(len, words)) >= _LOOSELY_FROM:
        pattern = re.compile(".*?".join(re.escape(letter) for word in words for letter in word))
        known = set(map(id, hits))
        found += _sorted(
            [e for e in entries if id(e) not in known and pattern.search(e.name_folded)],
            words,
            order,
        )
    return found[:_SHOWN]


def _unasked(entries: Sequence[Entry], order: Mapping[str, int]) -> list[Entry]:
    """Return what is offered before anything is typed: used lately, then all in order."""
    lately = sorted(
        (entry for entry in entries if entry.key in order), key=lambda entry: order[entry.key]
    )
    rest = (entry for entry in entries if entry.key not in order)
    return list(islice(chain(lately, rest), _SHOWN))


def _sorted(hits: list[Entry], words: list[str], order: Mapping[str, int]) -> list[Entry]:
    last = len(order)
    whole = " ".join(words)
    beginnings = [re.compile(rf"\b{re.escape(word)}") for word in words]

    def distance(entry: Entry) -> tuple[int, int, Kind, int]:
        """Return how far an entry is from what was typed: as a whole, then in what it is."""
        name = entry.name_folded
        far = 0
        if whole not in (name, entry.code_folded):
            for word, beginning in zip(words, beginnings, strict=True):
                if name.startswith(word):
                    far += 1
                elif word in name:
                    far += 2 if beginning.search(name) else 3
                else:
                    far += 4
        return far, order.get(entry.key, last), entry.kind, len(name)

    return sorted(hits, key=distance)
