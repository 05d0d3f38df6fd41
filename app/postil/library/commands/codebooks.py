"""Commands on whole codebooks: switch, take in, copy, rename, delete.

The codebooks that come with the program stay as they are shipped, so that a tag means the
same to everybody who gets a file; a copy of one can be edited.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from postil.codebooks import is_shipped, slug
from postil.domain import limits
from postil.domain.canonical import clean_line
from postil.domain.counting import counted
from postil.domain.errors import UserError
from postil.domain.history import Edit, Record
from postil.domain.tags import MY_TAGS, Codebook, Group, Tag, TagSet
from postil.library.plan import Plan, Situation


@dataclass(frozen=True)
class EnableCodebook:
    """Switch a codebook on or off; its tags and marks stay as they are."""

    codebook_id: str
    enabled: bool

    def plan(self, situation: Situation) -> Plan:
        """Return the edit.

        Raises:
            UserError: there is no such codebook.
        """
        before = tag_set_of(situation, self.codebook_id).codebook
        after = replace(before, enabled=self.enabled)
        edits = (Edit(before, after),) if after != before else ()
        return Plan("enable-codebook", before.name, "", edits)


@dataclass(frozen=True)
class AddCodebook:
    """Take in a codebook from a file; one of the same id that is here is brought up to it.

    Nothing is taken away: groups and tags that the file lacks stay.
    """

    tag_set: TagSet

    def plan(self, situation: Situation) -> Plan:
        """Return the edits; none where everything is here already.

        Raises:
            UserError: it has the id of a codebook that comes with the program, or a code or
                name would stand twice.
        """
        given, sets = self.tag_set, situation.tag_sets()
        if given.codebook.id == MY_TAGS:  # somebody else's own tags are not ours
            given = _under_id(given, slug(given.codebook.name))
        codebook = given.codebook
        known = next((s for s in sets if s.codebook.id == codebook.id), None)
        if is_shipped(codebook.id):
            raise UserError(
                f"“{codebook.id}” is the id of a codebook that comes with Postil",
                "Give the codebook in the file another id.",
            )
        if known is None:
            placed = replace(codebook, enabled=True, position=_last(sets))
            records: list[Record] = [placed, *given.groups, *given.tags]
            return Plan("add-codebook", codebook.name, "", tuple(Edit(None, r) for r in records))
        edits = _brought_up(known, given)
        return Plan("add-codebook", codebook.name, "", edits)


@dataclass(frozen=True)
class NewCodebook:
    """Begin a codebook of one's own, with one group and no tags."""

    name: str
    group: str  # name of its first group
    colour: str  # "#RRGGBB", of that group

    def plan(self, situation: Situation) -> Plan:
        """Return the edits.

        Raises:
            UserError: a name is empty or too long.
        """
        name = checked_name(self.name, "A codebook")
        group_name = checked_name(self.group, "A group")
        sets = situation.tag_sets()
        new_id = _free_id(slug(name), {s.codebook.id for s in sets})
        codebook = Codebook(new_id, name, "1", enabled=True, position=_last(sets))
        group = Group(new_id, slug(group_name), group_name, self.colour)
        return Plan("new-codebook", name, "", (Edit(None, codebook), Edit(None, group)))


@dataclass(frozen=True)
class CopyCodebook:
    """Copy a codebook with its groups and tags under another name, to edit it."""

    codebook_id: str
    name: str

    def plan(self, situation: Situation) -> Plan:
        """Return the edits.

        Raises:
            UserError: there is no such codebook, or the name is empty or too long.
        """
        tag_set = tag_set_of(situation, self.codebook_id)
        name = checked_name(self.name, "A codebook")
        sets = situation.tag_sets()
        new_id = _free_id(slug(name), {s.codebook.id for s in sets})
        copied = _under_id(tag_set, new_id)
        codebook = replace(copied.codebook, name=name, enabled=True, position=_last(sets))
        records: list[Record] = [codebook, *copied.groups, *copied.tags]
        return Plan("copy-codebook", name, "", tuple(Edit(None, record) for record in records))


@dataclass(frozen=True)
class ChangeCodebook:
    """Change what a codebook is called and what it says of itself; None leaves it."""

    codebook_id: str
    name: str | None = None
    description: str | None = None

    def plan(self, situation: Situation) -> Plan:
        """Return the edit.

        Raises:
            UserError: there is no such codebook, it is not to be edited, or the name is no name.
        """
        before = own_tag_set(situation, self.codebook_id).codebook
        after = replace(
            before,
            name=before.name if self.name is None else checked_name(self.name, "A codebook"),
            description=before.description
            if self.description is None
            else clean_line(self.description),
        )
        edits = (Edit(before, after),) if after != before else ()
        return Plan("change-codebook", after.name, "", edits)


