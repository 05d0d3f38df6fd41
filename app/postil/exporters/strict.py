"""Values in the form that strict formats demand; what has another form becomes empty."""

import re

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_ADDRESS = re.compile(r"""[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+""")


def time(text: str) -> str:
    """Return a time of ISO 8601 in UTC, to the second."""
    return text if _TIME.fullmatch(text) else ""


def address(text: str) -> str:
    """Return an absolute address (an IRI)."""
    return text if _ADDRESS.fullmatch(text) else ""
