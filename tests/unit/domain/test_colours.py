import json
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.domain.colours import (
    EDGE_CONTRAST,
    INK,
    bar_colour,
    contrast,
    edge_colour,
    mixed,
    readable_fill,
)
from postil.page.style import PageStyle
from postil.resources import resource
from postil.ui.theme import NAMES

FILLS = sorted(
    {
        group["colour"]
        for file in resource("codebooks").glob("*.json")
        for group in json.loads(file.read_text(encoding="utf-8")).get("groups", ())
    }
    | {"#DDDDDD", "#FFFFFF", "#000000", "#777777"}
)
PAGES = [
    json.loads(file.read_text(encoding="utf-8"))["page"]
    for file in sorted(resource("themes").glob("*.json"))
]
PAPERS = [*(page["paper"] for page in PAGES), "#000000", "#FFFFFF"]


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#336699", "#336699") == pytest.approx(1)


@pytest.mark.parametrize(("fill", "paper"), list(product(FILLS, PAPERS)))
def test_edges_and_bars_stand_out_from_every_paper(fill, paper):
    assert contrast(edge_colour(fill, paper), paper) >= EDGE_CONTRAST
    assert contrast(bar_colour(fill, paper), paper) >= EDGE_CONTRAST


@pytest.mark.parametrize("fill", [fill for fill in FILLS if fill not in ("#000000", "#777777")])
def test_the_ink_of_marks_is_readable_on_every_fill(fill):
    assert contrast(PageStyle().mark_ink, fill) >= 7


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["paper"])
def test_every_theme_has_letters_that_can_be_read(page):
    for fill in FILLS:
        if fill not in ("#000000", "#777777"):
            assert contrast(page["mark_ink"], fill) >= 7
            assert contrast(page["mark_ink"], mixed(fill, "#FFFFFF", 0.78)) >= 7  # hovered
    for ground in ("hit", "selection"):
        assert contrast(page["mark_ink"], page[ground]) >= 7
    assert contrast(page["ink"], page["paper"]) >= 7
    for small in ("ink_soft", "link", "accent"):
        assert contrast(page[small], page["paper"]) >= 4.5


def test_all_shipped_codebooks_and_themes_are_looked_at():
    assert len(PAGES) == len(NAMES)
    assert len(list(resource("codebooks").glob("*.json"))) >= 6
    assert len(FILLS) >= 8


def test_edges_are_darker_on_light_paper_and_lighter_on_dark():
    fill = "#44BB99"
    assert contrast(edge_colour(fill, "#FFFFFF"), "#FFFFFF") > contrast(fill, "#FFFFFF")
    assert contrast(edge_colour(fill, "#202124"), "#202124") > contrast(fill, "#202124")


def test_mixing_goes_from_one_to_the_other():
    assert mixed("#FF0000", "#0000FF", 1) == "#FF0000"
    assert mixed("#FF0000", "#0000FF", 0) == "#0000FF"
    assert mixed("#FF0000", "#0000FF", 0.5) == "#800080"


@given(st.integers(0, 0xFFFFFF))
def test_words_can_be_read_on_any_colour_of_a_foreign_codebook(number):
    assert contrast(readable_fill(f"#{number:06X}"), INK) >= 7


@pytest.mark.parametrize("fill", ["#44BB99", "#EE8866", "#DDDDDD", "#FFFFFF"])
def test_light_colours_stay_as_they_are(fill):
    assert readable_fill(fill) == fill


def test_a_dark_colour_keeps_its_hue():
    red, green, blue = bytes.fromhex(readable_fill("#000080").removeprefix("#"))
    assert blue > red == green


def test_the_ink_is_that_of_every_theme():
    assert {page["mark_ink"] for page in PAGES} == {PageStyle().mark_ink} == {INK}
