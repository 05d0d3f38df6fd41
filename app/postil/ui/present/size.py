"""How large the letters of a presentation are: what the screen suggests, or what was chosen."""

from bisect import bisect_left, bisect_right

from postil.page.type_face import Metrics
from postil.settings import Settings
from postil.ui.theme import Theme
from postil.ui.view_actions import ZOOMS

_KEY = "present/zoom"  # 0 is what the screen suggests
_FILLED = 0.7  # of the width: what the column takes at the suggested size
_LEAST = 1.25  # the smallest size that is suggested


class Size:
    """The size, kept between runs.

    Args:
        settings: keeps it.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def zoom(self, theme: Theme, width: int) -> float:
        """Return the size; 1.0 is that of the reader at 100 %.

        Args:
            theme: has the font of the page.
            width: of the screen, pixels.
        """
        if kept := self._settings.get(_KEY, 0.0):
            return min(max(kept, ZOOMS[0]), ZOOMS[-1])
        column = Metrics.of(theme.page_style(self._settings, zoom=1.0)).column
        fitting = bisect_right(ZOOMS, width * _FILLED / column)
        return max(ZOOMS[max(fitting - 1, 0)], _LEAST)

    def larger(self, zoom: float) -> None:
        """Turn to the next larger size."""
        self._settings.set(_KEY, ZOOMS[min(bisect_right(ZOOMS, zoom), len(ZOOMS) - 1)])

    def smaller(self, zoom: float) -> None:
        """Turn to the next smaller size."""
        self._settings.set(_KEY, ZOOMS[max(bisect_left(ZOOMS, zoom) - 1, 0)])

    def suggested(self) -> None:
        """Turn back to what the screen suggests."""
        self._settings.set(_KEY, 0.0)
