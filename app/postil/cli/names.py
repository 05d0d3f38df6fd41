"""The names of commands and formats, known without importing what they need."""

FORMATS = ("markdown", "jsonld", "csv")  # of `exporters.EXPORTERS`
COMMANDS = ("import", "list", "show", "diff", "annotate", "export", "codebook", "search", "check")
TAKES_VALUE = ("--library",)  # options before a command that are followed by a value
