"""Dates as metadata and searches write them: a year, a month or a day, ISO 8601; and times."""

import re
from datetime import UTC, date, datetime

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


def as_time(text: str) -> str:
    """Return a time as ISO 8601 in UTC to the second, as times are kept, or empty."""
    try:
        time = datetime.fromisoformat(text)
        time = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ") if time.year >= 1000 else ""
