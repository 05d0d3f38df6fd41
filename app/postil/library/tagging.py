"""From tag names to tag ids: known ones are found, new ones are made under "My tags"."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from postil.codebooks import new_code, slug
from postil.domain import limits
from postil.domain.canonical import clean_line
from postil.domain.errors import UserError
from postil.domain.history import Edit
from postil.domain.tags import MY_GROUP, MY_TAGS, LineStyle, Tag, TagSet
from postil.library.plan import Situation
from postil.store import Transaction, queries

_USES_LOOKED_AT = 300  # how far back recent tags are looked for
_MY_ID = re.compile(rf"{MY_TAGS}/[a-z0-9_-]+")


def folded(name: str) -> str:
    """Return a name for comparison: case, accents and the number of spaces aside."""
    decomposed = unicodedata.normalize("NFKD", clean_line(name).casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


class Tagging:
    """Resolves the names of one command, and gathers the tags it has to make.

    Args:
        situation: where tags are looked up.
    """

    def __init__(self, situation: Situation) -> None:
        self.edits: list[Edit] = []
        self.made: list[Tag] = []  # that are new under "My tags"
        self._situation = situation
        self._by_id: dict[str, Tag] = {}
        self._by_name: dict[str, Tag] = {}
        self._came: dict[str, set[str]] = {}  # groups of the codebooks that came with files

    def resolve(
        self, names: Iterable[str], called: Mapping[str, str] | None = None
    ) -> tuple[str, ...]:
        """Return the ids of tags given by id or by name, each once, in order.

        Args:
            names: ids or names.
            called: names that came with ids, for those that are not known here.

        Raises:
            UserError: a name is empty or too long.
        """
        wanted = tuple(dict.fromkeys(names))
        if not self._by_id:
            # A gesture names ids nearly always; reading every tag for it would take longer
            # than the rest of the step.
            if self._situation.known_tags(wanted) >= set(wanted):
                return wanted
            self._read_all()
        return tuple(dict.fromkeys(self._one(name, called or {}).id for name in wanted))

    def names(self) -> dict[str, str]:
        """Return the name of every tag by id."""
        if not self._by_id:
            self._read_all()
        return {tag_id: tag.name for tag_id, tag in self._by_id.items()}

    def knows(self, tag_id: str) -> bool:
        """Return whether there is a tag with this id."""
        return tag_id in self._by_id or tag_id in self._situation.known_tags((tag_id,))

    def versions(self) -> dict[str, str]:
        """Return the version of every codebook of the library by id."""
        return {s.codebook.id: s.codebook.version for s in self._situation.tag_sets()}

    def add_sets(self, tag_sets: Sequence[TagSet]) -> None:
        """Add the codebooks, groups and tags that travelled in a file and are not here."""
        if not tag_sets:
            return
        known = {s.codebook.id: s for s in self._situation.tag_sets()}
        for tag_set in tag_sets:
            book = tag_set.codebook
            here = known.get(book.id)
            if here is None and book.id not in self._came:
                position = len(known) + sum(came not in known for came in self._came)
                self.edits.append(Edit(None, replace(book, enabled=False, position=position)))
            groups = self._came.setdefault(book.id, {g.id for g in here.groups} if here else set())
            self.edits += [Edit(None, g) for g in tag_set.groups if g.id not in groups]
            groups.update(group.id for group in tag_set.groups)
            for tag in tag_set.tags:
                if not self.knows(tag.id):
                    self.add(tag)

    def add(self, tag: Tag) -> None:
        """Add a tag that came with its definition."""
        if not self._by_id:
            self._read_all()
        self._remember(tag)
        self.edits.append(Edit(None, tag))
        if tag.codebook_id == MY_TAGS:
            self.made.append(tag)

    def _read_all(self) -> None:
        for tag in self._situation.tags():
            self._remember(tag)

    def _one(self, asked: str, called: Mapping[str, str]) -> Tag:
        name = clean_line(called.get(asked, "")) or clean_line(asked)
        known = self._by_id.get(asked) or self._by_name.get(folded(name))
        if known:
            return known
        if not name:
            raise UserError("A tag needs a name", "Type at least one letter.")
        if len(name) > limits.TAG_NAME_CHARACTERS:
            raise UserError(
                f"A tag's name may have {limits.TAG_NAME_CHARACTERS} characters",
                "Put the rest into a note.",
            )
        tag = self._made_up(name, asked)
        self.add(tag)
        return tag

    def _made_up(self, name: str, asked: str) -> Tag:
        mine = [tag for tag in self._by_id.values() if tag.codebook_id == MY_TAGS]
        is_ours = _MY_ID.fullmatch(asked) is not None and asked != name
        base = asked.removeprefix(f"{MY_TAGS}/") if is_ours else slug(name)
        tag_id, number = f"{MY_TAGS}/{base}", 2
        while tag_id in self._by_id:
            tag_id, number = f"{MY_TAGS}/{base}-{number}", number + 1
        styles = list(LineStyle)
        return Tag(
            id=tag_id,
            group_id=MY_GROUP,
            name=name,
            code=new_code(name, {tag.code for tag in mine}),
            line_style=styles[len(mine) % len(styles)],
            position=len(mine),
        )

    def _remember(self, tag: Tag) -> None:
        self._by_id[tag.id] = tag
        self._by_name.setdefault(folded(tag.name), tag)


def recent(transaction: Transaction, limit: int) -> list[str]:
    """Return ids of tags that were used last, then the first ones of the focus codebook."""
    sets = transaction.ask(queries.tag_sets)
    used = transaction.ask(queries.tags_last_used, _USES_LOOKED_AT)
    offered = {tag.id for s in sets for tag in s.offered}
    focus = next((s for s in sets if s.offered), None)
    fill = [tag.id for tag in focus.offered] if focus else []
    return list(dict.fromkeys([i for i in used if i in offered] + fill))[:limit]
