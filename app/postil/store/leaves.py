"""Rows read from the leaves of a damaged file, where the branches above them are lost.

A page of rows says of itself how many there are and where; which table they belong to is told
from their values. Pages that SQLite has set free are left out: what they hold was deleted.
The format is that of sqlite.org/fileformat2.html.
"""

from collections.abc import Iterator
from typing import Any

PAGE = 4096  # bytes; what SQLite makes of a new file
_HEAD = 100  # bytes before the first page's own
_LEAF = 0x0D
_LOCAL = PAGE - 35  # bytes of a row that stay on its page, at most
_LEAST = (PAGE - 12) * 32 // 255 - 23  # and at least, where it goes on elsewhere
_NUMBERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}  # bytes of a whole number, by its type


def rows(data: bytes) -> Iterator[tuple[int, list[Any]]]:
    """Yield (rowid, values) of every row that stands whole on a leaf; text is decoded.

    Args:
        data: the file.
    """
    pages = len(data) // PAGE
    free = _free(data, pages)
    for number in range(1, pages + 1):
        if number not in free:
            yield from _leaf(data, number)


def _leaf(data: bytes, number: int) -> Iterator[tuple[int, list[Any]]]:
    page = (number - 1) * PAGE
    head = page + (_HEAD if number == 1 else 0)
    if data[head] != _LEAF:
        return
    count = int.from_bytes(data[head + 3 : head + 5], "big")
    if count > PAGE // 4:
        return
    for place in range(head + 8, head + 8 + 2 * count, 2):
        try:
            yield _cell(data, page, int.from_bytes(data[place : place + 2], "big"))
        except (ValueError, IndexError):
            continue


def _cell(data: bytes, page: int, offset: int) -> tuple[int, list[Any]]:
    """Return one row.

    Raises:
        ValueError: there is none here.
        IndexError: it leaves the file.
    """
    if not 8 <= offset < PAGE:
        raise ValueError(offset)
    size, at = _varint(data, page + offset)
    rowid, at = _varint(data, at)
    if size <= _LOCAL:
        payload = data[at : at + size]
    else:
        local = _LEAST + (size - _LEAST) % (PAGE - 4)
        local = local if local <= _LOCAL else _LEAST
        payload = data[at : at + local] + _rest(data, at + local, size - local)
    if len(payload) != size:
        raise ValueError("a row is cut")
    return rowid, _values(payload)


def _rest(data: bytes, at: int, size: int) -> bytes:
    """Return what of a row stands on pages of its own.

    Raises:
        ValueError: they do not lie in the file.
    """
    parts: list[bytes] = []
    while size > 0:
        start = (int.from_bytes(data[at : at + 4], "big") - 1) * PAGE
        if not 0 < start <= len(data) - PAGE:
            raise ValueError("a row goes on nowhere")
        parts.append(data[start + 4 : start + 4 + min(size, PAGE - 4)])
        size -= PAGE - 4
        at = start
    return b"".join(parts)


def _values(payload: bytes) -> list[Any]:
    """Return the values of a row.

    Raises:
        ValueError: these bytes are no row.
        IndexError: they end too early.
    """
    end, at = _varint(payload, 0)
    body = end
    values: list[Any] = []
    while at < end:
        kind, at = _varint(payload, at)
        if kind >= 12:
            size = (kind - 12) // 2
            piece = payload[body : body + size]
            values.append(piece if kind % 2 == 0 else piece.decode())
        elif kind in _NUMBERS:
            size = _NUMBERS[kind]
            values.append(int.from_bytes(payload[body : body + size], "big", signed=True))
        elif kind in {0, 8, 9}:
            size = 0
            values.append(None if kind == 0 else kind - 8)
        else:
            raise ValueError("we write no such value")
        body += size
    if at != end or body != len(payload):
        raise ValueError("a row has another length")
    return values


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a number of variable length and where it ends.

    Raises:
        IndexError: it leaves the data.
    """
    value = 0
    for place in range(8):
        byte = data[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    return value << 8 | data[at + 8], at + 9


def _free(data: bytes, pages: int) -> set[int]:
    """Return the pages that SQLite has set free, as far as their list can be followed."""
    free: set[int] = set()
    trunk = int.from_bytes(data[32:36], "big")
    while 0 < trunk <= pages and trunk not in free:
        free.add(trunk)
        at = (trunk - 1) * PAGE
        count = min(int.from_bytes(data[at + 4 : at + 8], "big"), PAGE // 4 - 2)
        numbers = (data[n : n + 4] for n in range(at + 8, at + 8 + 4 * count, 4))
        free.update(int.from_bytes(number, "big") for number in numbers)
        trunk = int.from_bytes(data[at : at + 4], "big")
    return free
