"""Commands on collections: make, rename, move, delete, and put articles in and out.

Deleting one takes those within it along; the articles stay. Two side by side have different
names, so that a path such as "Unit 3/Week 1" names one of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from postil.domain import limits
from postil.domain.canonical import clean_line, quoted_name
from postil.domain.errors import UserError
from postil.domain.history import Edit, Record
from postil.domain.shelf import Collection, Membership
from postil.library.plan import Plan, Situation, new_id
from postil.library.tagging import folded
from postil.store import shelf_queries


@dataclass(frozen=True)
class NewCollection:
    """Make a collection.

    Args:
        name: one line.
        parent_id: the collection it is to lie in; None for none.
        article_ids: articles that are put into it at once.
        id: of the new collection.
    """

    name: str
    parent_id: str | None = None
    article_ids: tuple[str, ...] = ()
    id: str = field(default_factory=new_id)

    def plan(self, situation: Situation) -> Plan:
        """Return the edits.

        Raises:
            UserError: the name is no name or is taken, or an article or the outer one is gone.
        """
        every = _every(situation)
        if self.parent_id is not None:
            _one(every, self.parent_id)
        made = Collection(self.id, clean_line(self.name), self.parent_id)
        _check_name(every, made)
        members = [
            Membership(made.id, situation.article(article_id).id)
            for article_id in dict.fromkeys(self.article_ids)
        ]
        records: list[Record] = [made, *members]
        return Plan("new-collection", made.name, "", tuple(Edit(None, r) for r in records))


@dataclass(frozen=True)
class RenameCollection:
    """Give a collection another name."""

    id: str
    name: str

    def plan(self, situation: Situation) -> Plan:
        """Return the edit; the same name makes no step.

        Raises:
            UserError: the collection is gone, or the name is no name or is taken.
        """
        every = _every(situation)
        before = _one(every, self.id)
        after = replace(before, name=clean_line(self.name))
        _check_name(every, after)
        return Plan("rename-collection", after.name, "", _changed(before, after))


@dataclass(frozen=True)
class MoveCollection:
    """Put a collection, with those within it, into another one."""

    id: str
    parent_id: str | None  # None: into none

    def plan(self, situation: Situation) -> Plan:
        """Return the edit; the same place makes no step.

        Raises:
            UserError: a collection is gone, would lie in itself, or the name is taken there.
        """
        every = _every(situation)
        before = _one(every, self.id)
        if self.parent_id is not None:
            _one(every, self.parent_id)
            if self.parent_id in {inner.id for inner in _with_inner(every, before)}:
                raise UserError(
                    f"{quoted_name(before.name)} cannot lie in itself",
                    "Choose a collection outside it.",
                )
        after = replace(before, parent_id=self.parent_id)
        _check_name(every, after)
        return Plan("move-collection", after.name, "", _changed(before, after))


@dataclass(frozen=True)
class DeleteCollection:
    """Delete a collection and those within it; the articles stay on the shelf."""

    id: str

    def plan(self, situation: Situation) -> Plan:
        """Return the edits: who is in it, then the collections from the inside out.

        Raises:
            UserError: it is gone already.
        """
        every = _every(situation)
        before = _one(every, self.id)
        gone = list(_with_inner(every, before))
        members = situation.transaction.ask(
            shelf_queries.memberships, collections=[one.id for one in gone]
        )
        records: list[Record] = [*members, *reversed(gone)]
        return Plan(
            "delete-collection", before.name, "", tuple(Edit(record, None) for record in records)
        )


@dataclass(frozen=True)
class CollectArticles:
    """Put articles into a collection; they stay in the others they are in."""

    article_ids: tuple[str, ...]
    collection_id: str

    def plan(self, situation: Situation) -> Plan:
        """Return the edits; articles that are in it already make none.

        Raises:
            UserError: the collection or an article is gone.
        """
        into = _one(_every(situation), self.collection_id)
        known = set(situation.transaction.ask(shelf_queries.memberships, articles=self.article_ids))
        wanted = [
            Membership(into.id, situation.article(article_id).id)
            for article_id in dict.fromkeys(self.article_ids)
        ]
        edits = tuple(Edit(None, member) for member in wanted if member not in known)
        return Plan("collect-articles", into.name, _only(self.article_ids), edits)


@dataclass(frozen=True)
class UncollectArticles:
    """Take articles out of a collection, and of those within it; they stay on the shelf."""

    article_ids: tuple[str, ...]
    collection_id: str

    def plan(self, situation: Situation) -> Plan:
        """Return the edits; articles that are not in it make none.

        Raises:
            UserError: the collection is gone.
        """
        every = _every(situation)
        out_of = _one(every, self.collection_id)
        inside = {one.id for one in _with_inner(every, out_of)}
        known = situation.transaction.ask(shelf_queries.memberships, articles=self.article_ids)
        edits = tuple(Edit(member, None) for member in known if member.collection_id in inside)
        return Plan("uncollect-articles", out_of.name, _only(self.article_ids), edits)


def _every(situation: Situation) -> dict[str, Collection]:
    """Return all collections by id."""
    return {one.id: one for one in situation.transaction.ask(shelf_queries.collections)}


def _one(every: dict[str, Collection], collection_id: str) -> Collection:
    found = every.get(collection_id)
    if found is None:
        raise UserError("This collection is not in the library any more", "Choose another one.")
    return found


def _with_inner(every: dict[str, Collection], outer: Collection) -> Iterator[Collection]:
    """Yield a collection and those within it, outer ones first."""
    waiting = [outer]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += [inner for inner in every.values() if inner.parent_id == one.id]


def _check_name(every: dict[str, Collection], wanted: Collection) -> None:
    """Refuse a name that is none, too long, or taken by another one at the same place.

    Raises:
        UserError: says which.
    """
    if not wanted.name:
        raise UserError("A collection needs a name", "Type at least one letter.")
    if len(wanted.name) > limits.COLLECTION_NAME_CHARACTERS:
        raise UserError(
            f"A collection's name may have {limits.COLLECTION_NAME_CHARACTERS} characters",
            "Choose a shorter one.",
        )
    for other in every.values():
        is_beside = other.id != wanted.id and other.parent_id == wanted.parent_id
        if is_beside and folded(other.name) == folded(wanted.name):
            raise UserError(
                f"There is a collection {quoted_name(other.name)} at this place already",
                "Choose another name.",
            )


def _changed(before: Collection, after: Collection) -> tuple[Edit, ...]:
    return (Edit(before, after),) if after != before else ()


def _only(article_ids: tuple[str, ...]) -> str:
    """Return the id of the article a step is about, or nothing where there are several."""
    return article_ids[0] if len(article_ids) == 1 else ""
