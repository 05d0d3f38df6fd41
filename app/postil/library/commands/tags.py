"""Commands on tags and groups of the codebooks one may edit: make, change, move, merge, delete.

A tag's id holds the name of its codebook, so a tag that moves to another codebook is made
there anew, and every mark and answer that names the old one names the new one in the same step.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from postil.codebooks import new_code, slug
from postil.domain.canonical import clean_line
from postil.domain.errors import UserError
from postil.domain.history import Edit
from postil.domain.tags import MY_GROUP, MY_TAGS, Group, LineStyle, Tag, TagSet
from postil.library.commands.codebooks import check_apart, checked_name, own_tag_set
from postil.library.plan import Plan, Situation

_CODE = re.compile(r"[^\W_]{1,4}")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_PROSE_CHARACTERS = 4_000  # of a definition, example or question; the schema says the same


@dataclass(frozen=True)
class AddTag:
    """Add a tag to a group; without a code it gets one from its name."""

    codebook_id: str
    group_id: str
    name: str
    code: str = ""
    line_style: LineStyle = LineStyle.SOLID
    definition: str = ""
    example: str = ""
    question: str = ""
    confused_with: tuple[str, ...] = ()

    def plan(self, situation: Situation) -> Plan:
        """Return the edit.

        Raises:
            UserError: the codebook may not be edited, or name or code are taken or none.
        """
        tag_set = own_tag_set(situation, self.codebook_id)
        name = checked_name(self.name, "A tag")
        tag = Tag(
            id=_new_tag_id(self.codebook_id, slug(name), tag_set),
            group_id=_group(tag_set, self.group_id).id,
            name=name,
            code=_checked_code(self.code or new_code(name, {tag.code for tag in tag_set.tags})),
            line_style=self.line_style,
            definition=_prose(self.definition),
            example=_prose(self.example),
            question=_prose(self.question),
            confused_with=self.confused_with,
            position=_next_position(tag_set),
        )
        check_apart([*tag_set.tags, tag])
        return Plan("add-tag", name, "", (Edit(None, tag),))


@dataclass(frozen=True)
class ChangeTag:
    """Change a tag; None leaves a field as it is. Marks keep it, as its id stays."""

    tag_id: str
    name: str | None = None
    code: str | None = None
    line_style: LineStyle | None = None
    definition: str | None = None
    example: str | None = None
    question: str | None = None
    confused_with: tuple[str, ...] | None = None

    def plan(self, situation: Situation) -> Plan:
        """Return the edit; fields that stay the same make no step.

        Raises:
            UserError: there is no such tag, it may not be edited, or name or code are taken.
        """
        tag_set, before = _own_tag(situation, self.tag_id)
        given: dict[str, Any] = {
            "name": None if self.name is None else checked_name(self.name, "A tag"),
            "code": None if self.code is None else _checked_code(self.code),
            "line_style": self.line_style,
            "definition": None if self.definition is None else _prose(self.definition),
            "example": None if self.example is None else _prose(self.example),
            "question": None if self.question is None else _prose(self.question),
            "confused_with": self.confused_with,
        }
        after = replace(before, **{key: value for key, value in given.items() if value is not None})
        check_apart([*(tag for tag in tag_set.tags if tag.id != after.id), after])
        edits = (Edit(before, after),) if after != before else ()
        return Plan("change-tag", after.name, "", edits)


@dataclass(frozen=True)
class MoveTag:
    """Put a tag into another group, of its own codebook or of another one."""

    tag_id: str
    codebook_id: str
    group_id: str
    position: int | None = None  # among the tags of the codebook; None is the end

    def plan(self, situation: Situation) -> Plan:
        """Return the edits: the tag, and where its codebook changes, all that names it.

        Raises:
            UserError: there is no such tag or group, one of them may not be edited, or name or
                code are taken there.
        """
        source, before = _own_tag(situation, self.tag_id)
        target = own_tag_set(situation, self.codebook_id)
        group_id = _group(target, self.group_id).id
        place = _next_position(target) if self.position is None else self.position
        moved = replace(before, group_id=group_id, position=place)
        if source.codebook.id == target.codebook.id:
            edits = tuple(_reordered(target, before, moved, end=self.position is None))
            return Plan("move-tag", before.name, "", edits)
        slug_id = before.id.partition("/")[2]
        moved = replace(moved, id=_new_tag_id(self.codebook_id, slug_id, target))
        check_apart([*target.tags, moved])
        renamed = _renamed(situation, before.id, moved.id)
        return Plan("move-tag", before.name, "", (Edit(None, moved), *renamed, Edit(before, None)))


@dataclass(frozen=True)
class MergeTags:
    """Let a tag become part of another one, which its marks then have; the first one goes."""

    tag_id: str
    into: str  # tag id

    def plan(self, situation: Situation) -> Plan:
        """Return the edits.

        Raises:
            UserError: there are no such tags, they are the same, or the first may not be edited.
        """
        _, before = _own_tag(situation, self.tag_id)
        target = _tag(situation, self.into)
        if target.id == before.id:
            raise UserError("A tag cannot be merged into itself", "Choose another one.")
        edits = (*_renamed(situation, before.id, target.id), Edit(before, None))
        return Plan("merge-tags", f"{before.name} → {target.name}", "", edits)


@dataclass(frozen=True)
class DeleteTag:
    """Delete a tag and take it from the marks that have it; the marks stay."""

    tag_id: str

    def plan(self, situation: Situation) -> Plan:
        """Return the edits.

        Raises:
            UserError: there is no such tag, or it may not be edited.
        """
        _, before = _own_tag(situation, self.tag_id)
        edits = (*_renamed(situation, before.id, None), Edit(before, None))
        return Plan("delete-tag", before.name, "", edits)


@dataclass(frozen=True)
class RetireTag:
    """Offer a tag no more, or again; marks that have it keep it. Shipped ones may be retired."""

    tag_id: str
    retired: bool

    def plan(self, situation: Situation) -> Plan:
        """Return the edit.

        Raises:
            UserError: there is no such tag.
        """
        before = _tag(situation, self.tag_id)
        edits = (Edit(before, replace(before, retired=self.retired)),)
        name = "retire-tag" if self.retired else "restore-tag"
        return Plan(name, before.name, "", edits if before.retired != self.retired else ())


@dataclass(frozen=True)
class AddGroup:
    """Add a group to a codebook."""

    codebook_id: str
    name: str
    colour: str  # "#RRGGBB"

    def plan(self, situation: Situation) -> Plan:
        """Return the edit.

        Raises:
            UserError: the codebook may not be edited, the name is taken, or the colour is none.
        """
        tag_set = own_tag_set(situation, self.codebook_id)
        name = _free_group_name(tag_set, self.name, "")
        taken = {group.id for group in tag_set.groups}
        group_id, number = slug(name), 2
        while group_id in taken:
            group_id, number = f"{slug(name)}-{number}", number + 1
        position = max((group.position for group in tag_set.groups), default=-1) + 1
        colour = _checked_colour(self.colour)
        group = Group(self.codebook_id, group_id, name, colour, position)
        return Plan("add-group", name, "", (Edit(None, group),))


@dataclass(frozen=True)
class ChangeGroup:
    """Change a group's name or colour; None leaves it as it is."""

    codebook_id: str
    group_id: str
    name: str | None = None
    colour: str | None = None  # "#RRGGBB"

    def plan(self, situation: Situation) -> Plan:
        """Return the edit.

        Raises:
            UserError: there is no such group, it may not be edited, or the name is taken.
        """
        tag_set = own_tag_set(situation, self.codebook_id)
        before = _group(tag_set, self.group_id)
        name = before.name
        if self.name is not None:
            name = _free_group_name(tag_set, self.name, before.id)
        colour = before.colour if self.colour is None else _checked_colour(self.colour)
        after = replace(before, name=name, colour=colour)
        edits = (Edit(before, after),) if after != before else ()
        return Plan("change-group", after.name, "", edits)


