"""Tags of a mark in a file of ours: the ids it names, held against the names in bold.

A person edits the names, so they count: an id whose name was struck out goes, a name that
belongs to no id comes in. A file written with another version of a codebook may have other
names for the same tags; there the ids count.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from postil.library.tagging import folded

_ALIKE = str.maketrans("‘’‚“”„«»", '\'\'\'"""""')


def reconciled(
    ids: Sequence[str],
    names: Sequence[str],
    known: Mapping[str, str],
    other_versions: Collection[str],
) -> tuple[str, ...]:
    """Return the tags a person means: ids that hold, then names added by hand.

    Args:
        ids: the tag ids of the mark's line of code; names where it has no such line.
        names: the names in bold, in order.
        known: names of tags by id.
        other_versions: ids of codebooks the file knew in another version than we do.
    """
    standing = Counter(map(_alike, names))
    tags: list[str] = []
    for place, tag_id in enumerate(ids):
        name = _alike(known.get(tag_id, tag_id))
        is_other = tag_id in known and tag_id.partition("/")[0] in other_versions
        if is_other and not standing[name] and place < len(names):
            name = _alike(names[place])  # what the other version called it
        if standing[name] or is_other:
            standing[name] = max(standing[name] - 1, 0)
            tags.append(tag_id)
    for name in names:
        if standing[_alike(name)]:
            standing[_alike(name)] -= 1
            tags.append(name)
    return tuple(dict.fromkeys(tags))


def _alike(name: str) -> str:
    """Return a name as it is compared: editors change quotation marks, people change case."""
    return folded(name.translate(_ALIKE))
