"""Which way a text is read: by its first letter that has a direction, as Qt sets paragraphs."""

from unicodedata import bidirectional


def runs_leftwards(text: str, start: int = 0, end: int | None = None) -> bool:
    """Return whether a stretch of a text (code points) is read from right to left."""
    for position in range(start, len(text) if end is None else end):
        match bidirectional(text[position]):
            case "R" | "AL":
                return True
            case "L":
                return False
    return False


def isolated(text: str) -> str:
    """Return a text that leaves the direction of what stands around it alone.

    Letters that are read from right to left are set apart with U+2068 and U+2069.
    """
    if any(bidirectional(letter) in ("R", "AL", "AN") for letter in text):
        return f"\u2068{text}\u2069"
    return text
