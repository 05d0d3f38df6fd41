"""The importers there are: one literal table, and how one is chosen.

The name or the media type proposes, the words themselves decide: a page called .txt is read
as a page, and a file of ours as one of ours under any name.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from postil import isolation
from postil.annotated_markdown.document import FORMAT
from postil.annotated_markdown.wholeness import refuse_beginning
from postil.domain import limits
from postil.domain.errors import UserError
from postil.importers import text as plain_text
from postil.importers.crossing import Reading, Request, accept
from postil.importers.sniffing import (
    has_elements,
    is_archive_with,
    is_mail,
    looks_like_html,
)
from postil.importers.source import Source

_FRONT: Final = 64 * 1024  # characters in which a file of ours says what it is
_MARKDOWN_SECONDS: Final = 1.0  # Python-Markdown hangs on hostile text
_MARKDOWN_PACE: Final = 50_000  # characters for which an honest text takes a second more
_FORMAT_LINE = re.compile(
    r"---[ \t]*\n(?:.*\n)*?format:[ \t]*[\"'“”]?(postil|annotated-markdown)/(\d{1,9})\b"
)
_CODE_LINE = re.compile(r"^(?: {2,}| ?\t)`(?:[^`\n]* )?id=[^`\n]*`[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Importer:
    """One kind of file."""

    name: str  # for the sentence that a file is named wrongly
    media_type: str
    suffixes: tuple[str, ...]
    read: Callable[[Request], Reading]
    recognises: Callable[[bytes], bool] | None = None  # the bytes of a format that is no text


def of_bytes(data: bytes) -> Importer | None:
    """Return the importer for bytes that are no text; what they are called does not matter."""
    return next((one for one in IMPORTERS if one.recognises and one.recognises(data)), None)


def choose(source: Source, text: str) -> tuple[Importer, tuple[str, ...]]:
    """Return the importer for a source, and a remark where its name says something else.

    Args:
        source: for its name and media type.
        text: what was decoded from it, with LF line ends.

    Raises:
        UserError: a newer version of this program wrote it.
    """
    named = _named(source)
    if is_annotated(text):
        return ANNOTATED, ()
    if looks_like_html(text):
        found = HTML
    elif named is HTML and not has_elements(text):
        found = TEXT
    else:
        found = named or TEXT
    if named is None or found is named:
        return found, ()
    return found, (f"It is named as {named.name}, but is {found.name}.",)


def usual_suffix(media_type: str) -> str:
    """Return what names of files of this kind end in; empty for one nobody here knows."""
    kind = media_type.partition(";")[0].strip().lower()
    of_kind = (one.suffixes for one in IMPORTERS if one.media_type == kind)
    return next((suffixes[0] for suffixes in of_kind if suffixes), "")


def is_annotated(text: str) -> bool:
    """Return whether a text is an annotated Markdown file of this program.

    Raises:
        UserError: it is one of a newer version, or one of which hardly anything is left.
    """
    refuse_beginning(text)
    said = _FORMAT_LINE.match(text[:_FRONT])
    if said is None:
        return _CODE_LINE.search(text) is not None
    known = int(FORMAT.partition("/")[2])
    if said[1] == "postil" and int(said[2]) > known:
        raise UserError(
            f"It was written by a newer version of Postil (postil/{said[2]})",
            "Open it with that version, or ask for a file in the older form.",
        )
    return True


def _named(source: Source) -> Importer | None:
    media_type = source.media_type.partition(";")[0].strip().lower()
    for importer in IMPORTERS:
        if media_type == importer.media_type or source.suffix in importer.suffixes:
            return importer
    return None


def _read_text(asked: Request) -> Reading:
    return Reading(plain_text.convert(asked.text, max_characters=asked.max_characters))


def _by(task: str) -> Callable[[Request], Reading]:
    """Return a function that has a task of the child read a file."""

    def read(asked: Request) -> Reading:
        return _in_child(task, asked, limits.CHILD_SECONDS)

    return read


def _read_markdown(asked: Request) -> Reading:
    """Read Markdown, or its bare text where that takes too long."""
    seconds = _MARKDOWN_SECONDS + len(asked.text) / _MARKDOWN_PACE
    try:
        return _in_child("markdown", asked, min(seconds, limits.CHILD_SECONDS))
    except isolation.LimitError:
        remark = "It took too long to read as Markdown and was taken in as plain text."
        return Reading(
            plain_text.convert(asked.text, max_characters=asked.max_characters), remarks=(remark,)
        )


def _in_child(task: str, asked: Request, seconds: float) -> Reading:
    import msgspec

    payload = msgspec.json.encode(asked)
    answer = isolation.run(task, payload, seconds=seconds, what=asked.name)
    return accept(answer, asked.name)


TEXT: Final = Importer("plain text", "text/plain", (".txt", ".text"), _read_text)
HTML: Final = Importer("a web page", "text/html", (".html", ".htm", ".xhtml", ".xht"), _by("html"))
MARKDOWN: Final = Importer(
    "Markdown", "text/markdown", (".md", ".markdown", ".mdown", ".mkd", ".mkdn"), _read_markdown
)
ANNOTATED: Final = Importer("annotated Markdown", "text/markdown", (), _by("annotated"))
DOCX: Final = Importer(
    "a Word document",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    (".docx", ".docm", ".dotx"),
    _by("docx"),
    lambda data: is_archive_with(data, b"word/document.xml"),
)
ODT: Final = Importer(
    "an OpenDocument text",
    "application/vnd.oasis.opendocument.text",
    (".odt", ".ott"),
    _by("odt"),
    lambda data: is_archive_with(data, b"content.xml", begins=b"opendocument.text"),
)
EPUB: Final = Importer(
    "an EPUB book",
    "application/epub+zip",
    (".epub",),
    _by("epub"),
    lambda data: is_archive_with(data, b"META-INF/container.xml"),
)
RTF: Final = Importer(
    "rich text",
    "application/rtf",
    (".rtf",),
    _by("rtf"),
    lambda data: data.lstrip()[:5] == b"{\\rtf",
)
MAIL: Final = Importer(
    "a mail or saved page", "message/rfc822", (".eml", ".mht", ".mhtml"), _by("mail"), is_mail
)
PDF: Final = Importer(
    "a PDF document",
    "application/pdf",
    (".pdf",),
    _by("pdf"),
    lambda data: b"%PDF-" in data[:1024],
)

IMPORTERS: Final = (TEXT, HTML, MARKDOWN, DOCX, ODT, EPUB, RTF, MAIL, PDF)
