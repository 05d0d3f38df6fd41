"""From foreign bytes to an article or to marks: the one way in.

Decoded once, refused early where it is no text, and read by the importer of the table. The
bytes are kept as they came.
"""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Final

import msgspec

from postil import isolation
from postil.annotated_markdown import ParsedMark
from postil.domain import limits
from postil.domain.annotation import IncomingMark
from postil.domain.article import Article, BlockKind, Metadata, Original
from postil.domain.canonical import clean_line
from postil.domain.errors import UserError
from postil.domain.tags import TagSet
from postil.importers import sniffing, table
from postil.importers.addresses import web_address
from postil.importers.crossing import MarksReading, Reading, Request, accept_marks
from postil.importers.decoding import Decoded, decode
from postil.importers.guessing import guessed_language
from postil.importers.source import CLIPBOARD, Source
from postil.importers.whole import Whole

_CONTEXT: Final = 32  # code points kept beside a quotation
_TITLE: Final = 80  # characters of a first line that stands for a title
_JSON_START = re.compile(r"\s*[\[{]")


@dataclass(frozen=True)
class Imported:
    """An article from a file, its marks, and the bytes it was made of."""

    article: Article
    original: Original
    marks: tuple[ParsedMark, ...] = ()
    is_ours: bool = False  # an annotated Markdown file of this program
    hash_matches: bool = False  # its article is the one its offsets were counted in
    claimed_sha256: str = ""  # of the text, as the file says
    tag_sets: tuple[TagSet, ...] = ()
    codebooks: tuple[str, ...] = ()
    note: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    partial: bool = False
    remarks: tuple[str, ...] = ()  # sentences about what could not be taken as it was
    left_out: int = 0  # passages of a page beside its article, which a remark tells
    whole: Whole | None = None  # all blocks there are, where they were wanted
    corrected: tuple[str, ...] = ()  # fields of the metadata that a person has corrected


def read(
    source: Source,
    *,
    encoding: str | None = None,
    language: str = "",
    max_characters: int = limits.ARTICLE_CHARACTERS,
) -> Imported:
    """Return the article in a source.

    Args:
        source: the bytes.
        encoding: the user's word for it; nothing else is tried then.
        language: the user's word for it (BCP 47); else what the source says, or a guess.
        max_characters: code points beyond which the text is refused.

    Raises:
        UserError: names the source, the reason and a remedy.
    """
    try:
        _check_size(source)
        importer = table.of_bytes(source.data)
        if importer is not None:
            decoded = Decoded("", "")
            reading = importer.read(_request(source, decoded, max_characters))
        else:
            decoded = _decode(source, encoding)
            sniffing.refuse_other_text(decoded.text, source.suffix, source.name)
            importer, reading = _read(source, decoded, max_characters)
    except UserError as error:
        raise _named(error, source.name) from error
    return _imported(source, decoded, importer, reading, language)


@dataclass(frozen=True)
class Work:
    """What came back from somebody: marks, and mostly the article they were made on."""

    name: str  # of the file, for people
    sha256: str  # of its bytes
    marks: tuple[ParsedMark, ...]
    imported: Imported | None = None  # with the article; None for a list of marks
    claimed_sha256: str = ""  # of the text the marks were made on, as a list of marks says
    remarks: tuple[str, ...] = ()  # sentences about what could not be taken as it was

    @property
    def stem(self) -> str:
        """The file's name without folder and ending."""
        return PurePosixPath(self.name).stem


