"""The words for headings, orders and lines of all marks."""

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from postil.domain.annotation import Status
from postil.domain.overview import Grouping, MarkGroup, MarkRow, Sorting
from postil.ui.dates import shown_date
from postil.ui.sidebar.wording import placement_word, status_word, voice_word


def _tr(text: str) -> str:
    return QCoreApplication.translate("Overview", text)


def grouping_word(grouping: Grouping) -> str:
    """Return what marks are grouped by."""
    return {
        Grouping.ARTICLE: _tr("Article"),
        Grouping.TAG: _tr("Tag"),
        Grouping.TAG_GROUP: _tr("Tag group"),
        Grouping.OUTLET: _tr("Outlet"),
        Grouping.AUTHOR: _tr("Author"),
        Grouping.ANNOTATOR: _tr("Marked by"),
        Grouping.MONTH: _tr("Month"),
        Grouping.STATUS: _tr("Status"),
    }[grouping]


def sorting_word(sorting: Sorting) -> str:
    """Return in which order marks stand."""
    return {
        Sorting.PLACE: _tr("Reading order"),
        Sorting.NEWEST: _tr("Newest first"),
        Sorting.OLDEST: _tr("Oldest first"),
        Sorting.QUOTATION: _tr("Quotation"),
    }[sorting]


def heading(grouping: Grouping, group: MarkGroup) -> str:
    """Return a heading, also of marks about which nothing was said."""
    if not group.label:
        return {
            Grouping.ARTICLE: _tr("Untitled"),
            Grouping.TAG: _tr("Without a tag"),
            Grouping.TAG_GROUP: _tr("Without a tag"),
            Grouping.OUTLET: _tr("Without an outlet"),
            Grouping.AUTHOR: _tr("Without an author"),
            Grouping.ANNOTATOR: _tr("Nobody named"),
            Grouping.MONTH: _tr("Without a date"),
            Grouping.STATUS: _tr("Nothing said"),
        }[grouping]
    if grouping is Grouping.STATUS:
        return status_word(Status(group.key))
    if grouping is Grouping.MONTH:
        month = QDate.fromString(f"{group.key}-01", "yyyy-MM-dd")
        return QLocale().toString(month, "MMMM yyyy") if month.isValid() else group.label
    return group.label


def about(row: MarkRow) -> str:
    """Return the last line of a mark: what is said of it, its article, who made it."""
    parts = (
        voice_word(row.voice),
        status_word(row.status),
        placement_word(row.placement),
        row.title or _tr("Untitled"),
        row.author,
        row.outlet,
        shown_date(row.published),
        row.annotator,
    )
    return " · ".join(part for part in parts if part)
