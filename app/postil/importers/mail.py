"""Mails (.eml) and saved web archives (.mhtml): the child's side.

Both are MIME messages (RFC 5322, RFC 2557): headers and parts. The page in it is read, or the
plain words where there is none; other parts are attachments and stay closed.
"""

import email
import email.policy
from collections.abc import Iterator
from email.errors import CloseBoundaryNotFoundDefect
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from typing import Final

import msgspec

from postil.domain import limits
from postil.domain.article import Metadata
from postil.domain.canonical import clean_line
from postil.domain.errors import UserError
from postil.importers import text as plain_text
from postil.importers.addresses import web_address
from postil.importers.crossing import Reading, Request, filled, request
from postil.importers.decoding import decode
from postil.importers.html import read_page

_SAVED_BY: Final = "<Saved by"  # how browsers fill the sender of a page they saved


def convert(payload: bytes) -> bytes:
    """Read a message.

    Args:
        payload: a `Request` with the bytes.

    Raises:
        UserError: there is neither a page nor words in it, or too many parts.
    """
    return msgspec.json.encode(read_message(request(payload)))


def read_message(asked: Request) -> Reading:
    """Return what a mail or a saved page says.

    Raises:
        UserError: there is neither a page nor words in it, or too many parts, or it is cut off
            within the words.
    """
    message = email.message_from_bytes(asked.data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    parts = list(_parts(message, asked.name))
    address = web_address(_header(message, "Snapshot-Content-Location")) or asked.address
    for wanted in ("text/html", "text/plain"):
        for part in parts:
            if part.get_content_type() == wanted and not part.is_attachment():
                if part is parts[-1] and _is_cut_off(message):
                    raise UserError(f"{asked.name} is cut off", "Save or fetch it once more.")
                reading = _read(part, asked, address)
                return filled(reading, _metadata(message, address))
    raise UserError(f"{asked.name} holds no words", "Choose a mail or a page with words in it.")


def _parts(message: EmailMessage, name: str) -> Iterator[EmailMessage]:
    """Yield the parts that hold no others.

    Raises:
        UserError: there are too many.
    """
    for number, part in enumerate(message.walk()):
        if number > limits.MAIL_PARTS:
            raise UserError(
                f"{name} has more than {limits.MAIL_PARTS:,} parts",
                "It may be made to do harm; do not open it.",
            )
        if not part.is_multipart():
            assert isinstance(part, EmailMessage)
            yield part


def _is_cut_off(message: EmailMessage) -> bool:
    """Return whether the line that ends the last of several parts is missing."""
    return any(
        isinstance(defect, CloseBoundaryNotFoundDefect)
        for part in message.walk()
        for defect in part.defects
    )


def _read(part: EmailMessage, asked: Request, address: str) -> Reading:
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    if not data.strip():
        raise UserError(f"{asked.name} holds no words", "Choose a mail or a page with words in it.")
    # Browsers write no charset into the part, so the page itself is asked too.
    words = decode(data, asked.name, media_type=_header(part, "Content-Type")).text
    if part.get_content_type() == "text/plain":
        return Reading(plain_text.convert(words, max_characters=asked.max_characters))
    page = Request(
        words,
        asked.name,
        address,
        asked.max_characters,
        has_furniture=asked.has_furniture and bool(address),
        wants_whole=asked.wants_whole,
    )
    return read_page(page)


def _metadata(message: EmailMessage, address: str) -> Metadata:
    sender = _header(message, "From")
    author = "" if _SAVED_BY in sender else parseaddr(sender)[0]
    try:
        sent = parsedate_to_datetime(_header(message, "Date")).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        sent = ""
    is_page = bool(address)
    return Metadata(
        title=clean_line(_header(message, "Subject")),
        author="" if is_page else clean_line(author),
        source=address,
        published="" if is_page else sent,
        retrieved=sent if is_page else "",
    )


def _header(message: EmailMessage, name: str) -> str:
    """Return a header in one line; one that cannot be read is missing."""
    try:
        return " ".join(str(message.get(name) or "").split())
    except (ValueError, IndexError, AttributeError, TypeError, KeyError):
        return ""
