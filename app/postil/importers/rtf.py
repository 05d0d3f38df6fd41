"""Rich text (.rtf): the child's side. Its words and paragraphs; its looks are not kept.

striprtf gives one line a paragraph. Headings are told by a mark put before them, items and rows by
how they are written out.
"""

import re
from typing import Final

import msgspec

from postil.domain.article import BlockKind, Metadata
from postil.domain.builder import ArticleBuilder
from postil.domain.canonical import clean_line
from postil.domain.errors import UserError
from postil.importers.crossing import LARGEST_NUMBER, Reading, Request, request

_OUTLINE = re.compile(r"\\outlinelevel([0-8])(?![0-9])")
_LEVEL: Final = 0xE000  # private characters that stand for the levels of headings on the way
_HEADING = re.compile(f"[{chr(_LEVEL)}-{chr(_LEVEL + 8)}]")
_BULLET = re.compile(r"\s*([•◦▪‣·–—-])\t+\s*")
_NUMBER = re.compile(r"\s*(\d{1,9})[.)]\t+\s*")
_INNER: Final = "◦▪–—"  # bullets of lists inside lists
_BRACE = re.compile(r"\\[\\{}]|[{}]")  # escaped ones are words
_RAW = re.compile(r"\\bin[1-9]")  # bytes follow that may be braces by chance
_INFO = re.compile(r"\{\\(title|author)\s([^{}\\]*)\}")
_NOT_KEPT = "Emphasis, links and footnotes of rich text were not kept; DOCX or ODT keeps them."


def convert(payload: bytes) -> bytes:
    """Read a document.

    Args:
        payload: a `Request` with the bytes.

    Raises:
        UserError: it is damaged or cut off, or there are no words in it.
    """
    return msgspec.json.encode(read_document(request(payload)))


def read_document(asked: Request) -> Reading:
    """Return what a rich text says.

    Raises:
        UserError: it is damaged or cut off, or there are no words in it.
    """
    from striprtf.striprtf import rtf_to_text

    source = asked.data.decode("latin-1")  # RTF is ASCII and says itself what its bytes mean
    if _is_cut_off(source):
        raise UserError(f"{asked.name} is cut off", "Save or fetch it once more.")
    marked = _OUTLINE.sub(lambda found: f"{{\\uc0\\u{_LEVEL + int(found[1])} }}", source)
    try:
        words: str = rtf_to_text(marked, errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, IndexError, KeyError, LookupError, OverflowError, TypeError) as error:
        raise UserError(f"{asked.name} is damaged", "Save it once more.") from error
    # striprtf gives halves of pairs for what UTF-16 writes in two.
    words = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    builder = ArticleBuilder(_metadata(source), max_characters=asked.max_characters)
    for line in _lines(words):
        _add(builder, line)
    return Reading(builder.finish(), remarks=(_NOT_KEPT,))


def _is_cut_off(source: str) -> bool:
    """Return whether groups are left open at the end."""
    braces = [found[0] for found in _BRACE.finditer(source)]
    return braces.count("{") > braces.count("}") and not _RAW.search(source)


def _lines(words: str) -> list[str]:
    """Return the paragraphs, and the rows of tables as one line each.

    Cells end in a bar; a writer that ends the paragraph inside the cell breaks the row.
    """
    lines: list[str] = []
    for line in words.split("\n"):
        if line.startswith("|") and lines:
            lines[-1] += line
        else:
            lines.append(line)
    return lines


def _add(builder: ArticleBuilder, line: str) -> None:
    level = _HEADING.search(line)
    line = _HEADING.sub("", line)
    if level:
        builder.block(BlockKind.HEADING, line.strip(), level=min(ord(level[0]) - _LEVEL + 1, 6))
    elif found := _BULLET.match(line):
        inner = 2 if found[1] in _INNER else 1
        builder.block(BlockKind.ITEM, line[found.end() :], level=inner)
    elif found := _NUMBER.match(line):
        number = min(int(found[1]), LARGEST_NUMBER)
        builder.block(BlockKind.ITEM, line[found.end() :], level=1, number=number)
    elif line.endswith("|"):
        builder.begin(BlockKind.ROW)
        for number, cell in enumerate(line[:-1].split("|")):
            if number:
                builder.cell_break()
            builder.text(cell)
        builder.end()
    else:
        builder.block(BlockKind.PARAGRAPH, line.strip())


def _metadata(source: str) -> Metadata:
    said = {found[1]: clean_line(found[2]) for found in _INFO.finditer(source[:65536])}
    return Metadata(title=said.get("title", ""), author=said.get("author", ""))
