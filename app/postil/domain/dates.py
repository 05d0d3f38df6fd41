"""Dates as metadata and searches write them: a year, a month or a day, ISO 8601."""

import re
from datetime import date

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ][\d:.,+Z-]*)?)?)?", re.ASCII)


def is_date(text: str) -> bool:
    """Return whether a text is a year, a month or a day of the calendar; a time may follow."""
    found = _DATE.fullmatch(text)
    if found is None:
        return False
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
