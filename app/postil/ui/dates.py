"""Dates as people read them."""

from PySide6.QtCore import QDate, QDateTime, QLocale, Qt


def shown_date(text: str) -> str:
    """Return an ISO 8601 date or time as "4 May 2026"; anything else comes back as it is."""
    date = QDate.fromString(text[:10], Qt.DateFormat.ISODate)
    return QLocale().toString(date, "d MMM yyyy") if date.isValid() else text


def shown_time(text: str) -> str:
    """Return an ISO 8601 time in UTC as "4 May 2026 14:05" by the clock here."""
    time = QDateTime.fromString(text, Qt.DateFormat.ISODate)
    return QLocale().toString(time.toLocalTime(), "d MMM yyyy HH:mm") if time.isValid() else text
