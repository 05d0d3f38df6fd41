"""Foreign bytes in, articles and marks out; nothing is changed, and reading fetches nothing.

`read` takes text, pages and documents, `read_marks` files of marks; `fetching` alone asks the
web, for an address a person named. What parses markup or documents runs in the child process;
a new format is one file here and one line in `table`.
"""

from postil.importers.folders import files_of
from postil.importers.reading import Imported, Work, read, read_again, read_marks, read_work
from postil.importers.source import Source, source_from_file, source_from_text
from postil.importers.table import usual_suffix

__all__ = [
    "Imported",
    "Source",
    "Work",
    "files_of",
    "read",
    "read_again",
    "read_marks",
    "read_work",
    "source_from_file",
    "source_from_text",
    "usual_suffix",
]