@dataclass(frozen=True)
class DeleteCodebook:
    """Delete a codebook of one's own whose tags no mark has."""

    codebook_id: str

    def plan(self, situation: Situation) -> Plan:
        """Return the edits.

        Raises:
            UserError: there is no such codebook, it is not to be edited, or it is in use.
        """
        tag_set = own_tag_set(situation, self.codebook_id)
        if self.codebook_id == MY_TAGS:
            raise UserError("“My tags” takes the tags made up on the spot", "It cannot be deleted.")
        used = situation.tag_uses([tag.id for tag in tag_set.tags])
        if used:
            uses = counted(
                sum(used.values()), "1 use of its tags keeps", "{0} uses of its tags keep"
            )
            raise UserError(
                f"{uses} “{tag_set.codebook.name}” from being deleted",
                "Merge or move those tags first, or switch the codebook off.",
            )
        records: list[Record] = [*tag_set.tags, *tag_set.groups, tag_set.codebook]
        edits = tuple(Edit(record, None) for record in records)
        return Plan("delete-codebook", tag_set.codebook.name, "", edits)


def tag_set_of(situation: Situation, codebook_id: str) -> TagSet:
    """Return a codebook with all that stands in it.

    Raises:
        UserError: there is no such codebook.
    """
    for tag_set in situation.tag_sets():
        if tag_set.codebook.id == codebook_id:
            return tag_set
    raise UserError(f"There is no codebook {codebook_id!r}", "Choose another one.")


def own_tag_set(situation: Situation, codebook_id: str) -> TagSet:
    """Return a codebook that may be edited.

    Raises:
        UserError: there is none, or it comes with the program.
    """
    tag_set = tag_set_of(situation, codebook_id)
    if is_shipped(codebook_id):
        raise UserError(
            f"“{tag_set.codebook.name}” comes with Postil and stays as it is",
            "Copy it, and edit the copy.",
        )
    return tag_set


def checked_name(name: str, what: str) -> str:
    """Return a name as it is kept.

    Args:
        name: as typed.
        what: begins the sentence that refuses it, such as "A tag".

    Raises:
        UserError: it is empty or too long.
    """
    name = clean_line(name)
    if not name:
        raise UserError(f"{what} needs a name", "Type at least one letter.")
    if len(name) > limits.TAG_NAME_CHARACTERS:
        raise UserError(
            f"The name may have {limits.TAG_NAME_CHARACTERS} characters", "Choose a shorter one."
        )
    return name


def _under_id(tag_set: TagSet, new_id: str) -> TagSet:
    """Return a codebook under another id, its groups and tags with it."""
    prefix = f"{tag_set.codebook.id}/"

    def renamed(tag_id: str) -> str:
        return f"{new_id}/{tag_id.removeprefix(prefix)}" if tag_id.startswith(prefix) else tag_id

    return TagSet(
        replace(tag_set.codebook, id=new_id),
        tuple(replace(group, codebook_id=new_id) for group in tag_set.groups),
        tuple(
            replace(tag, id=renamed(tag.id), confused_with=tuple(map(renamed, tag.confused_with)))
            for tag in tag_set.tags
        ),
    )


def _brought_up(known: TagSet, given: TagSet) -> tuple[Edit, ...]:
    """Return what brings a codebook that is here up to one of the same id from a file.

    Raises:
        UserError: a code or name would stand twice.
    """
    here = known.codebook
    codebook = replace(given.codebook, enabled=here.enabled, position=here.position)
    groups: dict[str, Group] = {group.id: group for group in known.groups}
    tags: dict[str, Tag] = {tag.id: tag for tag in known.tags}
    given_tags = [
        replace(tag, retired=tags[tag.id].retired) if tag.id in tags else tag for tag in given.tags
    ]
    merged = (tags | {tag.id: tag for tag in given_tags}).values()
    check_apart(merged)
    pairs: list[tuple[Record | None, Record]] = [
        (here, codebook),
        *((groups.get(group.id), group) for group in given.groups),
        *((tags.get(tag.id), tag) for tag in given_tags),
    ]
    return tuple(Edit(before, after) for before, after in pairs if before != after)


def check_apart(tags: Iterable[Tag]) -> None:
    """See that no two tags of a codebook have the same code or name.

    Raises:
        UserError: two have.
    """
    codes: dict[str, Tag] = {}
    names: dict[str, Tag] = {}
    for tag in tags:
        for kind, word, seen in (("code", tag.code, codes), ("name", tag.name, names)):
            other = seen.setdefault(word.casefold(), tag)
            if other is not tag:
                raise UserError(
                    f"“{word}” is already the {kind} of “{other.name}”", f"Choose another {kind}."
                )


def _last(sets: list[TagSet]) -> int:
    return max((s.codebook.position for s in sets), default=-1) + 1


def _free_id(base: str, taken: set[str]) -> str:
    candidate, number = base, 2
    while candidate in taken:
        candidate, number = f"{base}-{number}", number + 1
    return candidate
