"""How a page looks: fonts, measure and the colours of one theme, as one value.

The window makes it from the theme file and the settings; the document builder and the
painter read it and nothing else.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageStyle:
    """Look of the article page; colours are "#RRGGBB"."""

    family: str = "serif"  # font family of the text
    size: float = 13.0  # points at zoom 1
    line_height: float = 1.5  # of the font's height
    measure: int = 68  # characters in a line
    zoom: float = 1.0  # 0.5 to 3
    paper: str = "#FFFDF8"
    ink: str = "#1E1D1A"
    ink_soft: str = "#6B675F"  # numbers, byline, margin codes
    rule: str = "#D9D6CE"  # lines between parts
    link: str = "#1F4E8C"
    accent: str = "#2B5C8A"  # active mark, handles, focus
    selection: str = "#B4D2F2"
    mark_ink: str = "#111111"  # text inside a mark, in every theme
    hit: str = "#FFD54A"  # what a search found
    is_dark: bool = False