def read_work(source: Source) -> Work:
    """Return the marks in a source, with their article where it has one.

    Annotated Markdown, W3C JSON-LD, JSON Lines, and whatever else of the importers' text formats
    has marks in it.

    Raises:
        UserError: there are no marks and no article of ours in it, or it cannot be read.
    """
    sha256 = hashlib.sha256(source.data).hexdigest()
    try:
        _check_size(source)
        decoded = _decode(source, None)
        if _JSON_START.match(decoded.text):
            found = _marks_in_json(decoded, source.name)
            marks = tuple(map(ParsedMark, found.marks))
            remarks = decoded.remarks + found.remarks
            return Work(source.name, sha256, marks, None, found.text_sha256, remarks)
        importer, reading = _read(source, decoded, limits.ARTICLE_CHARACTERS)
    except UserError as error:
        raise _named(error, source.name) from error
    if not reading.marks and not reading.is_ours:
        raise _no_marks(source.name)
    if not reading.has_body:
        return Work(source.name, sha256, reading.marks, remarks=decoded.remarks)
    imported = _imported(source, decoded, importer, reading)
    return Work(source.name, sha256, reading.marks, imported, remarks=imported.remarks)


def _imported(
    source: Source,
    decoded: Decoded,
    importer: table.Importer,
    reading: Reading,
    language: str = "",
) -> Imported:
    """Return what was read with all that is said of it."""
    article = reading.article
    taken_at = datetime.now(UTC)
    if not reading.is_ours:
        article = _described(article, source, taken_at)
    return Imported(
        article=_with_language(article, language),
        original=Original(
            data=source.data,
            sha256=hashlib.sha256(source.data).hexdigest(),
            media_type=importer.media_type,
            origin=source.origin,
            encoding=decoded.encoding,
            taken_at=taken_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        ),
        marks=reading.marks,
        is_ours=reading.is_ours,
        hash_matches=reading.hash_matches,
        claimed_sha256=reading.claimed_sha256,
        tag_sets=reading.tag_sets,
        codebooks=reading.codebooks,
        note=reading.note,
        answers=reading.answers,
        partial=reading.partial,
        remarks=(*decoded.remarks, *left_out_remark(reading.left_out), *reading.remarks),
        left_out=reading.left_out,
        whole=reading.whole,
    )


def left_out_remark(passages: int) -> tuple[str, ...]:
    """Return the sentence about what stands beside the article of a page; none for nothing."""
    if not passages:
        return ()
    if passages == 1:
        return ("1 passage beside the article was left out.",)
    return (f"{passages:,} passages beside the article were left out.",)


def read_again(
    source: Source, *, encoding: str, former: str, language: str = ""
) -> tuple[Imported, Metadata]:
    """Return the article in bytes that were read before, and what was told of it then.

    Args:
        source: the bytes.
        encoding: the user's word for it.
        former: the encoding it was read in before.
        language: the user's word for it (BCP 47), or empty.

    Raises:
        UserError: names the source, the reason and a remedy.
    """
    imported = read(source, encoding=encoding, language=language)
    try:
        told = read(source, encoding=former).article.metadata
    except UserError:  # it was a guess with holes in it
        told = Metadata()
    return imported, told


def read_marks(source: Source) -> tuple[tuple[IncomingMark, ...], tuple[str, ...]]:
    """Return the marks in a source, and what could not be taken, in sentences.

    W3C JSON-LD, JSON Lines, annotated Markdown, and whatever else of the importers' formats
    has marks in it.

    Raises:
        UserError: there are none, too many, or it cannot be read.
    """
    try:
        _check_size(source)
        decoded = _decode(source, None)
        if _JSON_START.match(decoded.text):
            found = _marks_in_json(decoded, source.name)
            return found.marks, decoded.remarks + found.remarks
        _, reading = _read(source, decoded, limits.ARTICLE_CHARACTERS_ASKED)
    except UserError as error:
        raise _named(error, source.name) from error
    if not reading.marks:
        raise _no_marks(source.name)
    if not reading.has_body:
        return tuple(parsed.mark for parsed in reading.marks), ()
    text = reading.article.text
    marks = (by_words(parsed, text, counted=reading.hash_matches) for parsed in reading.marks)
    return tuple(marks), reading.remarks


