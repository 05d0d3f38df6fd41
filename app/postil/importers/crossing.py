"""What crosses between the importers' two halves: the request to the child and its reading.

Both are plain values, sent as JSON and decoded with their types. The child may have been
taken over by a hostile file, so `accept` checks what comes back once more.
"""

from dataclasses import dataclass, replace
from typing import Final

import msgspec

from postil.annotated_markdown import ParsedMark
from postil.domain import limits
from postil.domain.annotation import IncomingMark
from postil.domain.article import Article, Metadata, SpanKind
from postil.domain.canonical import BLOCK_BREAK, CELL_BREAK, clean_line, clean_run, normalise
from postil.domain.errors import UserError
from postil.domain.tags import TagSet
from postil.importers.addresses import safe_address
from postil.importers.whole import Whole

LARGEST_NUMBER: Final = 999_999_999  # of a list item; as CommonMark has it


@dataclass(frozen=True, slots=True)
class Request:
    """What the child is asked."""

    text: str
    name: str = ""  # of the file, for sentences
    address: str = ""  # where the page lay on the web, if known
    max_characters: int = limits.ARTICLE_CHARACTERS
    data: bytes = b""  # of a file that is no text; `text` is empty then
    has_furniture: bool = False  # a page as sites serve it: more may be on it than its article
    wants_whole: bool = False  # all blocks are wanted, to choose from


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as it was read from a file, with all that came along."""

    article: Article
    marks: tuple[ParsedMark, ...] = ()
    is_ours: bool = False  # an annotated Markdown file of this program
    hash_matches: bool = False
    claimed_sha256: str = ""  # of the text, as the file says
    tag_sets: tuple[TagSet, ...] = ()
    codebooks: tuple[str, ...] = ()
    note: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    partial: bool = False
    has_body: bool = True  # False: a list of quotations, and the article is the list
    remarks: tuple[str, ...] = ()
    left_out: int = 0  # passages of a page that are no part of its article
    whole: Whole | None = None  # where it was wanted, and there is something to choose


@dataclass(frozen=True, slots=True)
class MarksReading:
    """Marks as they were read from a file that needs no article."""

    marks: tuple[IncomingMark, ...]
    remarks: tuple[str, ...] = ()
    text_sha256: str = ""  # of the text they were made on, as the file says


def filled(reading: Reading, said: Metadata) -> Reading:
    """Return a reading with what the file says of itself where the text tells nothing."""
    metadata = reading.article.metadata.filled(said)
    return replace(reading, article=replace(reading.article, metadata=metadata))


def request(payload: bytes) -> Request:
    """Return the request in a payload from the parent."""
    return msgspec.json.decode(payload, type=Request)


def accept(answer: bytes, name: str) -> Reading:
    """Return the reading the child sent.

    Raises:
        UserError: it is not what a child of ours sends.
    """
    try:
        reading = msgspec.json.decode(answer, type=Reading)
    except (msgspec.DecodeError, RecursionError) as error:
        raise refusal(name) from error
    if not _is_sound(reading):
        raise refusal(name)
    return reading


def accept_marks(answer: bytes, name: str) -> MarksReading:
    """Return the marks the child sent.

    Raises:
        UserError: they are not what a child of ours sends.
    """
    try:
        reading = msgspec.json.decode(answer, type=MarksReading)
    except (msgspec.DecodeError, RecursionError) as error:
        raise refusal(name) from error
    if len(reading.marks) > limits.MARKS_PER_FILE:
        raise refusal(name)
    return reading


def refusal(name: str) -> UserError:
    """Return what is said of an answer that no child of ours sends."""
    return UserError(f"{name} could not be read", "It may be made to do harm; do not open it.")


def _is_sound(reading: Reading) -> bool:
    """Check what the types do not say: canonical words, harmless addresses, ranges in the text."""
    return (
        _is_sound_article(reading.article, reading.marks)
        and reading.left_out >= 0
        and (reading.whole is None or _is_sound_whole(reading.whole))
    )


def _is_sound_whole(whole: Whole) -> bool:
    """Check that there is one choice a block, and that chapters follow each other."""
    count = len(whole.article.blocks)
    edges = [0, *(edge for one in whole.chapters for edge in (one.start, one.end)), count]
    return (
        _is_sound_article(whole.article, whole.marks)
        and len(whole.kept) == count
        and edges == sorted(edges)
        and all(one.start < one.end for one in whole.chapters)
        and all(clean_line(one.title) == one.title for one in whole.chapters)
    )


def _is_sound_article(article: Article, marks: tuple[ParsedMark, ...]) -> bool:
    words = article.text.replace(BLOCK_BREAK, " ")
    return (
        normalise(article.text) == article.text
        and clean_run(words, tab=CELL_BREAK) == words
        and all(0 <= (block.number or 0) <= LARGEST_NUMBER for block in article.blocks)
        and all(
            safe_address(span.address) == span.address
            if span.kind is SpanKind.LINK
            else not span.address
            for span in article.spans
        )
        and _is_plain(article.metadata)
        and len(marks) <= limits.MARKS_PER_FILE
        and all(
            parsed.pieces is None or 0 <= parsed.pieces[0] < parsed.pieces[1] <= len(article.text)
            for parsed in marks
        )
    )


def _is_plain(metadata: Metadata) -> bool:
    fields = (metadata.title, metadata.author, metadata.outlet, metadata.source)
    more = (metadata.published, metadata.modified, metadata.retrieved, metadata.language)
    return all(clean_line(field) == field for field in fields + more)
