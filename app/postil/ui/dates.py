"""Dates as people read them."""

from PySide6.QtCore import QDate, QLocale, Qt


def shown_date(text: str) -> str:
    """Return an ISO 8601 date or time as "4 May 2026"; anything else comes back as it is."""
    date = QDate.fromString(text[:10], Qt.DateFormat.ISODate)
    return QLocale().toString(date, "d MMM yyyy") if date.isValid() else text
