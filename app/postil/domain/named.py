"""What a person names to be taken in, on a command line: a file, or a page of the web."""

import re
from pathlib import Path

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)  # of any scheme: most are refused


def is_address(word: str) -> bool:
    """Return whether a word is an address; anything else is the path of a file."""
    return _ADDRESS.match(word) is not None


def wherever(word: str) -> str:
    """Return a word that means the same in every folder: an address, or a whole path."""
    return word if is_address(word) else str(Path(word).absolute())