def by_words(parsed: ParsedMark, text: str, *, counted: bool) -> IncomingMark:
    """Return a mark that can be placed in another text: by its words, with what is beside them.

    Args:
        parsed: the mark as its file has it.
        text: of the article in the file.
        counted: whether its offsets were counted in that text.
    """
    mark, at = parsed.mark, parsed.pieces
    if mark.start is not None and mark.end is not None and counted:
        at = (mark.start, mark.end)
    if at is None:
        return mark
    return replace(
        mark,
        start=at[0],
        end=at[1],
        exact=text[at[0] : at[1]],
        prefix=text[max(0, at[0] - _CONTEXT) : at[0]],
        suffix=text[at[1] : at[1] + _CONTEXT],
    )


def _marks_in_json(decoded: Decoded, name: str) -> MarksReading:
    asked = msgspec.json.encode(Request(decoded.text, name))
    answer = isolation.run("marks", asked, seconds=limits.CHILD_SECONDS, what=name)
    return accept_marks(answer, name)


def _no_marks(name: str) -> UserError:
    return UserError(
        f"{name} holds no marks", "Choose annotated Markdown, JSON Lines or W3C JSON-LD."
    )


def _check_size(source: Source) -> None:
    if not source.data:
        raise UserError(f"{source.name} is empty", "Choose a file with words in it.")
    if len(source.data) > limits.FILE_BYTES:
        raise UserError(
            f"{source.name} is larger than {limits.FILE_BYTES // limits.MB} MB",
            "Split it, or choose a smaller file.",
        )


def _decode(source: Source, encoding: str | None) -> Decoded:
    if encoding is None:
        sniffing.refuse_binary(source.data, source.name)
    decoded = decode(source.data, source.name, encoding=encoding, media_type=source.media_type)
    sniffing.refuse_noise(decoded.text, source.name)
    return replace(decoded, text=decoded.text.replace("\r\n", "\n").replace("\r", "\n"))


def _read(source: Source, decoded: Decoded, max_characters: int) -> tuple[table.Importer, Reading]:
    importer, remarks = table.choose(source, decoded.text)
    reading = importer.read(_request(source, decoded, max_characters))
    return importer, replace(reading, remarks=remarks + reading.remarks)


def _request(source: Source, decoded: Decoded, max_characters: int) -> Request:
    """Return what the importer is asked: the words, or the bytes where there are no words yet."""
    data = b"" if decoded.text else source.data
    address = web_address(source.origin)
    # People copy what they want, no more.
    has_furniture = source.origin != CLIPBOARD and not source.whole_page
    return Request(
        decoded.text,
        source.name,
        address,
        max_characters,
        data,
        has_furniture,
        source.wants_whole,
    )


def _named(error: UserError, name: str) -> UserError:
    """Return the error with the name of the source in its sentence."""
    if name in error.what or isinstance(error, isolation.LimitError):
        return error
    reason = error.what[:1].lower() + error.what[1:]
    return UserError(f"{name} was not taken in: {reason}", error.remedy)


def _described(article: Article, source: Source, taken_at: datetime) -> Article:
    """Return a foreign article with the title and the address it has from its source."""
    said = article.metadata
    said = replace(said, title=said.title or _title(article, source))
    if address := web_address(source.origin):
        retrieved = said.retrieved or taken_at.date().isoformat()
        said = replace(said, source=said.source or address, retrieved=retrieved)
    return replace(article, metadata=said)


def _with_language(article: Article, language: str) -> Article:
    """Return the article in the language a person names, or in a guessed one where it has none."""
    said = article.metadata
    if language:
        said = replace(said, language=language, language_guessed=False)
    elif not said.language and (guess := guessed_language(article.text)):
        said = replace(said, language=guess, language_guessed=True)
    return article if said is article.metadata else replace(article, metadata=said)


def _title(article: Article, source: Source) -> str:
    """Return what stands for a title where the source names none."""
    first = article.blocks[0]
    if first.kind is BlockKind.HEADING:
        return clean_line(article.block_text(first))
    if source.origin != CLIPBOARD:
        return clean_line(Path(source.name).stem)
    line = clean_line(article.block_text(first)[: _TITLE + 1])
    return line if len(line) <= _TITLE else line[:_TITLE].rsplit(" ", 1)[0] + "…"