@dataclass(frozen=True)
class DeleteGroup:
    """Delete a group in which no tag stands."""

    codebook_id: str
    group_id: str

    def plan(self, situation: Situation) -> Plan:
        """Return the edit.

        Raises:
            UserError: there is no such group, it may not be edited, or tags stand in it.
        """
        tag_set = own_tag_set(situation, self.codebook_id)
        before = _group(tag_set, self.group_id)
        if (self.codebook_id, before.id) == (MY_TAGS, MY_GROUP):
            raise UserError("This group takes the tags made up on the spot", "Rename it instead.")
        if any(tag.group_id == before.id for tag in tag_set.tags):
            raise UserError(f"Tags stand in “{before.name}”", "Move them to another group first.")
        return Plan("delete-group", before.name, "", (Edit(before, None),))


def _renamed(situation: Situation, old: str, new: str | None) -> list[Edit]:
    """Return the edits by which all that names a tag names another one, or none.

    Marks that have both keep the other one once, at its first place. An answer to the old tag's
    question stays with the new one, below what is there.
    """
    swap = _swap(old, new)
    edits: list[Edit] = [
        Edit(mark, replace(mark, tags=swap(mark.tags), edited=situation.now))
        for mark in situation.annotations_with_tag(old)
    ]
    for record in situation.articles_with_answer(old):
        answers = dict(record.answers)
        words = answers.pop(old)
        if new is not None:
            answers[new] = f"{answers[new]}\n\n{words}" if answers.get(new) else words
            edits.append(Edit(record, replace(record, answers=tuple(answers.items()))))
    for tag_set in situation.tag_sets():
        for tag in tag_set.tags:
            if old in tag.confused_with and tag.id != old:
                others = tuple(i for i in swap(tag.confused_with) if i != tag.id)
                edits.append(Edit(tag, replace(tag, confused_with=others)))
    return edits


