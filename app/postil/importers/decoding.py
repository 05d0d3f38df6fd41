"""Bytes to characters: the encoding somebody said, else the one the bytes show.

In order: the user's word, a byte order mark, what the file or its carrier declares, strict
UTF-8, UTF-16 without a mark, and a guess by chardet.
"""

import codecs
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Final

from postil.domain.counting import counted
from postil.domain.errors import UserError

_HEAD = 4096  # bytes in which a declaration must stand
_SAMPLE = 256 * 1024  # bytes the guess is made from
_RETRY = "Open it again with the encoding it was written in."

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What a label means in practice, after the Encoding Standard of the WHATWG.
_LABELS: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "tis-620": "cp874",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
# Codecs of Python that are no encoding of a text file.
_NO_TEXT: Final = frozenset(
    {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}
)
_DECLARED = re.compile(
    rb"""<meta\b[^>]{0,200}?\bcharset\s*=\s*["']?\s*([\w.:-]{1,40})"""
    rb"""|^\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_NO_CONTROL = re.compile("[\t-\r\x1a\x1b]")  # line ends, and the end of files of DOS
# A letter beside one of another script, a capital after a small one, a letter beside a symbol.
_ODD_PAIR = re.compile(
    "(?=[A-Za-z][\u0370-\u1fff\ufb1d-\ufefc]|[\u0370-\u1fff\ufb1d-\ufefc][A-Za-z]"
    "|[a-zß-öø-ÿα-ωа-џ][A-ZÀ-ÖØ-ÞΑ-ΩЀ-Я]"
    "|[^\\W\\d_][¤¦¨¬¯´¸\u2200-\u25ff]|[¤¦¨¬¯´¸\u2200-\u25ff][^\\W\\d_])"
)
_USUAL = re.compile("[\x00-\u06ff\u3000-\u30ff\uff00-\uffef]")  # some are in any text
_ASCII = re.compile("[\t\n\r -~]")  # of random bytes four in ten, of Latin letters nine
_HIGH_CONTROL = re.compile("[\x80-\x9f]")
_PARAMETER = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was in, and what was odd about it."""

    text: str  # without a byte order mark; line ends as they were
    encoding: str
    remarks: tuple[str, ...] = ()


def decode(data: bytes, name: str, *, encoding: str | None = None, media_type: str = "") -> Decoded:
    """Return the text of a file.

    Args:
        data: the whole file.
        name: for the sentence.
        encoding: the user's word; nothing else is tried then.
        media_type: what the carrier said, for its `charset`.

    Raises:
        UserError: the user's encoding is unknown or does not fit, or none can be told.
    """
    if encoding is not None:
        return _as_told(data, name, encoding)
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _whole(data[len(mark) :], codec, codec) or _guessed(data, name)
    for declared in (_of_carrier(media_type), _of_file(data)):
        if declared and (found := _whole(data, declared, declared)):
            return found
    if wide := _wide(data):
        return _whole(data, wide, wide) or _guessed(data, name)
    return _whole(data, "utf-8", "utf-8") or _guessed(data, name)


def codec_name(label: str) -> str | None:
    """Return Python's name of an encoding for text, or None if there is none of that label."""
    try:
        name = codecs.lookup(label.strip()).name
        b"    ".decode(name, "replace")  # refuses codecs that do not make text
    except (LookupError, ValueError, UnicodeError):
        return None
    return None if name.replace("_", "-") in _NO_TEXT else name


def _as_told(data: bytes, name: str, encoding: str) -> Decoded:
    codec = codec_name(encoding)
    if codec is None:
        raise UserError(f"“{encoding[:40]}” is no encoding that is known", "Try utf-8 or cp1252.")
    mark = next((mark for mark, of in _MARKS if data.startswith(mark) and of == codec), b"")
    if found := _whole(data[len(mark) :], codec, encoding):
        text = found.text.removeprefix("\ufeff")
        return Decoded(text, codec, found.remarks)
    raise UserError(f"{name} is not written in {encoding[:40]}", "Choose another encoding.")


def _of_carrier(media_type: str) -> str | None:
    found = _PARAMETER.search(media_type)
    return _in_practice(found[1]) if found else None


def _of_file(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_HEAD])
    return _in_practice((found[1] or found[2]).decode("ascii", "ignore")) if found else None


def _in_practice(label: str) -> str | None:
    codec = codec_name(label.removeprefix("x-"))
    return _LABELS.get(codec, codec) if codec else None


def _whole(data: bytes, codec: str, shown: str) -> Decoded | None:
    """Decode strictly, but for a last character that is cut in two."""
    try:
        return Decoded(data.decode(codec), shown)
    except UnicodeDecodeError as error:
        if not codec.startswith("utf-") or error.start < len(data) - 3 or error.start == 0:
            return None
    except (UnicodeError, ValueError):
        return None
    cut = codecs.getincrementaldecoder(codec)("ignore").decode(data)
    remark = "The file ends in the middle of a character; its end may be missing."
    return Decoded(cut, shown, (remark,))


def _wide(data: bytes) -> str | None:
    """Return which UTF-16 a file without a byte order mark is in, if any."""
    sample = data[: _HEAD // 2 * 2]
    half = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if half and odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if half and even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _guessed(data: bytes, name: str) -> Decoded:
    """Let chardet guess, from a piece of the file that has something to guess from."""
    import chardet

    telling = re.search(rb"[\x80-\xff\x1b]", data)
    begin = max(0, telling.start() - 2048) if telling else 0
    sample = data[begin : begin + _SAMPLE].replace(b"\x00", b"")
    label = chardet.detect(sample)["encoding"]
    codec = codec_name(label) if label else None
    if codec is None:
        raise UserError(f"{name} does not show its encoding, or is no text", _RETRY)
    if found := _whole(data, codec, codec):
        return _plausible(found, name)
    text = data.decode(codec, "replace")
    broken = text.count("\ufffd")
    what = counted(broken, "1 character", "{0} characters")
    shows = "shows" if broken == 1 else "show"
    remark = f"{what} did not fit the encoding {codec} and {shows} as �."
    return _plausible(Decoded(text, codec, (remark,)), name)


def _plausible(decoded: Decoded, name: str) -> Decoded:
    """Return a text whose encoding may be chance, unless it has what no text has.

    Of random bytes one in ten is a control; of random characters one in ten has no meaning.
    Controls above 127 are as often marks of punctuation of a neighbouring encoding. And in
    one of five places random letters stand together as in no language; but where most are
    ASCII, a wrong guess is likelier than chance.

    Raises:
        UserError: it is no text.
    """
    text = decoded.text[:_SAMPLE]
    kinds = Counter(map(unicodedata.category, _NO_CONTROL.sub("", text)))
    high = len(_HIGH_CONTROL.findall(text))
    never = sum(kinds[kind] for kind in ("Cc", "Cn", "Co", "Cs")) - high
    odd = len(_ODD_PAIR.findall(text))
    is_wide = decoded.encoding.startswith("utf-16")
    usual = len(_USUAL.findall(text)) if is_wide else len(text)
    strange = 0 if len(_ASCII.findall(text)) > 0.7 * len(text) else max(high, odd)
    if never * 200 > len(text) or strange > max(2, len(text) / 25) or usual * 10 < len(text):
        raise UserError(f"{name} does not show its encoding, or is no text", _RETRY)
    return decoded
