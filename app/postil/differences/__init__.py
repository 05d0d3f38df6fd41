"""What two texts have in common and where they differ: paragraphs first, then word by word.

`compare` is for reading, with what was moved told apart; `replacements` is for carrying
places from one text to the other. Pure; offsets are code points.
"""

from postil.differences.compare import (
    Difference,
    Kind,
    Passage,
    Run,
    compare,
    replacements,
    words_at,
)

__all__ = ["Difference", "Kind", "Passage", "Run", "compare", "replacements", "words_at"]