def _swap(old: str, new: str | None) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    def swapped(ids: tuple[str, ...]) -> tuple[str, ...]:
        named = (new if tag_id == old else tag_id for tag_id in ids)
        return tuple(dict.fromkeys(tag_id for tag_id in named if tag_id is not None))

    return swapped


def _reordered(tag_set: TagSet, before: Tag, moved: Tag, *, end: bool) -> list[Edit]:
    """Return the edits that put a tag at its new place and the others behind one another."""
    others = [tag for tag in tag_set.tags if tag.id != before.id]
    at = len(others) if end else max(0, min(moved.position, len(others)))
    old = {tag.id: tag for tag in tag_set.tags}
    order = [*others[:at], moved, *others[at:]]
    placed = [replace(tag, position=position) for position, tag in enumerate(order)]
    return [Edit(old[tag.id], tag) for tag in placed if tag != old[tag.id]]


def _own_tag(situation: Situation, tag_id: str) -> tuple[TagSet, Tag]:
    """Return a tag that may be edited, and its codebook.

    Raises:
        UserError: there is none, or it comes with the program.
    """
    tag = _tag(situation, tag_id)
    return own_tag_set(situation, tag.codebook_id), tag


def _tag(situation: Situation, tag_id: str) -> Tag:
    for tag_set in situation.tag_sets():
        for tag in tag_set.tags:
            if tag.id == tag_id:
                return tag
    raise UserError("This tag is not in the library any more", "Choose another one.")


def _group(tag_set: TagSet, group_id: str) -> Group:
    for group in tag_set.groups:
        if group.id == group_id:
            return group
    raise UserError(f"“{tag_set.codebook.name}” has no group {group_id!r}", "Choose another group.")


def _new_tag_id(codebook_id: str, base: str, tag_set: TagSet) -> str:
    taken = {tag.id for tag in tag_set.tags}
    tag_id, number = f"{codebook_id}/{base}", 2
    while tag_id in taken:
        tag_id, number = f"{codebook_id}/{base}-{number}", number + 1
    return tag_id


def _next_position(tag_set: TagSet) -> int:
    return max((tag.position for tag in tag_set.tags), default=-1) + 1


def _free_group_name(tag_set: TagSet, name: str, own_id: str) -> str:
    name = checked_name(name, "A group")
    for group in tag_set.groups:
        if group.id != own_id and group.name.casefold() == name.casefold():
            raise UserError(f"There is a group “{group.name}” already", "Choose another name.")
    return name


def _checked_code(code: str) -> str:
    code = clean_line(code)
    if not _CODE.fullmatch(code):
        raise UserError(f"“{code}” is no code", "Type one to four letters or digits.")
    return code


def _checked_colour(colour: str) -> str:
    if not _COLOUR.fullmatch(colour):
        raise UserError(f"“{clean_line(colour)}” is no colour", "Write it like #99DDFF.")
    return colour.upper()


def _prose(text: str) -> str:
    text = clean_line(text)
    if len(text) > _PROSE_CHARACTERS:
        raise UserError(
            f"A definition, example or question may have {_PROSE_CHARACTERS:,} characters",
            "Shorten it.",
        )
    return text
