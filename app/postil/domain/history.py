"""What can change in a library, and how a change is told: records, edits, steps.

An edit holds the record before and after; that one value is what the store applies, what
the history keeps, what undo reverses and what the views redraw from.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from postil.domain.annotation import Annotation
from postil.domain.article import Article, Metadata
from postil.domain.shelf import Collection, Membership
from postil.domain.tags import Codebook, Group, Tag


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An article's entry in the library; its words are in the revision it names."""

    id: str  # UUID made by us
    revision_id: str  # the current text
    metadata: Metadata
    added: str  # ISO 8601 time in UTC
    note: str = ""  # canonical Markdown, on the whole article
    answers: tuple[tuple[str, str], ...] = ()  # (tag id of a guiding question, Markdown)


@dataclass(frozen=True, slots=True)
class Revision:
    """One text an article has had; never changed, kept as long as anything names it."""

    id: str  # UUID made by us
    previous_id: str | None  # the revision it replaced
    article: Article
    original_sha256: str | None  # the bytes it came from
    created: str  # ISO 8601 time in UTC
    encoding: str = ""  # in which its bytes were read, where they had been read otherwise before


Record = ArticleRecord | Annotation | Codebook | Group | Tag | Collection | Membership


@dataclass(frozen=True, slots=True)
class Edit:
    """One record made (`before` is None), changed, or removed (`after` is None)."""

    before: Record | None
    after: Record | None

    def reversed(self) -> "Edit":
        """Return the edit that takes this one back."""
        return Edit(self.after, self.before)


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the history: what undo takes back at once."""

    id: int
    name: str  # the command, such as "add-mark"; `library.step_names` has the words for it
    subject: str  # a short piece of the quotation, title or tag it was about
    article_id: str  # where undoing it goes, or empty
    at: str  # ISO 8601 time in UTC


@dataclass(frozen=True, slots=True)
class Jump:
    """A way through the history in one gesture."""

    left: int  # the number of the step that was the last one done before; 0 before all of them
    steps: int  # how many were undone or redone


@dataclass(frozen=True, slots=True)
class Changes:
    """What a command, an undo or a redo changed; every view redraws from it."""

    edits: tuple[Edit, ...] = ()
    step: Step | None = None
    everything: bool = False  # another process changed the library: read all again
    reverted: bool = False  # this is an undo
    jump: Jump | None = None  # many steps were undone or redone at once

    def annotations(self, article_id: str) -> Iterator[tuple[Annotation | None, Annotation | None]]:
        """Yield (before, after) of each mark of one article that changed."""
        for edit in self.edits:
            record = edit.after or edit.before
            if isinstance(record, Annotation) and record.article_id == article_id:
                before = edit.before if isinstance(edit.before, Annotation) else None
                after = edit.after if isinstance(edit.after, Annotation) else None
                yield before, after

    def touches(self, *kinds: type) -> bool:
        """Return whether a record of one of these classes changed."""
        return self.everything or any(isinstance(e.after or e.before, kinds) for e in self.edits)


# Each refers to those before it; a collection may refer to one that comes later.
_KINDS = (Codebook, Group, Tag, ArticleRecord, Annotation, Collection, Membership)


def net(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return what edits in a row come to: one edit a record, none where all is as it was.

    What is made comes first and what is removed last, so that each finds what it refers to.
    """
    firsts: dict[object, Record | None] = {}
    lasts: dict[object, Record | None] = {}
    for edit in edits:
        record = edit.after or edit.before
        place = record.codebook_id if isinstance(record, Group) else ""
        key = (type(record), place, record.id if record else "")
        firsts.setdefault(key, edit.before)
        lasts[key] = edit.after
    pairs = [Edit(firsts[key], lasts[key]) for key in firsts if firsts[key] != lasts[key]]
    return tuple(sorted(pairs, key=_turn))


def _turn(edit: Edit) -> int:
    """Return when an edit is due among others."""
    kind = _KINDS.index(type(edit.after or edit.before))
    if edit.before is None:
        return kind
    return len(_KINDS) if edit.after is not None else 2 * len(_KINDS) - kind
