"""From an article with its marks to the bytes of a file somebody else can read.

One module a format and one line each in `EXPORTERS`. An exporter is a function of content
only: no clock, no order of insertion; and it says what it could not express.
"""

from collections.abc import Mapping
from types import MappingProxyType

from postil.exporters import (
    csv_table,
    docx,
    html,
    hypothesis_json,
    jsonld,
    labels,
    markdown,
    qdc,
    qdpx,
)
from postil.exporters.exporter import (
    Copy,
    Exported,
    Exporter,
    ExportOptions,
    Guide,
    Lesson,
    NotesPlace,
    Paper,
    Sheet,
)

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

EXPORTERS: Mapping[str, Exporter] = MappingProxyType(
    {
        "markdown": Exporter(
            "Annotated Markdown", ".md", "text/markdown", markdown.export, markdown.TAKES
        ),
        "html": Exporter("Web page", ".html", "text/html", html.export, html.TAKES),
        "docx": Exporter("Word document", ".docx", _DOCX, docx.export, is_text=False),
        "jsonld": Exporter("W3C Web Annotations", ".jsonld", "application/ld+json", jsonld.export),
        "hypothesis": Exporter(
            "Hypothesis JSON", ".json", "application/json", hypothesis_json.export
        ),
        "csv": Exporter("Table of marks", ".csv", "text/csv", csv_table.export),
        "qdpx": Exporter(
            "REFI-QDA project",
            ".qdpx",
            "application/zip",
            qdpx.export,
            together=qdpx.together,
            is_text=False,
        ),
        "qdc": Exporter(
            "REFI-QDA codebook", ".qdc", "application/xml", qdc.export, together=qdc.together
        ),
        "labels": Exporter(
            "Label lines",
            ".tsv",
            "text/tab-separated-values",
            labels.export,
            together=labels.together,
        ),
    }
)

__all__ = [
    "EXPORTERS",
    "Copy",
    "ExportOptions",
    "Exported",
    "Exporter",
    "Guide",
    "Lesson",
    "NotesPlace",
    "Paper",
    "Sheet",
]
