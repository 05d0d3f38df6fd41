import json
from itertools import product

import pytest

from postil.page.colours import EDGE_CONTRAST, bar_colour, contrast, edge_colour, mixed
from postil.page.style import PageStyle
from postil.resources import resource

FILLS = sorted(
    {
        group["colour"]
        for file in resource("codebooks").glob("*.json")
        for group in json.loads(file.read_text(encoding="utf-8")).get("groups", ())
    }
    | {"#DDDDDD", "#FFFFFF", "#000000", "#777777"}
)
PAPERS = ["#FFFDF8", "#F4ECD8", "#202124", "#000000", "#FFFFFF"]


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


def test_edges_are_darker_on_light_paper_and_lighter_on_dark():
    fill = "#44BB99"
    assert contrast(edge_colour(fill, "#FFFFFF"), "#FFFFFF") > contrast(fill, "#FFFFFF")
    assert contrast(edge_colour(fill, "#202124"), "#202124") > contrast(fill, "#202124")


def test_mixing_goes_from_one_to_the_other():
    assert mixed("#FF0000", "#0000FF", 1) == "#FF0000"
    assert mixed("#FF0000", "#0000FF", 0) == "#0000FF"
    assert mixed("#FF0000", "#0000FF", 0.5) == "#800080"
