"""Sizes of a page style in pixels: the font, the line, the gaps and the width of the column."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetricsF

from postil.page.style import PageStyle

# Letters about as often as English has them: its mean advance is that of running text.
_RUNNING_TEXT = "the ferry that was promised has not yet been seen by those who live on the quay "


# What a fill covers, in em: the letters, not all of the room that some fonts claim for them,
# so that the fills of two lines do not run into each other.
_ABOVE, _BELOW = 0.92, 0.28
_MOST_SMALL = 18.0  # points of numbers and byline, however large the text is


@dataclass(frozen=True, slots=True)
class Metrics:
    """What a page style comes to on the screen; lengths in pixels."""

    font: QFont  # of the text
    small: QFont  # of numbers, codes and the byline
    fixed_family: str  # of code and preformatted text
    em: float  # size of the text font
    ascent: float  # of the text font
    above: float  # from the baseline up to the edge of a mark's fill
    below: float  # from the baseline down to its other edge
    line: int  # from one line to the next
    gap: float  # between paragraphs
    byline: int  # height of the line under the title
    column: int  # width of the text

    @staticmethod
    def of(style: PageStyle) -> "Metrics":
        """Return the sizes of a style; a QGuiApplication must exist."""
        return _measured(style.family, style.size * style.zoom, style.line_height, style.measure)


def has_italics(text: str) -> bool:
    """Return whether all of a text is in scripts that have italics.

    Those written from right to left have none, and where a font lacks slanted letters of
    them Qt may show boxes instead.
    """
    return not any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text)


@lru_cache(maxsize=32)
def _measured(family: str, points: float, line_height: float, measure: int) -> Metrics:
    font = QFont(family)
    font.setPointSizeF(points)
    font.setStyleHint(QFont.StyleHint.Serif)
    text = QFontMetricsF(font)
    em = float(QFontInfo(font).pixelSize())
    small = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    small.setPointSizeF(min(max(points * 0.68, 6.0), _MOST_SMALL))
    line = max(round(em * line_height), round(text.height()))
    return Metrics(
        font=font,
        small=small,
        fixed_family=QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family(),
        em=em,
        ascent=text.ascent(),
        above=min(text.ascent(), em * _ABOVE),
        below=min(text.descent(), em * _BELOW) + 1,
        line=line,
        gap=round(line * 0.52),
        byline=round(QFontMetricsF(small).height() * 1.35),
        column=round(text.horizontalAdvance(_RUNNING_TEXT) / len(_RUNNING_TEXT) * measure),
    )
