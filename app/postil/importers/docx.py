"""Word documents (.docx): the child's side. Mammoth makes a page of one, and the page is read.

Kept are what a reader sees: headings, lists, quotations, tables, links, emphasis, tracked
insertions and footnotes; deletions and comments are not part of the text.
"""

import io
import re
from typing import Any
from zipfile import BadZipFile

import msgspec

from postil.domain.article import Metadata
from postil.domain.canonical import clean_line
from postil.domain.errors import UserError
from postil.importers.archive import Archive
from postil.importers.crossing import Reading, Request, filled, request
from postil.importers.html import read_page

# What styles mean that mammoth does not know by itself; names as Word and LibreOffice have them.
_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='Caption'] => figcaption:fresh
p[style-name='Preformatted Text'] => pre:separator('\\n')
p[style-name='HTML Preformatted'] => pre:separator('\\n')
p[style-name='Source Code'] => pre:separator('\\n')
r[style-name='Verbatim Char'] => code
r[style-name='Source Text'] => code
p[style-name='heading 7'] => h6:fresh
p[style-name='heading 8'] => h6:fresh
p[style-name='heading 9'] => h6:fresh
"""
_BACK = re.compile(r' ?<a href="#[^"]*(?:foot|end)note-ref-[^"]*">↑</a>')  # mammoth adds these
_CORE = "docProps/core.xml"


def convert(payload: bytes) -> bytes:
    """Read a document.

    Args:
        payload: a `Request` with the bytes.

    Raises:
        UserError: it is damaged, protected, over a limit, or there are no words in it.
    """
    return msgspec.json.encode(read_document(request(payload)))


def read_document(asked: Request) -> Reading:
    """Return what a Word document says.

    Raises:
        UserError: it is damaged, protected, over a limit, or there are no words in it.
    """
    import mammoth

    archive = Archive(asked.data, asked.name)
    for entry in archive.names:  # mammoth's own parser would expand what they declare
        if entry.endswith((".xml", ".rels")):
            archive.xml(entry)
    try:
        found = mammoth.convert_to_html(
            io.BytesIO(asked.data),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(lambda _: {}),
            external_file_access=False,
        )
    except (KeyError, ValueError, AttributeError, IndexError, OSError, BadZipFile) as error:
        raise UserError(f"{asked.name} is damaged", "Save it once more in Word.") from error
    page = Request(_BACK.sub("", found.value), asked.name, asked.address, asked.max_characters)
    reading = read_page(page)
    return filled(reading, _metadata(archive))


def _metadata(archive: Archive) -> Metadata:
    """Return what the document says of itself: title, author, language; dates are of the file."""
    if _CORE not in archive:
        return Metadata()
    core: Any = archive.xml(_CORE)

    def said(name: str) -> str:
        return clean_line(core.findtext(f"{{*}}{name}") or "")

    return Metadata(title=said("title"), author=said("creator"), language=said("language"))
