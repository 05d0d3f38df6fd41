"""Annotated Markdown: the whole article with its marks; comes back without loss."""

from typing import Final

from postil.annotated_markdown import HandedOn, WriteOptions, write
from postil.exporters.exporter import Exported, ExportOptions
from postil.exporters.left_out import Unsaid, left_out

TAKES: Final = frozenset({"numbers", "legend"})


def export(handed_on: HandedOn, options: ExportOptions) -> Exported:
    """Return the annotated Markdown file; it expresses every mark that has a place."""
    text = write(handed_on, WriteOptions(numbers=options.numbers, legend=options.legend))
    return Exported(text.encode(), left_out([handed_on], Unsaid.WAITING))
