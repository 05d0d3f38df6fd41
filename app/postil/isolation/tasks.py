"""What may run in the child process: one literal table.

Each name stands for a function from bytes to bytes, written "module:function" so that the
parent never imports what only the child needs. A `UserError` it raises is passed on.
"""

from collections.abc import Mapping
from typing import Final

TASKS: Final[Mapping[str, str]] = {
    "annotated": "postil.importers.annotated:convert",
    "codebook": "postil.codebooks.refi:convert",
    "docx": "postil.importers.docx:convert",
    "epub": "postil.importers.epub:convert",
    "find": "postil.page.finding:convert",
    "html": "postil.importers.html:convert",
    "mail": "postil.importers.mail:convert",
    "markdown": "postil.importers.markdown:convert",
    "marks": "postil.importers.mark_files:convert",
    "members": "postil.importers.members:convert",
    "note": "postil.notes.rendering:render",
    "odt": "postil.importers.odt:convert",
    "pdf": "postil.importers.pdf:convert",
    "rtf": "postil.importers.rtf:convert",
}
