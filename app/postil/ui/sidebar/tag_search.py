"""Finding tags for what was typed into the tag field, the likeliest first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from postil.codebooks import near_duplicates
from postil.domain.tags import Group, Tag
from postil.ui.folding import fold

_OFFERED = 30


@dataclass(frozen=True, slots=True)
class TagOffer:
    """One line of the completion: a tag there is, or a name for a new one."""

    tag: Tag | None
    name: str
    group: str = ""
    is_likely: bool = False  # Enter takes it without looking further


def find_tags(
    typed: str, tags: Iterable[Tag], groups: Mapping[tuple[str, str], Group]
) -> list[TagOffer]:
    """Return offers for what was typed.

    Args:
        typed: part of a code, a name, a group or a definition.
        tags: those to choose from, in the order they are shown without any typing.
        groups: by codebook and group id.

    The last offer is a new tag, unless a tag has just this name or code.
    """
    wanted = fold(" ".join(typed.split()))
    ranked: list[tuple[int, int, TagOffer]] = []
    known = list(tags)
    for order, tag in enumerate(known):
        group = groups.get((tag.codebook_id, tag.group_id))
        rank = _rank(wanted, tag, group.name if group else "")
        if rank is not None:
            offer = TagOffer(tag, tag.name, group.name if group else "", rank < 3)
            ranked.append((rank, order, offer))
    offers = [offer for _, _, offer in sorted(ranked, key=lambda item: item[:2])][:_OFFERED]
    name = " ".join(typed.split())
    if name and not any(fold(tag.name) == wanted for tag in known):
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
    name, code = fold(tag.name), fold(tag.code)
    tests = (
        wanted in (code, name),
        name.startswith(wanted),
        code.startswith(wanted),
        any(word.startswith(wanted) for word in name.split()),
        wanted in name,
        fold(group).startswith(wanted),
        wanted in fold(tag.definition),
    )
    return next((rank for rank, fits in enumerate(tests) if fits), None)
