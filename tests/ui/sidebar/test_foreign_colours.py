"""Colours of foreign codebooks: what stands on them can be read."""

from postil.domain.colours import INK, contrast
from postil.domain.tags import Codebook, Group, Tag, TagSet
from postil.library import AddCodebook
from postil.ui.reader.offers import tag_offers


def test_marks_cards_and_offers_paint_a_dark_colour_lighter(desk, mark, library):
    dark = TagSet(
        Codebook("dark", "Dark", "1"),
        (Group("dark", "night", "Night", "#000040"),),
        (Tag("dark/owl", "night", "Owl", "OW"),),
    )
    library.do(AddCodebook(dark))
    made = desk.marks.get(mark("the council", "dark/owl"))
    fills = {desk.colour(made), desk.fill(desk.tags["dark/owl"])}
    fills |= {offer.fill for offer in tag_offers(desk) if offer.tag.id == "dark/owl"}
    assert len(fills) == 1
    assert contrast(fills.pop(), INK) >= 7
    # What is kept and handed on is the colour of the file.
    assert desk.groups["dark", "night"].colour == "#000040"
