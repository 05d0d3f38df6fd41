"""Code points to UTF-16 units and back, for one text.

Everything in Postil counts code points; Qt, browsers and the programs that live in them
count UTF-16 units.
"""

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")  # each takes two units


class Utf16Offsets:
    """Converts offsets of one text.

    Args:
        text: the article's text.
    """

    def __init__(self, text: str) -> None:
        # Finding them takes time; most texts have none, and that shows in their length.
        units = len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
        has_astral = units != len(text)
        self._points = [hit.start() for hit in _ASTRAL.finditer(text)] if has_astral else []
        self._units = [point + index for index, point in enumerate(self._points)]

    def to_units(self, code_point: int) -> int:
        """Return the UTF-16 offset of a code point offset."""
        return code_point + bisect_left(self._points, code_point)

    def to_code_point(self, units: int) -> int:
        """Return the code point offset of a UTF-16 offset; inside a pair, that of its start."""
        return units - bisect_left(self._units, units)
