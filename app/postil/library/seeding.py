"""Putting the shipped codebooks into a library: when it is made, and after an update.

This is not a step of the history. What the user switched on or off stays so.
"""

import json
from dataclasses import replace

from postil import codebooks
from postil.domain.history import Edit, Record
from postil.domain.tags import MY_GROUP, MY_TAGS, Codebook, Group, Tag, TagSet
from postil.store import Store, queries

_FACT = "shipped_codebooks"  # their versions in the library, as JSON
_MY_COLOUR = "#DDDDDD"


def seed(store: Store) -> None:
    """Bring the library's shipped codebooks to this version's."""
    versions = json.dumps(codebooks.shipped_versions(), sort_keys=True)
    with store.reading() as transaction:
        if transaction.ask(queries.fact, _FACT) == versions:
            return
    shipped = codebooks.shipped()
    with store.writing() as transaction:
        known = {s.codebook.id: s for s in transaction.ask(queries.tag_sets)}
        edits: list[Edit] = []
        for position, tag_set in enumerate([*shipped, _my_tags()]):
            placed = replace(tag_set, codebook=replace(tag_set.codebook, position=position))
            edits += _edits(known.get(tag_set.codebook.id), placed)
        transaction.apply(edits)
        transaction.set_fact(_FACT, versions)


def _my_tags() -> TagSet:
    codebook = Codebook(MY_TAGS, "My tags", "1", enabled=True)
    return TagSet(codebook, (Group(MY_TAGS, MY_GROUP, "My tags", _MY_COLOUR),), ())


def _edits(known: TagSet | None, shipped: TagSet) -> list[Edit]:
    """Return what turns a known codebook into the shipped one; nothing is taken away."""
    if known is None:
        records: list[Record] = [shipped.codebook, *shipped.groups, *shipped.tags]
        return [Edit(None, record) for record in records]
    codebook = replace(shipped.codebook, enabled=known.codebook.enabled)
    edits = [Edit(known.codebook, codebook)]
    groups: dict[str, Group] = {group.id: group for group in known.groups}
    edits += [Edit(groups.get(group.id), group) for group in shipped.groups]
    tags: dict[str, Tag] = {tag.id: tag for tag in known.tags}
    for tag in shipped.tags:
        here = tags.get(tag.id)
        edits.append(Edit(here, replace(tag, retired=here.retired) if here else tag))
    return edits
