"""Code points to Qt's units and back, for one text.

Everything in Postil counts code points; Qt's documents, cursors and layouts count UTF-16
units. Nothing but this module knows that.
"""

from postil.domain.utf16 import Utf16Offsets


class OffsetMap(Utf16Offsets):
    """Converts offsets of one text between code points and Qt's units."""

    def to_qt(self, code_point: int) -> int:
        """Return Qt's offset of a code point offset."""
        return self.to_units(code_point)
