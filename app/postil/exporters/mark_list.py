"""Marks of many articles as one list: a table for spreadsheets, or quotations in Markdown."""

import csv
import io
from collections.abc import Iterable, Mapping

from postil.annotated_markdown.escape import escape
from postil.annotated_markdown.note_text import note_to_file
from postil.domain.note_fields import field_values
from postil.domain.overview import MarkRow
from postil.domain.tags import Tag
from postil.exporters.csv_table import field_column, field_names, safe_cell

COLUMNS = (
    "article",
    "author",
    "outlet",
    "published",
    "quotation",
    "tags",
    "note",
    "voice",
    "confidence",
    "status",
    "star",
    "annotator",
    "created",
    "start",
    "end",
    "id",
)


def as_csv(rows: Iterable[MarkRow], tags: Mapping[str, Tag]) -> bytes:
    """Return a table with one row for each mark, as `csv_table` writes tables.

    Args:
        rows: whole, not shortened for looking at.
        tags: by id.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    marks = list(rows)
    values = [field_values(row.note) for row in marks]
    names = field_names(values)
    writer.writerow(map(safe_cell, (*COLUMNS, *map(field_column, names))))
    for row, said in zip(marks, values, strict=True):
        cells = (
            row.title,
            row.author,
            row.outlet,
            row.published,
            row.quotation.replace("\u2028", "\n"),
            "; ".join(_names(row, tags)),
            row.note,
            row.voice.value,
            row.confidence.value,
            row.status.value,
            "1" if row.starred else "",
            row.annotator,
            row.created,
            str(row.start),
            str(row.end),
            row.id,
            *(said.get(name, "") for name in names),
        )
        writer.writerow(map(safe_cell, cells))
    return target.getvalue().encode("utf-8-sig")


def as_markdown(rows: Iterable[MarkRow], tags: Mapping[str, Tag]) -> bytes:
    """Return the quotations, each with its tags, its note and its article; see `as_csv`."""
    return "\n".join(_quotation(row, tags) for row in rows).encode()


def _quotation(row: MarkRow, tags: Mapping[str, Tag]) -> str:
    words = " ".join(row.quotation.split())
    lines = [f"> {escape(words)}", ""]
    names = _names(row, tags)
    if names:
        lines += [f"**{escape(' · '.join(names))}**", ""]
    if row.note:
        lines += [note_to_file(row.note), ""]
    source = (row.title, row.author, row.outlet, row.published)
    about = " · ".join(" ".join(part.split()) for part in source if part)
    return "\n".join([*lines, f"— {escape(about)}", ""])


def _names(row: MarkRow, tags: Mapping[str, Tag]) -> list[str]:
    return [tags[i].name if i in tags else i for i in row.tags]
