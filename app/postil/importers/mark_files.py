"""Files of marks without an article: the child's side of JSON-LD, Hypothesis and JSON Lines.

A bad mark costs one remark that names its line or number; the good ones are taken. Only a
file of which nothing can be read is refused.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Final, NoReturn

import msgspec

from postil.domain import limits
from postil.domain.annotation import Confidence, IncomingMark, Status, Voice
from postil.domain.errors import UserError
from postil.importers import hypothesis_json, web_annotations
from postil.importers.crossing import MarksReading, request
from postil.importers.mark_fields import CONTEXT, BadMarkError, Fields, words

_REMARKS: Final = 1000  # that are told one by one
_KNOWN: Final = frozenset(
    {
        "author", "by", "confidence", "created", "edited", "end", "at", "id", "links", "note",
        "on", "prefix", "quote", "star", "start", "status", "suffix", "tags", "voice",
    }
)  # fmt: skip

# Where a mark stands in the file, and what reads it.
Entry = tuple[str, Callable[[], tuple[IncomingMark, list[str]]]]


class _DuplicateKeyError(ValueError):
    """An object has a key twice: nobody can say which one was meant."""


def convert(payload: bytes) -> bytes:
    """Read a file of marks.

    Args:
        payload: a `Request`.

    Raises:
        UserError: it is no file of marks, or there are too many in it.
    """
    asked = request(payload)
    return msgspec.json.encode(read(asked.text, asked.name))


def read(text: str, name: str) -> MarksReading:
    """Return the marks in a text that begins as JSON does.

    Raises:
        UserError: it is no file of marks, or there are too many in it.
    """
    try:
        whole = _loads(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" or _has_good_line(text):
            return _gathered(_lines(text), name)
        raise UserError(
            f"{name} is broken JSON (line {error.lineno}: {error.msg})", "Write it anew."
        ) from error
    except _DuplicateKeyError as error:
        if "\n" in text.strip():
            return _gathered(_lines(text), name)
        raise UserError(f"{name} is no file of marks: {error}", "Write it anew.") from error
    except (RecursionError, ValueError) as error:
        raise UserError(f"{name} is no file of marks: {_why(error)}", "Write it anew.") from error
    if hypothesis_json.is_hypothesis(whole):
        found = _gathered(hypothesis_json.entries(whole), name)
        return replace(found, text_sha256=hypothesis_json.text_sha256(whole))
    if web_annotations.is_web_annotations(whole):
        found = _gathered(
            (
                (f"Annotation {at}", partial(web_annotations.read, item))
                for at, item in enumerate(web_annotations.items(whole), 1)
            ),
            name,
        )
        return replace(found, text_sha256=web_annotations.text_sha256(whole))
    values = whole if isinstance(whole, list) else [whole]
    return _gathered(
        ((f"Mark {at}", partial(read_mark, value)) for at, value in enumerate(values, 1)),
        name,
    )


def read_mark(value: object) -> tuple[IncomingMark, list[str]]:
    """Return the mark in one object of JSON Lines, and what was left out of it.

    Raises:
        BadMarkError: it is none.
    """
    if not isinstance(value, dict):
        raise BadMarkError("it is no object")
    fields = Fields(value)
    position = fields.position()
    quote = words(fields.text("quote"))
    if position is None and not quote.strip():
        raise BadMarkError("it has neither “start” and “end” nor a “quote”")
    mark = IncomingMark(
        id=fields.id(),
        start=position[0] if position else None,
        end=position[1] if position else None,
        exact=quote if quote.strip() else None,
        prefix=words(fields.text("prefix"))[-CONTEXT:],
        suffix=words(fields.text("suffix"))[:CONTEXT],
        tags=fields.tags(value.get("tags")),
        note=fields.note("note"),
        author=fields.line("author"),
        created=fields.time("created"),
        edited=fields.time("edited"),
        voice=fields.choice("voice", Voice),
        confidence=fields.choice("confidence", Confidence),
        status=fields.choice("status", Status),
        extra=fields.other_keys(_KNOWN),
        starred=fields.flag("star"),
    )
    return mark, fields.remarks


def _lines(text: str) -> Iterator[Entry]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield f"Line {number}", partial(_read_line, line)


def _read_line(line: str) -> tuple[IncomingMark, list[str]]:
    try:
        value = _loads(line)
    except json.JSONDecodeError as error:
        raise BadMarkError(f"it is broken JSON ({error.msg})") from error
    except (RecursionError, ValueError) as error:
        raise BadMarkError(_why(error)) from error
    return read_mark(value)


def _gathered(entries: Iterator[Entry], name: str) -> MarksReading:
    """Take the good marks and tell the bad ones.

    Raises:
        UserError: there are too many, or none.
    """
    marks: list[IncomingMark] = []
    remarks: list[str] = []
    places: dict[str, str] = {}  # ids, and where they stand
    bad = 0
    for place, read_one in entries:
        try:
            mark, left_out = read_one()
        except BadMarkError as error:
            bad += 1
            remarks.append(f"{place} was left out: {error}.")
        else:
            if len(marks) >= limits.MARKS_PER_FILE:
                raise UserError(
                    f"{name} holds more than {limits.MARKS_PER_FILE:,} marks", "Split the file."
                )
            if mark.id and mark.id in places:
                left_out = [
                    *left_out,
                    f"its id stands at {places[mark.id].lower()} too; it is a new mark",
                ]
                mark = replace(mark, id="")
            elif mark.id:
                places[mark.id] = place
            marks.append(mark)
            remarks.extend(f"{place}: {remark}." for remark in left_out)
    if not marks:
        reason = f" ({remarks[0].rstrip('.')})" if remarks else ""
        raise UserError(f"{name} holds no mark that can be read{reason}", "Write it anew.")
    if len(remarks) > _REMARKS:
        remarks[_REMARKS:] = [f"And {len(remarks) - _REMARKS:,} more remarks like these."]
    return MarksReading(tuple(marks), tuple(remarks))


def _has_good_line(text: str) -> bool:
    """Return whether one of the first lines is an object: a file of lines with a bad one first."""
    lines = [line for line in text.split("\n", 50)[:50] if line.strip()]
    for line in lines if len(lines) > 1 else []:
        try:
            if isinstance(_loads(line), dict):
                return True
        except (RecursionError, ValueError):
            continue
    return False


def _loads(text: str) -> object:
    value: object = json.loads(text, parse_constant=_refuse, object_pairs_hook=_once)
    return value


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise _DuplicateKeyError("a key stands in it twice")
    return values


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def _why(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deep"
    if isinstance(error, _DuplicateKeyError) or "is no number" in str(error):
        return str(error)
    return "it has a number that is too long"
