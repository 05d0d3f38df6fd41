"""The sheet of paper: where text, bars and notes stand on it, in pixels of the screen.

All of `page` reckons in those pixels; a printer's painter is scaled to them.
"""

from dataclasses import dataclass

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QGuiApplication, QPageLayout, QPageSize

from postil.exporters import Paper
from postil.page.faces import SERIF, best_of
from postil.page.style import PageStyle
from postil.page.type_face import Metrics

_PAPERS = {Paper.A4: QPageSize.PageSizeId.A4, Paper.LETTER: QPageSize.PageSizeId.Letter}
_TOP, _BOTTOM, _LEFT, _RIGHT = 20.0, 19.0, 12.0, 14.0  # mm around everything
_NUMBERS = 9.0  # mm left of the text, for its numbers
_APART = 3.0  # mm between text, bars and notes
_NOTES = 48.0  # mm
_LONE = 30.0  # mm right of a text with nothing beside it
_POINTS = 10.5  # of the text


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper with its columns; lengths in pixels of the screen."""

    size: QPageSize
    dpi: int  # pixels in an inch; letters have their size only on devices that have as many
    scale: float  # pixels in a millimetre
    width: float
    height: float

    @staticmethod
    def of(paper: Paper) -> "Sheet":
        """Return a sheet; a QGuiApplication must exist."""
        size = QPageSize(_PAPERS[paper])
        millimetres = size.size(QPageSize.Unit.Millimeter)
        dpi = QGuiApplication.primaryScreen().logicalDotsPerInchY()
        scale = dpi / 25.4
        return Sheet(
            size, round(dpi), scale, millimetres.width() * scale, millimetres.height() * scale
        )

    @property
    def layout(self) -> QPageLayout:
        """The sheet for a printer: no margins, we keep our own."""
        return QPageLayout(self.size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))

    @property
    def left(self) -> float:
        """Where the numbers begin."""
        return _LEFT * self.scale

    @property
    def right(self) -> float:
        """Where everything ends."""
        return self.width - _RIGHT * self.scale

    @property
    def top(self) -> float:
        """Where text and notes begin."""
        return _TOP * self.scale

    @property
    def bottom(self) -> float:
        """Where text and notes end."""
        return self.height - _BOTTOM * self.scale

    @property
    def numbers(self) -> float:
        """Width of the room for numbers."""
        return _NUMBERS * self.scale

    @property
    def apart(self) -> float:
        """Width of the room between columns."""
        return _APART * self.scale

    @property
    def notes(self) -> float:
        """Width of a column of notes."""
        return _NOTES * self.scale

    @property
    def lone(self) -> float:
        """Width of the room right of a text with nothing beside it."""
        return _LONE * self.scale


def page_style(width: float) -> PageStyle:
    """Return the look of pages on paper, with a column of this width in pixels."""
    family = best_of(SERIF)
    many = PageStyle(family=family, size=_POINTS, measure=1_000)
    letters = max(round(width / Metrics.of(many).column * many.measure), 1)
    return PageStyle(
        family=family,
        size=_POINTS,
        line_height=1.5,
        measure=letters,
        paper="#FFFFFF",
        ink="#111111",
        ink_soft="#555555",
        rule="#BBBBBB",
        link="#111111",
        accent="#333333",
    )
