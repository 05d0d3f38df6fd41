"""The names of commands and formats, known without importing what they need."""

FORMATS = (
    "markdown", "html", "docx", "jsonld", "hypothesis", "csv", "qdpx", "qdc", "labels", "pdf",
    "lesson",
)  # fmt: skip  # of `exporters.EXPORTERS`, printing and the lesson pack
FORMAT_OF_SUFFIX = {
    ".html": "html", ".htm": "html", ".docx": "docx", ".jsonld": "jsonld", ".json": "hypothesis",
    ".csv": "csv", ".qdpx": "qdpx", ".qdc": "qdc", ".tsv": "labels", ".pdf": "pdf",
    ".zip": "lesson",
}  # fmt: skip  # of a file named without a format
PAPERS = ("A4", "Letter")  # of `exporters.Paper`
NOTES_PLACES = ("margin", "end")  # of `exporters.NotesPlace`
COPIES = ("student", "guided", "practice", "key")  # of `exporters.Copy`
GUIDES = ("passages", "questions", "both")  # of `exporters.Guide`
PACKED = ("markdown", "html", "pdf")  # of `exporters.Lesson`
COMMANDS = (
    "import", "list", "marks", "show", "diff", "annotate", "merge", "export", "practice",
    "codebook", "search", "history", "undo", "redo", "check", "backup", "restore",
)  # fmt: skip
READ_ONLY = ("list", "marks", "show", "diff", "export", "practice", "search", "backup")
TAKES_VALUE = ("--library",)  # options before a command that are followed by a value
