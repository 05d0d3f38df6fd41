"""The lesson pack: an archive with the copies of an article and the sheets that go with them.

What is for the class and what is for the teacher lie in folders of their own, so that one
of them can be handed out as it is.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Final
from zipfile import ZipFile

from postil.annotated_markdown import HandedOn
from postil.domain.article import Article
from postil.exporters.exporter import Copy, Exported, Exporter, ExportOptions, Sheet
from postil.exporters.lesson_sheets import SHEETS
from postil.exporters.packing import packed

SUFFIX: Final = " - lesson.zip"
STUDENTS: Final = "for students"
TEACHER: Final = "for the teacher"
TAKES: Final = frozenset({"guide", "focus", "lesson", "paper", "notes"})
_TEACHERS: Final = (Copy.KEY, Sheet.RUBRIC)
_NOTHING_FOR: Final = {
    Sheet.TAG_CARDS: "There are no tag cards: no tag is in use.",
    Sheet.QUESTIONS: "There is no question sheet: the tags have no questions.",
    Sheet.GLOSSARY: "There is no glossary: no passage of a few words is marked.",
}


def lesson_exporter(exporters: Mapping[str, Exporter]) -> Exporter:
    """Return what makes lesson packs.

    Args:
        exporters: by id, of the formats a pack may have its files in.
    """
    export = partial(_export, exporters)
    return Exporter("Lesson pack", SUFFIX, "application/zip", export, TAKES, is_text=False)


def unpacked(pack: bytes) -> list[tuple[str, bytes]]:
    """Return the files of a pack of ours: their names with "/", and their bytes."""
    with ZipFile(io.BytesIO(pack)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def _export(
    exporters: Mapping[str, Exporter], handed_on: HandedOn, options: ExportOptions
) -> Exported:
    remarks: dict[str, None] = {}
    files: list[tuple[str, bytes]] = []
    for name, content, how in _parts(handed_on, options):
        if content is None:
            remarks[_NOTHING_FOR[Sheet(name)]] = None
            continue
        folder = TEACHER if name in _TEACHERS else STUDENTS
        for format_id in options.lesson.formats:
            exporter = exporters[format_id]
            made = exporter.export(content, how)
            files.append((f"{folder}/{name}{exporter.suffix}", made.data))
            remarks.update(dict.fromkeys(made.remarks))
    return Exported(packed(sorted(files)), tuple(remarks))


def _parts(
    handed_on: HandedOn, options: ExportOptions
) -> Iterator[tuple[str, HandedOn | None, ExportOptions]]:
    """Yield the name of each part, what it consists of, and how it is written."""
    for copy in options.lesson.copies:
        name = copy.value if copy is Copy.KEY else f"{copy.value}-copy"
        yield name, handed_on, replace(options, copy=copy)
    plain = ExportOptions(paper=options.paper)
    for sheet in options.lesson.sheets:
        article: Article | None = SHEETS[sheet](handed_on, options.focus)
        yield sheet, None if article is None else HandedOn(article), plain
