"""The words of a merge: how an article was found, what became of marks, the report as text."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from postil.domain.plain_note import note_in_one_line
from postil.library.handed_in import Merged, MergedFile, MergedMark, Outcome, Recognition
from postil.ui.counting import counted

_QUOTED = 90  # characters of a quotation or a note in a line


def _tr(text: str) -> str:
    return QCoreApplication.translate("merge", text)


def recognition_words(file: MergedFile) -> str:
    """Return which article a file is of, and how that was found out."""
    percent = f"{file.likeness:.0%}"
    return {
        Recognition.TEXT: _tr("{0} (same text)"),
        Recognition.FORMER_TEXT: _tr("{0} (an earlier text of it)"),
        Recognition.ALIKE: _tr("{0} (text {1} alike)"),
        Recognition.QUOTATIONS: _tr("{0} ({1} of the quotations stand in it)"),
        Recognition.CHOSEN: _tr("{0} (chosen)"),
        Recognition.NEW: _tr("{0} (a new article)"),
        Recognition.AMBIGUOUS: _tr("Several articles may be meant: choose one below"),
        Recognition.UNKNOWN: _tr("No article is like it: choose one below"),
        Recognition.REPEATED: _tr("The same file once more"),
    }[file.recognition].format(file.title, percent)


def outcome_word(outcome: Outcome) -> str:
    """Return what became of a mark."""
    return {
        Outcome.NEW: _tr("new"),
        Outcome.UPDATED: _tr("newer than here"),
        Outcome.KNOWN: _tr("known"),
        Outcome.OLDER: _tr("older than here"),
        Outcome.CONFLICT: _tr("conflict: both are kept"),
    }[outcome]


def quotation_line(merged: MergedMark) -> str:
    """Return the words of a mark and what is said of them, in one line."""
    mark = merged.mark
    parts = [f"“{_cut(mark.anchor.exact)}”", _cut(note_in_one_line(mark.note)), mark.author]
    if not merged.is_placed:
        parts.append(_tr("without a sure place"))
    return " · ".join(filter(None, parts))


def counts(merged: Merged, refused: int) -> str:
    """Return what becomes of all files, in one line."""
    of = merged.count
    unplaced = sum(file.unplaced for file in merged.files)
    unsettled = len(merged.unsettled)
    parts = (
        (len(merged.files), counted(len(merged.files), "1 file", "%n files")),
        (of(Outcome.NEW), counted(of(Outcome.NEW), "1 new mark", "%n new marks")),
        (of(Outcome.UPDATED), counted(of(Outcome.UPDATED), "1 newer", "%n newer")),
        (of(Outcome.KNOWN), counted(of(Outcome.KNOWN), "1 known", "%n known")),
        (of(Outcome.OLDER), counted(of(Outcome.OLDER), "1 older", "%n older")),
        (of(Outcome.CONFLICT), counted(of(Outcome.CONFLICT), "1 conflict", "%n conflicts")),
        (unplaced, counted(unplaced, "1 without a sure place", "%n without a sure place")),
        (unsettled, counted(unsettled, "1 without an article", "%n without an article")),
        (refused, counted(refused, "1 refused", "%n refused")),
    )
    return " · ".join(words for number, words in parts if number)


def remarks(file: MergedFile) -> list[str]:
    """Return what else is to be said of a file, in sentences."""
    told = list(file.remarks)
    if file.missing:
        told.append(
            counted(
                len(file.missing),
                "1 mark here is not in the file any more; it stays.",
                "%n marks here are not in the file any more; they stay.",
            )
        )
    if file.new_tags:
        told.append(_tr("New under My tags: {0}").format(", ".join(file.new_tags)))
    return told


def report_text(merged: Merged, refused: Sequence[tuple[str, str]]) -> str:
    """Return a report for the clipboard: files, what became of them, and each conflict.

    Args:
        merged: what became of the files.
        refused: (name, reason) of those that could not be read.
    """
    lines = [counts(merged, len(refused))]
    for file in merged.files:
        lines += ["", f"{file.name}: {recognition_words(file)}"]
        lines.append("  " + counts(Merged((file,)), 0))
        lines += [f"  {remark}" for remark in remarks(file)]
        lines += [
            f"  {outcome_word(one.outcome)}: {quotation_line(one)}"
            for one in file.marks
            if one.rival or not one.is_placed
        ]
    lines += [f"\n{name}: {reason}" for name, reason in refused]
    return "\n".join(lines) + "\n"


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _QUOTED else f"{line[: _QUOTED - 1].rstrip()}…"
