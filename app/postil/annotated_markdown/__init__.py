"""The annotated Markdown file: an article with its marks, readable anywhere, back without loss.

`write` and `parse` are exact inverses. Nothing here reads a file, knows a library or makes
an anchor; the escape table with the reason for each rule is in `escape`.
"""

from postil.annotated_markdown.document import HandedOn, ParsedFile, ParsedMark, WriteOptions
from postil.annotated_markdown.parser import parse
from postil.annotated_markdown.writer import write

__all__ = ["HandedOn", "ParsedFile", "ParsedMark", "WriteOptions", "parse", "write"]
