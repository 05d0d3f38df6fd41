"""What bytes or words seem to be, whatever their name says.

A literal table of the first bytes of formats that are no text, and a few questions to the
beginning of a text. Nothing is parsed here.
"""

import re
from typing import Final

from postil.domain.errors import UserError

_HEAD = 4096  # bytes or characters that are looked at
_DIRECTORY = 1024 * 1024  # bytes at the end of an archive in which its list of entries is sought
_OPEN_AS_TEXT = "Save it as text, Markdown or HTML in the program it belongs to, and open that."
_NO_WORDS = "Choose a file with words in it."

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")  # a stream in it
# First bytes, what has them, and what to do.
_MAGIC: Final[tuple[tuple[bytes, str, str], ...]] = (
    (_OLE, "an old Office document", _OPEN_AS_TEXT),
    (b"SQLite format 3\x00", "a database, perhaps a library", "Open a library from the shelf."),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", _NO_WORDS),
    (b"\xff\xd8\xff", "a JPEG image", _NO_WORDS),
    (b"GIF87a", "a GIF image", _NO_WORDS),
    (b"GIF89a", "a GIF image", _NO_WORDS),
    (b"II*\x00", "a TIFF image", _NO_WORDS),
    (b"MM\x00*", "a TIFF image", _NO_WORDS),
    (b"\x1f\x8b", "a compressed file (gzip)", "Unpack it first."),
    (b"BZh", "a compressed file (bzip2)", "Unpack it first."),
    (b"\xfd7zXZ\x00", "a compressed file (xz)", "Unpack it first."),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "Unpack it first."),
    (b"Rar!\x1a\x07", "a RAR archive", "Unpack it first."),
    (b"\x7fELF", "a program", _NO_WORDS),
    (b"OggS", "a sound or film file", _NO_WORDS),
    (b"ID3", "a sound file", _NO_WORDS),
    (b"bplist00", "a saved web archive or settings file", _OPEN_AS_TEXT),
)
# What the first entries of a ZIP archive are called, and what that makes it.
_ZIPPED: Final[tuple[tuple[bytes, str, str], ...]] = (
    (b"word/", "a Word document that is cut off", "Save or fetch it once more."),
    (b"xl/", "an Excel workbook", _OPEN_AS_TEXT),
    (b"ppt/", "a PowerPoint presentation", _OPEN_AS_TEXT),
    (b"application/epub+zip", "an EPUB book that is cut off", "Fetch it once more."),
    (
        b"application/vnd.oasis.opendocument.text",
        "an OpenDocument text that is cut off",
        "Save or fetch it once more.",
    ),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file", _OPEN_AS_TEXT),
)

_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML_START = re.compile(r"\s*<(?:\?xml\b|svg\b|rss\b|feed\b|TEI\b)", re.IGNORECASE)
_ANY_ELEMENT = re.compile(r"<(?:!--|/?[a-z][a-z0-9]*[\s/>])", re.IGNORECASE)
_HEADER = re.compile(rb"^([!-9;-~]+):[ \t]", re.MULTILINE)  # RFC 5322, section 2.2
_MAIL_HEADERS: Final = frozenset(
    {b"from", b"date", b"message-id", b"mime-version", b"content-type", b"received", b"return-path"}
)
_JSON_START = re.compile(r'\s*(?:\{\s*(?:"|\})|\[\s*[\[{"\]])')
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")


def is_archive_with(data: bytes, entry: bytes, *, begins: bytes = b"") -> bool:
    """Return whether bytes are a ZIP archive that lists an entry of this name at its end.

    Args:
        data: the whole file.
        entry: the name.
        begins: what its first bytes hold, such as the type of the document.
    """
    is_archive = data.startswith(b"PK\x03\x04") and begins in data[:_HEAD]
    return is_archive and entry in data[-_DIRECTORY:]


def is_mail(data: bytes) -> bool:
    """Return whether bytes begin with the headers of a mail or of a saved page."""
    head = data[:_HEAD].replace(b"\r\n", b"\n").lstrip(b"\n")
    names = {found[1].lower() for found in _HEADER.finditer(head.partition(b"\n\n")[0])}
    return _HEADER.match(head) is not None and len(names & _MAIL_HEADERS) >= 2


def refuse_binary(data: bytes, name: str) -> None:
    """Refuse bytes that are known to be no text.

    Raises:
        UserError: says what they seem to be and what to do.
    """
    head = data[:_HEAD]
    kind = next(((what, remedy) for magic, what, remedy in _MAGIC if head.startswith(magic)), None)
    if head.startswith(_OLE) and _ENCRYPTED in data:
        kind = ("an Office document with a password", "Save it without one, and open that.")
    elif head.startswith(b"PK\x03\x04"):
        kind = next(
            ((what, remedy) for entry, what, remedy in _ZIPPED if entry in head),
            ("a ZIP archive", "Unpack it first."),
        )
    elif head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        kind = ("an image, sound or film file", _NO_WORDS)
    elif head[4:8] == b"ftyp":
        kind = ("a film or image file", _NO_WORDS)
    elif head[:2] == b"MZ" and b"\x00" in head:
        kind = ("a program", _NO_WORDS)
    if kind is not None:
        raise UserError(f"{name} seems to be {kind[0]}", kind[1])


def refuse_noise(text: str, name: str) -> None:
    """Refuse a text with so many controls that it was no text.

    Raises:
        UserError: says so.
    """
    noise = len(_CONTROLS.findall(text))
    if noise > 4 and noise * 20 > len(text):
        raise UserError(
            f"{name} seems to be no text (it is full of control characters)",
            "If it is text, open it with the encoding it was written in.",
        )


def refuse_other_text(text: str, suffix: str, name: str) -> None:
    """Refuse formats that are written in characters and are still no article.

    Args:
        text: the decoded file.
        suffix: the end of its name.
        name: for the sentence.

    Raises:
        UserError: says what it seems to be and what to do.
    """
    head = text[:_HEAD]
    if suffix in (".json", ".jsonl", ".ndjson", ".jsonld") and _JSON_START.match(head):
        raise UserError(
            f"{name} seems to hold marks and no article",
            "Take in the article first, then add the marks with “annotate”.",
        )
    if _XML_START.match(head) and not _HTML_START.match(head):
        raise UserError(f"{name} seems to be XML that is no page", _OPEN_AS_TEXT)


def looks_like_html(text: str) -> bool:
    """Return whether a text begins as a whole page does."""
    return _HTML_START.match(text[:_HEAD]) is not None


def has_elements(text: str) -> bool:
    """Return whether there is markup in a text at all."""
    return _ANY_ELEMENT.search(text) is not None
