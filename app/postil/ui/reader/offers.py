"""Tags on offer for what was typed, and what they mean in words."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape as escape_all

from PySide6.QtCore import QCoreApplication

from postil.codebooks import near_duplicates
from postil.domain.tags import Tag
from postil.ui.desk import Desk
from postil.ui.folding import fold, folded

_IN_NAME = 3  # the last rank of those whose name or code has what was typed
escape = partial(escape_all, quote=False)  # the words stand in no attribute


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of the list: a tag, or a name that would become one (`tag` is None)."""

    tag: Tag | None
    name: str
    group: str = ""
    fill: str = "#DDDDDD"
    near: tuple[Tag, ...] = ()  # tags that a new name is nearly the name of
    is_on: bool = False  # the mark that is to be tagged has it

    @property
    def answer(self) -> str:
        """What stands for it in a command: the tag's id, or the new name."""
        return self.tag.id if self.tag else self.name


def tag_offers(desk: Desk, on: Collection[str] = ()) -> list[Offer]:
    """Return the tags of the enabled codebooks, to choose from.

    Args:
        desk: has the library.
        on: ids of tags that the mark in question has.
    """
    offers = []
    for tag_set in desk.library.tag_sets():
        for tag in tag_set.offered:
            name = desk.group_names[tag.codebook_id, tag.group_id]
            offers.append(Offer(tag, tag.name, name, desk.fill(tag), is_on=tag.id in on))
    return offers


def found(offers: Iterable[Offer], typed: str) -> list[Offer]:
    """Return the offers that fit what was typed, the nearest first.

    A code comes before a name that begins so, that before a word of the name that begins so,
    then names, groups and definitions that hold it. A name nobody has comes last, to be made;
    a tag whose name it nearly is comes before everything.
    """
    typed = " ".join(typed.split())
    wanted = fold(typed)
    offers = list(offers)
    near: list[Tag] = []
    is_known = any(folded(offer.name) == wanted for offer in offers)
    if typed and not is_known:
        near = near_duplicates(typed, (offer.tag for offer in offers if offer.tag))
    order = {tag.id: place for place, tag in enumerate(near)}
    ranked = []
    for place, offer in enumerate(offers):
        rank = _rank(offer, wanted)
        if offer.tag and offer.tag.id in order:
            rank, place = -1, order[offer.tag.id]  # noqa: PLW2901 - its place among the near
        if rank is not None:
            ranked.append((rank, place, offer))
    fitting = [offer for _, _, offer in sorted(ranked, key=lambda entry: entry[:2])]
    if typed and not is_known:
        fitting.append(Offer(None, typed, near=tuple(near)))
    return fitting


def taken_by_enter(offers: Sequence[Offer], typed: str) -> int:
    """Return the row that Enter takes when nobody has looked further.

    It is the first, unless only its group or its definition has what was typed: who types a
    name that no tag has means a new one, as in the field of a card.
    """
    wanted = fold(" ".join(typed.split()))
    if not offers or offers[-1].tag is not None or offers[-1].near:
        return 0
    rank = _rank(offers[0], wanted)
    return 0 if rank is not None and rank <= _IN_NAME else len(offers) - 1


def meaning(offer: Offer, tags: Mapping[str, Tag], soft: str) -> str:
    """Return what an offer means, as HTML of our own: definition, question, tags like it.

    Args:
        offer: a line of the list.
        tags: all that are known, by id.
        soft: colour of what stands before the parts, "#RRGGBB".
    """
    if offer.tag is None:
        if offer.near:
            sentence = _tr("Nearly “{}”, which is there already. Sure that this is another one?")
            return escape(sentence.format(offer.near[0].name))
        return escape(_tr("A new tag in “My tags”."))
    tag = offer.tag
    others = [f"{o.code} {o.name}" for one in tag.confused_with if (o := tags.get(one))]
    parts = [escape(tag.definition)]
    if offer.is_on:
        parts.insert(0, escape(_tr("The mark has this tag; choosing it takes it off.")))
    for label, words in (
        (_tr("Ask:"), tag.question),
        (_tr("Often confused with:"), ", ".join(others)),
    ):
        if words:
            parts.append(f'<span style="color:{soft}">{escape(label)}</span> {escape(words)}')
    style = 'style="margin-top:0;margin-bottom:4px"'
    return "".join(f"<p {style}>{part}</p>" for part in parts if part)


def _rank(offer: Offer, wanted: str) -> int | None:
    """Return how well a tag fits, 0 best; None if it does not."""
    if not wanted or offer.tag is None:
        return 0
    name, code = folded(offer.name), folded(offer.tag.code)
    if wanted in (code, name):
        return 0
    if name.startswith(wanted):
        return 1
    if wanted in name:
        return 2 if f" {wanted}" in name else 3
    if code.startswith(wanted):
        return 3
    if wanted in folded(offer.group):
        return 4
    return 5 if wanted in folded(offer.tag.definition) else None


def _tr(text: str) -> str:
    return QCoreApplication.translate("TagOffers", text)
