"""Code points to Qt's UTF-16 units and back, for one text.

Everything in Postil counts code points; Qt's documents, cursors and layouts count UTF-16
units. Nothing but this module knows the difference.
"""

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")  # each takes two units


class OffsetMap:
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

    def to_qt(self, code_point: int) -> int:
        """Return the UTF-16 offset of a code point offset."""
        return code_point + bisect_left(self._points, code_point)

    def to_code_point(self, qt: int) -> int:
        """Return the code point offset of a UTF-16 offset; inside a pair, that of its start."""
        return qt - bisect_left(self._units, qt)
