"""Annotated Markdown: the whole article with its marks; comes back without loss."""

from typing import Final

from postil.annotated_markdown import HandedOn, WriteOptions, write
from postil.exporters.copies import prepared
from postil.exporters.exporter import Exported, ExportOptions
from postil.exporters.left_out import Unsaid, left_out
from postil.exporters.neutral import neutral

TAKES: Final = frozenset({"numbers", "legend", "room", "neutral", "copy"})


def export(handed_on: HandedOn, options: ExportOptions) -> Exported:
    """Return the annotated Markdown file; it expresses every mark that has a place."""
    handed_on, options = prepared(handed_on, options)
    text = write(
        neutral(handed_on) if options.neutral else handed_on,
        WriteOptions(
            numbers=options.numbers,
            legend=options.legend,
            room=options.room,
            bare=options.neutral,
        ),
    )
    return Exported(text.encode(), left_out([handed_on], Unsaid.WAITING))
