"""A table of the marks for spreadsheets: one row for each tag of each mark.

After the columns that every table has comes one for each field of the notes.

UTF-8 with a byte order mark and CR LF, as spreadsheet programs expect. A cell that such a
program would run as a formula gets an apostrophe before it.
"""

import csv
import io
from collections.abc import Iterable, Mapping

from postil.annotated_markdown import HandedOn
from postil.domain.annotation import Annotation, reading_order
from postil.domain.note_fields import field_values
from postil.exporters.exporter import Exported, ExportOptions
from postil.exporters.left_out import Unsaid, left_out

COLUMNS = (
    "article",
    "author",
    "outlet",
    "published",
    "source",
    "paragraph",
    "start",
    "end",
    "quotation",
    "codebook",
    "group",
    "code",
    "tag",
    "note",
    "voice",
    "confidence",
    "status",
    "star",
    "annotator",
    "created",
    "edited",
    "placement",
    "links",
    "other",
    "id",
)
_UNSAID = (Unsaid.WAITING, Unsaid.ARTICLE_NOTE, Unsaid.ANSWERS)
_FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def export(handed_on: HandedOn, _: ExportOptions) -> Exported:
    """Return the table; a mark without tags has one row."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    marks = sorted(handed_on.annotations, key=reading_order)
    values = [field_values(mark.note) for mark in marks]
    names = field_names(values)
    writer.writerow(map(safe_cell, (*COLUMNS, *map(field_column, names))))
    for mark, said in zip(marks, values, strict=True):
        paragraph = handed_on.article.number_at(mark.start)
        fields = [said.get(name, "") for name in names]
        for tag_id in mark.tags or ("",):
            row = _row(handed_on, mark, tag_id, paragraph)
            writer.writerow(map(safe_cell, (*row, *fields)))
    return Exported(target.getvalue().encode("utf-8-sig"), left_out([handed_on], *_UNSAID))


def _row(handed_on: HandedOn, mark: Annotation, tag_id: str, paragraph: int) -> tuple[str, ...]:
    about = handed_on.article.metadata
    tag, group = handed_on.tags.get(tag_id), handed_on.groups.get(tag_id)
    return (
        about.title,
        about.author,
        about.outlet,
        about.published,
        about.source,
        str(paragraph) if paragraph else "",
        str(mark.start),
        str(mark.end),
        mark.anchor.exact.replace("\u2028", "\n"),
        tag.codebook_id if tag else "",
        group.name if group else "",
        tag.code if tag else "",
        tag.name if tag else tag_id,
        mark.note,
        mark.voice.value,
        mark.confidence.value,
        mark.status.value,
        "1" if mark.starred else "",
        mark.author,
        mark.created,
        mark.edited,
        mark.placement.value,
        " ".join(f"{link.relation.value}:{link.target}" for link in mark.links),
        "; ".join(f"{key}={value}" for key, value in mark.extra),
        mark.id,
    )


def field_names(values: Iterable[Mapping[str, str]]) -> list[str]:
    """Return the names of all fields of notes, in the order they come first."""
    return list(dict.fromkeys(name for said in values for name in said))


def field_column(name: str) -> str:
    """Return what the column of a field is called; no other column is called so."""
    return f"note: {name}"


def safe_cell(cell: str) -> str:
    """Return a cell that no spreadsheet program takes for a formula, blanks before it or not."""
    is_formula = cell.startswith(("\t", "\r")) or cell.lstrip().startswith(_FORMULA_SIGNS)
    return f"'{cell}" if is_formula else cell
