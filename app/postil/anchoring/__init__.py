"""Finding marked words again: a range of text to an anchor, and an anchor back to a range.

`describe` makes the anchor, `TextIndex.resolve` finds its place in the same text or another.
Pure: texts and numbers in, numbers out; offsets are code points everywhere.
"""

from postil.anchoring.describe import CONTEXT, describe
from postil.anchoring.resolve import Place, TextIndex
from postil.anchoring.shingles import likeness

__all__ = ["CONTEXT", "Place", "TextIndex", "describe", "likeness"]
