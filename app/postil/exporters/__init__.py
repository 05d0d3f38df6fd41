"""From an article with its marks to the bytes of a file somebody else can read.

One module a format and one line each in `EXPORTERS`. An exporter is a function of content
only: no clock, no order of insertion; and it says what it could not express.
"""

from collections.abc import Mapping
from types import MappingProxyType

from postil.exporters import csv_table, html, jsonld, markdown
from postil.exporters.exporter import Exported, Exporter, ExportOptions, NotesPlace, Paper

EXPORTERS: Mapping[str, Exporter] = MappingProxyType(
    {
        "markdown": Exporter(
            "Annotated Markdown", ".md", "text/markdown", markdown.export, markdown.TAKES
        ),
        "html": Exporter("Web page", ".html", "text/html", html.export, html.TAKES),
        "jsonld": Exporter("W3C Web Annotations", ".jsonld", "application/ld+json", jsonld.export),
        "csv": Exporter("Table of marks", ".csv", "text/csv", csv_table.export),
    }
)

__all__ = ["EXPORTERS", "ExportOptions", "Exported", "Exporter", "NotesPlace", "Paper"]
