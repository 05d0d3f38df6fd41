"""Colours of marks: fills, the shade for edges and underlines, and contrast as WCAG 2 counts it.

The fills are light in every theme and may stand on any paper, those of foreign codebooks after
they were lightened; bars and underlines must be told from the paper, so they take a shade
derived from the fill.
"""

from functools import lru_cache

INK = "#111111"  # of the words of a mark, in every theme
INK_CONTRAST = 7.0  # of those words on the fill
EDGE_CONTRAST = 3.0  # of edges, bars and underlines against the paper
_FIRST_SHARE = 0.42  # of black or white in an edge, so that it also differs from its fill
_STEP = 0.05

_Rgb = tuple[float, float, float]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours "#RRGGBB", 1 to 21 (WCAG 2.2, section 1.4.3)."""
    bright, dim = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@lru_cache(maxsize=1024)
def readable_fill(colour: str) -> str:
    """Return a colour "#RRGGBB" as marks are filled: as light as their words need.

    One with a contrast to `INK` of at least `INK_CONTRAST` stays as it is.
    """
    share = 0.0
    while contrast(fill := _hex(_mix(_rgb(colour), 1.0, share)), INK) < INK_CONTRAST:
        share += _STEP
    return fill


@lru_cache(maxsize=1024)
def edge_colour(fill: str, paper: str) -> str:
    """Return the shade of a fill for its edge, bar and underline.

    Args:
        fill: "#RRGGBB", the colour of a group.
        paper: "#RRGGBB", what the page is painted with.

    Darker than the fill on light paper and lighter on dark paper, with a contrast against
    the paper of at least `EDGE_CONTRAST`.
    """
    goal = 0.0 if _luminance(_rgb(paper)) > 0.18 else 1.0  # 0.18: as far from white as from black
    share = _FIRST_SHARE
    while contrast(shade := _hex(_mix(_rgb(fill), goal, share)), paper) < EDGE_CONTRAST:
        share += _STEP
    return shade


def bar_colour(fill: str, paper: str) -> str:
    """Return the colour of bars and ticks: the fill where it can be told from the paper."""
    return fill if contrast(fill, paper) >= EDGE_CONTRAST else edge_colour(fill, paper)


def mixed(one: str, other: str, share: float) -> str:
    """Return a colour between two; `share` (0 to 1) is how much of the first is in it."""
    pairs = zip(_rgb(one), _rgb(other), strict=True)
    red, green, blue = (a * share + b * (1 - share) for a, b in pairs)
    return _hex((red, green, blue))


def _rgb(colour: str) -> _Rgb:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red / 255, green / 255, blue / 255


def _hex(rgb: _Rgb) -> str:
    return "#" + "".join(f"{round(value * 255):02X}" for value in rgb)


def _mix(rgb: _Rgb, goal: float, share: float) -> _Rgb:
    share = min(share, 1.0)
    red, green, blue = (value + (goal - value) * share for value in rgb)
    return red, green, blue


def _luminance(rgb: _Rgb) -> float:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in rgb
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
