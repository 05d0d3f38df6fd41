"""The names of the commands, known without importing what they need."""

COMMANDS = ("import", "list", "show", "annotate", "export")
TAKES_VALUE = ("--library",)  # options before a command that are followed by a value
