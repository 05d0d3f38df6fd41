"""The names of commands and formats, known without importing what they need."""

FORMATS = (
    "markdown", "docx", "jsonld", "hypothesis", "csv", "qdpx", "qdc", "labels",
)  # fmt: skip  # of `exporters.EXPORTERS`
COMMANDS = (
    "import", "list", "marks", "show", "diff", "annotate", "export", "codebook", "search", "check",
)  # fmt: skip
TAKES_VALUE = ("--library",)  # options before a command that are followed by a value
