"""Versions of an article and what differs between them, in words a person reads."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from postil.differences import Difference, Kind, Passage
from postil.domain.annotation import Placement
from postil.domain.listing import Version
from postil.ui.counting import counted
from postil.ui.dates import shown_date

_WORDS = 90  # characters of a passage in a line


def _tr(text: str) -> str:
    return QCoreApplication.translate("Versions", text)


def how_word(version: Version) -> str:
    """Return how a version came about."""
    texts = {
        "encoding": _tr("read again as {0}").format(version.encoding),
        "back": _tr("version {0} again").format(version.same_as),
        "corrected": _tr("corrected here"),
    }
    return texts.get(version.kind) or version.origin or _tr("origin unknown")


def version_line(version: Version) -> str:
    """Return a version as a line of a list: number, date, where it is from."""
    return f"{version.number} · {shown_date(version.created)} · {how_word(version)}"


def passage_line(difference: Difference, passage: Passage) -> str:
    """Return what happened in a passage: taken out, put in, moved or replaced, with its words."""
    old = shortened(" ".join(difference.words(run) for run in passage.runs if run.is_old))
    new = shortened(" ".join(difference.words(run) for run in passage.runs if not run.is_old))
    texts = {
        Kind.DELETED: _tr("Taken out: {0}").format(old),
        Kind.INSERTED: _tr("Put in: {0}").format(new),
        Kind.MOVED_AWAY: _tr("Moved away: {0}").format(old),
        Kind.MOVED_HERE: _tr("Moved here: {0}").format(new),
    }
    if passage.kind is not None:
        return texts[passage.kind]
    if old and new:
        return _tr("Replaced: {0} by {1}").format(old, new)
    return _tr("Replaced: {0}").format(old or new)


def prepared_note(difference: Difference, passage: Passage, version: Version) -> str:
    """Return the note of a mark on a changed passage: what stood there, and when."""
    old = " ".join(difference.before[slice(*passage.before)].split())
    place = _tr("version {0} ({1})").format(version.number, shown_date(version.created))
    if passage.kind is Kind.MOVED_HERE:
        return _tr("In {0} this stood elsewhere.").format(place)
    if not old:
        return _tr("This was not in {0}.").format(place)
    return _tr("In {0} there stood here:").format(place) + f"\n\n> {old}"


def carried_words(carried: Sequence[Placement]) -> str:
    """Return what became of the marks of an article that got another text, behind a dot."""
    loose = sum(not placement.is_placed for placement in carried)
    unsure = sum(placement is Placement.CHANGED for placement in carried)
    text = ""
    if placed := len(carried) - loose:
        text += " · " + counted(placed, "1 mark carried over", "%n marks carried over")
    if unsure:
        text += " · " + counted(unsure, "1 with other words", "%n with other words")
    if loose:
        text += " · " + counted(loose, "1 without a sure place", "%n without a sure place")
    return text


def shortened(text: str) -> str:
    """Return a passage as a quotation of one line; a bare break as its sign."""
    words = " ".join(text.split())
    if not words:
        return "¶" if "\n" in text else "␣" if text else ""
    return f"“{words if len(words) <= _WORDS else words[: _WORDS - 1].rstrip() + '…'}”"
