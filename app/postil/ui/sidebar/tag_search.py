"""Finding tags for what was typed into the tag field, the likeliest first."""

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from postil.codebooks import near_duplicates
from postil.domain.tags import Tag
from postil.ui.folding import fold, folded

_OFFERED = 30


@dataclass(frozen=True, slots=True)
class TagOffer:
    """One line of the completion: a tag there is, or a name for a new one."""

    tag: Tag | None
    name: str
    group: str = ""
    is_likely: bool = False  # Enter takes it without looking further


def find_tags(
    typed: str, tags: Iterable[Tag], groups: Mapping[tuple[str, str], str]
) -> list[TagOffer]:
    """Return offers for what was typed.

    Args:
        typed: part of a code, a name, a group or a definition.
        tags: those to choose from, in the order they are shown without any typing.
        groups: their names, by codebook and group id.

    The last offer is a new tag, unless a tag has just this name or code.
    """
    wanted = fold(" ".join(typed.split()))
    known = list(tags)
    ranked = []
    for order, tag in enumerate(known):
        group = groups.get((tag.codebook_id, tag.group_id), "")
        rank = _rank(wanted, tag, group)
        if rank is not None:
            ranked.append((rank, order, group))
    offers = [
        TagOffer(known[order], known[order].name, group, rank < 3)
        for rank, order, group in heapq.nsmallest(_OFFERED, ranked)
    ]
    name = " ".join(typed.split())
    if name and not any(folded(tag.name) == wanted for tag in known):
        near = near_duplicates(name, known)
        shown = {offer.tag.id for offer in offers if offer.tag}
        offers += [TagOffer(tag, tag.name) for tag in near if tag.id not in shown]
        offers.append(TagOffer(None, name))
    return offers


def likeliest(offers: list[TagOffer]) -> int:
    """Return the row that Enter takes: a tag whose code or name begins so, else the new one."""
    for row, offer in enumerate(offers):
        if offer.is_likely or offer.tag is None:
            return row
    return 0


def _rank(wanted: str, tag: Tag, group: str) -> int | None:
    """Return how well a tag fits, 0 best; None if it does not."""
    name, code = folded(tag.name), folded(tag.code)
    if wanted in (code, name):
        return 0
    if name.startswith(wanted):
        return 1
    if code.startswith(wanted):
        return 2
    if wanted in name:
        return 3 if f" {wanted}" in name else 4
    if folded(group).startswith(wanted):
        return 5
    return 6 if wanted in folded(tag.definition) else None
